"""Many other answers at once: what the dangers and the likely causes give for each, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from legwise.base.urgency import Urgency
from legwise.reasoning.differential import combine, is_danger_sign, ladder_probability, ratio_columns, softmax
from legwise.reasoning.model import Evidence, log_likelihoods
from legwise.reasoning.rates import Rates
from legwise.reasoning.redraws import DangerDraws, Exchange, reaches, redraws_of
from legwise.reasoning.situation import Situation, act_probabilities, is_positive, points_of

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trial:
    """One other answer: what the red flags give, the evidence, the rates."""

    rules: Urgency
    chosen: Evidence
    rates: Rates


def danger_and_usual_urgency(situation: Situation, trials: Sequence[Trial]) -> list[Urgency]:
    """The whole urgency of each trial, from the rules, the dangers and what is likely."""
    if not trials:
        return []
    levels = np.array([int(trial.rules) for trial in trials])
    scores, danger, pointed, positive = _numbers(situation, trials)
    levels = np.maximum(levels, _likely_levels(situation, scores, positive))
    probability = ladder_probability(danger, situation.model.ladders)
    act_levels = _act_levels(situation)
    over = (probability >= act_probabilities(situation.model)) & (pointed > 0)
    levels = np.maximum(levels, np.where(over, act_levels, 0).max(axis=1))
    draws = redraws_of(situation.knowledge).danger_draws(situation.rates, situation.chosen)
    for i in np.flatnonzero(levels < Urgency.SOON).tolist():
        doubtful = np.flatnonzero((pointed[i] > 0) & ~over[i])
        if doubtful.size:
            soonest = np.minimum(act_levels[doubtful], Urgency.SOON)
            levels[i] = max(levels[i], _possible(situation, trials[i], draws, doubtful, soonest))
    return [Urgency(int(level)) for level in levels]


def _numbers(situation: Situation, trials: Sequence[Trial]) -> tuple[Array, Array, NDArray[np.intp], NDArray[np.bool_]]:
    """Scores (trials, hypotheses); log odds and pointers (trials, dangers); whether anything positive was said."""
    model, limit = situation.model, situation.knowledge.settings.most_a_no_can_lower.value
    dangers = list(model.dangers)
    base = _Columns(situation)
    scores = np.empty((len(trials), len(model.hypotheses)))
    danger = np.empty((len(trials), len(dangers)))
    pointed = np.empty((len(trials), len(dangers)), dtype=np.intp)
    positive = np.empty(len(trials), dtype=bool)
    risks = points_of(situation.model, situation.rates)
    for i, trial in enumerate(trials):
        likelihood, raising, resting, points, count = base.with_evidence(trial.chosen)
        same = trial.rates is situation.rates
        scores[i] = (base.log_prior if same else trial.rates.log_prior) + likelihood
        prior = base.prior if same else trial.rates.log_odds[dangers]
        danger[i] = combine(prior, raising, resting, limit)
        pointed[i] = points + (risks if same else points_of(model, trial.rates))
        positive[i] = count > 0
    return scores, danger, pointed, positive


class _Columns:
    """Sums over the evidence as it is now, and with some of it exchanged."""

    def __init__(self, situation: Situation) -> None:
        self.model = situation.model
        self.chosen = situation.chosen
        self.log_prior = situation.rates.log_prior
        self.prior = situation.rates.log_odds[list(self.model.dangers)]
        self._one: dict[tuple[str, tuple[int, ...]], tuple[Array, Array, Array, NDArray[np.bool_], bool]] = {}
        parts = [self._parts(key, marked) for key, marked in self.chosen.items()]
        self.likelihood = sum((p[0] for p in parts), np.zeros(len(self.model.hypotheses)))
        zero = np.zeros(len(self.model.dangers))
        self.raising = sum((p[1] for p in parts), zero)
        self.resting = sum((p[2] for p in parts), zero)
        self.points = sum((p[3].astype(np.intp) for p in parts), np.zeros(len(zero), dtype=np.intp))
        self.positive = sum(p[4] for p in parts)

    def _parts(self, key: str, marked: tuple[int, ...]) -> tuple[Array, Array, Array, NDArray[np.bool_], bool]:
        if (key, marked) not in self._one:
            only = {key: marked}
            ratio = ratio_columns(self.model, only)[:, 0]
            raising = np.maximum(ratio, 0.0) * is_danger_sign(self.model, key)
            self._one[key, marked] = (
                log_likelihoods(self.model.log_p, only)[:, 0],
                raising,
                ratio - raising,
                np.asarray(self.model.points[:, list(marked)].any(axis=1)),
                is_positive(self.model, key, marked),
            )
        return self._one[key, marked]

    def with_evidence(self, chosen: Evidence) -> tuple[Array, Array, Array, NDArray[np.intp], int]:
        """The sums for other evidence, from the difference to now."""
        likelihood, raising, resting = self.likelihood, self.raising, self.resting
        points, positive = self.points, self.positive
        for key, marked, sign in difference(self.chosen, chosen):
            own = self._parts(key, marked)
            likelihood = likelihood + sign * own[0]
            raising, resting = raising + sign * own[1], resting + sign * own[2]
            points, positive = points + sign * own[3], positive + sign * own[4]
        return likelihood, raising, resting, points, positive


def _likely_levels(situation: Situation, scores: Array, positive: NDArray[np.bool_]) -> NDArray[np.intp]:
    usual = np.array([int(Urgency.from_label(c.usual_urgency)) for c in situation.model.conditions])
    named = softmax(scores)[:, :-1]
    likely = named >= situation.knowledge.settings.likely_at.value
    likely[np.arange(len(named)), named.argmax(axis=1)] = True
    levels: NDArray[np.intp] = np.where(positive, np.where(likely, usual, 0).max(axis=1), 0)
    return levels


def _act_levels(situation: Situation) -> NDArray[np.intp]:
    acts = [situation.model.conditions[row].act_at for row in situation.model.dangers]
    return np.array([int(Urgency.from_label(act.urgency)) for act in acts if act is not None])


def _possible(
    situation: Situation, trial: Trial, draws: DangerDraws, dangers: NDArray[np.intp], levels: NDArray[np.intp]
) -> int:
    """The level of those dangers whose interval reaches where they are acted on."""
    rates = None if trial.rates is situation.rates else trial.rates
    after = draws.after(rates, difference(situation.chosen, trial.chosen), dangers)
    at = act_probabilities(situation.model)[dangers]
    reached = reaches(after, at, situation.knowledge.settings.interval.value)
    return int(levels[reached].max(initial=0))


def difference(now: Evidence, then: Evidence) -> list[Exchange]:
    """The answers that go and the answers that come."""
    if now is then:
        return []
    gone = [(key, marked, -1) for key, marked in now.items() if then.get(key) != marked]
    come = [(key, marked, 1) for key, marked in then.items() if now.get(key) != marked]
    return [*gone, *come]
