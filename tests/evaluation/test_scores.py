"""Counts and their doubt."""

import math
from pathlib import Path
from statistics import NormalDist

import pytest

from legwise.base.urgency import Urgency
from legwise.evaluation.coded_cases import read_cases
from legwise.evaluation.run import Mode, flat_rates, one_of_each_group, run_case, run_cases
from legwise.evaluation.scores import Share, confusion, emergencies_below_urgent, self_care_kept, top, wilson
from legwise.evaluation.token_map import token_map
from legwise.knowledge import open_knowledge

KNOWLEDGE = open_knowledge()
CASES = read_cases(Path(__file__).parents[1] / "data" / "cases.yaml")


@pytest.fixture(scope="module")
def outcomes():
    return {o.case.id: o for o in run_cases(KNOWLEDGE, token_map(), one_of_each_group(CASES), Mode())}


@pytest.mark.parametrize(
    ("right", "of", "percent", "low", "high"),
    [
        (8, 10, 95, 0.4902, 0.9433),
        (0, 10, 95, 0.0, 0.2775),  # z² / (n + z²)
        (10, 10, 95, 0.7225, 1.0),
        (81, 263, 95, 0.2553, 0.3662),
        (1, 29, 95, 0.0061, 0.1718),
        (0, 0, 95, 0.0, 1.0),
    ],
)
def test_wilson_interval(right, of, percent, low, high):
    """The score interval agrees with known values to four figures."""
    assert pytest.approx((low, high), abs=5e-5) == wilson(right, of, percent)


@pytest.mark.parametrize("percent", [90, 95])
def test_ends_are_the_shares_that_the_count_just_does_not_refute(percent):
    """At each end the count lies as many standard errors away as the interval's per cent say."""
    right, of = 17, 60
    for end in wilson(right, of, percent):
        distance = abs(right / of - end) / math.sqrt(end * (1 - end) / of)

        assert pytest.approx(NormalDist().inv_cdf(0.5 + percent / 200)) == distance


def test_ninety_per_cent_lies_within_ninety_five():
    """Less certainty, a narrower interval."""
    low, high = wilson(30, 60, 90)
    least, most = wilson(30, 60, 95)

    assert least < low < 0.5 < high < most


def test_one_case_of_each_duplicate_group():
    """Of two tellings of one patient the first counts; cases without a group all do."""
    kept = [case.id for case in one_of_each_group(CASES)]

    assert "SEM-21" in kept
    assert "LEV-13" not in kept
    assert len(CASES) - 1 == len(kept)


def test_a_cause_that_we_do_not_cover_is_a_miss(outcomes):
    """Mechanical back pain is in no row of ours: it counts, and is never right."""
    back = outcomes["LEV-41"]

    assert back.rank is None
    assert not back.covered
    assert Share(0, 1) == top([back], 5, "gold")


def test_ranks_are_places_in_our_list(outcomes):
    """The rank is where the cause stands in the whole ranking; an accepted cause is never ranked worse."""
    for outcome in outcomes.values():
        if outcome.rank is not None:
            assert outcome.case.gold.condition == outcome.ranked[outcome.rank - 1]
            assert outcome.accepted_rank <= outcome.rank


def test_a_crushed_leg_is_an_emergency(outcomes):
    """A painful, swollen, numb, cold and pale leg after being crushed goes to hospital at once."""
    assert Urgency.EMERGENCY is outcomes["MQT-667"].urgency
    assert outcomes["MQT-667"] not in emergencies_below_urgent(outcomes.values())


def test_original_and_provisional_labels_stay_apart(outcomes):
    """Each case is in one of the two tables, by whether its source gave a label."""
    counted = [
        sum(sum(row.values()) for row in confusion(outcomes.values(), original).values()) for original in (True, False)
    ]

    assert counted == [2, 4]
    assert "urgent/soon/routine" in confusion(outcomes.values(), original=True)


def test_self_care_kept_is_none_of_nothing(outcomes):
    """Without a case for self-care there is no share."""
    assert self_care_kept([outcomes["MQT-667"]]).fraction is None
    assert self_care_kept(outcomes.values()).of == 1


def test_flat_rates_differ_only_in_visit_rates(outcomes):
    """All that can be is equally common, what cannot be stays out, risk factors stay."""
    rates = outcomes["MQT-667"].situation.rates
    flat = flat_rates(rates)
    named = flat.base[:-1]

    assert {0.0, 1.0} >= set(named.tolist())
    assert ((named == 0) == (rates.base[:-1] == 0)).all()
    assert (flat.own == rates.own).all()
    assert pytest.approx(rates.base[-1] / rates.base.sum()) == flat.base[-1] / flat.base.sum()


def test_interview_counts_screens_and_lines():
    """In an interview each case has a count of screens and lines; with all facts given it has none."""
    case = next(case for case in CASES if case.id == "CRS-RLS-4")
    asked = run_case(KNOWLEDGE, token_map(), case, Mode(interview=True))

    assert asked.screens > 5
    assert asked.lines > asked.screens
    assert run_case(KNOWLEDGE, token_map(), case, Mode()).screens is None
