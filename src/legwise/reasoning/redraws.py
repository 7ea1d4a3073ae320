"""Uncertainty: every number drawn again from its distribution, many times.

Common random numbers: the draws of a finding depend on the seed and the finding's id alone, so the same
answers give the same interval, in whatever order they came. Draws are made when first needed
and kept.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from legwise.knowledge.knowledge import Knowledge
from legwise.reasoning.differential import combine, is_danger_sign, ladder_probability, log_odds_of, softmax
from legwise.reasoning.distributions import FLOOR, Row
from legwise.reasoning.model import Evidence, Model, model_of, rising
from legwise.reasoning.rates import Rates

Draws = NDArray[np.float32]
Exchange = tuple[str, tuple[int, ...], int]
"""A finding, the columns of its value, and 1 for an answer that comes or -1 for one that goes."""

SEED = 20_261_124
"""A fixed seed: the interval is a property of the answers, not of the moment."""


class Redraws:
    """The table of one knowledge, drawn `count` times. Results are arrays (count, hypotheses).

    `rate_noise` is the log of the factor on each rate: log-uniform over its range.
    """

    def __init__(self, knowledge: Knowledge, seed: int = SEED) -> None:
        self._model: Model = model_of(knowledge)
        self._settings = knowledge.settings
        self._seed = seed
        self.count = int(knowledge.settings.redraws.value)
        self._drawn: dict[tuple[str, int | None], Draws] = {}
        self._parts: dict[tuple[str, tuple[int, ...]], tuple[Draws, Draws]] = {}
        self._columns: dict[tuple[str, tuple[int, ...]], Draws] = {}
        rows = range(len(self._model.hypotheses))
        self.rate_noise: Draws = np.array([self._noise_of(row) for row in rows], dtype=np.float32).T

    def probability(self, rates: Rates, chosen: Evidence) -> Draws:
        """Posterior of every hypothesis in every redraw: (count, hypotheses)."""
        scores = rates.log_prior.astype(np.float32) + self.rate_noise
        for key, marked in chosen.items():
            scores = scores + self._column(key, marked)
        result: Draws = softmax(scores)  # type: ignore[arg-type,assignment]
        return result

    def danger_draws(self, rates: Rates, chosen: Evidence) -> "DangerDraws":
        """The odds of every danger in every redraw."""
        rows = list(self._model.dangers)
        prior = rates.log_odds[rows].astype(np.float32) + self.rate_noise[:, rows]
        raising, resting = np.zeros_like(prior), np.zeros_like(prior)
        for key, marked in chosen.items():
            up, down = self.danger_parts(key, marked)
            raising, resting = raising + up, resting + down
        return DangerDraws(self, prior, raising, resting)

    def danger_parts(self, key: str, marked: tuple[int, ...]) -> tuple[Draws, Draws]:
        """What one answer adds to the log odds of each danger, raising and resting: (count, dangers) each."""
        if (key, marked) not in self._parts:
            ratio = self._ratio(key, marked)
            raising = np.maximum(ratio, 0) if is_danger_sign(self._model, key) else np.zeros_like(ratio)
            self._parts[key, marked] = (raising, ratio - raising)
        return self._parts[key, marked]

    @property
    def model(self) -> Model:
        """The table that is drawn."""
        return self._model

    @property
    def limit(self) -> float:
        """How much all but the danger signs together can lower at most."""
        return self._settings.most_a_no_can_lower.value

    def _noise_of(self, row: int) -> Draws:
        rng = self._generator(f"rate {self._model.hypotheses[row]}")
        if row == len(self._model.conditions):
            settings = self._settings
            share = settings.other_share.value
            draws = rng.uniform(settings.other_low.value, settings.other_high.value, self.count)
            return (log_odds_of(draws) - log_odds_of(np.array(share))).astype(np.float32)
        condition = self._model.conditions[row]
        if condition.rate is not None:
            low, high = np.log(condition.rate.low_factor), np.log(condition.rate.high_factor)
            noise = rng.uniform(low, high, self.count)
        else:
            stage = condition.stage_of
            assert stage is not None  # noqa: S101  (the schema gives every condition a rate or a stage)
            noise = rng.uniform(np.log(max(stage.low, 1e-6)), np.log(max(stage.high, 1e-6)), self.count)
            noise = noise - np.log(max(stage.share, 1e-6)) + self._noise_of(self._model.index(stage.parent))
        return noise.astype(np.float32)

    def _generator(self, name: str) -> np.random.Generator:
        return np.random.Generator(np.random.PCG64([self._seed, zlib.crc32(name.encode())]))

    def _column(self, key: str, marked: tuple[int, ...]) -> Draws:
        """Log P(answer | hypothesis) for one answer: (count, hypotheses)."""
        if (key, marked) not in self._columns:
            variable = self._model.variables[key]
            levels = [column - variable.start for column in marked]
            shares = np.empty((self.count, len(self._model.hypotheses)), dtype=np.float32)
            shares[:] = self._shares(key, None)[:, levels].sum(axis=1)[:, None]
            for row in variable.rows:
                shares[:, row] = self._shares(key, row)[:, levels].sum(axis=1)
            shares[:, -1] = shares[:, :-1] @ self._model.share.astype(np.float32)
            self._columns[key, marked] = np.log(shares)
        return self._columns[key, marked]

    def _ratio(self, key: str, marked: tuple[int, ...]) -> Draws:
        """Log ratio of the dangers to the background for one answer: (count, dangers).

        Against the background at its mean: the doubt about a danger is the doubt about the danger.
        """
        variable = self._model.variables[key]
        levels = [column - variable.start for column in marked]
        log_bg = np.log(variable.background.mean)
        ratio = np.zeros((self.count, len(self._model.dangers)), dtype=np.float32)
        for place, row in enumerate(self._model.dangers):
            if row in variable.rows:
                by_level = np.log(self._shares(key, row)) - log_bg
                by_level = rising(by_level) if variable.finding.danger == "up" else by_level
                joint = np.logaddexp.reduce(by_level[:, levels] + log_bg[levels], axis=1)
                ratio[:, place] = joint - np.logaddexp.reduce(log_bg[levels])
        return ratio

    def _shares(self, key: str, row: int | None) -> Draws:
        """Shares of the values of a finding under one hypothesis, or in the background (None): (count, values).

        Drawn from a generator of its own, so that what else is drawn changes nothing.
        """
        if (key, row) not in self._drawn:
            variable = self._model.variables[key]
            if row is None:
                drawn = _draw(self._generator(key), variable.background, self.count)
            else:
                rng = self._generator(f"{key} {self._model.hypotheses[row]}")
                drawn = _draw_link(rng, variable.rows[row], self._shares(key, None).astype(np.float64), self.count)
            self._drawn[key, row] = np.maximum(drawn, FLOOR / 2).astype(np.float32)
        return self._drawn[key, row]


@dataclass(frozen=True, slots=True)
class DangerDraws:
    """Log odds of the dangers in every redraw, in parts, each (count, dangers)."""

    redraws: Redraws
    prior: Draws
    raising: Draws
    resting: Draws

    def probability(self) -> Draws:
        """Probability of every danger or a later stage of it: (count, dangers)."""
        log_odds = combine(self.prior, self.raising, self.resting, self.redraws.limit)  # type: ignore[arg-type]
        result: Draws = ladder_probability(log_odds, self.redraws.model.ladders).astype(np.float32)
        return result

    def after(self, rates: Rates | None, exchanged: Sequence[Exchange], dangers: NDArray[np.intp]) -> Draws:
        """Probability of some dangers once answers are exchanged (and rates, unless None): (count, dangers)."""
        ladders = self.redraws.model.ladders[dangers]
        needed = np.flatnonzero(ladders.any(axis=0))
        prior, raising, resting = (part[:, needed] for part in (self.prior, self.raising, self.resting))
        if rates is not None:
            rows = [self.redraws.model.dangers[danger] for danger in needed]
            prior = rates.log_odds[rows].astype(np.float32) + self.redraws.rate_noise[:, rows]
        for key, marked, sign in exchanged:
            up, down = self.redraws.danger_parts(key, marked)
            raising, resting = raising + sign * up[:, needed], resting + sign * down[:, needed]
        log_odds = combine(prior, raising, resting, self.redraws.limit)  # type: ignore[arg-type]
        result: Draws = ladder_probability(log_odds, ladders[:, needed]).astype(np.float32)
        return result


def _draw(rng: np.random.Generator, row: Row, count: int) -> NDArray[np.float64]:
    """Draw shares from the Dirichlet of a row: (count, values)."""
    gammas = rng.standard_gamma(np.maximum(row.mean * row.weight, 1e-3), size=(count, len(row.mean)))
    shares: NDArray[np.float64] = gammas / np.maximum(gammas.sum(axis=1, keepdims=True), 1e-300)
    return shares


def _draw_link(rng: np.random.Generator, row: Row, background: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    if row.ratio is None:
        return _draw(rng, row, count)
    spread = rng.standard_normal((count, 1)) / np.sqrt(row.weight)
    return np.asarray(background * row.ratio * np.exp(spread * np.array([-1.0, 1.0])))


@lru_cache(maxsize=2)
def redraws_of(knowledge: Knowledge) -> Redraws:
    """The redraws of this knowledge, kept between assessments."""
    return Redraws(knowledge)


def reaches(draws: Draws, level: NDArray[np.float64], width: float) -> NDArray[np.bool_]:
    """Whether the upper end of the central interval reaches a level: so many of the draws do."""
    result: NDArray[np.bool_] = (draws >= level).mean(axis=0) >= (1 - width) / 2
    return result


def interval(draws: Draws, width: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lower and upper end of the central interval along the first axis."""
    tail = (1 - width) / 2
    low, high = np.quantile(draws, [tail, 1 - tail], axis=0)
    return low, high
