"""A danger's odds against background alone, its stages, and when it is acted on."""

import numpy as np
import pytest

import small_knowledge as small
from legwise.base.urgency import Urgency
from legwise.reasoning.changes import urgency_of
from legwise.reasoning.situation import danger_reasons, points_at_dangers, situation_of, triage

PRIOR = 0.01
"""One visit in a hundred is for the danger, in every knowledge base here."""
SWELLING = small.yes_no("swelling", 0.1, danger="up", kind="sign")
TIGHT = small.yes_no("tight", 0.1, danger="up", kind="sign")
KNOT = small.yes_no("knot", 0.5, common=True)
JOURNEY = small.yes_no("journey", 0.1, kind="risk")


def with_danger(act_at=0.5, links=None, others=(), findings=(SWELLING, TIGHT, KNOT, JOURNEY), **more):
    """A danger at one visit in a hundred, and a harmless cramp."""
    danger = small.condition("clot", PRIOR, links, act_at=act_at, usual="urgent", **more)
    harmless = small.condition("harmless", 0.79, {"knot": "very_frequent"}, usual="self_care")
    return small.knowledge_of(findings, [danger, harmless, *others], other_share=0.2, most_a_no_can_lower=5)


def log_odds(knowledge, **answers):
    """Log odds of the danger by itself."""
    return situation_of(knowledge, answers).danger.log_odds[0]


def reasons(knowledge, **answers):
    """Dangers that are acted on, with their level."""
    return [(reason.kind, reason.urgency.label) for reason in danger_reasons(situation_of(knowledge, answers))]


def test_odds_before_any_answer():
    """One in a hundred visits: odds of 1 to 99."""
    assert pytest.approx(np.log(1 / 99)) == log_odds(with_danger(links={"swelling": "very_frequent"}))


def test_a_sign_multiplies_the_odds_by_its_ratio():
    """Swelling in 80 of 100 with the danger and in 10 of 100 others (half-counts aside): eight times the odds."""
    share = (0.8 * 40 + 0.5) / 41
    knowledge = with_danger(links={"swelling": 0.8})

    assert pytest.approx(np.log(1 / 99) + np.log(share / 0.1)) == log_odds(knowledge, swelling="yes")


def test_no_sign_lowers_at_most_five_times():
    """Ten reassuring answers together lower a danger fivefold, whatever each would do alone."""
    signs = [small.yes_no(f"sign_{i}", 0.5, danger="up", kind="sign") for i in range(10)]
    knowledge = with_danger(links={sign.id: 0.7 for sign in signs}, findings=[*signs, KNOT])
    one, all_of_them = ({sign.id: "no" for sign in some} for some in (signs[:1], signs))
    untouched = log_odds(knowledge)

    assert untouched - np.log(5) < log_odds(knowledge, **one) < untouched
    assert pytest.approx(untouched - np.log(5)) == log_odds(knowledge, **all_of_them)


def test_reassurance_never_takes_a_sign_that_is_there_away():
    """With one sign there, all reassuring answers together still lower the rest at most fivefold."""
    signs = [small.yes_no(f"sign_{i}", 0.5, danger="up", kind="sign") for i in range(10)]
    knowledge = with_danger(links={sign.id: "very_frequent" for sign in signs}, findings=[*signs, KNOT])
    answers = {**{sign.id: "no" for sign in signs[1:]}, "sign_0": "yes"}

    assert pytest.approx(log_odds(knowledge, sign_0="yes") - np.log(5)) == log_odds(knowledge, **answers)


def test_a_danger_sign_that_is_there_never_lowers():
    """Even where a study found it more rarely with the danger than without."""
    knowledge = with_danger(links={"swelling": "very_rare"})

    assert pytest.approx(log_odds(knowledge)) == log_odds(knowledge, swelling="yes")


def test_no_other_cause_explains_a_danger_away():
    """An injury that explains the swelling better takes nothing from the clot."""
    injury = small.condition("injury", 5.0, {"swelling": "obligate"})
    alone, beside = with_danger(links={"swelling": 0.8}), with_danger(links={"swelling": 0.8}, others=[injury])
    raised = log_odds(alone, swelling="yes") - log_odds(alone)

    assert pytest.approx(raised) == log_odds(beside, swelling="yes") - log_odds(beside)


def test_what_is_not_linked_says_nothing():
    """A sign that nobody has tied to the danger leaves it as it was."""
    knowledge = with_danger(links={"swelling": 0.8})

    assert log_odds(knowledge) == log_odds(knowledge, tight="yes") == log_odds(knowledge, tight="no")


