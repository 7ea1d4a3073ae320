"""The interview as people walk through it: every flag can be reached, and wandering about changes nothing."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from legwise.base.urgency import Urgency
from legwise.knowledge import open_knowledge
from legwise.knowledge.cases import answers_of
from legwise.reasoning import assess, change_answer, next_screen
from legwise.reasoning.changes import urgency_of
from legwise.reasoning.facts import check_answers, expand
from legwise.reasoning.flags import State
from legwise.reasoning.interview import fired_level
from legwise.reasoning.situation import situation_of
from people import interview

KNOWLEDGE = open_knowledge()
MOST_SCREENS, MOST_LINES = 40, 260
"""No interview is longer, whatever is said: each finding is asked at most twice."""


@pytest.mark.parametrize("flag", KNOWLEDGE.red_flags.values(), ids=lambda flag: flag.id)
def test_p4_every_flag_is_reached_by_the_interview(flag):
    """Who has what a flag is about is led to it: it fires, or an emergency that is as urgent ended the interview."""
    case = next(case for case in flag.cases if case.expect.fires is True)
    truth = expand(KNOWLEDGE, answers_of(KNOWLEDGE, case)).values
    talk = interview(KNOWLEDGE, truth)
    situation = situation_of(KNOWLEDGE, talk.answers)
    state = next(state.state for state in situation.states if state.flag.id == flag.id)

    assert urgency_of(situation) >= Urgency.from_label(flag.urgency)
    assert state is State.FIRES or fired_level(situation) is Urgency.EMERGENCY
    assert len(talk.screens) <= MOST_SCREENS
    assert talk.lines <= MOST_LINES


@pytest.mark.parametrize("flag", KNOWLEDGE.red_flags.values(), ids=lambda flag: flag.id)
def test_p4_no_flag_is_swallowed(flag):
    """Of the people in its cases there is one for whom no other flag is as urgent: the flag makes the difference."""
    level = Urgency.from_label(flag.urgency)
    alone = []
    for case in flag.cases:
        if case.expect.fires is True:
            states = situation_of(KNOWLEDGE, answers_of(KNOWLEDGE, case)).states
            alone.append(not [s for s in states if s.flag.id != flag.id and s.urgency >= level])

    assert any(alone)


def answer_to(line):
    """Anything that can be said to a line."""
    if line.id in KNOWLEDGE.umbrellas:
        return st.sampled_from(["no", "no", "yes", "not_sure"])
    finding = KNOWLEDGE.findings[line.id]
    unsure = st.just("still_not_sure" if line.again else "not_sure")
    if finding.number:
        return st.integers(0, 120).map(float) | unsure
    if finding.several:
        return st.frozensets(st.sampled_from(finding.values), min_size=1) | unsure
    return st.sampled_from([*finding.values, finding.values[0], finding.values[0]]) | unsure


class Wandering(RuleBasedStateMachine):
    """A person who answers, changes their mind, goes back, and leaves lines out."""

    @initialize()
    def begin(self):
        self.answers = {}

    @property
    def screen(self):
        return next_screen(KNOWLEDGE, self.answers)

    @precondition(lambda self: self.screen is not None)
    @rule(data=st.data())
    def answer_a_page(self, data):
        """Answer every line of the page."""
        for line in self.screen.lines:
            self.answers = change_answer(KNOWLEDGE, self.answers, line.id, data.draw(answer_to(line)))

    @precondition(lambda self: self.screen is not None)
    @rule(data=st.data())
    def answer_one_line(self, data):
        """Answer one line of the page and leave the rest open."""
        line = data.draw(st.sampled_from(self.screen.lines))
        self.answers = change_answer(KNOWLEDGE, self.answers, line.id, data.draw(answer_to(line)))

    @precondition(lambda self: self.answers)
    @rule(data=st.data())
    def go_back(self, data):
        """Take an answer back."""
        del self.answers[data.draw(st.sampled_from(sorted(self.answers)))]

    @precondition(lambda self: self.answers.keys() - KNOWLEDGE.umbrellas.keys())
    @rule(data=st.data())
    def change_a_mind_and_back(self, data):
        """Say something else, then what was said before: nothing has changed."""
        key = data.draw(st.sampled_from(sorted(self.answers.keys() - KNOWLEDGE.umbrellas.keys())))
        there = change_answer(KNOWLEDGE, self.answers, key, "still_not_sure")

        assert self.answers == change_answer(KNOWLEDGE, there, key, self.answers[key])

    @invariant()
    def every_answer_is_one_that_a_screen_could_give(self):
        """The interview never asks for what the engine then refuses."""
        check_answers(KNOWLEDGE, getattr(self, "answers", {}))

    @invariant()
    def what_is_asked_was_not_answered(self):
        """A line on a page is open, or is asked once more in other words."""
        answers = getattr(self, "answers", {})
        screen = next_screen(KNOWLEDGE, answers)
        for line in screen.lines if screen is not None else ():
            assert line.id not in answers or (line.again and answers[line.id] == "not_sure")

    def teardown(self):
        """At any moment a result can be worked out, provisional unless nothing is left to ask."""
        answers = getattr(self, "answers", {})
        result = assess(KNOWLEDGE, answers)

        assert result.provisional == (next_screen(KNOWLEDGE, answers) is not None)
        assert result == assess(KNOWLEDGE, dict(reversed(answers.items())))


Wandering.TestCase.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
TestWandering = pytest.mark.generative(Wandering.TestCase)
