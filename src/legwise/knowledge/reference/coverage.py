"""What carries each row of the mission, and how much content there is."""

from collections import Counter
from collections.abc import Iterable, Sequence

from legwise.base.urgency import Urgency
from legwise.knowledge.knowledge import FOLDERS, Knowledge
from legwise.knowledge.reference.conditions import count_links
from legwise.knowledge.reference.markdown import CONTENT, anchor, page, plain, table
from legwise.knowledge.reference.mission import MissionRow

INTRO = """\
Legwise grew out of one consumer-health article on leg aches and cramps.
Each row is a part of that article, in our words, with the files that carry it here.
Where later evidence disagrees with the article, the content says what is known now and names the source."""
HEADS = ("row", "what the article says", "what Legwise does", "carried by", "cases")
CODE = "../../src/legwise"


def coverage_page(knowledge: Knowledge, rows: Sequence[MissionRow]) -> str:
    """Every row of the mission with its files, then counts of all content."""
    return page(
        "Coverage",
        INTRO,
        table(HEADS, (_row(knowledge, row) for row in rows)),
        "## How much there is",
        table(("folder", "files"), ((folder, str(len(getattr(knowledge, folder)))) for folder in FOLDERS)),
        "## Red flags by urgency and status",
        _flag_counts(knowledge),
        "## Cases, links and sources",
        table(("what", "count"), ((plain(what), str(count)) for what, count in _counts(knowledge))),
    )


def _row(knowledge: Knowledge, row: MissionRow) -> tuple[str, ...]:
    named = [*row.content, *(f"measures/{key}" for key in _measures_of(knowledge, row.id))]
    files = dict.fromkeys(named)
    links = [_link(name) for name in files] + [f"[{name}]({CODE}/{name})" for name in row.code]
    cases = sum(_cases_in(knowledge, name) for name in files)
    return f"{anchor(row.id)}{row.id}", plain(row.says), plain(row.does), ", ".join(links), str(cases or "")


def _link(name: str) -> str:
    return f"[{name}]({CONTENT}/{name})" if name.endswith("/") else f"[{name}]({CONTENT}/{name}.yaml)"


def _measures_of(knowledge: Knowledge, row: str) -> list[str]:
    return [key for key, measure in sorted(knowledge.measures.items()) if row in measure.mission]


def _cases_in(knowledge: Knowledge, name: str) -> int:
    folder, _, key = name.partition("/")
    if folder not in FOLDERS:
        return 0
    records = getattr(knowledge, folder)
    wanted = [records[key]] if key in records else list(records.values()) if not key else []
    return sum(len(getattr(record, "cases", ())) for record in wanted)


def _flag_counts(knowledge: Knowledge) -> str:
    flags = knowledge.red_flags.values()
    counts: Counter[tuple[str, str]] = Counter((flag.urgency, flag.status) for flag in flags)
    statuses = ("verified", "partly", "unverified")
    rows = (
        (level.label.replace("_", " "), *(str(counts[level.label, status]) for status in statuses))
        for level in sorted(Urgency, reverse=True)
        if any(counts[level.label, status] for status in statuses)
    )
    return table(("urgency", *statuses), rows)


def _counts(knowledge: Knowledge) -> Iterable[tuple[str, int]]:
    for folder in ("red_flags", "conditions"):
        cases = [case for record in getattr(knowledge, folder).values() for case in record.cases]
        name = folder.replace("_", " ")
        yield f"cases of {name}, written by hand", sum(not case.generated for case in cases)
        yield f"cases of {name}, generated", sum(case.generated for case in cases)
        yield f"cases of {name} that are known gaps", sum(case.todo is not None for case in cases)
    links = [count_links(condition) for condition in knowledge.conditions.values()]
    yield "links from conditions to findings, published", sum(published for published, _ in links)
    yield "links from conditions to findings, estimated", sum(estimated for _, estimated in links)
    sources = Counter((source.read, source.read_by) for source in knowledge.sources.values())
    for (read, by), count in sorted(sources.items()):
        yield f"sources of which a {read.replace('_', ' ')} was read by {by}", count
