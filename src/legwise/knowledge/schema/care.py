"""Measures (relief, self-care, prevention, medical options) and medicines."""

from typing import Literal

from pydantic import Field

from legwise.knowledge.schema.record import Disagreement, Id, Record, Review, Statement, Text

Strength = Literal["strong", "moderate", "weak", "expert_advice", "unclear", "no_benefit", "harmful"]


class Step(Record):
    """One thing to do, with how long to hold it in seconds where it is timed."""

    do: Text
    hold_seconds: int | None = Field(default=None, ge=1)
    picture: Id | None = None


class Evidence(Record):
    """What studies found: effect in words and numbers, how sure, and where it stands."""

    says: Text
    strength: Strength
    sources: tuple[Id, ...] = Field(min_length=1)


class WhoMustNot(Record):
    """People for whom a measure is not safe, and the finding that shows it where one does."""

    text: Text
    finding: Id | None = None
    source: Id


class Measure(Record):
    """Something to do: now, from day to day, or with a clinician."""

    id: Id
    name: Text
    kind: Literal["relief", "self_care", "prevention", "medical_option"]
    mission: tuple[Text, ...] = ()
    when: Text
    order: int = Field(default=50, ge=1)
    steps: tuple[Step, ...] = Field(min_length=1)
    dose: Text | None = None
    who_must_not: tuple[WhoMustNot, ...] = ()
    stop_if: tuple[Statement, ...] = ()
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    organisations_differ: tuple[Disagreement, ...] = ()
    review: Review


class Member(Record):
    """One medicine of a class: its generic name, other spellings, and brands that were seen in a source."""

    name: Text
    also: tuple[Text, ...] = ()
    brands: tuple[Text, ...] = ()
    brands_source: Id | None = None


class Interaction(Record):
    """A mix that matters: what happens, and what to do about it.

    `with_medicines` is what people read. `needs` is how the mix is found: one of each list has to be taken too, named
    by its generic name, by the id of a class, or by the id of a group in `medicine_words`. Without `needs` the mix
    is only told in general. `of` names the members of this class that it holds for; empty: all of them.
    """

    with_medicines: tuple[Text, ...] = Field(min_length=1)
    of: tuple[Text, ...] = ()
    needs: tuple[tuple[Text, ...], ...] = ()
    effect: Text
    do: Text
    sources: tuple[Id, ...] = Field(min_length=1)


class Medicine(Record):
    """A class of medicines, what it may have to do with cramps or sore muscles, and what to ask.

    Nothing here ever tells a person to stop a medicine by themselves.
    """

    id: Id
    name: Text
    asked_by: Id | None = None
    members: tuple[Member, ...] = Field(min_length=1)
    may_cause: Text
    figures: tuple[Evidence, ...] = Field(min_length=1)
    do: tuple[Statement, ...] = Field(min_length=1)
    ask: tuple[Text, ...] = Field(min_length=1)
    interactions: tuple[Interaction, ...] = ()
    not_for_cramps: Statement | None = None
    review: Review
