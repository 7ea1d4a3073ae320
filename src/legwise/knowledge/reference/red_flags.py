"""The table of red flags, the most urgent first."""

from legwise.base.urgency import Urgency
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.reference.markdown import anchor, file_link, page, plain, source_links, table
from legwise.knowledge.reference.rule_words import in_words
from legwise.knowledge.schema.record import Disagreement
from legwise.knowledge.schema.red_flag import RedFlag

HEADS = ("red flag", "when", "how soon", "it may be", "sources", "status", "who disagrees")
INTRO = """\
A red flag is a rule that raises the urgency, whatever else is likely.
Nothing lowers what a rule gives.
The rule is told with the names of its findings; the exact rule stands in the file that the first column links to.
The status says how far the picture and its urgency were read in a source.
What was not read stands in [unverified.md](unverified.md)."""


def red_flags_page(knowledge: Knowledge) -> str:
    """Every red flag: urgency, title, rule in words, sources, status, who disagrees."""
    parts = []
    for level in sorted(Urgency, reverse=True):
        flags = [flag for _, flag in sorted(knowledge.red_flags.items()) if flag.urgency == level.label]
        if flags:
            words = knowledge.result_words.urgencies[level.label]
            parts += [f"## {level.label.replace('_', ' ').capitalize()}: {words.title}", f"{words.do}"]
            parts.append(table(HEADS, (_row(knowledge, flag) for flag in flags)))
    return page("Red flags", INTRO, *parts)


def _row(knowledge: Knowledge, flag: RedFlag) -> tuple[str, ...]:
    sources = [*flag.say.sources, *(key for item in flag.evidence for key in item.sources)]
    return (
        f"{anchor(flag.id)}{file_link('red_flags', flag.id, plain(flag.title))}",
        plain(in_words(knowledge, flag.when)),
        plain(flag.how_soon),
        plain("; ".join(knowledge.name_of(cause) for cause in flag.points_to)),
        source_links(sources),
        flag.status,
        " ".join(map(_difference, flag.organisations_differ)),
    )


def _difference(other: Disagreement) -> str:
    end = "" if other.says.endswith((".", "?")) else "."
    source = f" ({source_links([other.source])})" if other.source else ""
    return f"{plain(other.organisation)}: {plain(other.says)}{end}{source}"
