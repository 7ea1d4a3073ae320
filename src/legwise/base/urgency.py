"""How soon a person needs care. The order is the safety rule: `max` over everything that applies."""

from enum import IntEnum
from typing import Literal

UrgencyLabel = Literal["self_care", "routine", "soon", "urgent", "emergency"]


class Urgency(IntEnum):
    """Five levels of care, from the least to the most urgent.

    >>> max(Urgency.SELF_CARE, Urgency.EMERGENCY).label
    'emergency'
    """

    SELF_CARE = 0
    ROUTINE = 1
    SOON = 2
    URGENT = 3
    EMERGENCY = 4

    @property
    def label(self) -> UrgencyLabel:
        """The word used in content, JSON and URLs."""
        return _LABELS[self]

    @property
    def one_lower(self) -> "Urgency":
        """The next lower level; self-care has none below it."""
        return Urgency(max(self - 1, Urgency.SELF_CARE))

    @classmethod
    def from_label(cls, label: str) -> "Urgency":
        """Read a level from its word.

        Raises:
            KeyError: when the word is not a level.
        """
        return _BY_LABEL[label]


_LABELS: dict[Urgency, UrgencyLabel] = {
    Urgency.SELF_CARE: "self_care",
    Urgency.ROUTINE: "routine",
    Urgency.SOON: "soon",
    Urgency.URGENT: "urgent",
    Urgency.EMERGENCY: "emergency",
}
_BY_LABEL: dict[str, Urgency] = {label: level for level, label in _LABELS.items()}
