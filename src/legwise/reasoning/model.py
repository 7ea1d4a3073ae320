"""Knowledge as numbers: one table of log probabilities, read twice (ADR 13).

    log_p[c, column]       log P(finding has value | c causes this complaint); p is its exponential
    log_bg[column]         the same in adults who seek help for a leg complaint
    log_ratio[d, column]   log_p of a danger against the background
    points[d, column]      whether the value is a sign, event, risk or medicine that speaks for the danger
    signs[d, column]       whether it is a sign of the danger itself, not only a risk of it

A column is one value of one linked finding. Hypotheses are the conditions in alphabetical order,
then "other": none of ours, whose row is the visit-weighted average of all conditions.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from legwise.base.answers import Answer, is_unknown
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.schema.condition import AgeBand, Condition
from legwise.knowledge.schema.finding import Finding
from legwise.reasoning.distributions import Row, background_row, link_row
from legwise.reasoning.facts import ancestors

Matrix = NDArray[np.float64]
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Variable:
    """A linked finding: where its columns are, its background, and a row for each condition linked to it."""

    finding: Finding
    start: int
    values: tuple[str, ...]
    background: Row
    rows: Mapping[int, Row]

    @property
    def columns(self) -> slice:
        """Its columns in the table."""
        return slice(self.start, self.start + len(self.values))


@dataclass(frozen=True, eq=False, slots=True)
class Model:
    """The table and what is needed to read it."""

    hypotheses: tuple[str, ...]
    conditions: tuple[Condition, ...]
    variables: Mapping[str, Variable]
    log_p: Matrix
    p: Matrix
    log_bg: Matrix
    log_ratio: Matrix
    points: NDArray[np.bool_]
    signs: NDArray[np.bool_]
    linked: NDArray[np.bool_]
    share: Matrix
    dangers: tuple[int, ...]
    act_at: Matrix
    ladders: Matrix
    adds: dict[tuple[str, tuple[int, ...]], Matrix] = field(default_factory=dict)
    """Kept sums of what single answers add (see trials); filled as they are needed."""

    def index(self, cause: str) -> int:
        """Row of a hypothesis."""
        return self.hypotheses.index(cause)


@lru_cache(maxsize=4)
def model_of(knowledge: Knowledge) -> Model:
    """Build the table for this knowledge; the same knowledge gives the same table."""
    conditions = tuple(record for _, record in sorted(knowledge.conditions.items()))
    variables = _variables(knowledge, conditions)
    width = sum(len(variable.values) for variable in variables.values())
    probabilities, linked = _table(conditions, variables, width)
    share = _visit_shares(knowledge)
    average = share @ probabilities
    background = np.concatenate([v.background.mean for v in variables.values()]) if variables else np.zeros(0)
    dangers = tuple(i for i, condition in enumerate(conditions) if condition.is_danger)
    log_p = np.log(np.vstack([probabilities, average[None, :]]))
    log_ratio = _ratios(log_p, np.log(background), variables, linked, dangers)
    return Model(
        hypotheses=(*(condition.id for condition in conditions), OTHER),
        conditions=conditions,
        variables=variables,
        log_p=log_p,
        p=np.exp(log_p),
        log_bg=np.log(background),
        log_ratio=log_ratio,
        points=(log_ratio > 0) & _marks(variables, width, {*RISK_KINDS, *SIGN_KINDS}),
        signs=(log_ratio > 0) & _marks(variables, width, SIGN_KINDS),
        linked=linked,
        share=share,
        dangers=dangers,
        act_at=_act_at(conditions, dangers),
        ladders=_ladders(conditions, dangers),
    )


def _variables(knowledge: Knowledge, conditions: tuple[Condition, ...]) -> dict[str, Variable]:
    settings, variables, start = knowledge.settings, {}, 0
    weight = settings.estimate_weight.value
    named = {key for condition in conditions for key in condition.links}
    for key in sorted(named):
        finding = knowledge.findings[key]
        if finding.background is None:
            raise ValueError(f"finding {key!r} is linked and has no background")
        background = background_row(finding.background, finding.values, weight)
        rows = {
            i: link_row(link, finding.values, background, knowledge.frequencies, weight)
            for i, condition in enumerate(conditions)
            if not isinstance(link := condition.links.get(key, "as_background"), str)
        }
        variables[key] = Variable(finding, start, finding.values, background, rows)
        start += len(finding.values)
    return variables


def _table(
    conditions: tuple[Condition, ...], variables: Mapping[str, Variable], width: int
) -> tuple[Matrix, NDArray[np.bool_]]:
    table = np.empty((len(conditions), width))
    linked = np.zeros((len(conditions), width), dtype=bool)
    for variable in variables.values():
        table[:, variable.columns] = variable.background.mean
        for i, row in variable.rows.items():
            table[i, variable.columns] = row.mean
            linked[i, variable.columns] = True
    return table, linked


def _ratios(
    log_p: Matrix,
    log_bg: Matrix,
    variables: Mapping[str, Variable],
    linked: NDArray[np.bool_],
    dangers: tuple[int, ...],
) -> Matrix:
    """Log ratio of each danger's row to the background."""
    ratios: Matrix = np.where(linked, log_p[:-1] - log_bg, 0.0)[list(dangers)]
    for variable in variables.values():
        if variable.finding.danger == "up":
            ratios[:, variable.columns] = rising(ratios[:, variable.columns])
    return ratios


