"""The command line: what it prints, its exit codes, and that JSON keeps to the schema it publishes."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from legwise.base.errors import UsageError
from legwise.base.urgency import Urgency
from legwise.cli import app as cli
from legwise.cli import checking
from legwise.knowledge import open_knowledge, strict_yaml
from legwise.knowledge.cases import answers_of_vignette
from legwise.knowledge.knowledge import FOLDERS
from legwise.knowledge.load import CONTENT, content_files
from legwise.reasoning import Assessment, assess, next_screen
from legwise.reasoning.facts import check_answers
from legwise.reasoning.interview import Line, NextScreen
from people import NIGHT_CRAMP, interview, reply

KNOWLEDGE = open_knowledge()
LEGWISE = Path(sys.executable).with_name("legwise")
PLAIN = "age: 72\nsensation: cramp\nhard_knot: yes\none_leg_swelling: no\n"


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command line in this process; its exit code, what it printed, and what it said of errors."""
    monkeypatch.setattr(cli.gc, "disable", lambda: None)
    monkeypatch.setenv("COLUMNS", "100")

    def runner(*arguments, given=""):
        monkeypatch.setattr(sys, "argv", ["legwise", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        with pytest.raises(SystemExit) as done:
            cli.main()
        return done.value.code or 0, *capsys.readouterr()

    return runner


def schema(run, name):
    """A published JSON Schema."""
    code, out, _ = run("schema", name)
    assert code == 0
    return json.loads(out)


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (("assess", "none.yaml"), "", "There is no file 'none.yaml'."),
        (("assess", "-"), "", "The file is empty."),
        (("assess", "-"), "fevr: yes", "There is no question 'fevr'. Did you mean 'fever'?"),
        (("assess", "-"), "age: 200", "'age' takes a number from 0 to 120 (years); 200 is outside."),
        (("next", "-"), "age: [", "Line 2"),
        (("next", "none.yaml"), "", "There is no file 'none.yaml'."),
        (("check", "--resume", "none.yaml"), "", "There is no file 'none.yaml'."),
        (("schema", "leg"), "", "There is no schema 'leg'. Known: assessment"),
        (("new", "leg", "x", "--folder", "/nowhere"), "", "'leg' cannot be started. Choose from:"),
        (("new", "finding", "Bad-Id", "--folder", "/nowhere"), "", "'Bad-Id' is not an id."),
        (("assess",), "", "Missing argument"),
        (("asess", "-"), "", "No such command 'asess'"),
        (("assess", "-", "--jsn"), "", "No such option: --jsn"),
    ],
)
def test_what_cannot_be_used_is_exit_code_2(run, arguments, given, said):
    """One clear sentence on standard error, nothing on standard output, no stack trace."""
    code, out, err = run(*arguments, given=given)

    assert (2, "") == (code, out)
    assert said in err
    assert "Traceback" not in err


def test_json_keeps_to_its_published_schema(run):
    """`assess --json` for every whole person of the content is valid by `legwise schema assessment`."""
    checker = jsonschema.Draft202012Validator(schema(run, "assessment"))
    for vignette in KNOWLEDGE.vignettes.values():
        answers = answers_of_vignette(KNOWLEDGE, vignette)
        plain = {key: sorted(value) if isinstance(value, frozenset) else value for key, value in answers.items()}
        code, out, _ = run("assess", "-", "--json", given=json.dumps(plain))

        assert code == 0
        assert [] == list(checker.iter_errors(json.loads(out)))
        assert assess(KNOWLEDGE, answers) == Assessment.model_validate_json(out)


@pytest.mark.parametrize(
    "given", ["{}", "age: 9", "fever: not_sure", "chest_pain_today: yes", "umb_breath_chest: no\ncoughing_blood: yes"]
)
def test_json_keeps_to_its_schema_whatever_is_said(run, given):
    """Nothing said, a child, not sure, an emergency, a contradiction: still valid, still an urgency."""
    code, out, _ = run("assess", "-", "--json", given=given)
    jsonschema.validate(json.loads(out), schema(run, "assessment"))

    assert code == 0
    assert json.loads(out)["urgency"] in {level.label for level in Urgency}


