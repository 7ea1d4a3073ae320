"""Which estimates matter: those whose doubt alone would change the urgency of a case.

Every estimated link and background that a case uses is moved to its 5th and its 95th percentile, one at a
time, and the urgency is worked out again from the ranking and the odds of the dangers. Rules stay as they
are: they hold no numbers. Rates, risk factors, action levels and upper ends of ranges are not moved.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from legwise.base.urgency import Urgency
from legwise.evaluation.run import Outcome
from legwise.reasoning.differential import combine, is_danger_sign, ladder_probability, softmax
from legwise.reasoning.distributions import FLOOR, Row
from legwise.reasoning.model import Model, Variable
from legwise.reasoning.redraws import SEED
from legwise.reasoning.situation import Situation, act_probabilities, describes_complaint, points_at_dangers, triage

Vector = NDArray[np.float64]
Key = tuple[str, str]
"""(finding, condition), or (finding, "") for a background."""

ENDS = (0.05, 0.95)
DRAWS = 4000
"""Enough for the 5th percentile of a Beta to two figures."""


@dataclass(slots=True)
class Influence:
    """How often moving one estimate changes an urgency, and by how many levels in all."""

    finding: str
    condition: str | None
    cases: set[str] = field(default_factory=set)
    up: int = 0
    down: int = 0

    @property
    def moved(self) -> int:
        """Levels moved in all, up and down."""
        return self.up + self.down


@dataclass(frozen=True, slots=True)
class Nudge:
    """One estimate at one end: what it adds to every score, and to the sure and the resting log odds of each danger."""

    key: Key
    scores: Vector
    raising: Vector
    resting: Vector


@lru_cache(maxsize=100_000)
def ends_of(mean: float, weight: float) -> tuple[float, float]:
    """5th and 95th percentile of a share that is worth so many people."""
    rng = np.random.Generator(np.random.PCG64(SEED))
    draws = rng.beta(max(mean * weight, 1e-3), max((1 - mean) * weight, 1e-3), DRAWS)
    low, high = np.quantile(draws, ENDS)
    return max(float(low), FLOOR), min(max(float(high), FLOOR), 1 - FLOOR)


def most_influential(outcomes: Iterable[Outcome], count: int = 10) -> list[Influence]:
    """The estimates that change the urgency of most cases, the most influential first."""
    found: dict[Key, Influence] = {}
    for outcome in outcomes:
        if outcome.situation.differential is None:
            continue
        for key, level in _levels(outcome.situation):
            if level is outcome.urgency:
                continue
            influence = found.setdefault(key, Influence(key[0], key[1] or None))
            influence.cases.add(outcome.case.id)
            influence.up += max(level - outcome.urgency, 0)
            influence.down += max(outcome.urgency - level, 0)
    order = sorted(found.values(), key=lambda i: (-len(i.cases), -i.moved, i.finding, i.condition or ""))
    return order[:count]


def _levels(situation: Situation) -> Iterator[tuple[Key, Urgency]]:
    """The urgency of a case with each of its estimates moved, one at a time."""
    nudges = [nudge for key, marked in situation.chosen.items() for nudge in _nudges(situation, key, marked)]
    if not nudges:
        return
    floor = max(
        (reason.urgency for reason in triage(situation) if reason.kind not in ("danger", "likely")),
        default=Urgency.SELF_CARE,
    )
    levels = np.maximum(_danger_levels(situation, nudges), _likely_levels(situation, nudges))
    for nudge, level in zip(nudges, levels, strict=True):
        yield nudge.key, max(floor, Urgency(int(level)))


def _danger_levels(situation: Situation, nudges: Sequence[Nudge]) -> NDArray[np.intp]:
    danger, model = situation.danger, situation.model
    if danger is None:
        return np.zeros(len(nudges), dtype=np.intp)
    raising = danger.raising.sum(axis=1) + np.array([nudge.raising for nudge in nudges])
    resting = danger.resting.sum(axis=1) + np.array([nudge.resting for nudge in nudges])
    probability = ladder_probability(combine(danger.prior, raising, resting, danger.limit), danger.ladders)
    acts = (probability >= act_probabilities(model)) & (points_at_dangers(situation) > 0)
    act_levels = [model.conditions[row].act_at for row in model.dangers]
    level = np.array([Urgency.from_label(act.urgency) for act in act_levels if act is not None], dtype=np.intp)
    result: NDArray[np.intp] = np.where(acts, level, 0).max(axis=1)
    return result


def _likely_levels(situation: Situation, nudges: Sequence[Nudge]) -> NDArray[np.intp]:
    differential, model = situation.differential, situation.model
    if differential is None or not describes_complaint(situation):
        return np.zeros(len(nudges), dtype=np.intp)
    probability = softmax(differential.scores + np.array([nudge.scores for nudge in nudges]))[:, :-1]
    usual = np.array([Urgency.from_label(c.usual_urgency) for c in model.conditions], dtype=np.intp)
    likely = probability >= situation.knowledge.settings.likely_at.value
    likely[np.arange(len(nudges)), probability.argmax(axis=1)] = True
    result: NDArray[np.intp] = np.where(likely, usual, 0).max(axis=1)
    return result


def _nudges(situation: Situation, key: str, marked: tuple[int, ...]) -> Iterator[Nudge]:
    """Each estimate behind one answer, at both ends."""
    model = situation.model
    variable = model.variables[key]
    places = [column - variable.start for column in marked]
    for row, link in variable.rows.items():
        if not link.published:
            yield from (_link_nudge(situation, key, row, change) for change in _changes(link, places))
    if not variable.background.published:
        yield from (_background_nudge(situation, variable, change) for change in _changes(variable.background, places))


def _changes(row: Row, places: Sequence[int]) -> list[float]:
    """What the log of the share of an answer changes by at both ends."""
    mean = float(row.mean[list(places)].sum())
    return [float(np.log(end / mean)) for end in ends_of(round(mean, 4), row.weight)]


def _link_nudge(situation: Situation, key: str, row: int, change: float) -> Nudge:
    model = situation.model
    scores = np.zeros(len(model.hypotheses))
    scores[row] = change
    changes = np.array([change if danger == row else 0.0 for danger in model.dangers])
    return _nudge(situation, (key, model.hypotheses[row]), scores, changes)


def _background_nudge(situation: Situation, variable: Variable, change: float) -> Nudge:
    """A background moves every condition that is not linked, and the dangers that are linked the other way."""
    model = situation.model
    linked = np.zeros(len(model.conditions), dtype=bool)
    linked[[row for row, link in variable.rows.items() if link.ratio is None]] = True
    scores = np.append(np.where(linked, 0.0, change), 0.0)
    share = model.share[~linked].sum()
    scores[-1] = np.log1p(share * (np.exp(change) - 1)) if share else 0.0
    changes = np.where(linked[list(model.dangers)], -change, 0.0)
    return _nudge(situation, (variable.finding.id, ""), scores, changes)


def _nudge(situation: Situation, key: Key, scores: Vector, changes: Vector) -> Nudge:
    """Put a change of a danger where the answer stands: a danger sign that is there never comes to lower."""
    danger = situation.danger
    zero = np.zeros(len(changes))
    if danger is None:
        return Nudge(key, scores, zero, zero)
    position = list(situation.chosen).index(key[0])
    now = danger.raising[:, position]
    raises = is_danger_sign(situation.model, key[0]) & (now > 0)
    raising = np.where(raises, np.maximum(now + changes, 0.0) - now, 0.0)
    return Nudge(key, scores, raising, np.where(raises, 0.0, changes))


def links_published(model: Model) -> dict[str, list[bool]]:
    """For each condition: whether each of its links stands in a source."""
    result: dict[str, list[bool]] = {condition.id: [] for condition in model.conditions}
    for variable in model.variables.values():
        for row in variable.rows:
            link = model.conditions[row].links[variable.finding.id]
            result[model.conditions[row].id].append(not isinstance(link, str) and link.is_published)
    return result
