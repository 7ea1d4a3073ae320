"""The bibliography: what was read of each source, and by whom."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.reference.markdown import anchor, page, plain, table
from legwise.knowledge.schema.source import Source

HEADS = ("id", "source", "kind", "what was read", "read by", "opened on", "files that cite it")
INTRO = """\
What was read of a source, and by whom, is part of the source.
*contributor*: a writer of the content opened it.
*dossier*: it was read when evidence was collected, and the writer relied on that reading.
A source that was not read in full is weaker than its title: an excerpt can be right and leave out what matters."""


def sources_page(knowledge: Knowledge) -> str:
    """Every source, in the order of ids."""
    cited = citing_files(knowledge)
    rows = (_row(source, cited[key]) for key, source in sorted(knowledge.sources.items()))
    return page("Sources", INTRO, table(HEADS, rows))


def citing_files(knowledge: Knowledge) -> Counter[str]:
    """How many content files cite each source."""
    cited: Counter[str] = Counter()
    for folder, _, record in knowledge.records():
        if folder != "sources":
            cited.update(_words(record) & knowledge.sources.keys())
    return cited


def _words(value: Any) -> set[str]:
    """Every piece of text in a record under a key that may name a source."""
    if isinstance(value, BaseModel):
        return set[str]().union(
            *(_named(name, getattr(value, name)) for name in type(value).model_fields if name != "id")
        )
    if isinstance(value, Mapping):
        return set[str]().union(*map(_words, value.values()))
    if isinstance(value, list | tuple):
        return set[str]().union(*map(_words, value))
    return set()


def _named(key: str, value: Any) -> set[str]:
    if not key.endswith(("source", "sources")):
        return _words(value)
    return {value} if isinstance(value, str) else set(value or ())


def _row(source: Source, cited: int) -> tuple[str, ...]:
    year = str(source.year) if source.year else "no year shown"
    container = f" *{plain(source.container)}*." if source.container else ""
    told = f"{plain(source.authors)}. {plain(source.title)}.{container} {year}. {_link(source)}"
    read = source.read.replace("_", " ")
    kind = source.kind.replace("_", " ")
    return f"{anchor(source.id)}{source.id}", told, kind, read, source.read_by, source.accessed, str(cited)


def _link(source: Source) -> str:
    if source.doi:
        return f"<https://doi.org/{source.doi}>"
    return f"<{source.url}>" if source.url else f"PMID {source.pmid}"