def test_schema_is_closed(run):
    """A key that is not in the schema is refused: programs can rely on what they read."""
    _, out, _ = run("assess", "-", "--json", given=PLAIN)
    changed = {**json.loads(out), "extra": 1}

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(changed, schema(run, "assessment"))


def test_yaml_and_json_in_give_the_same(run):
    """The same answers in either language."""
    answers = {"age": 72, "sensation": "cramp", "hard_knot": "yes", "one_leg_swelling": "no"}

    assert run("assess", "-", "--json", given=PLAIN) == run("assess", "-", "--json", given=json.dumps(answers))


def test_next_prints_a_page_by_its_schema_until_there_is_none(run):
    """Page after page keeps to `legwise schema page`; then null, and a result can be given."""
    checker = jsonschema.Draft202012Validator(schema(run, "page"))
    answers, pages = {}, 0
    while True:
        plain = {key: sorted(value) if isinstance(value, frozenset) else value for key, value in answers.items()}
        code, out, _ = run("next", "-", given=json.dumps(plain))
        page = json.loads(out)
        assert code == 0
        if page is None:
            break
        pages += 1
        assert [] == list(checker.iter_errors(page))
        for line in next_screen(KNOWLEDGE, answers).lines:
            answers[line.id] = reply(KNOWLEDGE, NIGHT_CRAMP, line)
    assert pages <= 12


def test_every_result_says_what_it_is_not(run):
    """Not certified as a medical device, content not reviewed by a clinician: in the text and in the JSON."""
    words = KNOWLEDGE.result_words
    _, text, _ = run("assess", "-", given=PLAIN)
    _, out, _ = run("assess", "-", "--json", given=PLAIN)
    notices = [words.not_certified, words.not_reviewed, words.not_a_diagnosis]

    assert notices == json.loads(out)["notices"]
    assert all(notice in " ".join(text.split()) for notice in notices)
    assert "not certified" in words.not_certified.lower()
    assert "not" in words.not_reviewed.lower()
    assert "clinician" in words.not_reviewed.lower()


def test_urgency_comes_first(run):
    """Above all else stands how urgent it is and the one thing to do."""
    _, text, _ = run("assess", "-", given="chest_pain_today: yes")
    words = KNOWLEDGE.result_words.urgencies["emergency"]

    assert words.title.upper() in text.splitlines()[0]
    assert words.do in " ".join(text.replace("│", " ").split())
    assert text.index(words.title.upper()) < text.index("Why this urgency")


@pytest.mark.parametrize("name", sorted(KNOWLEDGE.vignettes))
def test_every_sentence_leads_to_its_file_and_source(name):
    """From any sentence of a result a reader can go to the content file it stands in, and to a source that is cited."""
    result = assess(KNOWLEDGE, answers_of_vignette(KNOWLEDGE, KNOWLEDGE.vignettes[name]))
    told = [item for item in _dicts(result.model_dump()) if {"text", "file", "sources"} <= item.keys()]

    assert told
    for item in told:
        assert (CONTENT / item["file"]).exists()
        assert item["sources"]
        assert set(item["sources"]) <= result.sources.keys()


def _dicts(data):
    """Every record inside a result."""
    if isinstance(data, dict):
        yield data
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ():
        yield from _dicts(value)


def test_every_content_file_keeps_to_its_published_schema(run):
    """The schema that editors use for hints accepts every file that the loader accepts."""
    names = {folder: name for folder in FOLDERS for name in [FOLDERS[folder].__name__.lower()]}
    names["red_flags"] = "red_flag"
    checkers = {folder: jsonschema.Draft202012Validator(schema(run, name)) for folder, name in names.items()}
    for path in content_files(CONTENT):
        data = strict_yaml.read(path.read_text(encoding="utf-8"), path.name).data

        assert [] == [f"{path.name}: {e.message}" for e in checkers[path.parent.name].iter_errors(data)]


