"""Many other answers at once: what the dangers and the likely causes give for each, as arrays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from legwise.base.urgency import Urgency
from legwise.reasoning.differential import combine, is_danger_sign, ladder_probability, ratio_columns, softmax
from legwise.reasoning.model import Evidence, Model, log_likelihoods
from legwise.reasoning.rates import Rates
from legwise.reasoning.redraws import DangerDraws, Exchange, reaches
from legwise.reasoning.situation import Situation, act_probabilities, is_description, points_of

Array = NDArray[np.float64]
Counts = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Trial:
    """One other answer: what the red flags give, which evidence goes and comes, the rates."""

    rules: Urgency
    exchanged: tuple[Exchange, ...]
    rates: Rates


def danger_and_usual_urgency(situation: Situation, trials: Sequence[Trial]) -> list[Urgency]:
    """The whole urgency of each trial, from the rules, the dangers and what is likely."""
    same = Trial(Urgency.SELF_CARE, (), situation.rates)
    other = [trial for trial in trials if trial.exchanged or trial.rates is not situation.rates]
    unchanged, *levels = _levels(situation, [same, *other])
    by_trial = dict(zip(map(id, other), levels, strict=True))
    return [by_trial.get(id(trial), max(trial.rules, unchanged)) for trial in trials]


def _levels(situation: Situation, trials: Sequence[Trial]) -> list[Urgency]:
    levels = np.array([int(trial.rules) for trial in trials])
    scores, danger, pointed, signs, described = _numbers(situation, trials)
    levels = np.maximum(levels, _likely_levels(situation, scores, described))
    probability = ladder_probability(danger, situation.model.ladders)
    act_levels = _act_levels(situation)
    acted = np.where(signs > 0, act_levels, np.minimum(act_levels, Urgency.SOON))
    over = (probability >= act_probabilities(situation.model)) & (pointed > 0)
    levels = np.maximum(levels, np.where(over, acted, 0).max(axis=1, initial=0))
    draws = situation.danger_draws()
    for i in np.flatnonzero(levels < Urgency.SOON).tolist():
        doubtful = np.flatnonzero((pointed[i] > 0) & ~over[i])
        if doubtful.size:
            soonest = np.minimum(act_levels[doubtful], Urgency.SOON)
            levels[i] = max(levels[i], _possible(situation, trials[i], draws, doubtful, soonest))
    return [Urgency(int(level)) for level in levels]


def _numbers(situation: Situation, trials: Sequence[Trial]) -> tuple[Array, Array, Counts, Counts, NDArray[np.bool_]]:
    """Scores (trials, hypotheses); log odds, pointers and signs (trials, dangers); whether it was described."""
    model, limit = situation.model, situation.knowledge.settings.most_a_no_can_lower.value
    causes, dangers = len(model.hypotheses), len(model.dangers)
    sums = _sums(situation, trials)
    likelihood, raising, resting, points, signs, described = np.split(
        sums, [causes + count * dangers for count in range(5)], axis=1
    )
    log_prior = np.tile(situation.rates.log_prior, (len(trials), 1))
    prior = np.tile(situation.rates.log_odds[list(model.dangers)], (len(trials), 1))
    risks = np.tile(points_of(model, situation.rates), (len(trials), 1))
    for i, trial in enumerate(trials):
        if trial.rates is not situation.rates:
            log_prior[i] = trial.rates.log_prior
            prior[i] = trial.rates.log_odds[list(model.dangers)]
            risks[i] = points_of(model, trial.rates)
    danger = combine(prior, raising, resting, limit)
    pointed = np.rint(points).astype(np.intp) + risks
    signed = np.rint(signs).astype(np.intp)
    return log_prior + likelihood, danger, pointed, signed, described[:, 0] > HALF


HALF = 0.5
"""Between none and one, for counts that are summed as floats."""


def _sums(situation: Situation, trials: Sequence[Trial]) -> Array:
    """For each trial, the sum of what its answers add: the sum of now, less what goes, plus what comes."""
    model = situation.model
    nothing = np.zeros(len(model.hypotheses) + 4 * len(model.dangers) + 1)
    now = np.sum([nothing, *(_adds(model, key, marked) for key, marked in situation.chosen.items())], axis=0)
    places: dict[tuple[str, tuple[int, ...]], int] = {}
    signs: list[tuple[int, int, int]] = []
    for i, trial in enumerate(trials):
        for key, marked, sign in trial.exchanged:
            signs.append((i, places.setdefault((key, marked), len(places)), sign))
    if not places:
        return np.tile(now, (len(trials), 1))
    table = np.array([_adds(model, key, marked) for key, marked in places])
    exchange = np.zeros((len(trials), len(table)))
    for row, place, sign in signs:
        exchange[row, place] = sign
    sums: Array = now + exchange @ table
    return sums


def _adds(model: Model, key: str, marked: tuple[int, ...]) -> Array:
    """What one answer adds: likelihoods; raising, resting, pointers, signs of dangers; a description."""
    kept = model.adds.get((key, marked))
    if kept is None:
        only = {key: marked}
        ratio = ratio_columns(model, only)[:, 0]
        raising = np.maximum(ratio, 0.0) * is_danger_sign(model, key)
        points = model.points[:, list(marked)].any(axis=1)
        signs = model.signs[:, list(marked)].any(axis=1)
        likelihood = log_likelihoods(model.log_p, only)[:, 0]
        described = [float(is_description(model, key, marked))]
        kept = model.adds[key, marked] = np.concatenate(
            [likelihood, raising, ratio - raising, points, signs, described]
        )
    return kept


def _likely_levels(situation: Situation, scores: Array, described: NDArray[np.bool_]) -> NDArray[np.intp]:
    usual = np.array([int(Urgency.from_label(c.usual_urgency)) for c in situation.model.conditions])
    named = softmax(scores)[:, :-1]
    likely = named >= situation.knowledge.settings.likely_at.value
    likely[np.arange(len(named)), named.argmax(axis=1)] = True
    levels: NDArray[np.intp] = np.where(described, np.where(likely, usual, 0).max(axis=1), 0)
    return levels


def _act_levels(situation: Situation) -> NDArray[np.intp]:
    acts = [situation.model.conditions[row].act_at for row in situation.model.dangers]
    return np.array([int(Urgency.from_label(act.urgency)) for act in acts if act is not None])


def _possible(
    situation: Situation, trial: Trial, draws: DangerDraws, dangers: NDArray[np.intp], levels: NDArray[np.intp]
) -> int:
    """The level of those dangers whose interval reaches where they are acted on."""
    rates = None if trial.rates is situation.rates else trial.rates
    after = draws.after(rates, trial.exchanged, dangers)
    at = act_probabilities(situation.model)[dangers]
    reached = reaches(after, at, situation.knowledge.settings.interval.value)
    return int(levels[reached].max(initial=0))


def difference(now: Evidence, then: Evidence, keys: Iterable[str]) -> tuple[Exchange, ...]:
    """The answers among these keys that go, and those that come."""
    differing = [key for key in keys if now.get(key) != then.get(key)]
    gone = [(key, now[key], -1) for key in differing if key in now]
    come = [(key, then[key], 1) for key in differing if key in then]
    return (*gone, *come)
