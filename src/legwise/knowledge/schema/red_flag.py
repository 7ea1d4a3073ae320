"""A red flag: signs that raise the urgency, whatever else is likely."""

from typing import Literal, Self

from pydantic import Field, model_validator

from legwise.base.urgency import UrgencyLabel
from legwise.knowledge.schema.case import FlagCase
from legwise.knowledge.schema.record import Disagreement, Id, Record, Review, Statement, Text
from legwise.knowledge.schema.rule_field import RuleField


class RedFlag(Record):
    """One rule. Built from findings with a danger direction, without negation: it only ever raises.

    `say` is what a person reads first; an emergency starts with the one action. `status` tells how
    far the picture and its urgency were read in a source; `unread` names what was not.
    """

    id: Id
    title: Text
    urgency: UrgencyLabel
    how_soon: Text
    when: RuleField
    say: Statement
    points_to: tuple[Id, ...] = Field(min_length=1)
    mimics: tuple[Text, ...] = Field(min_length=1)
    evidence: tuple[Statement, ...] = Field(min_length=1)
    organisations_differ: tuple[Disagreement, ...] = ()
    status: Literal["verified", "partly", "unverified"]
    unread: Text | None = None
    decision: Id | None = None
    not_sure: Literal["one_lower", "full"] = "one_lower"
    cases: tuple[FlagCase, ...] = Field(min_length=1)
    review: Review

    @model_validator(mode="after")
    def _unread(self) -> Self:
        if (self.status == "verified") == bool(self.unread):
            raise ValueError("'unread' names what was not read: required unless status is verified")
        return self


class Decision(Record):
    """A question that only a clinician can settle: the cautious choice made until then, and its effect."""

    id: Id
    question: Text
    cautious_choice: Text
    effect: Text
    review: Review
