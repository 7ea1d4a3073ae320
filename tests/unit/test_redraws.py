"""Uncertainty: redraws that are the same every time, wider where less is known, and around the figures themselves."""

import numpy as np
import pytest

import small_knowledge as small
from legwise.knowledge import open_knowledge
from legwise.knowledge.cases import answers_of_vignette
from legwise.reasoning import assess
from legwise.reasoning.differential import log_odds_of
from legwise.reasoning.redraws import Redraws, interval, reaches, redraws_of
from legwise.reasoning.situation import situation_of

KNOWLEDGE = open_knowledge()
NIGHT_CRAMP = answers_of_vignette(KNOWLEDGE, KNOWLEDGE.vignettes["plain_night_cramp"])


def draws_of(knowledge, answers):
    """Redrawn probabilities, from redraws made afresh."""
    situation = situation_of(knowledge, answers)
    return Redraws(knowledge).probability(situation.rates, situation.chosen)


def spread(n):
    """Width of the 90 % interval of a cause whose sign was seen in n people (or as an estimate)."""
    basis = small.BECAUSE if n is None else {"n": n, "source": "s", "where": "w"}
    given = {"frequency": "frequent", **basis} if n is None else {"sensitivity": 0.5, **basis}
    fixed = small.rate(1.0) | {"low_factor": 1, "high_factor": 1}
    conditions = [small.condition("a", fixed, {"sign": given}), small.condition("b", fixed)]
    knowledge = small.knowledge_of([small.yes_no("sign", 0.1, n=10**6)], conditions)
    low, high = interval(draws_of(knowledge, {"sign": "yes"})[:, 0], 0.9)
    return high - low


def test_the_same_answers_give_the_same_draws():
    """The interval belongs to the answers, not to the moment: redraws made twice are equal to the last bit."""
    assert np.array_equal(draws_of(KNOWLEDGE, NIGHT_CRAMP), draws_of(KNOWLEDGE, NIGHT_CRAMP))


def test_what_was_drawn_before_changes_nothing():
    """Each figure has draws of its own, in whatever order they are first needed (common random numbers)."""
    drawn = Redraws(KNOWLEDGE)
    for vignette in KNOWLEDGE.vignettes.values():
        situation = situation_of(KNOWLEDGE, answers_of_vignette(KNOWLEDGE, vignette))
        drawn.danger_draws(situation.rates, situation.chosen)
        drawn.probability(situation.rates, situation.chosen)
    situation = situation_of(KNOWLEDGE, NIGHT_CRAMP)

    assert np.array_equal(draws_of(KNOWLEDGE, NIGHT_CRAMP), drawn.probability(situation.rates, situation.chosen))
    assert np.array_equal(
        Redraws(KNOWLEDGE).danger_draws(situation.rates, situation.chosen).probability(),
        drawn.danger_draws(situation.rates, situation.chosen).probability(),
    )


def test_another_seed_gives_other_draws():
    """The seed is what fixes them."""
    situation = situation_of(KNOWLEDGE, NIGHT_CRAMP)
    first, second = (Redraws(KNOWLEDGE, seed).probability(situation.rates, situation.chosen) for seed in (1, 2))

    assert not np.array_equal(first, second)


def test_as_many_as_the_policy_says():
    """512 redraws, each a whole distribution over the causes."""
    draws = draws_of(KNOWLEDGE, NIGHT_CRAMP)

    assert draws.shape == (KNOWLEDGE.settings.redraws.value, len(KNOWLEDGE.conditions) + 1)
    assert np.allclose(draws.sum(axis=1), 1, atol=1e-5)


def test_more_people_seen_narrower_interval():
    """Ten thousand people, forty people, an estimate worth ten: each wider than the one before."""
    assert spread(10_000) < spread(40) < spread(None)


def test_draws_lie_around_the_figure():
    """The middle of the redrawn log odds is near the log odds from the figures themselves."""
    situation = situation_of(KNOWLEDGE, NIGHT_CRAMP)
    top = int(situation.differential.probability.argmax())
    middle = np.median(log_odds_of(draws_of(KNOWLEDGE, NIGHT_CRAMP)[:, top].astype(float)))

    assert abs(middle - log_odds_of(situation.differential.probability[top])) < 1.5


