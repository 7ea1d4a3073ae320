"""Red flags: firing, open, off, and the rule for "not sure"."""

import pytest

import small_knowledge as small
from legwise.base.urgency import Urgency
from legwise.reasoning.changes import urgency_of
from legwise.reasoning.facts import expand
from legwise.reasoning.flags import State, in_order, judge, judge_all, to_ask_again
from legwise.reasoning.situation import situation_of

SIGNS = [small.yes_no(key, 0.1, danger="up") for key in "abc"]
BOTH = {"all_of": ["a", "b"]}
UNSURE = "still_not_sure"


def judged(when, not_sure="one_lower", urgency="urgent", **facts):
    """State and level of one flag."""
    state = judge(small.flag("f", when, urgency, not_sure=not_sure), facts)
    return state.state, state.urgency.label


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        (BOTH, {"a": "yes", "b": "yes"}, (State.FIRES, "urgent")),
        (BOTH, {"a": "yes", "b": "no"}, (State.OFF, "self_care")),
        (BOTH, {"a": "no", "b": UNSURE}, (State.OFF, "self_care")),
        (BOTH, {}, (State.OPEN, "self_care")),
        (BOTH, {"a": "yes"}, (State.OPEN, "self_care")),
        (BOTH, {"b": UNSURE}, (State.OPEN, "self_care")),
        (BOTH, {"a": "yes", "b": UNSURE}, (State.FIRES_IF, "soon")),
        (BOTH, {"a": "yes", "b": "not_sure"}, (State.FIRES_IF, "soon")),
        (BOTH, {"a": UNSURE, "b": UNSURE}, (State.UNDECIDED, "soon")),
        ("a", {"a": UNSURE}, (State.UNDECIDED, "soon")),
        ({"any_of": ["a", "b"]}, {"a": UNSURE, "b": "yes"}, (State.FIRES, "urgent")),
        ({"any_of": ["a", "b"]}, {"a": UNSURE, "b": "no"}, (State.UNDECIDED, "soon")),
        ({"any_of": ["a", "b"]}, {"a": UNSURE}, (State.UNDECIDED, "soon")),
        ({"at_least": {"n": 2, "of": ["a", "b", "c"]}}, {"a": "yes", "b": UNSURE, "c": "no"}, (State.FIRES_IF, "soon")),
        ({"at_least": {"n": 2, "of": ["a", "b", "c"]}}, {"a": UNSURE, "b": "no", "c": "no"}, (State.OFF, "self_care")),
        ({"at_least": {"n": 3, "of": ["a", "b", "c"]}}, {"a": "yes", "b": UNSURE}, (State.OPEN, "self_care")),
    ],
)
def test_state_of_a_flag(when, facts, expected):
    """Not sure counts as yes, one level lower, where the rule would then be true; else it leaves the rule open."""
    assert expected == judged(when, **facts)


@pytest.mark.parametrize(
    ("urgency", "lower"), [("emergency", "urgent"), ("urgent", "soon"), ("soon", "routine"), ("routine", "self_care")]
)
def test_one_level_lower(urgency, lower):
    """An undecided emergency gives urgent, an undecided urgent flag gives soon, and so on (P1)."""
    assert (State.UNDECIDED, lower) == judged("a", urgency=urgency, a=UNSURE)
    assert (State.FIRES_IF, lower) == judged(BOTH, urgency=urgency, a="yes", b=UNSURE)


def test_full_keeps_the_level_where_something_else_is_yes():
    """A flag that says so takes not sure for a full yes beside another yes; with nothing known it is one lower."""
    assert (State.FIRES_IF, "urgent") == judged(BOTH, not_sure="full", a="yes", b=UNSURE)
    assert (State.UNDECIDED, "soon") == judged(BOTH, not_sure="full", a=UNSURE, b=UNSURE)


def test_flags_are_judged_the_most_urgent_first():
    """By urgency, then by id, however the files are named."""
    flags = [small.flag("z", "a", "emergency"), small.flag("b", "a", "soon"), small.flag("a", "a", "soon")]
    knowledge = small.knowledge_of(SIGNS, flags=flags)

    assert ["z", "a", "b"] == [flag.id for flag in in_order(knowledge)]
    assert ["z", "a", "b"] == [state.flag.id for state in judge_all(knowledge, {"a": "yes"})]


@pytest.mark.parametrize("reassuring", [{}, {"b": "no"}, {"b": "no", "c": "no"}])
def test_the_highest_flag_gives_the_urgency(reassuring):
    """No reassuring answer lowers what a flag gives."""
    flags = [small.flag("low", "a", "soon"), small.flag("high", "a", "emergency"), small.flag("not", "c", "urgent")]
    situation = situation_of(
        small.knowledge_of(SIGNS, flags=flags, conditions=[small.condition("x")]), {"a": "yes"} | reassuring
    )

    assert situation.rule_urgency is Urgency.EMERGENCY
    assert urgency_of(situation) is Urgency.EMERGENCY


def asked_again(flags, facts, above=Urgency.SELF_CARE):
    """What would be asked once more."""
    signs = [*SIGNS, small.age(), small.derived("young", {"yes": {"age": {"under": 16}}}, danger="up")]
    knowledge = small.knowledge_of(signs, flags=flags)
    values = expand(knowledge, facts).values
    return to_ask_again(knowledge, judge_all(knowledge, values), values, above)


def test_only_what_can_still_raise_is_asked_again():
    """Not sure of a sign whose flag is off, has fired, or lies no higher than what is known, is left alone."""
    assert asked_again([small.flag("f", BOTH)], {"a": "yes", "b": "not_sure"}) == ["b"]
    assert asked_again([small.flag("f", BOTH)], {"a": "no", "b": "not_sure"}) == []
    assert asked_again([small.flag("f", {"any_of": ["a", "b"]})], {"a": "yes", "b": "not_sure"}) == []
    assert asked_again([small.flag("f", BOTH)], {"a": "yes", "b": "not_sure"}, Urgency.URGENT) == []


def test_asked_again_only_once():
    """Who is still not sure is not asked a third time."""
    assert asked_again([small.flag("f", BOTH)], {"a": "yes", "b": UNSURE}) == []


def test_what_a_flag_derives_from_is_asked_again():
    """A flag on "under 16" asks once more for the age."""
    assert asked_again([small.flag("f", "young")], {"age": "not_sure"}) == ["age"]
