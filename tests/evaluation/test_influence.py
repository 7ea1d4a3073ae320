"""Which estimates matter: the quick sums agree with a table that really was changed."""

from dataclasses import replace

import numpy as np
import pytest

from legwise.evaluation.influence import (
    _danger_levels,
    _likely_levels,
    _link_nudge,
    _nudges,
    ends_of,
    links_published,
)
from legwise.knowledge import open_knowledge
from legwise.reasoning.differential import danger_odds, rank
from legwise.reasoning.model import model_of
from legwise.reasoning.situation import danger_reasons, likely_reasons, situation_of

KNOWLEDGE = open_knowledge()
ANSWERS = {
    "age": 60.0,
    "sex": "male",
    "one_leg_swelling": "yes",
    "side": "left",
    "site": frozenset({"calf"}),
    "hard_knot": "no",
}


def test_ends_lie_on_both_sides_and_narrow_with_weight():
    """The 5th and 95th percentile close in on the mean as more people stand behind it."""
    low, high = ends_of(0.3, 10)
    least, most = ends_of(0.3, 1000)

    assert low < least < 0.3 < most < high


@pytest.mark.parametrize("change", [-0.7, 0.9])
def test_a_moved_link_is_the_same_as_a_changed_table(change):
    """Scores and danger odds after a nudge are those of a table with that one entry changed."""
    situation = situation_of(KNOWLEDGE, ANSWERS)
    model = situation.model
    row = model.index("deep_vein_thrombosis")
    (column,) = situation.chosen["leg_swelling"]
    nudge = _link_nudge(situation, "leg_swelling", row, change)

    log_p, log_ratio = model.log_p.copy(), model.log_ratio.copy()
    log_p[row, column] += change
    line = model.dangers.index(row)
    log_ratio[line, column] = max(log_ratio[line, column] + change, 0.0)
    changed = replace(model, log_p=log_p, log_ratio=log_ratio)
    scores = rank(changed, situation.rates, situation.chosen).scores
    odds = danger_odds(changed, situation.rates, situation.chosen, situation.danger.limit)

    assert np.allclose(scores, situation.differential.scores + nudge.scores)
    assert np.allclose(odds.raising.sum(axis=1), situation.danger.raising.sum(axis=1) + nudge.raising)
    assert np.allclose(odds.resting.sum(axis=1), situation.danger.resting.sum(axis=1) + nudge.resting)


def test_no_change_is_the_urgency_that_it_was():
    """With every estimate where it is, the quick sums give the urgency of the dangers and of what is likely."""
    situation = situation_of(KNOWLEDGE, ANSWERS)
    still = _link_nudge(situation, "leg_swelling", situation.model.index("deep_vein_thrombosis"), 0.0)
    acted = max((r.urgency for r in danger_reasons(situation) if r.kind == "danger"), default=0)

    assert _danger_levels(situation, [still]).tolist() == [int(acted)]
    assert _likely_levels(situation, [still]).tolist() == [int(max(r.urgency for r in likely_reasons(situation)))]


def test_published_figures_are_not_moved():
    """Only estimates are: a link with a source keeps its share."""
    situation = situation_of(KNOWLEDGE, {**ANSWERS, "timing": frozenset({"in_bed_at_night"})})
    moved = {nudge.key for nudge in _nudges(situation, "timing", situation.chosen["timing"])}

    assert KNOWLEDGE.conditions["nocturnal_leg_cramps"].links["timing"].is_published
    assert ("timing", "nocturnal_leg_cramps") not in moved
    assert ("timing", "restless_legs") in moved


def test_every_condition_is_counted():
    """The report tells of every condition how many of its links stand in a source."""
    links = links_published(model_of(KNOWLEDGE))

    assert KNOWLEDGE.conditions.keys() == links.keys()
    assert all(links.values())