def rising(ratios: NDArray[np.floating]) -> NDArray[np.floating]:
    """Log ratios of the values of a danger sign (last axis), so that a higher value never speaks less for a danger.

    Being there never lowers a danger, and a later level counts at least as much as an earlier one (P2).

    >>> rising(np.array([-1.0, -0.5, 2.0, 1.0])).tolist()
    [-1.0, 0.0, 2.0, 2.0]
    """
    present = np.maximum.accumulate(np.maximum(ratios[..., 1:], 0.0), axis=-1)
    return np.concatenate([ratios[..., :1], present], axis=-1)


SIGN_KINDS = frozenset({"symptom", "sign", "derived"})
"""Kinds of finding that can be a sign of a danger; they need a danger direction."""
RISK_KINDS = frozenset({"event", "history", "risk", "medicine", "person"})
"""Kinds of finding whose "yes" can make a danger more likely without being a sign of it."""


def _marks(variables: Mapping[str, Variable], width: int, kinds: Collection[str]) -> NDArray[np.bool_]:
    """Columns of these kinds that can speak for a danger: a description of the complaint alone cannot."""
    can = np.zeros(width, dtype=bool)
    for variable in variables.values():
        finding = variable.finding
        speaks = finding.danger == "up" if finding.kind in SIGN_KINDS else finding.is_yes_no
        if finding.kind in kinds and speaks:
            can[variable.start + 1 : variable.start + len(variable.values)] = True
    return can


def _visit_shares(knowledge: Knowledge) -> Matrix:
    """Share of all our visits that each condition causes, over all ages."""
    rates = base_rates(knowledge, None)
    total: Matrix = rates / rates.sum() if rates.sum() else rates
    return total


@lru_cache(maxsize=64)
def base_rates(knowledge: Knowledge, band: AgeBand | None) -> Matrix:
    """Visits per 1000 person-years of each condition in an age band (None: averaged over adults). Read-only."""
    shares = knowledge.settings.age_band_shares
    weights = shares if band is None else {band: 1.0}

    def rate(condition: Condition) -> float:
        if condition.stage_of is not None:
            return rate(knowledge.conditions[condition.stage_of.parent]) * condition.stage_of.share
        by_age = condition.rate.per_1000_person_years if condition.rate is not None else {}
        return sum(weights.get(age, 0.0) * by_age[age] for age in by_age)

    rates = np.array([rate(condition) for _, condition in sorted(knowledge.conditions.items())], dtype=np.float64)
    rates.flags.writeable = False
    return rates


def _ladders(conditions: tuple[Condition, ...], dangers: tuple[int, ...]) -> Matrix:
    """ladders[i, j] = 1 where danger j is danger i itself or a later stage of it: their odds add up."""
    by_id = {condition.id: condition for condition in conditions}
    ladders = np.eye(len(dangers))
    for column, j in enumerate(dangers):
        stage = conditions[j].stage_of
        while stage is not None:
            parent = by_id[stage.parent]
            for line, i in enumerate(dangers):
                if conditions[i] is parent:
                    ladders[line, column] = 1.0
            stage = parent.stage_of
    return ladders


def _act_at(conditions: tuple[Condition, ...], dangers: tuple[int, ...]) -> Matrix:
    """Log odds at which each danger is acted on."""
    acts = (conditions[row].act_at for row in dangers)
    probability = np.array([act.probability for act in acts if act is not None])
    result: Matrix = np.log(probability) - np.log1p(-probability)
    return result


Evidence = Mapping[str, tuple[int, ...]]
"""For each linked finding that is known: the columns of its value (several where several are marked)."""


def evidence(knowledge: Knowledge, model: Model, facts: Mapping[str, Answer]) -> dict[str, tuple[int, ...]]:
    """The table columns that the facts select. Of findings that include each other only one counts.

    The most specific "yes" counts, and the most general "no".
    """
    result = {key: marked for key in model.variables if (marked := _columns_of(model, key, facts.get(key))) is not None}
    told_better = {
        parent if facts.get(child) == "yes" else child
        for child, parents in ancestors(knowledge).items()
        for parent in parents
        if child in result and parent in result
    }
    return {key: marked for key, marked in result.items() if key not in told_better}


def evidence_of(
    knowledge: Knowledge, model: Model, facts: Mapping[str, Answer], before: Evidence, changed: Collection[str]
) -> Evidence:
    """`evidence` where only some facts changed since `before`."""
    touched = [key for key in changed if key in model.variables]
    if not touched:
        return before
    if any(key in general_or_special(knowledge) for key in touched):
        return evidence(knowledge, model, facts)
    result = dict(before)
    for key in touched:
        marked = _columns_of(model, key, facts.get(key))
        if marked is None:
            result.pop(key, None)
        else:
            result[key] = marked
    return result


def _columns_of(model: Model, key: str, answer: Answer | None) -> tuple[int, ...] | None:
    if answer is None or is_unknown(answer) or isinstance(answer, int | float):
        return None
    variable = model.variables[key]
    marked = sorted(answer) if isinstance(answer, frozenset) else (answer,)
    return tuple(variable.start + variable.values.index(value) for value in marked)


@lru_cache(maxsize=4)
def general_or_special(knowledge: Knowledge) -> frozenset[str]:
    """Findings that are a kind of another, and those that others are a kind of."""
    return frozenset(key for child, parents in ancestors(knowledge).items() for key in (child, *parents))


def log_likelihoods(log_table: Matrix, chosen: Evidence) -> Matrix:
    """One column of log probabilities per known finding (rows as in the table).

    Where several levels are marked, the main one is among them: their probabilities add up.
    """
    columns: Matrix = log_table[:, [marked[0] for marked in chosen.values()]]
    for position, marked in enumerate(chosen.values()):
        if len(marked) > 1:
            columns[:, position] = np.logaddexp.reduce(log_table[:, list(marked)], axis=1)
    return columns
