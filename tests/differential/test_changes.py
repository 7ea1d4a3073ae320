"""What would change this, found fast, against trying every other answer from scratch."""

import pytest

from legwise.knowledge import open_knowledge
from legwise.knowledge.cases import answers_of, answers_of_vignette
from legwise.reasoning.changes import alternatives, try_all, urgency_of, urgency_with
from legwise.reasoning.situation import situation_of
from random_knowledge import random_answers

pytestmark = [pytest.mark.differential, pytest.mark.slow]
KNOWLEDGE = open_knowledge()
PEOPLE = {
    **{key: answers_of_vignette(KNOWLEDGE, vignette) for key, vignette in KNOWLEDGE.vignettes.items()},
    **{
        f"{condition.id}: {case.name}": answers_of(KNOWLEDGE, case)
        for condition in list(KNOWLEDGE.conditions.values())[::4]
        for case in condition.cases[:2]
    },
    **{f"random {seed}": random_answers(KNOWLEDGE, seed) for seed in range(6)},
    "nothing said": {},
    "a child": {"age": 9.0},
}


@pytest.mark.parametrize("name", PEOPLE)
def test_fast_is_as_from_scratch(name):
    """For every other answer to every question: the same urgency, raised, lowered or as it is."""
    answers = PEOPLE[name]
    situation = situation_of(KNOWLEDGE, answers)
    now = urgency_of(situation)
    fast = {(t.finding, t.instead): t.urgency for t in try_all(situation, answers, now)}
    slow = {
        (finding.id, value): urgency_with(KNOWLEDGE, answers, finding, value)
        for finding, value in alternatives(KNOWLEDGE, answers)
    }

    assert {key: level for key, level in slow.items() if level is not now} == fast
