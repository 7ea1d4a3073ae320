"""The engine against plain Python arithmetic, on thousands of random knowledge bases."""

import math

import pytest

import reference_engine as reference
from legwise.reasoning.gain import gains
from legwise.reasoning.situation import situation_of
from random_knowledge import random_answers, random_knowledge

TOLERANCE = 1e-12
BATCHES, BATCH = 20, 500


def assert_close(expected, actual):
    """The same keys, and every figure within 1e-12 (of its size, where that is above one)."""
    assert expected.keys() == actual.keys()
    for key, value in expected.items():
        assert math.isclose(value, actual[key], rel_tol=TOLERANCE, abs_tol=TOLERANCE), key


def compare(seed):
    """One random knowledge base and one random person: both readings of the table."""
    knowledge = random_knowledge(seed)
    situation = situation_of(knowledge, random_answers(knowledge, seed))
    if situation.differential is None or situation.danger is None:
        situation = situation_of(knowledge, {**random_answers(knowledge, seed), "age": 40.0})
    facts, model = situation.facts.values, situation.model
    scores = dict(zip(model.hypotheses, situation.differential.scores.tolist(), strict=True))
    dangers = [model.hypotheses[row] for row in model.dangers]
    log_odds = dict(zip(dangers, situation.danger.log_odds.tolist(), strict=True))

    assert_close(
        reference.posterior(knowledge, facts),
        dict(zip(model.hypotheses, situation.differential.probability.tolist(), strict=True)),
    )
    assert_close(reference.scores(knowledge, facts), {k: score for k, score in scores.items() if score > -math.inf})
    assert_close(
        {k: -math.inf if odds is None else odds for k, odds in reference.danger_log_odds(knowledge, facts).items()},
        log_odds,
    )
    assert_close(
        reference.danger_probability(knowledge, facts),
        dict(zip(dangers, situation.danger.probability.tolist(), strict=True)),
    )


@pytest.mark.slow
@pytest.mark.differential
@pytest.mark.parametrize("batch", range(BATCHES))
def test_ten_thousand_random_knowledge_bases(batch):
    """Ranking, scores, danger odds and ladders of 10,000 random knowledge bases agree with plain Python to 1e-12."""
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        compare(seed)


@pytest.mark.differential
@pytest.mark.parametrize("batch", range(4))
def test_gain_is_what_trying_every_answer_gives(batch):
    """What a question is expected to tell, from one product, is what trying each of its answers in turn gives."""
    for seed in range(batch * 75, (batch + 1) * 75):
        knowledge = random_knowledge(seed)
        situation = situation_of(knowledge, {**random_answers(knowledge, seed), "age": 40.0})
        facts = situation.facts.values
        open_ones = [key for key in situation.model.variables if key not in situation.chosen]
        expected = {key: max(reference.gain(knowledge, facts, key), 0.0) for key in open_ones}

        assert_close(expected, gains(situation.model, situation.differential.probability, open_ones))
