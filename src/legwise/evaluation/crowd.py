"""Draws people with a plain cramp: who they are and what they would answer, all at once in columns.

Pure apart from its own seeded chance: the same seed gives the same people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, model_validator

from legwise.evaluation.columns import truth_of
from legwise.knowledge import Knowledge, strict_yaml
from legwise.knowledge.load import CONTENT
from legwise.knowledge.schema.finding import Finding
from legwise.reasoning.facts import ancestors, parts_of
from legwise.reasoning.interview import fixed_screens
from legwise.reasoning.model import model_of

FILE = CONTENT / "evaluation" / "budget.yaml"
Column = NDArray[np.int8]
Chance = NDArray[np.float64]
Rates = Literal["about_40", "sixty_and_over", "pregnant", "cancer_survivor"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Shares(_Part):
    """Per cent at emergency, and at urgent or above."""

    emergency: float
    urgent: float


class Group(_Part):
    """One kind of person with a plain cramp."""

    name: str
    rates: Rates
    condition: str
    ages: tuple[int, int]
    sex: str | None = None
    dossier: Shares


class Cluster(_Part):
    """A share of people, and by how much their danger signs are more common than the mean."""

    share: float
    times: float


class Given(_Part):
    """How common a finding is in those who have another: a share, or so many times as often as in the rest."""

    other: str
    share: float | None = None
    times: float | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.share is None) == (self.times is None):
            raise ValueError("give exactly one of share and times")
        return self


class Plan(_Part):
    """What is drawn, and beside which figures it is printed."""

    id: str
    about: str
    groups: tuple[Group, ...]
    aims: Shares
    aims_because: str
    not_sure: tuple[float, ...]
    not_sure_because: str
    clustering: tuple[Cluster, ...]
    clustering_because: str
    within: dict[str, str]
    within_because: str
    given: dict[str, Given]
    given_because: str


@lru_cache(maxsize=2)
def plan_of(path: Path = FILE) -> Plan:
    """Read what is drawn."""
    return Plan.model_validate(strict_yaml.read(path.read_text(encoding="utf-8"), path.name).data)


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many people: a column of ages, and a column of values for every finding that was asked."""

    knowledge: Knowledge
    age: Chance
    values: dict[str, Column]

    def __len__(self) -> int:
        return len(self.age)


@dataclass(frozen=True, slots=True)
class _Draw:
    """One group being drawn. `times` is how much more common danger signs are in each person."""

    knowledge: Knowledge
    plan: Plan
    group: Group
    rng: np.random.Generator
    times: Chance
    values: dict[str, Column]


def draw(knowledge: Knowledge, plan: Plan, group: Group, count: int, seed: int) -> Crowd:
    """Draw a group of people who are sure of everything."""
    rng = np.random.Generator(np.random.PCG64([seed, list(plan.groups).index(group)]))
    age = rng.integers(group.ages[0], group.ages[1] + 1, size=count).astype(np.float64)
    shares = np.array([cluster.share for cluster in plan.clustering])
    times = np.array([cluster.times for cluster in plan.clustering])[rng.choice(len(shares), size=count, p=shares)]
    state = _Draw(knowledge, plan, group, rng, times, {})
    for finding in _in_order(knowledge, plan):
        state.values[finding.id] = _column(state, finding)
    _settle(knowledge, age, state.values)
    return Crowd(knowledge, age, state.values)


def _in_order(knowledge: Knowledge, plan: Plan) -> Iterator[Finding]:
    """Findings that are drawn, each after those that it depends on."""
    above = {key: {*parents} for key, parents in ancestors(knowledge).items()}
    for key, other in (*plan.within.items(), *((key, given.other) for key, given in plan.given.items())):
        above.setdefault(key, set()).add(other)
    waiting = {finding.id: finding for finding in _drawn(knowledge)}
    while waiting:
        ready = [key for key in waiting if not (above.get(key, set()) & waiting.keys())]
        for key in ready:
            yield waiting.pop(key)


@lru_cache(maxsize=2)
def _drawn(knowledge: Knowledge) -> tuple[Finding, ...]:
    """Everything that is asked, save age; and a derived finding where its only part has no share of its own."""
    model = model_of(knowledge)
    whole = [
        finding
        for finding in knowledge.findings.values()
        if finding.derived and finding.id in model.variables and not _parts_are_drawn(knowledge, finding)
    ]
    instead = {part for finding in whole for part in parts_of(finding)}
    asked = (f for f in knowledge.findings.values() if not f.derived and not f.number and f.id not in instead)
    return (*(f for f in asked if f.background is not None or f.among_cramp_users is not None), *whole)


