"""Cases that travel with content: a vignette, what differs from it, and what must come out."""

from typing import Literal

from pydantic import Field

from legwise.base.urgency import UrgencyLabel
from legwise.knowledge.schema.record import Id, Record, Review, Text

CaseAnswer = str | float | tuple[str, ...]
"""yes, no, not_sure, still_not_sure, not_asked, a level, a list of levels, or a number."""


class Vignette(Record):
    """A whole person: every answer of a finished interview, in words and in findings."""

    id: Id
    in_words: Text
    answers: dict[Id, CaseAnswer]
    review: Review


class Case(Record):
    """What differs from a vignette. A case written by hand has `in_words`; a generated one says so.

    In `but`, `not_asked` takes an answer away. A part of an umbrella that is set opens the
    umbrella; its other parts stay as the vignette has them.
    """

    name: Text
    in_words: Text | None = None
    generated: bool = False
    start: Id
    but: dict[Id, CaseAnswer] = {}
    todo: Text | None = None


class FlagExpectation(Record):
    """Whether the flag of this file fires."""

    fires: bool | Literal["cannot_tell"]


class FlagCase(Case):
    """A case of a red flag."""

    expect: FlagExpectation


class ConditionExpectation(Record):
    """What must come out for a case of a condition. Every key given must hold."""

    first: Id | None = None
    not_first: Id | None = None
    in_top_3: Id | None = None
    in_top_5: Id | None = None
    urgency: UrgencyLabel | None = None
    at_least: UrgencyLabel | None = None
    below: UrgencyLabel | None = None


class ConditionCase(Case):
    """A case of a condition, of a named kind."""

    kind: Literal["typical", "atypical", "older", "look_alike", "denying", "red_flag", "plain"]
    expect: ConditionExpectation = Field(default_factory=ConditionExpectation)
