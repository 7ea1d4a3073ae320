"""The simulated person: what they tell, what they answer, and an interview from end to end."""

import pytest

from legwise.base.urgency import Urgency
from legwise.evaluation.person import Person, interview
from legwise.evaluation.token_map import token_map
from legwise.knowledge import open_knowledge
from legwise.reasoning import assess, next_screen
from legwise.reasoning.facts import check_answers
from legwise.reasoning.interview import Line
from people import NIGHT_CRAMP

KNOWLEDGE = open_knowledge()
WORDS = token_map()


def _person(facts, silent="no"):
    return Person.knowing(KNOWLEDGE, WORDS, facts, silent)


def test_volunteers_place_feeling_onset_and_duration_only():
    """Unasked, a person tells where, what, how it began and how long; illness and danger signs they are asked for."""
    told = _person({**NIGHT_CRAMP, "one_leg_swelling": "yes", "diabetes": "yes"}).volunteers()

    assert {"site", "sensation", "onset", "since", "episode_length"} == told.keys()


def test_an_umbrella_is_yes_when_any_part_is():
    """Coughing blood opens the line on chest and breath; a person silent on all of it denies it."""
    line = Line("umb_breath_chest")

    assert _person({"coughing_blood": "yes"}).answer(line) == "yes"
    assert _person({}).answer(line) == "no"
    assert _person({}, "not_sure").answer(line) == "not_sure"
    assert _person({"coughing_blood": "yes"}, "not_sure").answer(line) == "yes"


def test_a_known_kind_of_something_is_that_something():
    """Who cannot finish a sentence is short of breath at rest."""
    assert _person({"severe_breathlessness": "yes"}).answer(Line("breathless_at_rest")) == "yes"


def test_silence_is_no_only_where_no_is_an_answer():
    """A place that is sore when pressed can be denied; a severity cannot, so it stays unsure, also the second time."""
    silent = _person({})

    assert silent.answer(Line("dark_urine")) == "no"
    assert frozenset({"none"}) == silent.answer(Line("tender_spot"))
    assert silent.answer(Line("severity")) == "not_sure"
    assert _person({}, "not_sure").answer(Line("dark_urine", again=True)) == "still_not_sure"


def test_night_cramp_from_end_to_end():
    """A plain night cramp: finished, self-care, at most 12 screens and 40 lines, no answer that a screen refuses."""
    done = interview(_person(NIGHT_CRAMP))
    result = assess(KNOWLEDGE, done.answers)
    check_answers(KNOWLEDGE, done.answers)

    assert next_screen(KNOWLEDGE, done.answers) is None
    assert result.urgency == "self_care"
    assert result.causes[0].id == "nocturnal_leg_cramps"
    assert done.screens <= 12
    assert done.lines <= 40


def test_an_emergency_ends_it_at_the_answer_that_proves_it():
    """After a stroke sign nothing more is asked, not even the rest of the page."""
    done = interview(_person({**NIGHT_CRAMP, "sudden_one_side_weak": "yes"}))

    assert assess(KNOWLEDGE, done.answers).urgency == "emergency"
    assert "one_leg_swelling" not in done.answers
    assert done.screens == 2


@pytest.mark.parametrize("silent", ["no", "not_sure"])
def test_silence_never_hides_a_stated_danger(silent):
    """A swollen leg after an operation is urgent or above, whatever is said of the rest."""
    done = interview(_person({**NIGHT_CRAMP, "one_leg_swelling": "yes", "surgery_12w": "yes"}, silent))

    assert Urgency.from_label(assess(KNOWLEDGE, done.answers).urgency) >= Urgency.URGENT


def test_a_person_who_is_sure_of_nothing_is_never_below_soon():
    """What cannot be ruled out holds the result up (P1)."""
    done = interview(_person({}, "not_sure"))

    assert next_screen(KNOWLEDGE, done.answers) is None
    assert Urgency.from_label(assess(KNOWLEDGE, done.answers).urgency) >= Urgency.SOON
