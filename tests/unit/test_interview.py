"""The interview: what is asked, in which order, and when it stops."""

import pytest

from legwise.base.urgency import Urgency
from legwise.knowledge import open_knowledge
from legwise.knowledge.cases import answers_of_vignette
from legwise.reasoning import assess, change_answer, next_screen
from legwise.reasoning.interview import AGAIN, fixed_screens
from legwise.reasoning.page import page_of
from people import NIGHT_CRAMP, interview

KNOWLEDGE = open_knowledge()


def test_who_comes_first():
    """The first screen asks whom it is about, before anything else."""
    screen = next_screen(KNOWLEDGE, {})

    assert screen.kind == "who"
    assert [line.id for line in screen.lines][:2] == ["for_whom", "age"]


def test_danger_comes_before_the_complaint():
    """Once it is known who it is about, the danger screens come, then the complaint, then the history."""
    kinds = [screen.kind for screen in fixed_screens(KNOWLEDGE)]

    assert kinds == sorted(kinds, key=["who", "danger", "complaint", "history"].index)


def test_plain_night_cramp_is_short_and_self_care():
    """A plain night cramp at 72 ends in self-care, in at most 12 screens and 40 lines (S1)."""
    talk = interview(KNOWLEDGE, NIGHT_CRAMP)
    result = assess(KNOWLEDGE, talk.answers)

    assert result.urgency == "self_care"
    assert result.causes[0].id == "nocturnal_leg_cramps"
    assert result.pain.kinds == ("cramp",)
    assert not result.provisional
    assert len(talk.screens) <= 12
    assert talk.lines <= 40


@pytest.mark.parametrize(
    ("sign", "least"),
    [
        ({"muscle_locked_over_10_min": "yes"}, Urgency.URGENT),
        ({"toxin_24h": "yes"}, Urgency.EMERGENCY),
        ({"leg_cold": "yes", "leg_pale_blue": "yes"}, Urgency.EMERGENCY),
        ({"one_leg_swelling": "yes", "surgery_12w": "yes"}, Urgency.URGENT),
        ({"chest_pain_today": "yes"}, Urgency.EMERGENCY),
    ],
    ids=["S25 locked cramp", "S26 poison", "S8 cold pale leg", "S9 swollen leg after surgery", "chest pain"],
)
def test_danger_is_seen(sign, least):
    """Each danger sign beside a night cramp gives at least its urgency."""
    talk = interview(KNOWLEDGE, {**NIGHT_CRAMP, **sign})

    assert Urgency.from_label(assess(KNOWLEDGE, talk.answers).urgency) >= least


def test_emergency_is_shown_at_the_answer_that_proves_it():
    """After poison was named on the first danger screen, nothing more is asked."""
    talk = interview(KNOWLEDGE, {**NIGHT_CRAMP, "toxin_24h": "yes"})

    assert talk.screens == ["who", "danger_1"]
    assert next_screen(KNOWLEDGE, talk.answers) is None


def test_an_umbrella_alone_sends_nobody_anywhere():
    """Yes to an umbrella line opens its parts; with all parts denied the result is as if it had been denied."""
    answers = answers_of_vignette(KNOWLEDGE, KNOWLEDGE.vignettes["plain_night_cramp"])
    opened = change_answer(KNOWLEDGE, answers, "umb_breath_chest", "yes")
    parts = KNOWLEDGE.umbrellas["umb_breath_chest"].parts

    assert {line.id for line in next_screen(KNOWLEDGE, opened).lines} == set(parts)
    denied = {**opened, **dict.fromkeys(parts, "no")}
    assert assess(KNOWLEDGE, denied).urgency == assess(KNOWLEDGE, answers).urgency


def test_not_sure_is_asked_once_more_in_other_words():
    """A sign that the person is not sure of is asked again in other words, once; then it holds the result up."""
    answers = answers_of_vignette(KNOWLEDGE, KNOWLEDGE.vignettes["plain_night_cramp"])
    unsure = {**answers, "umb_swollen_vein": "yes", "one_leg_swelling": "not_sure"}
    unsure |= {"leg_warm_red": "no", "sore_hard_vein": "no", "groin_swelling": "no"}
    screen = next_screen(KNOWLEDGE, unsure)

    assert screen.id == AGAIN
    assert page_of(KNOWLEDGE, screen, unsure).lines[0].ask == KNOWLEDGE.findings["one_leg_swelling"].again
    settled = {**unsure, "one_leg_swelling": "still_not_sure"}
    result = assess(KNOWLEDGE, settled)
    assert not result.provisional
    assert result.urgency == "soon"
    assert "leg_clot" in {flag.id for flag in result.undecided}


def test_under_sixteen_gets_referral_and_no_causes():
    """A young person is asked who and danger, then sent to care the same day; no cause is named."""
    talk = interview(KNOWLEDGE, {**NIGHT_CRAMP, "age": 14.0})
    result = assess(KNOWLEDGE, talk.answers)

    assert {KNOWLEDGE.screens[screen].kind for screen in talk.screens} == {"who", "danger"}
    assert Urgency.from_label(result.urgency) >= Urgency.URGENT
    assert result.causes == ()


def test_words_follow_whom_it_is_about():
    """For someone else the questions say "they" and "their"."""
    own = page_of(KNOWLEDGE, next_screen(KNOWLEDGE, {}), {})
    other = {"for_whom": "someone_else"}
    page = page_of(KNOWLEDGE, next_screen(KNOWLEDGE, other), other)

    assert own.lines[1].ask == KNOWLEDGE.findings["age"].ask
    assert page.lines[0].ask == KNOWLEDGE.findings["age"].ask_other


def test_medicine_question_is_raised_with_figures():
    """On a water tablet and a long-acting inhaler both are named to ask about, with figures (S16)."""
    pills = dict.fromkeys(("takes_diuretic", "takes_diuretic_or_potassium_drug", "takes_beta_agonist"), "yes")
    result = assess(KNOWLEDGE, interview(KNOWLEDGE, {**NIGHT_CRAMP, **pills}).answers)

    assert {"takes_diuretic", "takes_beta_agonist"} <= {KNOWLEDGE.medicines[m.id].asked_by for m in result.medicines}
    assert all(medicine.figures for medicine in result.medicines)
    assert "stop it yourself" not in result.three_answers.medicine


def test_an_unfinished_interview_comforts_nobody():
    """While questions are open, no urgency below urgent is told as if it were enough."""
    some = assess(KNOWLEDGE, {"sensation": frozenset({"cramp"})})
    danger = assess(KNOWLEDGE, {"one_leg_swelling": "yes"})

    assert some.provisional
    assert some.urgency_title == KNOWLEDGE.result_words.provisional_title
    assert danger.urgency_title == KNOWLEDGE.result_words.urgencies["urgent"].title