def test_stages_of_one_illness_add_their_odds():
    """A leg clot that moved to the lung is a leg clot too: its odds count for both, not the other way round."""
    lung = small.condition("lung", stage_of=small.stage("clot", 0.5), act_at=0.5, links={"tight": 0.9})
    situation = situation_of(with_danger(links={"swelling": 0.8}, others=[lung]), {"swelling": "yes", "tight": "yes"})
    clot, later = np.exp(situation.danger.log_odds)

    assert pytest.approx([(clot + later) / (1 + clot + later), later / (1 + later)]) == situation.danger.probability


def test_three_stages_add_up_along_the_ladder():
    """Artery disease, limb threat, acute limb: each counts what comes after it."""
    second = small.condition("d_second", stage_of=small.stage("clot", 0.5), act_at=0.5)
    third = small.condition("e_third", stage_of=small.stage("d_second", 0.5), act_at=0.5)
    ladders = situation_of(with_danger(others=[second, third]), {}).model.ladders

    assert ladders.tolist() == [[1, 1, 1], [0, 1, 1], [0, 0, 1]]


def test_acted_on_at_its_level():
    """Swelling takes it from 1 in 100 to 7 in 100: acted on at 5, not at 10 in 100."""
    assert reasons(with_danger(0.05, {"swelling": 0.8}), swelling="yes") == [("danger", "urgent")]
    assert ("danger", "urgent") not in reasons(with_danger(0.1, {"swelling": 0.8}), swelling="yes")


def test_the_upper_end_alone_raises_to_soon_at_most():
    """Where only the doubt about the figures reaches the level, the person is told to be seen soon."""
    assert reasons(with_danger(0.1, {"swelling": 0.8}), swelling="yes") == [("danger_possible", "soon")]
    assert reasons(with_danger(0.9, {"swelling": 0.8}), swelling="yes") == []


def test_nothing_is_acted_on_without_a_sign_or_a_risk_of_this_person():
    """A danger that is common enough by itself is not acted on for a person of whom nothing points at it."""
    knowledge = with_danger(0.005, {"swelling": 0.8, "knot": "obligate"})

    assert reasons(knowledge) == []
    assert reasons(knowledge, swelling="no") == []
    assert reasons(knowledge, knot="yes") == []
    assert reasons(knowledge, swelling="yes") == [("danger", "urgent")]


def test_risk_without_a_sign_is_soon_at_most():
    """A long journey alone, however risky, is no clot: it raises to soon; with a sign beside it to its full level."""
    knowledge = with_danger(0.03, {"swelling": 0.4}, risk_factors={"journey": small.risk(8.0, 0.1)})

    assert reasons(knowledge, journey="yes") == [("danger", "soon")]
    assert reasons(knowledge, journey="yes", swelling="yes") == [("danger", "urgent")]


def test_pointers_are_counted():
    """Signs that are there and risk factors count; denials and what is unknown do not."""
    knowledge = with_danger(links={"swelling": 0.8, "tight": 0.8}, risk_factors={"journey": small.risk(8.0, 0.1)})
    answers = {"swelling": "yes", "tight": "no", "journey": "yes"}

    assert points_at_dangers(situation_of(knowledge, answers)).tolist() == [2]
    assert points_at_dangers(situation_of(knowledge, {"tight": "no", "journey": "no"})).tolist() == [0]


def test_the_likely_cause_never_lowers_a_danger():
    """A cramp at 95 in 100 beside a danger that is acted on: the danger's urgency stands (P5)."""
    situation = situation_of(with_danger(0.05, {"swelling": 0.8}), {"swelling": "yes", "knot": "yes"})

    assert situation.differential.probability[1] > 0.5
    assert urgency_of(situation) is Urgency.URGENT


def test_the_usual_urgency_of_what_leads_counts():
    """Ranked first, or above one half: its usual urgency is one of the reasons; the most urgent reason comes first."""
    knowledge = with_danger(0.05, {"swelling": 0.8})
    situation = situation_of(knowledge, {"swelling": "yes", "knot": "yes"})

    assert [(reason.kind, reason.id) for reason in triage(situation)] == [("danger", "clot"), ("likely", "harmless")]


def test_no_complaint_no_likely_cause():
    """Who has described nothing is told no cause and gets no urgency from one."""
    assert triage(situation_of(with_danger(), {"swelling": "no"})) == []
