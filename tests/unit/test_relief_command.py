"""`legwise relief`: danger first, steps by the clock, and a clean way out. No test waits for time to pass."""

import io
import os
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from legwise.cli import relieving
from legwise.cli.app import app
from legwise.cli.guiding import Guide
from legwise.cli.keys import Stopwatch, minutes, terminal_keys
from legwise.knowledge import open_knowledge

KNOWLEDGE = open_knowledge()
WORDS = KNOWLEDGE.relief_words
RUNNER = CliRunner()
FIRST_STEP = "Straighten the knee of the sore leg"


class Script:
    """Keys and seconds in turn: a key takes a second to press, a number lets that many seconds go by."""

    def __init__(self, *script):
        self.script = list(script)
        self.now = 1_000_000.0

    def clock(self):
        return self.now

    def within(self, _):
        if not self.script:
            raise EOFError
        one = self.script.pop(0)
        if isinstance(one, str):
            self.now += 1
            return one
        self.now += one
        return None


def lead(*script, answers=None):
    """Lead a person who presses these keys; what was on the screen, on one line, and the guide."""
    keys = Script(*script)
    out = Console(width=400, file=io.StringIO())
    guide = Guide(KNOWLEDGE, out, keys, Stopwatch(keys.clock), dict(answers or {}))
    guide.lead()
    assert keys.script == []
    return " ".join(out.file.getvalue().split()), guide


def test_plain_shows_danger_above_the_first_step():
    """Printed at once, for pipes: every danger and whom to call stand above the first step."""
    result = RUNNER.invoke(app, ["relief"])
    text = " ".join(result.stdout.split())

    assert result.exit_code == 0
    places = [text.index(start) for start in ("chest pain", "cold, white", "Whom to call", FIRST_STEP, "Ten minutes")]
    assert places == sorted(places)
    assert "not certified as a medical device" in text
    assert "[torbay_calf] Torbay Physio" in text


def test_answers_with_a_danger_print_no_step(tmp_path):
    """A cold leg in the file of answers: call an ambulance, and no step."""
    file = tmp_path / "answers.yaml"
    file.write_text("leg_cold: yes\n")
    result = RUNNER.invoke(app, ["relief", "--plain", "--answers", str(file)])

    assert result.exit_code == 0
    assert "Call an ambulance now" in result.stdout
    assert FIRST_STEP not in result.stdout


def test_answers_leave_out_what_is_not_safe(tmp_path):
    """Numb feet: no heat, and the reason is told."""
    file = tmp_path / "answers.yaml"
    file.write_text("feet_numb_long_term: yes\n")
    result = RUNNER.invoke(app, ["relief", "--answers", str(file)])

    assert "Left out: Warm the muscle." in result.stdout
    assert "Use a warm towel" not in result.stdout


def test_yes_to_a_danger_stops():
    """Yes: what to do for each danger, whom to call, and no step."""
    text, _ = lead("y")

    assert all(" ".join(line.do.split()) in text for line in WORDS.danger_lines)
    assert FIRST_STEP not in text


def test_number_of_a_danger_says_what_to_do_for_it():
    """The number of a line: what to do for that one alone."""
    text, _ = lead("3")

    assert WORDS.danger_lines[2].do in text
    assert WORDS.danger_lines[0].do not in text
    assert FIRST_STEP not in text


def test_not_sure_of_a_danger_stops_too():
    """Not sure is not no: the steps are left out until someone has looked."""
    text, _ = lead("?")

    assert WORDS.not_sure in text
    assert FIRST_STEP not in text


def test_no_other_key_passes_the_danger_question():
    """Enter, or a key that is no answer, does not get a person past the dangers."""
    with pytest.raises(EOFError):
        lead("\n", "x", "d")


def test_it_lets_go():
    """The person says at any moment that it has let go, and is told about the soreness."""
    text, _ = lead("n", "\n", 12, "d")

    assert WORDS.after_title in text
    assert "sore for up to a day" in text
    assert WORDS.ten_minutes.title not in text


def test_denied_dangers_are_not_said_again_at_each_step():
    """After "none of these", steps name only what was not asked."""
    text, _ = lead("n", "d")

    assert "Not if: You felt a pop" not in text


def test_skip_goes_to_the_next_measure():
    """The key s leaves a measure out."""
    text, _ = lead("n", "s", "d")

    assert "Stand facing a wall" in text


def test_steps_begin_again_while_it_is_locked():
    """Still locked after the last step: once more from the top."""
    text, _ = lead("n", "s", "s", "s", "s", "d")

    assert WORDS.round_again in text


