"""How often people like this one come with a condition: age, sex, risk factors, stages, and what is left over."""

import numpy as np
import pytest

import small_knowledge as small
from legwise.knowledge.schema.condition import RiskFactor
from legwise.reasoning.facts import expand
from legwise.reasoning.model import base_rates, model_of
from legwise.reasoning.rates import age_band, factor_of, rates_after, rates_for
from random_knowledge import random_answers, random_knowledge

SMOKES = small.yes_no("smokes", 0.2, kind="risk")
TABLET = small.yes_no("tablet", 0.2, kind="medicine")


def rates(knowledge, **facts):
    """Rates of a person with these facts."""
    return rates_for(knowledge, model_of(knowledge), facts)


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (0, "16-29"),
        (16, "16-29"),
        (29.9, "16-29"),
        (30, "30-49"),
        (49, "30-49"),
        (50, "50-64"),
        (64, "50-64"),
        (65, "65-79"),
        (79, "65-79"),
        (80, "80+"),
        (120, "80+"),
        (None, None),
    ],
)
def test_age_bands(age, band):
    """Each birthday that begins a band, and the day before it."""
    assert band == age_band(age)


def test_shares_before_any_answer():
    """Three visits to one, and a fifth of all for something else: 60, 20 and 20 in 100."""
    knowledge = small.knowledge_of(conditions=[small.condition("a", 3.0), small.condition("b", 1.0)], other_share=0.2)

    assert pytest.approx([0.6, 0.2, 0.2]) == np.exp(rates(knowledge).log_prior)


def test_age_picks_its_band_and_unknown_age_averages():
    """A condition of old age: at 85 it counts, at 20 hardly, and with age unknown by how many are that old."""
    old = small.rate({"16-29": 0, "30-49": 0, "50-64": 0, "65-79": 0, "80+": 10})
    knowledge = small.knowledge_of(conditions=[small.condition("aged", old), small.condition("b", 1.0)])
    shares = knowledge.settings.age_band_shares

    assert rates(knowledge, age=85.0).rate[:2].tolist() == [10, 1]
    assert rates(knowledge, age=20.0).rate[:2].tolist() == [0, 1]
    assert pytest.approx([10 * shares["80+"], 1]) == rates(knowledge).rate[:2]
    assert rates(knowledge, age=20.0).log_prior[0] == -np.inf


@pytest.mark.parametrize(("sex", "factor"), [("female", 1.5), ("male", 0.5), ("other", 1.0), (None, 1.0)])
def test_three_women_to_one_man(sex, factor):
    """Of four visits three are women's: women come 1.5 times the average, men half as often."""
    knowledge = small.knowledge_of(conditions=[small.condition("a", small.rate(2.0, women_to_men=3))])
    facts = {} if sex is None else {"sex": sex}

    assert pytest.approx(2 * factor) == rates(knowledge, **facts).rate[0]


def test_a_risk_factor_that_a_quarter_have():
    """Ratio 4, had by a quarter: 4 / 1.75 for those who have it, 1 / 1.75 for those who do not; on average nothing."""
    risk = RiskFactor(**small.risk(4.0, 0.25))

    assert pytest.approx(4 / 1.75) == factor_of(risk, present=True)
    assert pytest.approx(1 / 1.75) == factor_of(risk, present=False)
    assert pytest.approx(1) == 0.25 * factor_of(risk, present=True) + 0.75 * factor_of(risk, present=False)


def test_a_risk_factor_moves_its_own_condition_alone():
    """Yes raises, no lowers, unknown and not sure leave it; nothing else moves, least of all something else."""
    risky = small.condition("a", 2.0, risk_factors={"smokes": small.risk(4.0, 0.25)})
    knowledge = small.knowledge_of([SMOKES], [risky, small.condition("b", 1.0)], other_share=0.25)

    assert pytest.approx([2 * 4 / 1.75, 1, 1]) == rates(knowledge, smokes="yes").rate
    assert pytest.approx([2 / 1.75, 1, 1]) == rates(knowledge, smokes="no").rate
    assert pytest.approx([2, 1, 1]) == rates(knowledge).rate
    assert pytest.approx([2, 1, 1]) == rates(knowledge, smokes="not_sure").rate


