"""What would change this: each change that a result lists really gives that urgency, and none is left out."""

import pytest

import small_knowledge as small
from legwise.base.urgency import Urgency
from legwise.knowledge import open_knowledge
from legwise.knowledge.cases import answers_of_vignette
from legwise.reasoning import assess
from legwise.reasoning.changes import alternatives, try_all, urgency_of, with_answer
from legwise.reasoning.situation import situation_of

KNOWLEDGE = open_knowledge()
SIGNS = [small.yes_no(key, 0.1, danger="up") for key in "abc"]


def tried(knowledge, answers):
    """Every change that moves the urgency, as finding and answer → level."""
    situation = situation_of(knowledge, answers)
    return {(t.finding, t.instead): t.urgency.label for t in try_all(situation, answers, urgency_of(situation))}


def test_one_more_sign_fires_a_flag():
    """With one of two signs there, the second raises to urgent; without the first, neither does alone."""
    knowledge = small.knowledge_of(SIGNS, [small.condition("x")], [small.flag("f", {"all_of": ["a", "b"]})])

    assert tried(knowledge, {"a": "yes", "b": "no"}) == {("b", "yes"): "urgent"}
    assert tried(knowledge, {"a": "no", "b": "no"}) == {}


def test_taking_a_sign_back_lowers():
    """Each sign of a flag that fired would, if it were not so, lower the urgency."""
    knowledge = small.knowledge_of(SIGNS, [small.condition("x")], [small.flag("f", {"all_of": ["a", "b"]})])

    assert tried(knowledge, {"a": "yes", "b": "yes"}) == {("a", "no"): "self_care", ("b", "no"): "self_care"}


def test_a_sign_under_a_denied_umbrella_counts_as_if_opened():
    """Yes to one part of a denied line: the line is yes then, and its other parts stay no."""
    knowledge = small.knowledge_of(SIGNS, umbrellas=[small.umbrella("umb", ["a", "b"])])
    answers = {"umb": "no", "c": "yes"}

    assert with_answer(knowledge, answers, SIGNS[0], "yes") == {"umb": "yes", "a": "yes", "b": "no", "c": "yes"}
    assert with_answer(knowledge, answers, SIGNS[0], "no") == {"umb": "no", "a": "no", "c": "yes"}
    assert answers == {"umb": "no", "c": "yes"}


def test_what_people_cannot_change_is_not_tried():
    """Age, sex and whom it is about do not change; nor does what is only derived; nor is the same answer tried."""
    places = small.leveled("site", {"calf": 0.5, "foot": 0.5}, several=True)
    pool = small.derived("pool", {"yes": "a"})
    knowledge = small.knowledge_of([SIGNS[0], places, pool, small.age(), small.sex()])
    found = [
        (finding.id, value) for finding, value in alternatives(knowledge, {"site": frozenset({"calf"}), "a": "no"})
    ]

    assert [("a", "yes"), ("site", "foot")] == found


@pytest.mark.parametrize("name", sorted(KNOWLEDGE.vignettes))
def test_every_listed_change_gives_its_urgency(name):
    """For whole people of the content: answer it the other way, assess from the start, and there is that urgency."""
    answers = answers_of_vignette(KNOWLEDGE, KNOWLEDGE.vignettes[name])
    result = assess(KNOWLEDGE, answers)
    now = Urgency.from_label(result.urgency)

    assert result.would_raise
    for place, change in enumerate((*result.would_raise, *result.would_lower)):
        changed = with_answer(KNOWLEDGE, answers, KNOWLEDGE.findings[change.finding], change.instead)

        assert change.urgency == urgency_of(situation_of(KNOWLEDGE, changed)).label
        if place % 50 == 0:
            assert change.urgency == assess(KNOWLEDGE, changed).urgency
    assert all(Urgency.from_label(change.urgency) > now for change in result.would_raise)
    assert all(Urgency.from_label(change.urgency) < now for change in result.would_lower)


def test_under_sixteen_only_rules_are_tried():
    """A child's urgency hangs on red flags alone: chest pain would raise it."""
    changes = tried(KNOWLEDGE, {"age": 9.0, "chest_pain_today": "no"})

    assert changes["chest_pain_today", "yes"] == "emergency"
    assert all(Urgency.from_label(level) > Urgency.URGENT for level in changes.values())
