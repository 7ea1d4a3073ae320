"""Reading YAML strictly: what is typed, what is refused, and that no file can crash or stall the reader."""

import json
from time import perf_counter

import pytest

from legwise.knowledge import strict_yaml

QUICK = 2.0
"""Seconds. Each of these files takes milliseconds; one that unfolds an alias bomb would take for ever."""


def value(text):
    """What a plain value after `a:` is read as."""
    return strict_yaml.read(f"a: {text}", "x.yaml").data["a"]


def only_problem(text):
    """The first thing that is wrong with a text."""
    return strict_yaml.read(text, "x.yaml").problems[0]


@pytest.mark.parametrize(
    "text", ["NO", "no", "yes", "Yes", "on", "off", "y", "True", "FALSE", "~", "Null", "010", "22:30", "0x1F", "1e3"]
)
def test_words_and_odd_numbers_stay_as_they_were_written(text):
    """A stock reader turns NO into false, 22:30 into 1350 and 010 into 8; here a person's "no" stays "no"."""
    assert text == value(text)


@pytest.mark.parametrize("text", ["2026-11-24", "1_000", ".5", "5.", "+1", ".inf", ".nan", "00", "1.2.3"])
def test_what_only_looks_like_a_number_is_text(text):
    """Dates, versions and not-quite-numbers are never guessed at."""
    assert text == value(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("true", True), ("false", False), ("null", None), ("0", 0), ("72", 72), ("-3", -3), ("0.28", 0.28), ("1.50", 1.5)],
)
def test_plain_numbers_and_three_words_are_typed(text, expected):
    """Only true, false, null and plain numbers are more than text."""
    found = value(text)

    assert expected == found
    assert type(expected) is type(found)


@pytest.mark.parametrize("text", ["'72'", '"true"', "|\n  72", ">-\n  null"])
def test_quoted_text_is_never_typed(text):
    """Whoever writes quotes means text."""
    assert isinstance(value(text), str)


def test_an_empty_value_is_empty_text():
    """A key with nothing after it has nothing in it, not a hidden null."""
    assert value("") == ""


def test_json_is_read_as_it_is():
    """JSON is YAML too: a file of answers may be either."""
    data = {"age": 72, "site": ["calf"], "one_leg_swelling": "no", "sore_after": True, "deep": {"x": 0.5}}

    assert data == strict_yaml.read(json.dumps(data, indent=2), "x.json").data


def test_duplicate_key_is_refused_with_both_lines():
    """Of two equal keys neither wins in silence: the second is named, with the line of the first."""
    problem = only_problem("fever: yes\nage: 72\nfever: no\n")

    assert problem.line == 3
    assert problem.found == "the key 'fever' a second time (first on line 1)"


def test_duplicate_key_deep_inside_is_refused():
    """The same inside a record in a list, also in braces."""
    assert only_problem("a:\n  - b: 1\n    b: 2\n").line == 3
    assert "second time" in only_problem("a: [{b: 1, b: 2}]").found


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("a: &x 1\nb: *x\n", 1, "the anchor or alias 'x'"),
        ("a: 1\nb: *x\n", 2, "the anchor or alias 'x'"),
        ("<<: &x {a: 1}\n", 1, "the anchor or alias 'x'"),
        ("a: !!int '3'\n", 1, "the tag 'tag:yaml.org,2002:int'"),
        ("a: 1\nb: !mine 3\n", 2, "the tag '!mine'"),
        ("a: !!python/object/apply:os.system ['true']", 1, "the tag 'tag:yaml.org,2002:python/object/apply:os.system'"),
        ("? [a, b]\n: 1\n", 1, "a list or a record as a key"),
        ("a: 1\n---\nb: 2\n", 2, "but found another document"),
        ("", 1, "an empty file"),
        ("# only a remark\n", 1, "an empty file"),
    ],
)
def test_what_no_record_needs_is_refused(text, line, found):
    """Anchors, aliases, tags, lists as keys and second documents are named with their line."""
    problem = only_problem(text)

    assert (line, found) == (problem.line, problem.found)


@pytest.mark.parametrize("text", ["a: fish & chips", "a: 5 * 3", "a: stop!", "a: '&x *y !z'"])
def test_the_same_marks_inside_text_are_text(text):
    """An ampersand, a star or an exclamation mark in a sentence is no anchor, alias or tag."""
    document = strict_yaml.read(text, "x.yaml")

    assert document.problems == []
    assert document.data["a"] == text[3:].strip("'")


@pytest.mark.parametrize("text", ["a: [", "a: @x", "a: 'x", "a: 1\n b: 2", "a: x\0y", "\tb: 1", "}"])
def test_text_that_is_not_yaml_is_a_problem_and_never_a_crash(text):
    """Whatever is wrong is told with its line; nothing is raised."""
    document = strict_yaml.read(text, "x.yaml")

    assert document.data is None
    assert document.problems[0].line >= 1


def alias_bomb():
    """Twelve lines that would unfold to 10 to the 12th items."""
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    return "\n".join(lines)


DEEP = {
    "brackets": "[" * 100_000,
    "closed brackets": "a: " + "[" * 41 + "]" * 41,
    "braces": "{a: " * 50_000,
    "dashes": "- " * 600 + "x",
    "more dashes": "- " * 90_000,
    "indents": "".join(" " * level + "b:\n" for level in range(500)),
    "quoted brackets": 'a: "' + "[" * 50_000 + '"',
}


@pytest.mark.parametrize("text", [*DEEP.values(), alias_bomb()], ids=[*DEEP, "aliases"])
def test_bombs_are_refused_quickly(text):
    """Nested without end, or a few lines of aliases that stand for gigabytes: one problem, at once, no crash."""
    start = perf_counter()
    problems = strict_yaml.read(text, "x.yaml").problems

    assert problems
    assert perf_counter() - start < QUICK


def test_forty_levels_are_read():
    """The limit is on bombs: forty levels, more than any record has, are read."""
    document = strict_yaml.read("[" * strict_yaml.DEEPEST + "x" + "]" * strict_yaml.DEEPEST, "x.yaml")

    assert document.problems == []


def test_a_problem_says_where_found_wanted_do():
    """Each problem can be acted on without opening the code."""
    assert str(only_problem("a: 1\na: 2")).splitlines() == [
        "x.yaml:2",
        "  found:  the key 'a' a second time (first on line 1)",
        "  wanted: each key once",
        "  do:     delete one, or merge the two",
    ]


def test_lines_are_remembered():
    """The line of every key and list item, and of the nearest one around what is missing."""
    document = strict_yaml.read("a: 1\nb:\n  - c: 2\n  - d: 3\n", "x.yaml")

    assert [document.line_of(path) for path in [("a",), ("b",), ("b", 0, "c"), ("b", 1, "d"), ("b", 1, "e")]] == [
        1,
        2,
        3,
        4,
        4,
    ]


def test_line_of_nothing_is_the_first():
    """Where a file could not be read at all, a problem stands on its first line."""
    assert strict_yaml.Document("x.yaml").line_of(("a", 0)) == 1


def test_bombs_are_refused_without_the_fast_parser_too(monkeypatch):
    """Where the C library is missing, the slower parser, written with recursion, is guarded as well."""
    monkeypatch.setattr(strict_yaml, "_LOADER", strict_yaml.yaml.SafeLoader)

    assert "nested too deep" in only_problem("- " * 900 + "x").found
    assert strict_yaml.read("a: [1, yes]", "x.yaml").data == {"a": [1, "yes"]}
