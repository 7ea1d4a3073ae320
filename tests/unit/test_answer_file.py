"""A file of answers: what is read, and what each kind of bad file is told, in one clear sentence."""

import io
import json
import os
import tracemalloc
from time import perf_counter

import pytest

from legwise.base.errors import UsageError
from legwise.cli import assessing
from legwise.intake.answer_file import LARGEST, read_answers
from legwise.knowledge import open_knowledge

KNOWLEDGE = open_knowledge()


def read(text):
    """Read a file with this text."""
    return read_answers(text.encode() if isinstance(text, str) else text, KNOWLEDGE)


def refusal(text):
    """What is said about a file that cannot be used."""
    with pytest.raises(UsageError) as error:
        read(text)
    return str(error.value)


def test_reads_every_form_of_answer():
    """Yes and no, a level, several levels, a number, not sure; what is left out or `not_asked` is not asked."""
    text = """
    age: 72
    sex: female
    site: [calf, foot]
    sensation: cramp
    hard_knot: yes
    sore_after: true
    one_leg_swelling: no
    fever: false
    dark_urine: not_sure
    leg_cold: still_not_sure
    umb_breath_chest: no
    onset: not_asked
    since: null
    """
    expected = {
        "age": 72.0,
        "sex": "female",
        "site": frozenset({"calf", "foot"}),
        "sensation": frozenset({"cramp"}),
        "hard_knot": "yes",
        "sore_after": "yes",
        "one_leg_swelling": "no",
        "fever": "no",
        "dark_urine": "not_sure",
        "leg_cold": "still_not_sure",
        "umb_breath_chest": "no",
    }

    assert expected == read(text)


def test_yaml_and_json_are_the_same():
    """The same answers as YAML, as JSON, with a byte order mark, or under the key `answers`."""
    data = {"age": 72, "sensation": ["cramp"], "fever": "no"}
    written = json.dumps(data)
    expected = read("age: 72\nsensation: [cramp]\nfever: no\n")

    assert expected == read(written)
    assert expected == read(b"\xef\xbb\xbf" + written.encode())
    assert expected == read(json.dumps({"answers": data}))


@pytest.mark.parametrize("unsure", ["not_sure", "still_not_sure"])
@pytest.mark.parametrize("key", ["age", "site", "onset", "fever"])
def test_not_sure_is_an_answer_to_every_form(key, unsure):
    """A person may be unsure of a number, of places, of a level and of a yes."""
    assert {key: unsure} == read(f"{key}: {unsure}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("one_leg_sweling: yes", "There is no question 'one_leg_sweling'. Did you mean 'one_leg_swelling'?"),
        ("qqqqqqqq: yes", "There is no question 'qqqqqqqq'."),
        ("onset: secnds", "'onset' does not take 'secnds': one of"),
        ("onset: secnds", "Did you mean 'seconds'?"),
        ("site: [calf, claf]", "'site' does not take 'claf'"),
        ("site: [calf, claf]", "Did you mean 'calf'?"),
        ("fever: maybe", "'fever' does not take 'maybe': one of no, yes, not_sure, still_not_sure."),
        ("fever: 39", "'fever' does not take '39'"),
        ("onset: true", "'onset' does not take 'yes'"),
        ("umb_breath_chest: maybe", "'umb_breath_chest' does not take 'maybe': one of yes, no, not_sure."),
        ("age: old", "'age' takes a number from 0 to 120 (years), not 'old'."),
        ("age: '72'", "'age' takes a number from 0 to 120 (years), not '72'."),
        ("age: true", "'age' takes a number from 0 to 120 (years), not 'yes'."),
        ("age: .nan", "'age' takes a number from 0 to 120 (years), not '.nan'."),
        ("age: 130", "'age' takes a number from 0 to 120 (years); 130 is outside."),
        ("age: -1", "'age' takes a number from 0 to 120 (years); -1 is outside."),
        ("age: " + "9" * 5000, "'age' takes a number from 0 to 120 (years), not '999"),
        ("age: " + "9" * 400 + ".5", "'age' takes a number from 0 to 120 (years), not '999"),
        ("age: [70, 72]", "'age' takes a number"),
        ("onset: [seconds, minutes]", "'onset' takes one answer, not 2"),
        ("fever: {now: yes}", "'fever' takes one answer, not 1"),
        ("age: 70\nage: 72", "the key 'age' a second time (first on line 1)"),
        ("site: []", "'site' is an empty list. Name some of: "),
        ("leg_swelling: one_leg", "'leg_swelling' is not asked: it follows from other answers."),
        ("", "The file is empty."),
        (" \n\t\n", "The file is empty."),
        ("# nothing yet", "found an empty file"),
        ("- age: 72", "not a list or a single value"),
        ("seventy-two", "not a list or a single value"),
        ("age: [", "Line"),
        ('{"age": 72', "Line"),
        (b"\xff\xfea\x00g\x00e\x00", "The file is not UTF-8 text (byte 1 is not). Save it as UTF-8."),
        (b"age: 72\nnote: caf\xe9", "The file is not UTF-8 text (byte 18 is not)"),
        (b"\x89PNG\r\n\x1a\n", "The file is not UTF-8 text"),
        ("a: &x [1]\nage: *x", "the anchor or alias 'x'"),
        ("age: !!int '72'", "the tag"),
        ("? [a]\n: 1", "a list or a record as a key"),
        ("[" * 5000, "nested more than 40 deep"),
        ("- " * 900 + "x", "nested more than 40 deep"),
    ],
)
def test_bad_file_is_told_what_is_wrong(text, said):
    """One clear sentence: what was found, what is accepted, and the nearest known word."""
    message = refusal(text)

    assert said in message
    assert len(message) < 1000
    assert "Traceback" not in message


