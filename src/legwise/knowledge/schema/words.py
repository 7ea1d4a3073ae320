"""The words of a result that belong to no single flag or condition. Braces mark what is filled in."""

from legwise.base.urgency import UrgencyLabel
from legwise.knowledge.schema.record import Id, Record, Review, Text


class UrgencyWords(Record):
    """How a level of urgency is named, and the one thing to do."""

    title: Text
    do: Text


class Words(Record):
    """Sentences of a result. Each key says when its sentence is shown."""

    id: Id
    urgencies: dict[UrgencyLabel, UrgencyWords]
    not_certified: Text
    not_reviewed: Text
    not_a_diagnosis: Text
    provisional_title: Text
    provisional: Text
    danger_acted_on: Text
    danger_possible: Text
    usual_for_likely: Text
    not_sure: Text
    cause_likely: Text
    cause_unclear: Text
    too_young: Text
    serious_found: Text
    serious_not_found: Text
    medicine_found: Text
    medicine_not_found: Text
    medicine_not_asked: Text
    age_more: Text
    age_less: Text
    asked_again: Text
    fits: Text
    fits_other: Text
    fits_unexplained: Text
    fits_nothing: Text
    review: Review
