"""Counts of right answers, with the doubt that a small number of cases leaves."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from legwise.base.urgency import Urgency
from legwise.evaluation.run import Outcome

Z = {90: 1.6448536269514722, 95: 1.959963984540054}
"""Standard normal quantiles for two-sided intervals of so many per cent."""
TOPS = (1, 3, 5)

Which = Literal["gold", "accepted", "flat_gold", "flat_accepted"]


def wilson(right: int, of: int, percent: int = 95) -> tuple[float, float]:
    """Score interval of a share (Wilson 1927); all of it is possible where nothing was counted.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    if of == 0:
        return 0.0, 1.0
    z2 = Z[percent] ** 2
    share = right / of
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z[percent] * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(middle - half, 0.0), min(middle + half, 1.0)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    right: int
    of: int

    @property
    def fraction(self) -> float | None:
        """The share; None of nothing."""
        return self.right / self.of if self.of else None

    def __str__(self) -> str:
        if not self.of:
            return "none"
        low, high = wilson(self.right, self.of, 90)
        least, most = wilson(self.right, self.of, 95)
        return (
            f"{100 * self.right / self.of:3.0f} % ({self.right}/{self.of}; "
            f"90 %: {100 * low:.0f}–{100 * high:.0f}, 95 %: {100 * least:.0f}–{100 * most:.0f})"
        )


def rank_of(outcome: Outcome, which: Which) -> int | None:
    """The rank of the gold, or of the best accepted cause, with our rates or flat ones."""
    match which:
        case "gold":
            return outcome.rank
        case "accepted":
            return outcome.accepted_rank
        case "flat_gold":
            return outcome.flat_rank
        case "flat_accepted":
            return outcome.flat_accepted_rank


def top(outcomes: Sequence[Outcome], places: int, which: Which) -> Share:
    """How many have their cause among the first so many. A cause that we do not cover is a miss."""
    ranks = [rank_of(outcome, which) for outcome in outcomes]
    return Share(sum(1 for rank in ranks if rank is not None and rank <= places), len(outcomes))


def by_family(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """The cases of every source family."""
    families: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        families.setdefault(outcome.case.source.family, []).append(outcome)
    return dict(sorted(families.items()))


def self_care_kept(outcomes: Iterable[Outcome]) -> Share:
    """How many of the cases that need no clinician stay at self-care."""
    mild = [outcome for outcome in outcomes if outcome.reference is Urgency.SELF_CARE]
    return Share(sum(1 for outcome in mild if outcome.urgency is Urgency.SELF_CARE), len(mild))


def emergencies_below_urgent(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Emergencies that would not be seen the same day: each of them is a defect to explain."""
    return [o for o in outcomes if o.reference is Urgency.EMERGENCY and o.urgency < Urgency.URGENT]


def confusion(outcomes: Iterable[Outcome], original: bool) -> dict[str, dict[str, int]]:
    """Reference level by our level, counted; the source's own labels, or the coder's provisional ones."""
    table: dict[str, dict[str, int]] = {}
    for outcome in outcomes:
        mapped = outcome.case.triage.mapped
        if original != bool(mapped):
            continue
        label = "/".join(mapped) if mapped else outcome.case.triage.assigned
        row = table.setdefault(label, {level.label: 0 for level in reversed(Urgency)})
        row[outcome.urgency.label] += 1
    return dict(sorted(table.items(), key=lambda item: -Urgency.from_label(item[0].split("/")[0])))


def quantile(values: Sequence[int], share: float) -> float | None:
    """A quantile of some counts; None of nothing."""
    return float(np.quantile(np.array(values), share)) if values else None