def test_version(run):
    """`--version` prints one line."""
    assert (0, f"legwise {cli.__version__}\n", "") == run("--version")


def test_example_shows_an_assessment(run):
    """`legwise example` shows a whole result and how to start."""
    code, out, _ = run("example")

    assert code == 0
    assert KNOWLEDGE.conditions["nocturnal_leg_cramps"].name in out
    assert "legwise check" in out


def test_new_file_is_refused_until_it_is_filled_in(run, tmp_path):
    """`legwise new` writes every key that is needed; `legwise lint` names each placeholder that is left."""
    code, out, _ = run("new", "finding", "leg_itch", "--folder", tmp_path)
    path = tmp_path / "findings" / "leg_itch.yaml"
    assert code == 0
    assert str(path) in out
    assert "id: leg_itch" in path.read_text()

    assert run("new", "finding", "leg_itch", "--folder", tmp_path)[0] == 2
    code, out, _ = run("lint", "leg_itch", "--folder", tmp_path)
    assert code == 1
    assert "findings/leg_itch.yaml" in out


def test_commands_in_a_pipe_that_closes_are_quiet(tmp_path):
    """`legwise assess … | head -1` ends without a stack trace."""
    file = tmp_path / "answers.yaml"
    file.write_text(PLAIN)
    with subprocess.Popen(
        [str(LEGWISE), "assess", str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        process.stdout.close()
        said = process.stderr.read()

    assert "Traceback" not in said


def test_a_home_that_cannot_be_written_costs_only_speed(tmp_path):
    """Without a place to keep the compiled content the command works all the same."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    environment = {**os.environ, "LEGWISE_CACHE": str(blocked)}
    done = subprocess.run(
        [str(LEGWISE), "next", "-"], input="{}", env=environment, capture_output=True, text=True, check=False
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert json.loads(done.stdout)["id"] == "who"


# --- The interview in a terminal ----------------------------------------------------------------------------


class Typist:
    """Types commands first, then what is true of a person, line by line. Ends with Ctrl-C where told to."""

    def __init__(self, truth, *commands, most=1000):
        self.truth, self.commands, self.most = truth, list(commands), most
        self.asked = []

    def show(self, _out, line):
        """See a line."""
        self.line = line
        self.asked.append(line.id)

    def prompt(self, *_, **__):
        """Type something."""
        if self.commands:
            return self.commands.pop(0)
        if len(self.asked) > self.most:
            raise KeyboardInterrupt
        answer = reply(KNOWLEDGE, self.truth, self.line)
        if isinstance(answer, frozenset):
            return " ".join(answer)
        return {"yes": "y", "no": "n", "not_sure": "?", "still_not_sure": "not sure"}.get(answer, str(answer))


@pytest.fixture
def type_in(monkeypatch, run):
    """Hold an interview in the terminal; exit code, what was printed, and the typist."""

    def typing(typist, *arguments):
        monkeypatch.setattr(checking, "_show_line", typist.show)
        monkeypatch.setattr(checking.typer, "prompt", typist.prompt)
        code, out, _ = run("check", *arguments)
        return code, " ".join(out.split()), typist

    return typing


def test_a_whole_interview_in_the_terminal(type_in):
    """A plain night cramp, question by question: self-care, and the same lines as any other front end asks."""
    code, out, typist = type_in(Typist(NIGHT_CRAMP))

    assert code == 0
    assert KNOWLEDGE.result_words.urgencies["self_care"].title.upper() in out
    assert interview(KNOWLEDGE, NIGHT_CRAMP).lines == len(typist.asked)


def test_an_emergency_is_shown_at_the_line_that_proves_it(type_in):
    """Poison on the first danger page: the next thing on the screen is the result."""
    code, out, typist = type_in(Typist({**NIGHT_CRAMP, "toxin_24h": "yes"}))

    assert code == 0
    assert KNOWLEDGE.result_words.urgencies["emergency"].title.upper() in out
    assert "toxin_24h" == typist.asked[-1]


def test_ctrl_c_says_how_to_go_on(type_in):
    """Nothing was kept, and the person is told how to keep it; no stack trace."""
    code, out, _ = type_in(Typist(NIGHT_CRAMP, most=9))

    assert code == 130
    assert checking.RESUME in out


def test_what_was_saved_can_be_taken_up_again(type_in, run, tmp_path):
    """Ctrl-C with a file: the answers are in it, whole, for the owner alone; going on asks only the rest."""
    file = tmp_path / "mine.json"
    code, out, first = type_in(Typist(NIGHT_CRAMP, most=9), "--save", file)

    assert code == 130
    assert f"legwise check --resume {file}" in out
    assert [file] == list(tmp_path.iterdir())
    assert file.stat().st_mode & 0o077 == 0
    assert first.asked[:-1] == list(json.loads(file.read_text()))
    assert run("assess", file)[0] == 0

    code, _, second = type_in(Typist(NIGHT_CRAMP), "--resume", file)
    assert code == 0
    assert first.asked[:-1] + second.asked == type_in(Typist(NIGHT_CRAMP))[2].asked


def test_back_change_why_and_nonsense(type_in, tmp_path):
    """Words in the interview: why explains, back asks the last line again, change takes any line, slips are told."""
    file = tmp_path / "mine.json"
    words = ["me", "help", "why", "banana", "250", "41", "back", "72", "change", "1", "someone_else"]
    code, out, typist = type_in(Typist(NIGHT_CRAMP, *words, f"save {file}", "quit"))
    kept = json.loads(file.read_text())

    assert code == 130
    assert checking.HELP in out
    assert KNOWLEDGE.findings["age"].why in out
    assert "Please give a number from 0 to 120 (years)." in out
    assert {"for_whom": "someone_else", "age": 72} == kept
    assert ["for_whom", "age", "age", "age", "age", "age", "sex", "age", "sex", "for_whom"] == typist.asked[:10]


@pytest.mark.parametrize("page", ["danger_1", "joint"])
def test_none_of_these_denies_the_rest_of_yes_and_no_alone(page, monkeypatch):
    """ "none" answers every further yes-or-no line of the page with no; a line with choices is still asked."""
    record = KNOWLEDGE.screens[page]
    screen = NextScreen(page, record.kind, tuple(Line(line) for line in record.lines), 0, 1)
    session, typist = checking.Session(KNOWLEDGE), Typist({}, "none")
    monkeypatch.setattr(checking, "_show_line", typist.show)
    monkeypatch.setattr(checking.typer, "prompt", typist.prompt)
    monkeypatch.setattr(checking, "next_screen", lambda *_: screen)
    shown = checking.page_of(KNOWLEDGE, screen, {})
    checking._ask_page(checking.console(), session, shown)
    choices = [line.id for line in shown.lines if line.form != "yes_no"]

    assert [record.lines[0], *choices] == typist.asked
    assert {"no"} == {session.answers[key] for key in record.lines if key not in choices}
    check_answers(KNOWLEDGE, session.answers)


def test_answers_that_cannot_be_written_are_told(tmp_path):
    """A folder that is not there, or a folder in the file's place: one sentence, and nothing half-written is left."""
    with pytest.raises(UsageError, match="cannot be written"):
        checking.write_answers(tmp_path / "none" / "x.json", {"age": 72.0})
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        checking.write_answers(tmp_path / "folder", {"age": 72.0})

    assert [tmp_path / "folder"] == list(tmp_path.iterdir())
