"""The grammar of rules: Kleene's three-valued logic, and what is not a rule."""

from itertools import product

import pytest

from legwise.knowledge.grammar import RuleError, Within, parse
from legwise.knowledge.schema.rule_field import _to_data

STATES = {True: "yes", False: "no", None: None}
TRUTHS = (True, False, None)


def facts(*truths):
    """Facts under which the findings a, b, c … are yes, no or not known."""
    return {name: STATES[truth] for name, truth in zip("abcd", truths, strict=False) if truth is not None}


def kleene_and(*parts):
    """One certain no settles it; otherwise one unknown leaves it open."""
    return False if False in parts else None if None in parts else True


def kleene_or(*parts):
    """One certain yes settles it; otherwise one unknown leaves it open."""
    return True if True in parts else None if None in parts else False


@pytest.mark.parametrize("truths", [*product(TRUTHS, repeat=2)])
def test_all_of_and_any_of_by_the_table(truths):
    """Kleene's tables for "and" and "or", all nine rows."""
    assert kleene_and(*truths) == parse({"all_of": ["a", "b"]}).truth(facts(*truths))
    assert kleene_or(*truths) == parse({"any_of": ["a", "b"]}).truth(facts(*truths))


@pytest.mark.parametrize(("truth", "expected"), [(True, False), (False, True), (None, None)])
def test_not_by_the_table(truth, expected):
    """What is not known stays not known when turned round."""
    assert expected is parse({"not": "a"}).truth(facts(truth))


@pytest.mark.parametrize("truths", [*product(TRUTHS, repeat=3)])
@pytest.mark.parametrize("n", [1, 2, 3])
def test_at_least_is_what_every_way_of_filling_the_unknowns_agrees_on(n, truths):
    """True when it holds whatever the unknown answers are, false when it never can, otherwise cannot tell."""
    unknown = truths.count(None)
    sure = truths.count(True)
    ways = {sure + more >= n for more in range(unknown + 1)}
    expected = ways.pop() if len(ways) == 1 else None

    assert expected is parse({"at_least": {"n": n, "of": ["a", "b", "c"]}}).truth(facts(*truths))


@pytest.mark.parametrize("unsure", ["not_sure", "still_not_sure"])
def test_not_sure_is_never_no(unsure):
    """A sign that the person is not sure of leaves a rule open, as one that was not asked does."""
    assert parse("a").truth({"a": unsure}) is None
    assert parse({"a": ["x", "y"]}).truth({"a": unsure}) is None
    assert parse({"age": {"over": 49}}).truth({"age": unsure}) is None
    assert parse("a").truth({}) is None


def test_nested_rules_carry_the_unknown_through():
    """(a or b) and not c: known where the answers settle it, open where they do not."""
    rule = parse({"all_of": [{"any_of": ["a", "b"]}, {"not": "c"}]})

    assert rule.truth(facts(True, None, False)) is True
    assert rule.truth(facts(None, None, True)) is False
    assert rule.truth(facts(None, False, False)) is None


def test_one_of_several_marked_levels_is_enough():
    """A cramp and an ache marked together are a cramp."""
    assert parse({"sensation": "cramp"}).truth({"sensation": frozenset({"cramp", "dull"})}) is True
    assert parse({"sensation": ["stiff", "cramp"]}).truth({"sensation": frozenset({"dull"})}) is False


@pytest.mark.parametrize(
    ("rule", "age", "expected"),
    [
        ({"over": 49}, 50.0, True),
        ({"over": 49}, 49.0, False),
        ({"under": 16}, 15.9, True),
        ({"under": 16}, 16.0, False),
    ],
)
def test_bounds_are_exclusive(rule, age, expected):
    """Over 49 means 50 and above in whole years; under 16 means not yet 16."""
    assert expected is parse({"age": rule}).truth({"age": age})


def test_both_bounds_at_once():
    """A number between two bounds: inside, on each bound, and outside."""
    within = Within("minutes", low=10, high=60)

    assert [within.truth({"minutes": minutes}) for minutes in (10, 11, 60)] == [False, True, False]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (5, "a rule is a finding id"),
        (None, "a rule is a finding id"),
        (["a"], "a rule is a finding id"),
        ({}, "an empty rule"),
        ({"a": "yes", "b": "yes"}, "the keys a, b together"),
        ({"all_of": []}, "a list of rules"),
        ({"any_of": "a"}, "a list of rules"),
        ({"at_least": {"n": 2}}, "at_least wants n"),
        ({"at_least": {"n": "2", "of": ["a", "b"]}}, "at_least wants n"),
        ({"at_least": {"n": 3, "of": ["a", "b"]}}, "can never matter"),
        ({"at_least": {"n": 0, "of": ["a", "b"]}}, "can never matter"),
        ({"age": {"over": "old"}}, "wanted over or under, with a number"),
        ({"age": {"around": 40}}, "wanted over or under, with a number"),
        ({"age": {"over": 1, "under": 2}}, "wanted a level, a list of levels, over or under"),
        ({"age": 5}, "wanted a level, a list of levels, over or under"),
        ({"site": []}, "wanted a level, a list of levels, over or under"),
        ({"site": [1]}, "wanted a level, a list of levels, over or under"),
        ({"not": 5}, "a rule is a finding id"),
    ],
)
def test_what_is_not_a_rule_says_what_is(data, said):
    """A slip in a rule is an error that names what was wanted, never a rule that silently never fires."""
    with pytest.raises(RuleError, match=said):
        parse(data)


@pytest.mark.parametrize(
    "data",
    [
        {"a": ["yes"]},
        {"age": {"over": 49.0}},
        {"age": {"under": 16.0}},
        {"at_least": {"n": 2, "of": [{"a": ["yes"]}, {"site": ["calf", "foot"]}, {"not": {"b": ["yes"]}}]}},
    ],
)
def test_a_rule_written_down_again_is_the_same_rule(data):
    """The compiled form of content keeps every rule as it was."""
    rule = parse(data)

    assert data == _to_data(rule)
    assert rule == parse(_to_data(rule))


def test_a_rule_knows_its_findings():
    """Every finding that a rule looks at, however deep."""
    rule = parse({"all_of": ["a", {"any_of": ["b", {"not": {"c": "x"}}]}, {"age": {"over": 1}}]})

    assert {"a", "b", "c", "age"} == rule.findings()
