"""How often people like this one seek help for each condition: the base rates of the ranking."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from legwise.base.answers import Answer
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.schema.condition import AGE_BANDS, AgeBand, Condition, RiskFactor
from legwise.reasoning.model import Model, base_rates

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rates:
    """Visits per 1000 person-years of each hypothesis for this person, "other" last.

    `people` is by age and sex alone; `base` also leaves out conditions that are only of others, and is
    without risk factors; `joint` is what a condition's own risk factors multiply it by, `own` the same with its
    parents' for stages; `factors` says which risk factor moved which condition, and by what. The sum of `base`
    is what dangers are compared against, so that a risk factor for one cause never talks another one down.
    """

    people: Vector
    base: Vector
    joint: Vector
    own: Vector
    factors: Mapping[str, Mapping[str, float]]

    @property
    def rate(self) -> Vector:
        """Rates of this person; "other" has no risk factors of its own."""
        return np.append(self.base[:-1] * self.own, self.base[-1])

    @property
    def log_prior(self) -> Vector:
        """Log share of each hypothesis before any answer about the complaint; -inf where it cannot be."""
        with np.errstate(divide="ignore"):
            rate = self.rate
            logs: Vector = np.log(rate) - np.log(rate.sum())
        return logs

    @property
    def everyone(self) -> float:
        """All leg visits of people of this age and sex, "other" included."""
        return float(self.people.sum() * self.base.sum() / self.base[:-1].sum())

    @property
    def log_odds(self) -> Vector:
        """Log odds of each condition (without "other") against all leg visits of people of this age and sex.

        What limits other conditions to some people does not count here: it would talk dangers down.
        """
        share = np.minimum(self.base[:-1] * self.own / self.everyone, 0.5)
        with np.errstate(divide="ignore"):
            odds: Vector = np.log(share) - np.log1p(-share)
        return odds


def age_band(age: float | None) -> AgeBand | None:
    """The age band of a person; None when the age is not known. Below 16 counts as the youngest band."""
    if age is None:
        return None
    for band in reversed(AGE_BANDS):
        if age >= int(band[:2]):
            return band
    return AGE_BANDS[0]


def rates_for(knowledge: Knowledge, model: Model, facts: Mapping[str, Answer]) -> Rates:
    """Rates for a person of this age and sex with these risk factors; what is unknown is averaged over."""
    age = facts.get("age")
    people = base_rates(knowledge, age_band(age if isinstance(age, int | float) else None))
    people = people * _sex_factors(model, str(facts.get("sex")))
    _settle_stages(model, people)
    factors = {condition.id: _factors(condition, facts) for condition in model.conditions}
    cap = knowledge.settings.largest_joint_ratio.value
    joint = np.array([_joint(condition, factors[condition.id], cap) for condition in model.conditions])
    return Rates(people, _base(knowledge, model, people, facts), joint, _own(model, joint), factors)


def rates_after(
    knowledge: Knowledge, model: Model, rates: Rates, facts: Mapping[str, Answer], changed: Collection[str]
) -> Rates:
    """`rates_for` where only some facts changed: what they do not touch is taken over."""
    if not PEOPLE.isdisjoint(changed):
        return rates_for(knowledge, model, facts)
    touched = {condition.id: condition for key in changed for condition in risks(model).get(key, ())}
    limited = not limiting(model).isdisjoint(changed)
    if not touched and not limited:
        return rates
    base = _base(knowledge, model, rates.people, facts) if limited else rates.base
    if not touched:
        return replace(rates, base=base)
    own_factors = {key: _factors(condition, facts) for key, condition in touched.items()}
    joint, cap = rates.joint.copy(), knowledge.settings.largest_joint_ratio.value
    for key, condition in touched.items():
        joint[model.index(key)] = _joint(condition, own_factors[key], cap)
    return Rates(rates.people, base, joint, _own(model, joint), {**rates.factors, **own_factors})


PEOPLE = frozenset({"age", "sex"})
"""What every rate depends on."""


def _base(knowledge: Knowledge, model: Model, people: Vector, facts: Mapping[str, Answer]) -> Vector:
    """Rates of people of this age and sex, without those that are only of others; "other" last."""
    base = people.copy()
    for row in _limited(model):
        base[row] *= _applies(model.conditions[row], facts)
    _settle_stages(model, base)
    other = knowledge.settings.other_share.value
    return np.append(base, base.sum() * other / (1 - other))


@lru_cache(maxsize=8)
def risks(model: Model) -> Mapping[str, tuple[Condition, ...]]:
    """For each risk factor: the conditions whose rate it moves."""
    result: dict[str, list[Condition]] = {}
    for condition in model.conditions:
        for key in condition.risk_factors:
            result.setdefault(key, []).append(condition)
    return {key: tuple(conditions) for key, conditions in result.items()}


@lru_cache(maxsize=8)
def limiting(model: Model) -> frozenset[str]:
    """Findings that limit a rate to some people, and age and sex."""
    limits = (c.rate.only.findings() for c in model.conditions if c.rate is not None and c.rate.only is not None)
    return PEOPLE.union(*limits)


def _own(model: Model, joint: Vector) -> Vector:
    own = joint.copy()
    for i, parent, _ in _stages(model):
        own[i] *= own[parent]
    return own


@lru_cache(maxsize=8)
def _stages(model: Model) -> list[tuple[int, int, float]]:
    """(row of a stage, row of its parent, share), a parent before its stages."""
    row = {condition.id: i for i, condition in enumerate(model.conditions)}
    stages = [(i, row[s.parent], s.share) for i, c in enumerate(model.conditions) if (s := c.stage_of) is not None]
    return sorted(stages, key=lambda stage: _depth(model, stage[0]))


def _depth(model: Model, row: int) -> int:
    """How many stages come before a condition."""
    stage = model.conditions[row].stage_of
    return 0 if stage is None else 1 + _depth(model, model.index(stage.parent))


def _settle_stages(model: Model, base: Vector) -> None:
    """A stage follows its parent's age, sex and limits."""
    for i, parent, share in _stages(model):
        base[i] = base[parent] * share


