"""The two readings of the table: which cause leads, and how likely each danger is against background alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from legwise.reasoning.model import Evidence, Model, log_likelihoods
from legwise.reasoning.rates import Rates

Array = NDArray[np.float64]


def softmax(scores: Array) -> Array:
    """Probabilities from log scores along the last axis.

    >>> softmax(np.array([0.0, 0.0])).tolist()
    [0.5, 0.5]
    """
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Array = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def log_odds_of(probability: Array) -> Array:
    """Log odds; finite for 0 and 1."""
    clipped = np.clip(probability, 1e-12, 1 - 1e-12)
    result: Array = np.log(clipped) - np.log1p(-clipped)
    return result


@dataclass(frozen=True, slots=True)
class Differential:
    """Scores of every hypothesis for one person.

    `columns[:, k]` holds log P(answer k | hypothesis), in the order of `evidence`; so the effect of
    an answer is a column, and the effect of changing it a subtraction.
    """

    evidence: Evidence
    columns: Array
    scores: Array
    probability: Array


def rank(model: Model, rates: Rates, chosen: Evidence) -> Differential:
    """First reading: one leading cause, or "other". P(cause) = softmax(log rate + sum of log P(answer | cause))."""
    columns = log_likelihoods(model.log_p, chosen)
    scores = rates.log_prior + columns.sum(axis=1)
    return Differential(chosen, columns, scores, softmax(scores))


@dataclass(frozen=True, slots=True)
class DangerOdds:
    """Second reading, one line per danger of `model.dangers`.

    `raising[d, k]` and `resting[d, k]` split log P(answer | danger) - log P(answer | background): danger signs
    that are there only ever raise; all else (the description of the complaint, signs that are not there)
    counts on balance, and that balance lowers at most `limit` times, so that a harmless cause never
    explains a danger away.
    """

    prior: Array
    raising: Array
    resting: Array
    limit: float
    ladders: Array

    @property
    def log_odds(self) -> Array:
        """Log odds of each danger by itself."""
        return combine(self.prior, self.raising.sum(axis=1), self.resting.sum(axis=1), self.limit)

    @property
    def probability(self) -> Array:
        """Probability of each danger or a later stage of it, from the sum of their odds."""
        return ladder_probability(self.log_odds, self.ladders)


def combine(prior: Array, raising: Array, resting: Array, limit: float) -> Array:
    """Log odds from a prior, the danger signs, and the balance of all else, which lowers at most `limit` times."""
    result: Array = prior + raising + np.maximum(resting, -np.log(limit))
    return result


def ladder_probability(log_odds: Array, ladders: Array) -> Array:
    """Sum the odds of each danger and its later stages (last axis: dangers), as a probability."""
    odds = np.exp(np.minimum(log_odds, 30.0)) @ ladders.T
    result: Array = odds / (1.0 + odds)
    return result


def danger_odds(model: Model, rates: Rates, chosen: Evidence, limit: float) -> DangerOdds:
    """Second reading: each danger against background alone; no other condition explains it away."""
    columns = ratio_columns(model, chosen)
    prior = rates.log_odds[list(model.dangers)]
    signs = np.array([is_danger_sign(model, key) for key in chosen], dtype=bool)
    raising = np.where(signs[None, :], np.maximum(columns, 0.0), 0.0)
    return DangerOdds(prior, raising, columns - raising, limit, model.ladders)


def is_danger_sign(model: Model, key: str) -> bool:
    """Whether a finding has a danger direction: being there, it only ever raises a danger."""
    return model.variables[key].finding.danger == "up"


def ratio_columns(model: Model, chosen: Evidence) -> Array:
    """Log ratio of each danger to the background, one column per answer.

    Several marked levels count as the average ratio, weighted by how common each is in the background.
    """
    columns: Array = model.log_ratio[:, [marked[0] for marked in chosen.values()]]
    for position, marked in enumerate(chosen.values()):
        if len(marked) > 1:
            base = model.log_bg[list(marked)]
            joint = np.logaddexp.reduce(model.log_ratio[:, list(marked)] + base, axis=1)
            columns[:, position] = joint - np.logaddexp.reduce(base)
    return columns
