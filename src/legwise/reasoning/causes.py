"""The likely causes with their reasons and ranges, and the dangers that were weighed."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from legwise.knowledge.schema.condition import ActAt, Condition
from legwise.reasoning.assessment import Cause, Danger, Said, Weighed
from legwise.reasoning.differential import Differential
from legwise.reasoning.explanation import Weight, for_and_against, say, weights
from legwise.reasoning.model import base_rates
from legwise.reasoning.rates import age_band
from legwise.reasoning.redraws import interval, redraws_of
from legwise.reasoning.situation import Situation, points_at_dangers
from legwise.reasoning.statements import differences, said, said_all

SHOWN = 5
"""Causes that a result shows at most."""
ALWAYS_SHOWN = 3
"""Causes that a result shows however unlikely the later ones are."""
WORTH_SHOWING = 0.02
"""After the first three, causes below this are left out."""
LIKELIEST, LIKELY, POSSIBLE = 0.5, 0.25, 0.05
"""From these probabilities on a cause is called most likely (when it is first), likely, possible."""
NOTABLE_AGE_FACTOR = 1.5
"""From here the effect of age on the leading cause is told."""

Array = NDArray[np.float64]


def causes_of(situation: Situation) -> tuple[Cause, ...]:
    """The ranked causes, each with what speaks for and against it and a 90 % range. Empty under 16."""
    differential, model = situation.differential, situation.model
    if differential is None:
        return ()
    named = differential.probability[:-1]
    order = sorted(range(len(named)), key=lambda row: (-named[row], model.hypotheses[row]))
    shown = [row for place, row in enumerate(order[:SHOWN]) if place < ALWAYS_SHOWN or named[row] >= WORTH_SHOWING]
    draws = redraws_of(situation.knowledge).probability(situation.rates, situation.chosen)
    low, high = interval(draws[:, shown], situation.knowledge.settings.interval.value)
    keys, words, table = weights(situation)
    return tuple(
        _cause(
            situation,
            row,
            differential,
            (float(low[i]), float(high[i])),
            for_and_against(keys, words, table[:, row]),
        )
        for i, row in enumerate(shown)
    )


Reasons = tuple[tuple[Weight, ...], tuple[Weight, ...]]


def _cause(
    situation: Situation, row: int, differential: Differential, ends: tuple[float, float], reasons: Reasons
) -> Cause:
    condition = situation.model.conditions[row]
    file = f"conditions/{condition.id}.yaml"
    probability = float(differential.probability[row])
    low, high = min(ends[0], probability), max(ends[1], probability)
    return Cause(
        id=condition.id,
        name=condition.name,
        kind=condition.kind,
        words=_words(probability, row == int(differential.probability[:-1].argmax())),
        probability=probability,
        low=low,
        high=high,
        of_100=_of_100(situation, probability, low, high),
        usual_urgency=condition.usual_urgency,
        plain_words=said(condition.plain_words, file),
        speaks_for=_weighed(reasons[0]),
        speaks_against=_weighed(reasons[1]),
        look_alikes=_look_alikes(situation, condition, file),
        what_to_do=said_all(condition.what_to_do, file),
        come_back_when=said_all(condition.come_back_when, file),
        ask_clinician=condition.ask_clinician,
        organisations_differ=differences(condition.organisations_differ),
        measures=condition.measures,
    )


def _of_100(situation: Situation, *shares: float) -> tuple[int, int, int]:
    """Shares as people of 100; no set of answers alone is shown as surer than the policy allows."""
    surest = situation.knowledge.settings.surest.value
    best, low, high = (round(100 * min(share, surest)) for share in shares)
    return best, low, high


def _words(probability: float, first: bool) -> Literal["most likely", "likely", "possible", "less likely"]:
    if first and probability >= LIKELIEST:
        return "most likely"
    if probability >= LIKELY:
        return "likely"
    return "possible" if probability >= POSSIBLE else "less likely"


def _weighed(items: tuple[Weight, ...]) -> tuple[Weighed, ...]:
    return tuple(Weighed(finding=w.finding, said=w.said, weight=round(w.weight, 3), strength=w.strength) for w in items)


def _look_alikes(situation: Situation, condition: Condition, file: str) -> tuple[Said, ...]:
    name_of = situation.knowledge.name_of
    return tuple(
        Said(text=f"{name_of(other.condition)}: {other.tells_apart}", file=file, sources=(other.source,))
        for other in condition.look_alikes
    )


def age_says(situation: Situation, causes: tuple[Cause, ...]) -> str | None:
    """What the person's age changes about the leading cause, when that is notable."""
    age = situation.facts.values.get("age")
    if not causes or not isinstance(age, int | float):
        return None
    model, knowledge = situation.model, situation.knowledge
    row = model.index(causes[0].id)
    here = base_rates(knowledge, age_band(age))[row]
    overall = base_rates(knowledge, None)[row]
    factor = here / overall if overall else 1.0
    if factor >= NOTABLE_AGE_FACTOR:
        return knowledge.result_words.age_more.format(name=causes[0].name, times=f"{factor:.1f}")
    if 0 < factor <= 1 / NOTABLE_AGE_FACTOR:
        return knowledge.result_words.age_less.format(name=causes[0].name, times=f"{1 / factor:.1f}")
    return None


def dangers_of(situation: Situation) -> tuple[Danger, ...]:
    """The dangers that some answer of this person points at, the most likely first."""
    if situation.danger is None:
        return ()
    model = situation.model
    probability = situation.danger.probability
    draws = situation.danger_draws().probability()
    low, high = interval(draws, situation.knowledge.settings.interval.value)
    pointed = points_at_dangers(situation)
    result = []
    for position, row in enumerate(model.dangers):
        condition = model.conditions[row]
        if condition.act_at is None or not pointed[position]:
            continue
        result.append(
            Danger(
                id=condition.id,
                name=condition.name,
                probability=float(probability[position]),
                low=float(min(low[position], probability[position])),
                high=float(max(high[position], probability[position])),
                act_at=condition.act_at.probability,
                act_at_because=_basis(condition.act_at),
                acted_on=bool(probability[position] >= condition.act_at.probability),
                speaks_for=_points(situation, position),
            )
        )
    return tuple(sorted(result, key=lambda d: (-d.probability / d.act_at, d.id)))


def _basis(act_at: ActAt) -> str:
    return act_at.policy or f"{act_at.source}: {act_at.where}"


def _points(situation: Situation, position: int) -> tuple[str, ...]:
    model = situation.model
    signs = [key for key, marked in situation.chosen.items() if model.points[position, list(marked)].any()]
    cause = model.conditions[model.dangers[position]].id
    risks = [key for key, factor in situation.rates.factors[cause].items() if factor > 1]
    return tuple(say(situation, key) for key in (*signs, *risks))