@pytest.mark.parametrize(("own_limit", "expected"), [(None, 6.0), (2.5, 2.5)])
def test_risk_factors_together_stop_at_the_largest_joint_ratio(own_limit, expected):
    """Two ratios of 9, rare in others, would multiply to 81: they stop at the policy's or the condition's limit."""
    factors = {key: small.risk(9.0, 0.0) for key in ("smokes", "tablet")}
    risky = small.condition("a", 1.0, risk_factors=factors, largest_joint_ratio=own_limit)
    knowledge = small.knowledge_of([SMOKES, TABLET], [risky], largest_joint_ratio=6)

    assert pytest.approx(expected) == rates(knowledge, smokes="yes", tablet="yes").rate[0]


def test_a_stage_follows_its_parent():
    """One in ten of a condition's visits is its late stage: age, sex and the parent's risk factors hold for it too."""
    by_age = {"16-29": 1, "30-49": 1, "50-64": 1, "65-79": 1, "80+": 50}
    parent = small.condition("a", small.rate(by_age, women_to_men=3), risk_factors={"smokes": small.risk(4.0, 0.25)})
    late = small.condition("b", stage_of=small.stage("a", 0.1), risk_factors={"tablet": small.risk(3.0, 0.5)})
    later = small.condition("c", stage_of=small.stage("b", 0.5))
    knowledge = small.knowledge_of([SMOKES, TABLET, small.age(), small.sex()], [parent, late, later])
    person = {"age": 85.0, "sex": "female", "smokes": "yes", "tablet": "yes"}
    own = 50 * 1.5 * 4 / 1.75

    assert pytest.approx([own, own * 0.1 * 3 / 2, own * 0.1 * 3 / 2 * 0.5]) == rates(knowledge, **person).rate[:3]


@pytest.mark.parametrize(("pregnant", "expected"), [("yes", 2.0), ("no", 0.0), ("not_sure", 2.0), (None, 2.0)])
def test_a_rate_that_is_only_of_some_people(pregnant, expected):
    """A cramp of pregnancy cannot be had by who is surely not pregnant; unknown does not rule it out. So its stages."""
    finding = small.yes_no("pregnant", 0.02, kind="risk")
    only = small.condition("a", small.rate(2.0, only="pregnant"))
    late = small.condition("b", stage_of=small.stage("a", 0.5))
    knowledge = small.knowledge_of([finding], [only, late, small.condition("c", 1.0)])
    facts = {} if pregnant is None else {"pregnant": pregnant}

    assert pytest.approx([expected, expected / 2, 1.0]) == rates(knowledge, **facts).rate[:3]


def test_danger_is_compared_with_all_visits_of_such_people():
    """A risk factor of one cause, or a cause that this person cannot have, never makes a danger less likely."""
    cramp = small.condition("cramp", small.rate(6.0, only="tablet"), risk_factors={"smokes": small.risk(9.0, 0.1)})
    danger = small.condition("danger", 2.0, act_at=0.1)
    knowledge = small.knowledge_of([SMOKES, TABLET], [cramp, danger], other_share=0.2)
    expected = np.log(0.2 / 0.8)

    for facts in ({}, {"smokes": "yes"}, {"smokes": "no"}, {"tablet": "yes"}, {"tablet": "no"}):
        assert pytest.approx(expected) == rates(knowledge, **facts).log_odds[1]


def test_no_condition_is_more_than_half_of_all_visits_for_its_odds():
    """Odds against all else stop at one to one before any answer."""
    common = small.condition("a", 50.0, risk_factors={"smokes": small.risk(9.0, 0.0)}, act_at=0.5)
    knowledge = small.knowledge_of([SMOKES], [common], other_share=0.2)

    assert pytest.approx(0.0) == rates(knowledge, smokes="yes").log_odds[0]


def test_base_rates_cannot_be_changed_by_accident():
    """What is kept between people cannot be written to."""
    knowledge = small.knowledge_of(conditions=[small.condition("a", 1.0)])

    with pytest.raises(ValueError, match="read-only"):
        base_rates(knowledge, None)[0] = 5


@pytest.mark.parametrize("seed", range(60))
def test_rates_after_a_change_are_rates_from_scratch(seed):
    """Taking over what an answer does not touch gives the same rates as working them all out."""
    knowledge = random_knowledge(seed)
    model, answers = model_of(knowledge), random_answers(knowledge, seed)
    before = expand(knowledge, answers).values
    now = rates_for(knowledge, model, before)
    for key, value in random_answers(knowledge, seed + 1).items():
        after = expand(knowledge, {**answers, key: value}).values
        changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
        expected, found = rates_for(knowledge, model, after), rates_after(knowledge, model, now, after, changed)

        assert np.array_equal(expected.rate, found.rate)
        assert np.array_equal(expected.log_odds, found.log_odds)
        assert expected.factors == found.factors