def test_ten_minutes_by_the_clock():
    """Still locked at ten minutes: phone now, look at the leg; a cold one makes it an ambulance at once."""
    text, guide = lead("n", "\n", 590, 10, "n", "n", "y")

    assert WORDS.ten_minutes.say.text in text
    assert "GET HELP NOW" in text
    assert guide.answers["leg_cold"] == "yes"
    assert "GET SEEN TODAY" not in text


def test_ten_minutes_with_no_other_sign():
    """Still locked, nothing else: phone and be seen today."""
    text, _ = lead("n", 601, "n", *"nnnnnnnn")

    assert "GET SEEN TODAY" in text
    assert "GET HELP NOW" not in text


def test_let_go_at_ten_minutes():
    """It let go as the minutes ended: what comes after, and no alarm."""
    text, _ = lead("n", 601, "y")

    assert WORDS.after_title in text
    assert "GET SEEN TODAY" not in text


def test_nine_minutes_are_not_ten():
    """Just under ten minutes the steps go on."""
    text, _ = lead("n", 590, "d")

    assert WORDS.ten_minutes.title not in text


def test_sleep_does_not_stretch_the_ten_minutes():
    """The lid was closed for an hour: the next look at the clock says so."""
    text, _ = lead("n", "\n", 3600, "y")

    assert WORDS.ten_minutes.title in text


def test_clock_that_is_set_back_loses_nothing():
    """A clock set back by an hour neither hides nor adds time."""
    times = iter([5000.0, 5300.0, 1700.0, 1760.0])
    watch = Stopwatch(lambda: next(times))

    assert [watch.seconds() for _ in range(3)] == [300.0, 300.0, 360.0]


@pytest.mark.parametrize("script", [["n", "q"], ["n", "\x03"], ["n"]], ids=["q", "Ctrl-C", "end of input"])
def test_leaving_is_clean(monkeypatch, script):
    """Whoever leaves is told what to do if it stays locked; the command ends with 130."""

    @contextmanager
    def typed(_):
        yield Script(*script)

    monkeypatch.setattr(relieving, "terminal_keys", typed)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(fileno=lambda: 0))
    out = Console(width=400, file=io.StringIO())
    with pytest.raises(typer.Exit) as left:
        relieving.guided(out, KNOWLEDGE, {})

    assert left.value.exit_code == 130
    assert WORDS.cut_short in out.file.getvalue()


def test_guided_to_the_end(monkeypatch):
    """It let go: the last words say what this is not, and where the sources are."""

    @contextmanager
    def typed(_):
        yield Script("n", "d")

    monkeypatch.setattr(relieving, "terminal_keys", typed)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(fileno=lambda: 0))
    out = Console(width=400, file=io.StringIO())
    relieving.guided(out, KNOWLEDGE, {})

    assert WORDS.sources_where in out.file.getvalue()
    assert KNOWLEDGE.result_words.not_certified in out.file.getvalue()


def test_keys_from_a_terminal():
    """Keys come one by one as they are pressed; an arrow is no key, above all not its last letter."""
    import termios

    outer, inner = os.openpty()
    before = termios.tcgetattr(inner)
    with terminal_keys(inner) as keys:
        assert keys.within(0) is None
        os.write(outer, b"Nd")
        assert [keys.within(5), keys.within(0)] == ["n", "d"]
        os.write(outer, b"\x1b[D")
        assert [keys.within(5), keys.within(0)] == [None, None]
        os.write(outer, b"\r")
        assert keys.within(5) == "\n"

    assert termios.tcgetattr(inner) == before
    os.close(outer)
    os.close(inner)


def test_minutes_as_a_clock_shows_them():
    """Whole seconds, never rounded up."""
    assert [minutes(0), minutes(59.99), minutes(600)] == ["0:00", "0:59", "10:00"]


@pytest.mark.parametrize(
    ("content", "told"),
    [("leg_kold: yes", "leg_cold"), ("", "empty"), ("leg_cold: 3", "leg_cold")],
    ids=["unknown question", "empty file", "no such answer"],
)
def test_bad_answers_are_one_clear_sentence(tmp_path, content, told):
    """A file of answers that cannot be used says why."""
    from legwise.base.errors import UsageError

    file = tmp_path / "answers.yaml"
    file.write_text(content)
    result = RUNNER.invoke(app, ["relief", "--answers", str(file)])

    assert isinstance(result.exception, UsageError)
    assert told in str(result.exception)
