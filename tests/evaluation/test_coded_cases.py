"""Coded cases: what is read, and what is refused in one clear sentence."""

from pathlib import Path

import pytest

from legwise.base.errors import UsageError
from legwise.evaluation.coded_cases import read_cases

DATA = Path(__file__).parents[1] / "data"
GOOD = """
cases:
  - id: A-1
    source: {family: A}
    age: 72
    sex: female
    findings: [cramp]
    gold: {diagnosis: night cramps, condition: nocturnal_leg_cramps}
    triage: {original: self, mapped: [self_care], assigned: self_care}
"""


def _file(tmp_path, text):
    path = tmp_path / "cases.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_reads_every_case_with_its_labels():
    """Each case keeps its words, its gold, and its own and provisional urgency apart."""
    cases = {case.id: case for case in read_cases(DATA / "cases.yaml")}

    assert len(cases) == 7
    assert cases["SEM-21"].triage.mapped != ("emergency",)
    assert "cellulitis45" == cases["SEM-21"].duplicate_group == cases["LEV-13"].duplicate_group
    assert cases["CRS-DVT-3"].age is None
    assert "trauma" in cases["LEV-13"].absent


def test_reference_urgency_is_the_sources_own_where_it_says_only_one_thing():
    """A label of the source that can mean three levels falls back on the provisional one."""
    cases = {case.id: case for case in read_cases(DATA / "cases.yaml")}

    assert cases["LEV-41"].reference_urgency == "self_care"
    assert len(cases["SEM-21"].triage.mapped) == 3
    assert cases["SEM-21"].triage.assigned == cases["SEM-21"].reference_urgency


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("age: 72", "age: old"), "A-1: 'age'"),
        (("age: 72", "age: 250"), "'age'"),
        (("sex: female", "sex: f"), "'sex'"),
        (("findings: [cramp]", "findings: cramp"), "'findings'"),
        (("findings: [cramp]", "fndings: [cramp]"), "'fndings'"),
        (("    source: {family: A}\n", ""), "no 'source'"),
        (("assigned: self_care", "assigned: later"), "triage.assigned"),
        (("cases:", "casses:"), "no cases"),
        (("cases:", "notes: x\ncases:"), "'notes'"),
        (("    age: 72\n", "    age: 72\n    age: 73\n"), "second time"),
        (("  - id: A-1", "  - 5\n  - id: A-1"), "case 1"),
    ],
)
def test_bad_file_is_refused_in_one_sentence(tmp_path, change, said):
    """The sentence says where it is wrong; nothing is guessed."""
    path = _file(tmp_path, GOOD.replace(*change))

    with pytest.raises(UsageError) as error:
        read_cases(path)

    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "text", ["", "just words", "- a list", "cases: []", "a: [", b"\xff\xfe\x00bad", "a: " + "[" * 200]
)
def test_what_is_no_file_of_cases_is_refused(tmp_path, text):
    """Empty, not YAML, not UTF-8, nested without end: one sentence each."""
    with pytest.raises(UsageError):
        read_cases(_file(tmp_path, text))


def test_two_cases_with_one_id_are_refused(tmp_path):
    """A report by id needs each id once."""
    twice = GOOD + GOOD.split("cases:\n")[1]

    with pytest.raises(UsageError, match="two cases with the id 'A-1'"):
        read_cases(_file(tmp_path, twice))


def test_no_file_and_a_folder_are_refused(tmp_path):
    """A missing file and a folder are named as such."""
    with pytest.raises(UsageError, match="no file"):
        read_cases(tmp_path / "none.yaml")
    with pytest.raises(UsageError, match="folder"):
        read_cases(tmp_path)
