"""What a law is given: all records, where every key stands in its file, and a way to note a breach."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from legwise.base.errors import Problem
from legwise.knowledge.grammar import Rule
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.schema.record import Record
from legwise.knowledge.strict_yaml import Document

Place = tuple[str | int, ...]
"""Keys and positions from the top of a file to a value."""


@dataclass(slots=True)
class Context:
    """Records, documents and the breaches met so far. Warnings are told and do not fail a check."""

    knowledge: Knowledge
    documents: Mapping[str, Document]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def breach(self, file: str, place: Place, found: str, wanted: str, do: str) -> None:
        """Note that a law is broken at a place in a file."""
        self.problems.append(self._problem(file, place, found, wanted, do))

    def warn(self, file: str, place: Place, found: str, wanted: str, do: str) -> None:
        """Note something that a person should look at."""
        self.warnings.append(self._problem(file, place, found, wanted, do))

    def _problem(self, file: str, place: Place, found: str, wanted: str, do: str) -> Problem:
        document = self.documents.get(file)
        return Problem(file, document.line_of(place) if document else 1, found, wanted, do)


Law = Callable[[Context], None]


def walk(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every value inside a record with its place, depth first. Rules are given whole."""
    yield place, value
    if isinstance(value, Rule):
        return
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*place, name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from walk(item, (*place, key))
    elif isinstance(value, list | tuple):
        for position, item in enumerate(value):
            yield from walk(item, (*place, position))


def file_of(folder: str, record_id: str) -> str:
    """Name of a record's file, from the content folder."""
    return f"{folder}/{record_id}.yaml"


def every_value(knowledge: Knowledge) -> Iterator[tuple[str, Record, Place, Any]]:
    """Every value of every record: file, record, place, value."""
    for folder, key, record in knowledge.records():
        for place, value in walk(record):
            yield file_of(folder, key), record, place, value