def test_rates_are_drawn_within_their_range():
    """A rate lies between its low and high end, a stage within its parent's and its own."""
    noise = redraws_of(KNOWLEDGE).rate_noise
    for row, condition in enumerate(redraws_of(KNOWLEDGE).model.conditions):
        if condition.rate is not None:
            assert np.exp(noise[:, row]).min() >= condition.rate.low_factor - 1e-3
            assert np.exp(noise[:, row]).max() <= condition.rate.high_factor + 1e-3


def test_danger_signs_that_are_there_never_lower_in_any_redraw():
    """However the figures are drawn, a danger sign that is there raises or leaves."""
    drawn = redraws_of(KNOWLEDGE)
    for key, variable in drawn.model.variables.items():
        if variable.finding.danger == "up":
            for column in range(variable.start + 1, variable.start + len(variable.values)):
                raising, resting = drawn.danger_parts(key, (column,))

                assert (raising >= 0).all()
                assert (resting == 0).all()


@pytest.mark.parametrize("name", sorted(KNOWLEDGE.vignettes))
def test_exchanged_answers_are_as_drawn_from_scratch(name):
    """Taking answers away and putting others in gives the danger draws of a person who had said so at once."""
    answers = answers_of_vignette(KNOWLEDGE, KNOWLEDGE.vignettes[name])
    now, then = situation_of(KNOWLEDGE, answers), situation_of(KNOWLEDGE, {**answers, "fever": "yes", "smoker": "yes"})
    gone = [(key, marked, -1) for key, marked in now.chosen.items() if then.chosen.get(key) != marked]
    come = [(key, marked, 1) for key, marked in then.chosen.items() if now.chosen.get(key) != marked]
    all_dangers = np.arange(len(now.model.dangers))
    after = now.danger_draws().after(then.rates, [*gone, *come], all_dangers)

    assert np.allclose(then.danger_draws().probability(), after, rtol=1e-3, atol=1e-6)


def test_reaches_is_the_upper_end():
    """A danger may be at a level when the upper end of its interval is."""
    draws = np.linspace(0, 1, 512, dtype=np.float32)[:, None].repeat(3, axis=1)
    _, upper = interval(draws, 0.9)
    below, above = float(upper[0]) - 0.01, float(upper[0]) + 0.01

    assert [True, False, False] == reaches(draws, np.array([below, above, 1.0]), 0.9).tolist()


@pytest.mark.parametrize("name", sorted(KNOWLEDGE.vignettes))
def test_an_interval_holds_its_figure(name):
    """Every cause and danger shown lies between its ends, and nothing is shown as surer than the policy allows."""
    result = assess(KNOWLEDGE, answers_of_vignette(KNOWLEDGE, KNOWLEDGE.vignettes[name]))

    assert result.causes or result.dangers
    for item in (*result.causes, *result.dangers):
        assert 0 <= item.low <= item.probability <= item.high <= 1
    for cause in result.causes:
        best, low, high = cause.of_100
        assert low <= best <= high <= 100 * KNOWLEDGE.settings.surest.value


@pytest.mark.parametrize("ratio", [3.0, 0.3])
def test_ratios_are_redrawn_on_both_sides(ratio):
    """Where only likelihood ratios are known, one draw moves yes up and no down, around the published pair."""
    given = {
        "lr_plus": ratio,
        "lr_minus": 1 / ratio,
        "reference": "leg_complaint",
        "n": 50,
        "source": "s",
        "where": "w",
    }
    danger = small.condition("a", 1.0, {"sign": given}, act_at=0.5)
    knowledge = small.knowledge_of([small.yes_no("sign", 0.2, n=10**6)], [danger])
    no, yes = (Redraws(knowledge).danger_parts("sign", (column,))[1][:, 0] for column in (0, 1))

    assert abs(np.median(yes) - np.log(ratio)) < 0.1
    assert abs(np.median(no) + np.log(ratio)) < 0.1
    assert np.corrcoef(no, yes)[0, 1] < -0.99
