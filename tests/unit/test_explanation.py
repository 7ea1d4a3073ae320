"""Why: the weight of each answer is what leaving it out would change, and the words follow the weight."""

import numpy as np
import pytest

import small_knowledge as small
from legwise.knowledge import open_knowledge
from legwise.knowledge.cases import answers_of_vignette
from legwise.reasoning import assess
from legwise.reasoning.differential import log_odds_of, rank
from legwise.reasoning.explanation import Weight, for_and_against, rate_findings, say, weights
from legwise.reasoning.rates import rates_for
from legwise.reasoning.situation import situation_of

KNOWLEDGE = open_knowledge()
PEOPLE = sorted(KNOWLEDGE.vignettes)


def by_hand():
    """Two causes, each one visit in two, and something else as rare as can be; one sign seen in 80 and 20 of 100."""
    findings = [small.yes_no("sign", 0.5), small.yes_no("risk", 0.5, kind="risk")]
    links = [{"sign": {"sensitivity": share, "n": 10**9, "source": "s", "where": "w"}} for share in (0.8, 0.2)]
    risky = {"risk_factors": {"risk": small.risk(3.0, 0.5)}}
    conditions = [small.condition("a", 1.0, links[0], **risky), small.condition("b", 1.0, links[1])]
    return small.knowledge_of(findings, conditions, other_share=1e-9)


def test_weight_of_a_sign_by_hand():
    """Four to one for the first cause: the weight is the logarithm of four, against the second as much."""
    keys, said, table = weights(situation_of(by_hand(), {"sign": "yes"}))

    assert keys == ["sign"]
    assert said == ["sign: yes"]
    assert pytest.approx([np.log(4), -np.log(4)], abs=1e-6) == table[0, :2]


def test_weight_of_a_risk_factor_by_hand():
    """Three times as likely with the risk factor that half have: with it 3 / 2, without knowing 1."""
    keys, _, table = weights(situation_of(by_hand(), {"risk": "yes"}))

    assert keys == ["risk"]
    assert pytest.approx([np.log(1.5), -np.log(1.5)], abs=1e-6) == table[0, :2]


@pytest.mark.parametrize("name", PEOPLE)
def test_weights_are_what_leaving_out_changes(name):
    """For whole people of the content: every answer left out in turn, and all probabilities worked out again."""
    situation = situation_of(KNOWLEDGE, answers_of_vignette(KNOWLEDGE, KNOWLEDGE.vignettes[name]))
    keys, _, table = weights(situation)
    full = log_odds_of(situation.differential.probability)
    for row, key in enumerate(keys):
        chosen = {other: marked for other, marked in situation.chosen.items() if other != key}
        facts = {other: value for other, value in situation.facts.values.items() if other != key}
        rates = rates_for(KNOWLEDGE, situation.model, facts)
        without = rank(situation.model, rates, chosen).probability

        assert np.allclose(full - log_odds_of(without), table[row], atol=1e-9)


def test_every_answer_that_acts_is_weighed_once():
    """Signs, age and sex, and risk factors: what moves a probability is in the list, and nothing twice."""
    situation = situation_of(KNOWLEDGE, answers_of_vignette(KNOWLEDGE, KNOWLEDGE.vignettes["pregnant_night_cramp"]))
    keys, _, _ = weights(situation)

    assert {"age", "sex", "pregnant"} <= {*rate_findings(situation)} <= {*keys}
    assert {*situation.chosen} <= {*keys}
    assert len(keys) == len({*keys})


@pytest.mark.parametrize(
    ("weight", "strength"),
    [
        (0.2, "a little"),
        (0.69, "a little"),
        (0.7, "clearly"),
        (-1.59, "clearly"),
        (1.6, "strongly"),
        (-3.0, "strongly"),
    ],
)
def test_strength_in_words(weight, strength):
    """From a doubling of the odds: clearly; from fivefold: strongly; for and against alike."""
    assert strength == Weight("f", "words", weight).strength


def test_only_what_is_worth_saying_the_strongest_first():
    """At most six for and six against, none that moves the odds by less than a quarter."""
    column = np.array([0.1, -0.1, 0.2, -0.2, 3.0, -3.0, *np.linspace(0.3, 1, 8)])
    keys = [str(i) for i in range(len(column))]
    speaks_for, against = for_and_against(keys, keys, column)

    assert [w.weight for w in speaks_for] == [3.0, *np.linspace(0.3, 1, 8)[::-1][:5]]
    assert [w.weight for w in against] == [-3.0, -0.2]


def test_answers_are_said_back_in_the_contents_words():
    """A yes, a no, a level, several places, a number: each in its own words."""
    findings = [
        small.yes_no("sign"),
        small.leveled("onset", {"slow": 0.5, "fast": 0.5}),
        small.leveled("site", {"calf": 0.5, "foot": 0.5}, several=True),
        small.derived("pool", {"some": "sign"}, {"none": 0.5, "some": 0.5}),
        small.age(),
    ]
    answers = {"sign": "yes", "onset": "fast", "site": frozenset({"foot", "calf"}), "age": 72.0}
    situation = situation_of(small.knowledge_of(findings, [small.condition("a")]), answers)

    assert [say(situation, finding.id) for finding in findings] == [
        "sign: yes", "onset: fast", "site: calf, foot", "some", "age: 72 years",
    ]  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_reasons_in_a_result_are_the_weights(name):
    """What a result says for and against its first cause are weights of that cause, rounded."""
    answers = answers_of_vignette(KNOWLEDGE, KNOWLEDGE.vignettes[name])
    situation, result = situation_of(KNOWLEDGE, answers), assess(KNOWLEDGE, answers)
    keys, _, table = weights(situation)
    for cause in result.causes:
        column = dict(zip(keys, table[:, situation.model.index(cause.id)].tolist(), strict=True))
        for item in (*cause.speaks_for, *cause.speaks_against):
            assert item.weight == round(column[item.finding], 3)
        assert all(item.weight > 0 for item in cause.speaks_for)
        assert all(item.weight < 0 for item in cause.speaks_against)


def test_nothing_is_weighed_under_sixteen():
    """No cause is named, so nothing speaks for one."""
    keys, said, table = weights(situation_of(KNOWLEDGE, {"age": 12.0, "hard_knot": "yes"}))

    assert ([], [], 0) == (keys, said, len(table))