@lru_cache(maxsize=32)
def _sex_factors(model: Model, sex: str) -> Vector:
    """What being of one sex does to each rate, which is written for both together."""
    ratios = np.array([c.rate.women_to_men if c.rate is not None else 1.0 for c in model.conditions])
    women: Vector = 2 * ratios / (1 + ratios)
    men: Vector = 2 / (1 + ratios)
    return {"female": women, "male": men}.get(sex, np.ones(len(ratios)))


@lru_cache(maxsize=8)
def _limited(model: Model) -> tuple[int, ...]:
    """Rows of the conditions whose rate is only of some people."""
    return tuple(i for i, c in enumerate(model.conditions) if c.rate is not None and c.rate.only is not None)


def _applies(condition: Condition, facts: Mapping[str, Answer]) -> float:
    only = condition.rate.only if condition.rate is not None else None
    return 0.0 if only is not None and only.truth(facts) is False else 1.0


def factor_of(risk: RiskFactor, present: bool) -> float:
    """What knowing about a risk factor does to a rate that already averages over it."""
    average = 1 + risk.prevalence * (risk.ratio - 1)
    return risk.ratio / average if present else 1 / average


def _factors(condition: Condition, facts: Mapping[str, Answer]) -> dict[str, float]:
    return {
        key: factor_of(risk, facts[key] == "yes")
        for key, risk in condition.risk_factors.items()
        if facts.get(key) in ("yes", "no", "none")
    }


def _joint(condition: Condition, factors: Mapping[str, float], cap: float) -> float:
    product = 1.0
    for factor in factors.values():
        product *= factor
    return min(product, condition.largest_joint_ratio or cap)
