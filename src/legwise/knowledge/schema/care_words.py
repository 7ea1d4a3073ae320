"""The words of guided relief and of the medicine check that belong to no single measure or medicine."""

from pydantic import Field

from legwise.base.urgency import UrgencyLabel
from legwise.knowledge.schema.record import Id, Record, Review, Statement, Text


class DangerLine(Record):
    """Something that rules relief out: how it is asked, what to do instead, and the findings that show it."""

    text: Text
    do: Text
    urgency: UrgencyLabel
    signs: tuple[Id, ...] = Field(min_length=1)
    sources: tuple[Id, ...] = Field(min_length=1)


class TenMinutes(Record):
    """What comes when the muscle is still locked so many minutes after the start, by the clock."""

    minutes: int = Field(ge=1)
    locked: Id
    title: Text
    say: Statement
    look: Text


class ReliefWords(Record):
    """Sentences of guided relief, in the order in which they are shown. Braces mark what is filled in."""

    id: Id
    title: Text
    danger_title: Text
    danger_lines: tuple[DangerLine, ...] = Field(min_length=1)
    call: Statement
    any_true: Text
    not_sure: Text
    known: Text
    urgent_too: Text
    steps_title: Text
    keys: Text
    yes_or_no: Text
    only_if: Text
    left_out: Text
    stop_if: Text
    hold: Text
    held: Text
    clock: Text
    let_go: Text
    round_again: Text
    nothing_left: Text
    ten_minutes: TenMinutes
    after_title: Text
    after: tuple[Statement, ...] = Field(min_length=1)
    cut_short: Text
    ask_more: Text
    sources_where: Text
    review: Review


class Group(Record):
    """Medicines of one kind that have no file of their own, so that mixes with them are found."""

    name: Text
    members: tuple[Text, ...] = Field(min_length=1)


class MedicineWords(Record):
    """Sentences of the medicine check, and groups of medicines that are known only from mixes."""

    id: Id
    title: Text
    spelling: Text
    brand: Text
    of_class: Text
    misspelt: Text
    unsure: Text
    unknown: Text
    nearest: Text
    only_in_mixes: Text
    figures: Text
    do: Text
    ask: Text
    mixes_badly: Text
    mixes_title: Text
    no_mix_found: Text
    never_stop: Statement
    groups: dict[Id, Group]
    review: Review
