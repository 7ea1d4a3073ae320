"""Which sources something that is shown to a person rests on."""

from pydantic import BaseModel

from legwise.knowledge.knowledge import Knowledge
from legwise.reasoning.assessment import Cited


def cited(knowledge: Knowledge, shown: BaseModel) -> dict[str, Cited]:
    """Every source that something in it rests on, by id."""
    wanted = sorted(_source_ids(shown.model_dump(exclude={"sources"})) & knowledge.sources.keys())
    return {key: _citation(knowledge, key) for key in wanted}


def _source_ids(data: object) -> set[str]:
    if isinstance(data, dict):
        own = {item for item in data.get("sources", ()) if isinstance(item, str)}
        if isinstance(data.get("source"), str):
            own.add(data["source"])
        return own.union(*(_source_ids(value) for value in data.values()))
    if isinstance(data, list | tuple):
        return set[str]().union(*(_source_ids(value) for value in data))
    return set()


def _citation(knowledge: Knowledge, key: str) -> Cited:
    source = knowledge.sources[key]
    link = f"https://doi.org/{source.doi}" if source.doi else source.url or f"PMID {source.pmid}"
    return Cited(
        title=source.title,
        authors=source.authors,
        year=source.year,
        link=link,
        kind=source.kind,
        read=source.read,
        read_by=source.read_by,
    )
