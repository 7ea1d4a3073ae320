"""The commands `evaluate` and `budget`, as a person or a program calls them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from legwise.base.errors import UsageError
from legwise.cli.app import app, register

FILE = str(Path(__file__).parents[1] / "data" / "cases.yaml")
TOPS = ("top1", "top3", "top5", "top1_accepted", "top3_accepted", "top5_accepted")
KEYS = {
    "cases", "scored", *TOPS, "self_care_kept", "emergency_below_urgent",
    "screens_median", "screens_p95", "lines_median", "seconds", "families", "results",
}  # fmt: skip
RESULT_KEYS = {"id", "gold", "ranked", "rank", "urgency", "reference_urgency", "screens", "lines"}

register()


def _run(*arguments):
    return CliRunner().invoke(app, [*arguments], catch_exceptions=False)


def _json(*arguments):
    return json.loads(_run(*arguments, "--json").stdout)


def test_object_has_every_key():
    """Programs find the shares, the counts and one result for each scored case."""
    data = _json("evaluate", FILE)

    assert data.keys() >= KEYS
    assert data["cases"] == 7
    assert 6 == data["scored"] == len(data["results"])
    assert all(result.keys() >= RESULT_KEYS for result in data["results"])
    assert data["screens_median"] is None
    assert all(0 <= data[key] <= 1 for key in TOPS)
    assert data["emergency_below_urgent"] == 0


def test_shares_follow_from_the_results():
    """The share of firsts is what counting the results gives; an uncovered cause counts as a miss."""
    data = _json("evaluate", FILE, "--interview")
    ranks = [result["rank"] for result in data["results"]]

    assert None in ranks
    assert pytest.approx(ranks.count(1) / len(ranks)) == data["top1"]
    assert pytest.approx(sum(1 for rank in ranks if rank and rank <= 3) / len(ranks)) == data["top3"]
    assert data["screens_median"] <= data["screens_p95"]
    assert sum(family["cases"] for family in data["families"].values()) == data["scored"]


def test_not_sure_judges_safety_alone():
    """A person unsure of all that the case leaves out says nothing about accuracy."""
    data = _json("evaluate", FILE, "--interview", "--silent", "not_sure")

    assert all(data[key] is None for key in (*TOPS, "self_care_kept"))
    assert data["emergency_below_urgent"] == 0
    assert "ACCURACY" not in _run("evaluate", FILE, "--interview", "--silent", "not_sure").stdout


def test_text_always_has_the_flat_row_and_both_tables():
    """Beside our rates stand equal ones; labels of the source and provisional ones are apart."""
    text = _run("evaluate", FILE).stdout

    assert "flat rates" in text
    assert "labels of the source" in text
    assert "provisional labels" in text
    assert "LEV-41" in text
    assert "TEN ESTIMATES" in text
    assert "published" in text


def test_one_case_is_shown_whole():
    """`--id` prints the assessment of that case, duplicate or not, as text or as JSON."""
    text = _run("evaluate", FILE, "--id", "LEV-13").stdout

    assert text.startswith("LEV-13")
    assert "cellulitis" in text
    assert _json("evaluate", FILE, "--id", "LEV-13", "--interview")["urgency"] in ("urgent", "emergency")


def test_an_id_that_is_not_there_names_the_nearest():
    """A misspelt id is answered with the nearest one."""
    with pytest.raises(UsageError, match="nearest id is 'LEV-13'"):
        _run("evaluate", FILE, "--id", "LEV13")


def test_a_word_for_silence_that_is_not_known_is_refused():
    """Exit code 2, and what is accepted."""
    result = _run("evaluate", FILE, "--silent", "maybe")

    assert result.exit_code == 2
    assert "not_sure" in result.output


def test_budget_prints_groups():
    """`legwise budget` with few people, as text and as JSON."""
    assert "pregnant" in _run("budget", "--people", "200").stdout
    assert _json("budget", "--people", "200")["people"] == 200
