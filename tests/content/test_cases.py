"""The cases that content carries: each comes out as its file says."""

import numpy as np
import pytest

from legwise.base.urgency import Urgency
from legwise.knowledge import open_knowledge
from legwise.knowledge.cases import answers_of
from legwise.reasoning.facts import expand
from legwise.reasoning.situation import situation_of, triage

KNOWLEDGE = open_knowledge()
FLAG_CASES = [
    pytest.param(flag, case, id=f"{flag.id}: {case.name}")
    for flag in KNOWLEDGE.red_flags.values()
    for case in flag.cases
]
CONDITION_CASES = [
    pytest.param(case, id=f"{condition.id}: {case.name}")
    for condition in KNOWLEDGE.conditions.values()
    for case in condition.cases
]


@pytest.mark.parametrize(("flag", "case"), FLAG_CASES)
def test_red_flag_case(flag, case):
    """A red flag fires, does not fire, or cannot tell, as its case says."""
    expected = None if case.expect.fires == "cannot_tell" else case.expect.fires

    assert expected == flag.when.truth(expand(KNOWLEDGE, answers_of(KNOWLEDGE, case)).values)


@pytest.mark.parametrize("case", CONDITION_CASES)
def test_condition_case(case):
    """A condition ranks where its case says, and the urgency is what its case says."""
    situation = situation_of(KNOWLEDGE, answers_of(KNOWLEDGE, case))
    reasons = triage(situation)
    urgency = reasons[0].urgency if reasons else Urgency.SELF_CARE
    ranked = ranking(situation)
    expect = case.expect

    assert expect.first in (None, ranked[0])
    assert expect.not_first != ranked[0]
    assert expect.in_top_3 is None or expect.in_top_3 in ranked[:3]
    assert expect.in_top_5 is None or expect.in_top_5 in ranked[:5]
    assert expect.urgency in (None, urgency.label)
    assert expect.at_least is None or urgency >= Urgency.from_label(expect.at_least)
    assert expect.below is None or urgency < Urgency.from_label(expect.below)


def ranking(situation):
    """Conditions, the likeliest first."""
    named = situation.differential.probability[:-1]
    return [situation.model.hypotheses[row] for row in np.argsort(-named, kind="stable")]