def test_all_that_is_wrong_is_told_at_once():
    """Three slips, three sentences: nobody has to run it three times."""
    assert len(refusal("age: old\nfeever: yes\nonset: later").splitlines()) == 3


def test_too_large_is_refused_unread():
    """More than any interview can hold is refused by its size."""
    message = refusal(b"age: 72\n" + b"#" * LARGEST)

    assert message == f"The file is too large: {LARGEST + 8:,} bytes. At most {LARGEST:,} are read."
    assert read(b"age: 72\n" + b"#" * (LARGEST - 8)) == {"age": 72.0}


def test_a_hundred_megabytes_are_not_read(tmp_path):
    """A file of 100 MB is refused at once and in little memory: only its beginning is read."""
    path = tmp_path / "big.yaml"
    path.write_bytes(b"")
    os.truncate(path, 100_000_000)
    tracemalloc.start()
    start = perf_counter()
    with pytest.raises(UsageError, match="too large"):
        assessing.answers_from(str(path), KNOWLEDGE)
    took, peak = perf_counter() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert took < 1
    assert peak < 5_000_000


class Endless(io.RawIOBase):
    """Standard input that never ends, and counts what is taken of it."""

    taken = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        buffer[:] = b"#" * len(buffer)
        self.taken += len(buffer)
        return len(buffer)


def test_endless_standard_input_is_not_read_to_its_end(monkeypatch):
    """A stream without end is refused after its first few hundred kilobytes."""
    endless = Endless()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(endless)))
    with pytest.raises(UsageError, match="too large"):
        assessing.answers_from("-", KNOWLEDGE)

    assert endless.taken < 1_000_000


def test_a_bomb_of_aliases_is_refused_quickly():
    """A few lines that would unfold to a thousand million items are refused before they unfold."""
    lines = ["a0: &a0 [x, x]", *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10))]
    start = perf_counter()
    message = refusal("\n".join(lines))

    assert "anchor or alias" in message
    assert perf_counter() - start < 1


def test_a_file_that_is_not_there_a_folder_and_one_that_may_not_be_read(tmp_path):
    """Each is named for what it is."""
    with pytest.raises(UsageError, match="There is no file"):
        assessing.answers_from(str(tmp_path / "none.yaml"), KNOWLEDGE)
    with pytest.raises(UsageError, match="is a folder"):
        assessing.answers_from(str(tmp_path), KNOWLEDGE)
    with pytest.raises(UsageError, match="cannot be read"):
        assessing.answers_from(str(tmp_path / ("x" * 300)), KNOWLEDGE)