def _parts_are_drawn(knowledge: Knowledge, finding: Finding) -> bool:
    parts = [knowledge.findings[part] for part in parts_of(finding)]
    return all(part.is_yes_no or part.number or part.derived for part in parts)


@lru_cache(maxsize=2)
def danger_signs(knowledge: Knowledge) -> frozenset[str]:
    """What the danger screens ask about."""
    lines = [line for screen in fixed_screens(knowledge) if screen.kind == "danger" for line in screen.lines]
    umbrellas = knowledge.umbrellas
    return frozenset(part for line in lines for part in (umbrellas[line].parts if line in umbrellas else (line,)))


def _column(state: _Draw, finding: Finding) -> Column:
    if finding.among_cramp_users is None:
        return _from_shares(state, finding)
    chance = _chance(state, finding)
    return (state.rng.random(len(chance)) < chance).astype(np.int8)


def _from_shares(state: _Draw, finding: Finding) -> Column:
    """From the cramp condition's link, or the background: one value each."""
    if finding.id == "sex" and state.group.sex is not None:
        return np.full(len(state.times), finding.values.index(state.group.sex), dtype=np.int8)
    model = model_of(state.knowledge)
    variable = model.variables.get(finding.id)
    if variable is not None:
        shares = model.p[model.index(state.group.condition), variable.columns]
    elif finding.background is not None and finding.background.values is not None:
        shares = np.array([finding.background.values[value] for value in finding.values])
    else:
        yes = finding.background.yes if finding.background is not None else 0.0
        shares = np.array([1 - (yes or 0.0), yes or 0.0])
    if finding.derived:
        shares = np.append(0.0, shares[1:])  # drawn whole, so one of its levels is so
    return state.rng.choice(len(shares), size=len(state.times), p=shares / shares.sum()).astype(np.int8)


def _rate(state: _Draw, key: str) -> Chance:
    """The chance of a yes in each person, from the group's share and the person's cluster."""
    among = state.knowledge.findings[key].among_cramp_users
    share = float(getattr(among, state.group.rates)) if among is not None else 0.0
    times = state.times if key in danger_signs(state.knowledge) else 1.0
    return np.minimum(share * times * np.ones(len(state.times)), 1.0)


def _chance(state: _Draw, finding: Finding) -> Chance:
    """The chance of a yes, given what was drawn before; its mean over everybody stays the group's share."""
    own = _rate(state, finding.id)
    given = state.plan.given.get(finding.id)
    if given is not None:
        return _given(own, _rate(state, given.other), state.values[given.other] == 1, given)
    outer = [*finding.is_a, *([state.plan.within[finding.id]] if finding.id in state.plan.within else [])]
    for other in outer:
        if state.knowledge.findings[other].among_cramp_users is not None:
            wide = np.maximum(_rate(state, other), 1e-12)
            own = np.where(state.values[other] == 1, np.minimum(own / wide, 1.0), 0.0)
    return own


def _given(own: Chance, other: Chance, has_other: NDArray[np.bool_], given: Given) -> Chance:
    if given.share is not None:
        rest = np.maximum((own - given.share * other) / np.maximum(1 - other, 1e-12), 0.0)
        return np.where(has_other, given.share, rest)
    rest = own / (1 + other * ((given.times or 1.0) - 1))
    return np.where(has_other, np.minimum(rest * (given.times or 1.0), 1.0), rest)


def _settle(knowledge: Knowledge, age: Chance, values: dict[str, Column]) -> None:
    """A kind of something is that something too; what does not apply is "no"."""
    for child, parents in ancestors(knowledge).items():
        for parent in parents:
            if child in values and parent in values:
                values[parent] = np.where(values[child] == 1, np.int8(1), values[parent])
    for _ in range(2):
        for finding in knowledge.findings.values():
            if finding.ask_when is not None and finding.id in values and finding.is_yes_no:
                possible = truth_of(knowledge, finding.ask_when, age, values).possible
                values[finding.id] = np.where(possible, values[finding.id], np.int8(0))
