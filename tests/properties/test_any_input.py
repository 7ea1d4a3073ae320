"""No input crashes, and none that is accepted is then refused: bytes, odd values, and every mix of answers."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from legwise.base.errors import UsageError
from legwise.cli import text
from legwise.intake.answer_file import read_answers
from legwise.knowledge import open_knowledge, strict_yaml
from legwise.reasoning import Assessment, assess, change_answer, next_screen
from legwise.reasoning.facts import check_answers
from legwise.reasoning.page import page_of
from people import any_answer_to

pytestmark = pytest.mark.generative
KNOWLEDGE = open_knowledge()
KEYS = sorted([*KNOWLEDGE.findings, *KNOWLEDGE.umbrellas])
FINDINGS = sorted(key for key, finding in KNOWLEDGE.findings.items() if not finding.derived)
WORDS = ["yes", "no", "not_sure", "still_not_sure", "not_asked", "NO", "", "~", "calf", "22:30", "010"]
ODD = st.one_of(
    st.sampled_from(WORDS),
    st.booleans(),
    st.none(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.lists(st.sampled_from(WORDS), max_size=3),
    st.dictionaries(st.sampled_from(WORDS), st.integers(), max_size=2),
)


def answer_to(key):
    """Every answer that a screen could give."""
    if key in KNOWLEDGE.umbrellas:
        return st.sampled_from(["yes", "no", "not_sure"])
    return any_answer_to(KNOWLEDGE.findings[key])


@st.composite
def answers(draw):
    """Any mix of answers, many or few, with whatever contradictions."""
    keys = draw(st.lists(st.sampled_from([*FINDINGS, *KNOWLEDGE.umbrellas]), unique=True, max_size=120))
    return {key: draw(answer_to(key)) for key in keys}


def read(data):
    """Read a file; None where it is refused with a message."""
    try:
        return read_answers(data, KNOWLEDGE)
    except UsageError:
        return None


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@example(b"\xef\xbb\xbf")
@example(b"a: " + b"9" * 6000)
@example(b"- " * 900)
@example(b"? ? ? a")
def test_any_bytes_are_read_or_refused(data):
    """Whatever a file holds, the person gets a sentence and never a stack trace."""
    found = read(data)

    assert found is None or found.keys() <= {*KEYS}


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="abc:-[]{}&*!|>'\"%@#?,\n\t 019.~<=", max_size=60))
def test_any_yaml_is_read_or_has_problems(data):
    """The strict reader takes every text: it gives data or says what is wrong, with a line."""
    document = strict_yaml.read(data, "x.yaml")

    assert document.problems or document.data is not None
    assert all(problem.line >= 1 for problem in document.problems)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=8), ODD, max_size=6))
def test_odd_values_are_refused_or_can_be_assessed(data):
    """What the file reader accepts, the engine accepts too."""
    found = read(json.dumps(data).encode())
    if found is not None:
        check_answers(KNOWLEDGE, found)

        assert found.keys() <= {*KEYS}


@settings(max_examples=60, deadline=None)
@given(answers())
def test_any_answers_can_be_assessed_printed_and_gone_on_from(some):
    """An assessment, its JSON and back, its text, and the next page: for every mix of answers."""
    result = assess(KNOWLEDGE, some)
    screen = next_screen(KNOWLEDGE, some)
    text.show(KNOWLEDGE, result)

    assert result == Assessment.model_validate_json(result.model_dump_json())
    assert result.provisional == (screen is not None)
    assert screen is None or page_of(KNOWLEDGE, screen, some).lines


@settings(max_examples=60, deadline=None)
@given(answers(), st.sampled_from(sorted(KNOWLEDGE.umbrellas)), st.sampled_from(["yes", "no", "not_sure"]))
def test_p3_an_umbrella_said_anew_is_as_if_said_first(some, umbrella, last):
    """Yes, then no to a line takes its parts back; what is said last is as if it had been said at once."""
    bare = {key: value for key, value in some.items() if key not in KNOWLEDGE.umbrellas[umbrella].parts}
    first = change_answer(KNOWLEDGE, some, umbrella, "no")
    then = change_answer(KNOWLEDGE, first, umbrella, last)

    assert assess(KNOWLEDGE, {**bare, umbrella: last}) == assess(KNOWLEDGE, then)
