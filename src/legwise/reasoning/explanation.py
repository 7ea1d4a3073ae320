"""Why: what each answer does to each cause, as weight of evidence.

The weight of an answer for a cause is the change in the cause's log odds with and without that
answer, everything else the same (Good's weight of evidence, natural logarithm).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from legwise.base.answers import Answer
from legwise.reasoning.differential import Differential, log_odds_of, softmax
from legwise.reasoning.rates import limiting, rates_after, risks
from legwise.reasoning.situation import Situation

Array = NDArray[np.float64]

WORTH_SAYING = 0.2
"""Below this an answer moves the odds by less than a quarter: not worth a person's time."""
CLEAR = 0.7
"""From here an answer doubles the odds."""
STRONG = 1.6
"""From here an answer moves the odds fivefold."""


Strength = Literal["a little", "clearly", "strongly"]


@dataclass(frozen=True, slots=True)
class Weight:
    """One answer's weight for one cause."""

    finding: str
    said: str
    weight: float

    @property
    def strength(self) -> Strength:
        """The weight in words."""
        size = abs(self.weight)
        return "strongly" if size >= STRONG else "clearly" if size >= CLEAR else "a little"


def weights(situation: Situation) -> tuple[list[str], list[str], Array]:
    """Weigh every answer for every hypothesis.

    Returns:
        Finding ids, what was said, and an array (answers, hypotheses) of weights.
    """
    differential = situation.differential
    if differential is None:
        return [], [], np.zeros((0, len(situation.model.hypotheses)))
    rated = rate_findings(situation)
    plain = {key: place for place, key in enumerate(differential.evidence) if key not in rated}
    without_plain = differential.scores[None, :] - differential.columns.T[list(plain.values())]
    stacked = np.vstack([without_plain, *(_without(situation, differential, key)[None, :] for key in rated)])
    keys = [*plain, *rated]
    said = [say(situation, key) for key in keys]
    full = log_odds_of(differential.probability)
    return keys, said, full[None, :] - log_odds_of(softmax(stacked))


def rate_findings(situation: Situation) -> list[str]:
    """Answers that act through the base rates: age, sex, risk factors and what limits a rate."""
    known = situation.facts.values
    acting = limiting(situation.model) | risks(situation.model).keys()
    return [key for key in sorted(acting) if key in known and known[key] != "none"]


def _without(situation: Situation, differential: Differential, key: str) -> Array:
    """Scores with an answer left open that acts through the rates, and through the table too where it is linked."""
    rest = {other: value for other, value in situation.facts.values.items() if other != key}
    rates = rates_after(situation.knowledge, situation.model, situation.rates, rest, (key,))
    scores: Array = differential.columns.sum(axis=1) + rates.log_prior
    if key in differential.evidence:
        scores = scores - differential.columns[:, list(differential.evidence).index(key)]
    return scores


def say(situation: Situation, key: str) -> str:
    """Say an answer back in the content's words."""
    finding = situation.knowledge.findings[key]
    answer: Answer | None = situation.facts.values.get(key)
    if finding.number is not None:
        return f"{finding.name}: {answer:g} {finding.number.unit}" if isinstance(answer, int | float) else finding.name
    if isinstance(answer, frozenset):
        labels = [finding.label_of(value) for value in finding.values if value in answer]
        return f"{finding.name}: {', '.join(labels)}"
    label = finding.label_of(str(answer))
    return label if finding.is_yes_no or finding.derived else f"{finding.name}: {label}"


def for_and_against(
    keys: list[str], said: list[str], column: Array, most: int = 6
) -> tuple[tuple[Weight, ...], tuple[Weight, ...]]:
    """The answers that speak most for and against one cause."""
    items = [Weight(key, words, float(w)) for key, words, w in zip(keys, said, column, strict=True)]
    speaks_for = sorted((i for i in items if i.weight >= WORTH_SAYING), key=lambda i: -i.weight)
    against = sorted((i for i in items if i.weight <= -WORTH_SAYING), key=lambda i: i.weight)
    return tuple(speaks_for[:most]), tuple(against[:most])


def unexplained(situation: Situation, cause: int, positives: Mapping[str, tuple[int, ...]]) -> list[str]:
    """Positive answers that a cause makes no more likely than the background does."""
    model = situation.model
    lost = []
    for key, marked in positives.items():
        own = np.logaddexp.reduce(model.log_p[cause, list(marked)])
        base = np.logaddexp.reduce(model.log_bg[list(marked)])
        if own <= base:
            lost.append(key)
    return lost
