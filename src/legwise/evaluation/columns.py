"""Rules and danger odds over columns of people: what the reasoning does for one person, for thousands at once.

Tests compare every level with the reasoning's own on drawn people.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from legwise.base.answers import Answer
from legwise.base.urgency import Urgency
from legwise.knowledge import Knowledge
from legwise.knowledge.grammar import AtLeast, Is, Not, Rule, Within
from legwise.knowledge.schema.condition import Condition
from legwise.knowledge.schema.finding import Finding
from legwise.knowledge.schema.red_flag import RedFlag
from legwise.reasoning.differential import combine, ladder_probability
from legwise.reasoning.facts import ancestors, order_of_derivation
from legwise.reasoning.model import Model, Variable, model_of
from legwise.reasoning.rates import age_band, factor_of, limiting, rates_for
from legwise.reasoning.situation import act_probabilities

UNSURE = -1
"""In a column of values: the person is not sure. Other numbers are places in the finding's values."""
Bools = NDArray[np.bool_]
Levels = NDArray[np.int8]
Floats = NDArray[np.float64]
Values = Mapping[str, NDArray[np.int8]]


@dataclass(frozen=True, slots=True)
class Truths:
    """Kleene's logic in two columns: certainly true, and possibly true. Neither: false."""

    certain: Bools
    possible: Bools


def truth_of(knowledge: Knowledge, rule: Rule, age: Floats, values: Values) -> Truths:
    """Judge a rule for everybody."""
    match rule:
        case Is(finding, levels):
            column = values.get(finding)
            if column is None:
                return Truths(np.zeros(len(age), dtype=bool), np.ones(len(age), dtype=bool))
            places = [place for place, value in enumerate(knowledge.findings[finding].values) if value in levels]
            certain = np.isin(column, places)
            return Truths(certain, certain | (column == UNSURE))
        case Within(_, low, high):
            inside = (age > (-np.inf if low is None else low)) & (age < (np.inf if high is None else high))
            return Truths(inside, inside)
        case Not(part):
            inner = truth_of(knowledge, part, age, values)
            return Truths(~inner.possible, ~inner.certain)
        case AtLeast(n, parts):
            inner_parts = [truth_of(knowledge, part, age, values) for part in parts]
            certain = np.sum([part.certain for part in inner_parts], axis=0) >= n
            return Truths(certain, np.sum([part.possible for part in inner_parts], axis=0) >= n)
    raise TypeError(type(rule).__name__)


def derive_all(knowledge: Knowledge, age: Floats, values: dict[str, NDArray[np.int8]]) -> None:
    """Add a column for every derived finding that was not drawn whole."""
    for finding in order_of_derivation(knowledge):
        if finding.id not in values:
            values[finding.id] = _derived(knowledge, finding, age, values)


def _derived(knowledge: Knowledge, finding: Finding, age: Floats, values: Values) -> NDArray[np.int8]:
    """The last level that is certain; "none" where no level is possible; not sure where that cannot be told."""
    column = np.full(len(age), UNSURE, dtype=np.int8)
    truths = [truth_of(knowledge, level.when, age, values) for level in finding.derived]
    column[~np.any([truth.possible for truth in truths], axis=0)] = 0
    for place, truth in enumerate(truths, start=1):
        column[truth.certain] = place
    return column


def flag_levels(knowledge: Knowledge, flag: RedFlag, age: Floats, values: Values) -> Levels:
    """The level that a flag gives each person; not sure counts as the reasoning counts it."""
    truth = truth_of(knowledge, flag.when, age, values)
    level = Urgency.from_label(flag.urgency)
    lower = level if flag.not_sure == "full" else level.one_lower
    plain = [key for key in flag.when.findings() if key in values and knowledge.findings[key].values[-1:] == ("yes",)]
    some_yes = np.any([values[key] == knowledge.findings[key].values.index("yes") for key in plain], axis=0)
    undecided = truth.possible & ~truth.certain
    result = np.where(truth.certain, level, np.where(undecided & some_yes, lower, 0))
    return np.where(undecided & ~some_yes, level.one_lower, result).astype(np.int8)


def danger_levels(knowledge: Knowledge, age: Floats, values: Values) -> dict[str, Levels]:
    """The level that each danger's probability gives each person; upper ends of ranges are left out."""
    model = model_of(knowledge)
    raising, resting, points, signs = _from_answers(knowledge, model, age, values)
    prior, factors_for = _prior(knowledge, model, age, values)
    odds = combine(prior, raising, resting, knowledge.settings.most_a_no_can_lower.value)
    probability = ladder_probability(odds.T, model.ladders)
    acts = (probability >= act_probabilities(model)) & ((points + factors_for).T > 0)
    result = {}
    for position, row in enumerate(model.dangers):
        condition = model.conditions[row]
        level = Urgency.from_label(condition.act_at.urgency) if condition.act_at is not None else Urgency.SELF_CARE
        acted = np.where(signs[position] > 0, level, min(level, Urgency.SOON))
        result[condition.id] = np.where(acts[:, position], acted, 0).astype(np.int8)
    return result


