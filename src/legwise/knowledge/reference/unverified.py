"""What is not settled: flags whose signs or urgency were not read in a source, and questions for a clinician."""

from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.reference.markdown import anchor, file_link, page, plain, table
from legwise.knowledge.schema.red_flag import RedFlag

INTRO = """\
No clinician has reviewed any of the content.
Beyond that, these points are known to be open."""
DECISIONS = """\
Each is a question that only a clinician can settle.
Until then the cautious choice stands, and its effect is told."""
FLAGS = """\
*partly*: some of the picture or its urgency was read in a source. *unverified*: none of it was.
The flags work all the same, and results that rest on them show their sources."""
HEADS = ("red flag", "urgency", "status", "what was not read")
DECISION_HEADS = ("question", "cautious choice", "effect", "flags that hang on it")


def unverified_page(knowledge: Knowledge) -> str:
    """Flags that are not verified and why, and the open decisions."""
    flags = [flag for _, flag in sorted(knowledge.red_flags.items()) if flag.status != "verified"]
    flags.sort(key=lambda flag: flag.status != "unverified")
    return page(
        "What is not verified",
        INTRO,
        "## Questions for a clinician",
        DECISIONS,
        table(DECISION_HEADS, (_decision(knowledge, key) for key in sorted(knowledge.decisions))),
        "## Red flags that were not wholly read in a source",
        FLAGS,
        table(HEADS, map(_flag, flags)),
        "## People",
        "\n".join(f"{plain(person.name)}: {plain(person.standing)}" for person in knowledge.people.values()),
    )


def _flag(flag: RedFlag) -> tuple[str, ...]:
    link = file_link("red_flags", flag.id, plain(flag.title))
    return f"{anchor(flag.id)}{link}", flag.urgency.replace("_", " "), flag.status, plain(flag.unread or "")


def _decision(knowledge: Knowledge, key: str) -> tuple[str, ...]:
    decision = knowledge.decisions[key]
    flags = [flag for _, flag in sorted(knowledge.red_flags.items()) if flag.decision == key]
    links = ", ".join(file_link("red_flags", flag.id, plain(flag.title)) for flag in flags)
    question = f"{anchor(key)}{file_link('decisions', key, plain(decision.question))}"
    return question, plain(decision.cautious_choice), plain(decision.effect), links
