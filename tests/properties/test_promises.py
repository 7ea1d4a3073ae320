"""What the product promises of every set of answers (P1, P2, P3, P5), by trying many."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legwise.base.urgency import Urgency
from legwise.knowledge import open_knowledge
from legwise.reasoning import assess, change_answer, next_screen
from legwise.reasoning.changes import try_all, urgency_of, urgency_with
from legwise.reasoning.flags import State
from legwise.reasoning.situation import situation_of, too_young
from people import any_answer_to

pytestmark = pytest.mark.generative
KNOWLEDGE = open_knowledge()
FLAG_FINDINGS = sorted(
    key
    for key in {name for flag in KNOWLEDGE.red_flags.values() for name in flag.when.findings()}
    if KNOWLEDGE.findings[key].is_yes_no
)
ASKED = [finding for finding in KNOWLEDGE.findings.values() if not finding.derived]
FAST = settings(max_examples=60, deadline=None)


UMBRELLAS = st.dictionaries(st.sampled_from(sorted(KNOWLEDGE.umbrellas)), st.sampled_from(["yes", "no"]))


@st.composite
def answers(draw, most=30):
    """Any set of answers, contradictory ones included."""
    findings = draw(st.lists(st.sampled_from(ASKED), max_size=most, unique_by=lambda f: f.id))
    given_ = {finding.id: draw(any_answer_to(finding)) for finding in findings}
    return given_ | draw(UMBRELLAS)


@FAST
@given(answers(), st.randoms(use_true_random=False))
def test_p3_order_never_matters(some, random):
    """The same answers in any order give the same assessment."""
    keys = list(some)
    random.shuffle(keys)

    assert assess(KNOWLEDGE, some) == assess(KNOWLEDGE, {key: some[key] for key in keys})


@FAST
@given(answers(), st.sampled_from(ASKED), st.data())
def test_p3_a_change_of_mind_leaves_no_trace(some, finding, data):
    """An answer given and then changed is as if the last one had been given first."""
    first, last = data.draw(any_answer_to(finding)), data.draw(any_answer_to(finding))
    changed = change_answer(KNOWLEDGE, change_answer(KNOWLEDGE, some, finding.id, first), finding.id, last)

    assert assess(KNOWLEDGE, {**some, finding.id: last}) == assess(KNOWLEDGE, changed)


@FAST
@given(answers(), st.sampled_from(FLAG_FINDINGS))
def test_p2_towards_danger_never_lowers(some, key):
    """A danger sign that becomes "yes" never lowers the urgency of the rules, nor any danger's odds."""
    before = situation_of(KNOWLEDGE, {**some, key: "no"})
    after = situation_of(KNOWLEDGE, {**some, key: "yes"})

    assert after.rule_urgency >= before.rule_urgency
    if before.danger is not None and after.danger is not None:
        assert (after.danger.log_odds >= before.danger.log_odds - 1e-9).all()


@FAST
@given(answers())
def test_p5_the_differential_never_lowers(some):
    """The whole urgency is never below what the rules give by themselves."""
    situation = situation_of(KNOWLEDGE, some)

    assert urgency_of(situation) >= situation.rule_urgency


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_p1_an_interview_ends_and_leaves_no_danger_undecided(data):
    """Any person's interview ends, and its result is at most one level below every flag that is undecided.

    Under 16 only danger is asked about, and the result is a referral the same day or sooner.
    """
    some, asked = {}, 0
    while (screen := next_screen(KNOWLEDGE, some)) is not None:
        for line in screen.lines:
            asked += 1
            if line.id in KNOWLEDGE.umbrellas:
                answer = data.draw(st.sampled_from(["no", "no", "no", "yes", "not_sure"]))
            else:
                answer = data.draw(any_answer_to(KNOWLEDGE.findings[line.id]))
            if line.again and answer == "not_sure":
                answer = "still_not_sure"
            some = change_answer(KNOWLEDGE, some, line.id, answer)
        assert asked < 600
    situation = situation_of(KNOWLEDGE, some)
    urgency = urgency_of(situation)
    if too_young(KNOWLEDGE, situation.facts.values):
        assert urgency >= Urgency.URGENT
        return
    for state in situation.states:
        level = Urgency.from_label(state.flag.urgency)
        if state.state in (State.UNDECIDED, State.FIRES_IF):
            assert urgency >= level.one_lower
        if state.state is State.OPEN:
            assert urgency >= level


@settings(max_examples=10, deadline=None)
@given(answers(most=40))
def test_single_changes_are_exact(some):
    """What would change this, found fast, is what trying each answer from scratch finds."""
    situation = situation_of(KNOWLEDGE, some)
    fast = {(t.finding, t.instead): t.urgency for t in try_all(situation, some, urgency_of(situation))}

    for key in FLAG_FINDINGS[::7]:
        finding = KNOWLEDGE.findings[key]
        for value in finding.values:
            if some.get(key) != value:
                expected = urgency_with(KNOWLEDGE, some, finding, value)
                assert fast.get((key, value), urgency_of(situation)) == expected
