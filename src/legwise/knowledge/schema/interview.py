"""What the interview shows: screens, and the umbrella lines on them."""

from typing import Literal

from pydantic import Field

from legwise.knowledge.schema.record import Id, Record, Review, Text
from legwise.knowledge.schema.rule_field import RuleField


class Umbrella(Record):
    """One line that covers several findings. "No" to it is "no" to its parts; yes or not sure opens them.

    An umbrella itself sends nobody anywhere: its parts decide.
    """

    id: Id
    ask: Text
    ask_other: Text
    covers: Text
    why: Text
    parts: tuple[Id, ...] = Field(min_length=2)
    review: Review


class Screen(Record):
    """One page of the interview: a title, and lines (findings or umbrellas) in order.

    Kinds, in the order shown: who, danger, complaint, history; then adaptive ones, chosen by what
    they are expected to tell.
    """

    id: Id
    kind: Literal["who", "danger", "complaint", "history", "adaptive"]
    order: int = Field(ge=1)
    title: Text
    title_other: Text
    lines: tuple[Id, ...] = Field(min_length=1)
    show_when: RuleField | None = None
    review: Review