def _from_answers(knowledge: Knowledge, model: Model, age: Floats, values: Values) -> tuple[Floats, ...]:
    """What the answers add to the odds of each danger, surely and on balance; how many speak for it; its signs."""
    raising = np.zeros((len(model.dangers), len(age)))
    resting, points, signs = (np.zeros_like(raising) for _ in range(3))
    for key, column in _counted(knowledge, model, values).items():
        variable = model.variables[key]
        ratio = _gathered(model.log_ratio, variable, column)
        up = np.maximum(ratio, 0.0) if variable.finding.danger == "up" else np.zeros_like(ratio)
        raising += up
        resting += ratio - up
        points += _gathered(model.points.astype(np.float64), variable, column)
        signs += _gathered(model.signs.astype(np.float64), variable, column)
    return raising, resting, points, signs


def _gathered(table: Floats, variable: Variable, column: NDArray[np.int8]) -> Floats:
    """A finding's columns of a table, picked by each person's value; 0 where that is not known."""
    own = np.concatenate([table[:, variable.columns], np.zeros((table.shape[0], 1))], axis=1)
    result: Floats = own[:, column]  # the last column is the one that -1 picks
    return result


def _counted(knowledge: Knowledge, model: Model, values: Values) -> dict[str, NDArray[np.int8]]:
    """Of findings that include each other only one counts: the most specific yes, the most general no."""
    counted = {key: values[key].copy() for key in model.variables if key in values}
    for child, parents in ancestors(knowledge).items():
        for parent in parents:
            if child in counted and parent in counted:
                both = (counted[child] != UNSURE) & (counted[parent] != UNSURE)
                yes = values[child] == 1
                counted[parent][both & yes] = UNSURE
                counted[child][both & ~yes] = UNSURE
    return counted


def _prior(knowledge: Knowledge, model: Model, age: Floats, values: Values) -> tuple[Floats, Floats]:
    """Log odds of each danger before any answer about the complaint, and how many risk factors speak for it."""
    base, everyone = _bases(knowledge, model, age, values)
    own = {c.id: _own(knowledge, model, c, values, len(age)) for c in (model.conditions[row] for row in model.dangers)}
    joint = np.array([own[model.conditions[row].id][0] for row in model.dangers])
    share = np.minimum(base[list(model.dangers)] * joint / everyone, 0.5)
    with np.errstate(divide="ignore"):
        odds = np.log(share) - np.log1p(-share)
    return odds, np.array([own[model.conditions[row].id][1] for row in model.dangers])


def _bases(knowledge: Knowledge, model: Model, age: Floats, values: Values) -> tuple[Floats, Floats]:
    """Rates without risk factors, and of everyone of that age and sex: one call for each kind of person."""
    limits = sorted(limiting(model) - {"age"})
    bands = [str(age_band(float(years))) for years in age]
    kinds = np.array([*zip(bands, *(values[key].tolist() for key in limits if key in values), strict=True)])
    kept = [key for key in limits if key in values]
    _, first, kind = np.unique(kinds, axis=0, return_index=True, return_inverse=True)
    columns = []
    for person in first:
        facts: dict[str, Answer] = {"age": float(age[person])}
        facts.update({key: word for key in kept if (word := _word(knowledge, key, int(values[key][person])))})
        rates = rates_for(knowledge, model, facts)
        columns.append(np.append(rates.base, rates.everyone))
    table: Floats = np.array(columns).T[:, kind.ravel()]
    return table[:-1], table[-1]


def _word(knowledge: Knowledge, key: str, place: int) -> str | None:
    return None if place == UNSURE else knowledge.findings[key].values[place]


def _own(
    knowledge: Knowledge, model: Model, condition: Condition, values: Values, people: int
) -> tuple[Floats, Floats]:
    """What risk factors multiply a condition's rate by, its parents' too; and how many of its own speak for it."""
    product, count = np.ones(people), np.zeros(people)
    for key, risk in condition.risk_factors.items():
        column = values.get(key)
        if column is None:
            continue
        yes, no = _yes_no(knowledge.findings[key], column)
        factor = np.where(yes, factor_of(risk, present=True), np.where(no, factor_of(risk, present=False), 1.0))
        product *= factor
        count += factor > 1
    product = np.minimum(product, condition.largest_joint_ratio or knowledge.settings.largest_joint_ratio.value)
    if condition.stage_of is not None:
        parent = model.conditions[model.index(condition.stage_of.parent)]
        product = product * _own(knowledge, model, parent, values, people)[0]
    return product, count


def _yes_no(finding: Finding, column: NDArray[np.int8]) -> tuple[Bools, Bools]:
    yes = finding.values.index("yes") if "yes" in finding.values else 99
    nos = [place for place, value in enumerate(finding.values) if value in ("no", "none")]
    return column == yes, np.isin(column, nos)
