"""One person's answers, worked through once: facts, flags, rates, ranking, danger odds, urgency."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from legwise.base.answers import Answer, Answers
from legwise.base.urgency import Urgency
from legwise.knowledge.knowledge import Knowledge
from legwise.reasoning.differential import DangerOdds, Differential, danger_odds, rank
from legwise.reasoning.facts import Facts, expand
from legwise.reasoning.flags import FlagState, State, judge_all
from legwise.reasoning.model import Evidence, Model, evidence, model_of
from legwise.reasoning.rates import Rates, rates_for
from legwise.reasoning.redraws import DangerDraws, reaches, redraws_of

ReasonKind = Literal["flag", "not_sure", "danger", "danger_possible", "likely"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the urgency is at least this: a flag, a danger's probability, or what is likely."""

    urgency: Urgency
    kind: ReasonKind
    id: str


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that follows from one set of answers. `differential` and `danger` are None under 16.

    `raising` are the flags that give an urgency as things stand, the most urgent first.
    """

    knowledge: Knowledge
    model: Model
    facts: Facts
    states: tuple[FlagState, ...]
    raising: tuple[FlagState, ...]
    rates: Rates
    chosen: Evidence
    differential: Differential | None
    danger: DangerOdds | None
    kept: dict[str, DangerDraws] = field(default_factory=dict)

    def danger_draws(self) -> DangerDraws:
        """The odds of the dangers in every redraw, drawn when first asked for."""
        if "danger" not in self.kept:
            self.kept["danger"] = redraws_of(self.knowledge).danger_draws(self.rates, self.chosen)
        return self.kept["danger"]

    @property
    def rule_urgency(self) -> Urgency:
        """What the red flags alone give."""
        return self.raising[0].urgency if self.raising else Urgency.SELF_CARE


def too_young(knowledge: Knowledge, facts: Mapping[str, Answer]) -> bool:
    """Whether the person is known to be below the age that the content covers."""
    age = facts.get("age")
    return isinstance(age, int | float) and age < knowledge.settings.youngest_age.value


def situation_of(knowledge: Knowledge, answers: Answers) -> Situation:
    """Work through a set of answers."""
    model = model_of(knowledge)
    facts = expand(knowledge, answers)
    states = tuple(judge_all(knowledge, facts.values))
    above = (state for state in states if state.urgency > Urgency.SELF_CARE)
    raising = tuple(sorted(above, key=lambda state: -state.urgency))
    rates = rates_for(knowledge, model, facts.values)
    chosen = evidence(knowledge, model, facts.values)
    if too_young(knowledge, facts.values):
        return Situation(knowledge, model, facts, states, raising, rates, chosen, None, None)
    differential = rank(model, rates, chosen)
    limit = knowledge.settings.most_a_no_can_lower.value
    danger = danger_odds(model, rates, chosen, limit)
    return Situation(knowledge, model, facts, states, raising, rates, chosen, differential, danger)


def is_positive(model: Model, key: str, marked: tuple[int, ...]) -> bool:
    """Whether an answer says that something is there: a yes, or a level beyond the first of a sign."""
    variable = model.variables[key]
    if variable.finding.several:
        return True
    is_sign = variable.finding.is_yes_no or bool(variable.finding.derived and variable.finding.danger)
    return min(marked) > variable.start if is_sign else True


def points_at_dangers(situation: Situation) -> NDArray[np.intp]:
    """For each danger, how many positive signs or risk factors of this person speak for it."""
    points, chosen = situation.model.points, situation.chosen.values()
    counts = points_of(situation.model, situation.rates)
    counts += points[:, [marked[0] for marked in chosen if len(marked) == 1]].sum(axis=1)
    for marked in chosen:
        if len(marked) > 1:
            counts += points[:, marked].any(axis=1)
    return counts


def signs_of_dangers(situation: Situation) -> NDArray[np.bool_]:
    """For each danger, whether there is a sign of the danger itself, and not only a risk of it."""
    signs = np.zeros(len(situation.model.dangers), dtype=bool)
    for marked in situation.chosen.values():
        signs |= situation.model.signs[:, marked].any(axis=1)
    return signs


def points_of(model: Model, rates: Rates) -> NDArray[np.intp]:
    """For each danger, how many risk factors speak for it."""
    factors = (rates.factors[model.conditions[row].id].values() for row in model.dangers)
    return np.array([len([1 for factor in own if factor > 1]) for own in factors], dtype=np.intp)


def act_probabilities(model: Model) -> NDArray[np.float64]:
    """The probability at which each danger is acted on."""
    acts = (model.conditions[row].act_at for row in model.dangers)
    return np.array([act.probability for act in acts if act is not None])


def triage(situation: Situation) -> list[Reason]:
    """Every reason for an urgency, the most urgent first. The result's urgency is the first one's."""
    reasons = [_flag_reason(state) for state in situation.raising]
    if situation.differential is not None:
        reasons += danger_reasons(situation)
        reasons += likely_reasons(situation)
    return sorted(reasons, key=lambda r: (-r.urgency, _ORDER[r.kind], r.id))


_ORDER: dict[str, int] = {"flag": 0, "not_sure": 1, "danger": 2, "danger_possible": 3, "likely": 4}


def _flag_reason(state: FlagState) -> Reason:
    return Reason(state.urgency, "flag" if state.state is State.FIRES else "not_sure", state.flag.id)


def danger_reasons(situation: Situation) -> list[Reason]:
    """Dangers whose probability, or at most `soon` its upper end, reaches the level at which they are acted on.

    With risk alone, and no sign of the danger itself, it is `soon` at most (ADR 14).
    """
    if situation.danger is None:
        return []
    model, reasons = situation.model, []
    probability = situation.danger.probability
    draws = situation.danger_draws().probability()
    may = reaches(draws, act_probabilities(model), situation.knowledge.settings.interval.value)
    pointed, signs = points_at_dangers(situation), signs_of_dangers(situation)
    for position, row in enumerate(model.dangers):
        condition = model.conditions[row]
        act = condition.act_at
        if act is None or not pointed[position]:
            continue
        level = Urgency.from_label(act.urgency)
        level = level if signs[position] else min(level, Urgency.SOON)
        if probability[position] >= act.probability:
            reasons.append(Reason(level, "danger", condition.id))
        elif may[position]:
            reasons.append(Reason(min(level, Urgency.SOON), "danger_possible", condition.id))
    return reasons


def likely_reasons(situation: Situation) -> list[Reason]:
    """The usual urgency of what is likely: ranked first, or more likely than all else together."""
    differential, model = situation.differential, situation.model
    if differential is None or not describes_complaint(situation):
        return []
    named = differential.probability[:-1]
    likely = {
        int(named.argmax()),
        *np.flatnonzero(named >= situation.knowledge.settings.likely_at.value).tolist(),
    }
    conditions = [model.conditions[i] for i in sorted(likely)]
    return [Reason(Urgency.from_label(c.usual_urgency), "likely", c.id) for c in conditions]


def describes_complaint(situation: Situation) -> bool:
    """Whether the complaint itself was described: without that, a ranking is only how common causes are."""
    return any(is_description(situation.model, key, marked) for key, marked in situation.chosen.items())


def is_description(model: Model, key: str, marked: tuple[int, ...]) -> bool:
    """Whether an answer describes the complaint, as opposed to a danger sign, an illness or a denial."""
    finding = model.variables[key].finding
    return finding.common and finding.danger is None and is_positive(model, key, marked)
