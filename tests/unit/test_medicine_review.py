"""What is told about named medicines, and which of them do not mix."""

import json
import re

import pytest
from typer.testing import CliRunner

from legwise.care.medicines import Named, review
from legwise.cli import medicating
from legwise.cli.app import app
from legwise.intake.medicine_names import find_medicines
from legwise.knowledge import open_knowledge
from legwise.knowledge.laws.context import Context
from legwise.knowledge.laws.mixes import mixes_can_be_found

KNOWLEDGE = open_knowledge()
RUNNER = CliRunner()
GENERAL = {"any drug that slows the breakdown of statins in the liver"}
"""Mixes that no single name stands for."""


def reviewed(*names):
    """The review of medicines by name."""
    found = [one for name in names for one in find_medicines(KNOWLEDGE, name)]
    return review(KNOWLEDGE, [Named(one.name, one.medicine) for one in found if one.is_known])


def mixes(*names):
    """The medicines that do not mix, among these."""
    return [set(mix.names) for mix in reviewed(*names).mixes]


def test_diuretic_and_inhaler():
    """S16: a water tablet and a long-acting inhaler, each with its figures, its sources and what to ask."""
    result = reviewed("furosemide", "Serevent")

    assert [medicine.id for medicine in result.medicines] == ["diuretics", "long_acting_beta_agonists"]
    for medicine in result.medicines:
        assert "times" in medicine.figures[0].says.text
        assert medicine.ask
        assert all(set(figure.says.sources) <= set(result.sources) for figure in medicine.figures)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("simvastatin", "clarithromycin"), [{"simvastatin", "clarithromycin"}]),
        (("atorvastatin", "clarithromycin"), [{"atorvastatin", "clarithromycin"}]),
        (("pravastatin", "clarithromycin"), []),
        (("furosemide", "omeprazole"), [{"furosemide", "omeprazole"}]),
        (("furosemide", "ramipril", "ibuprofen"), [{"furosemide", "ramipril", "ibuprofen"}]),
        (("furosemide", "ibuprofen"), []),
        (("warfarin", "quinine"), [{"warfarin", "quinine"}]),
        (("apixaban", "naproxen"), [{"apixaban", "naproxen"}]),
        (("spironolactone", "potassium tablets"), [{"spironolactone", "potassium tablets"}]),
        (("furosemide", "potassium tablets"), []),
        (("lithium", "furosemide"), [{"lithium", "furosemide"}]),
        (("morphine", "furosemide"), []),
        (("prednisolone", "ciprofloxacin"), [{"prednisolone", "ciprofloxacin"}]),
        (("losartan potassium",), []),
        (("simvastatin", "simvastatin 20 mg"), []),
    ],
    ids=lambda value: " + ".join(value) if isinstance(value, tuple) else "",
)
def test_mixes(names, found):
    """A mix is told when everything that it needs is taken, and only then."""
    assert mixes(*names) == found


def test_order_does_not_matter():
    """The same mixes, whichever is named first."""
    assert mixes("gemfibrozil", "simvastatin") == mixes("simvastatin", "gemfibrozil")


def test_class_as_a_whole_may_be_any_member():
    """Who only says "statin" is told what holds for some statins."""
    assert mixes("statin", "clarithromycin") == [{"Statins (for cholesterol)", "clarithromycin"}]


@pytest.mark.parametrize("key", sorted(KNOWLEDGE.medicines))
def test_every_mix_can_be_found(key):
    """Each mix in the content is found by names that a person could give, from a member that it holds for."""
    medicine = KNOWLEDGE.medicines[key]
    for mix in medicine.interactions:
        if {*mix.with_medicines} <= GENERAL:
            continue
        assert mix.needs, mix.with_medicines
        own = mix.of[0] if mix.of else medicine.members[0].name
        others = [find_medicines(KNOWLEDGE, names[0].replace("_", " "))[0] for names in mix.needs]
        named = [Named(own, key), *(Named(one.name, one.medicine) for one in others)]
        told = [effect.effect.text for found in review(KNOWLEDGE, named).mixes for effect in found.effects]
        assert mix.effect in told


@pytest.mark.parametrize("key", sorted(KNOWLEDGE.medicines))
def test_nobody_is_told_to_stop(key):
    """No advice tells a person to stop a medicine by themselves."""
    medicine = KNOWLEDGE.medicines[key]
    told = [*(one.text for one in medicine.do), *(mix.do for mix in medicine.interactions), medicine.may_cause]
    for text in told:
        for match in re.finditer(r"\b(stop|leave off|come off)\b", text, re.IGNORECASE):
            before = text[: match.start()].lower().rsplit(".", 1)[-1]
            asks_first = "regulator's advice" in before and "call whoever gave it to you" in text
            assert asks_first or re.search(r"\b(not|never|before you)\b", before), text


def test_never_stop_is_always_said():
    """Even with no known name the last word is to ask before stopping anything."""
    assert reviewed().never_stop.sources


def test_slips_in_mixes_are_found():
    """A mix that names no member of its class, or misspells another medicine, is a problem in the content."""
    statins = KNOWLEDGE.medicines["statins"]
    wrong = statins.interactions[0].model_copy(update={"of": ("simvastatine",), "needs": (("atorvastatine",),)})
    broken = KNOWLEDGE.model_copy(
        update={
            "medicines": {**KNOWLEDGE.medicines, "statins": statins.model_copy(update={"interactions": (wrong,)})},
            "medicine_words": KNOWLEDGE.medicine_words,
        }
    )
    context = Context(broken, {})
    mixes_can_be_found(context)

    assert {problem.do for problem in context.problems} == {"write 'simvastatin'", "write 'atorvastatin'"}


def test_command_tells_mixes_first():
    """The command shows what does not mix above everything that is known of each."""
    result = RUNNER.invoke(app, ["medicines", "simvastatin, clarithromycin", "Lipitor", "quinidine"])
    text = " ".join(result.stdout.split())

    assert result.exit_code == 0
    assert "Lipitor is a brand of atorvastatin. [harvard_statin_blame]" in text
    assert "We know nothing of quinidine" in text
    assert text.index("simvastatin + clarithromycin") < text.index("What was found")
    assert "not certified as a medical device" in text


def test_command_names_a_slip():
    """A slip is never passed over in silence."""
    result = RUNNER.invoke(app, ["medicines", "furosamide"])

    assert "You wrote furosamide. We took it for furosemide." in " ".join(result.stdout.split())


def test_command_as_json():
    """One JSON object: what was made of each name, the mixes, each class, the sources, brands' too."""
    result = RUNNER.invoke(app, ["medicines", "Zocor", "erythromycin", "blorp", "--json"])
    told = json.loads(result.stdout)

    assert [name["kind"] for name in told["names"]] == ["brand", "name", "unknown"]
    assert told["mixes"][0]["names"] == ["simvastatin", "erythromycin"]
    assert told["only_in_mixes"] == ["erythromycin"]
    assert "zocor_label" in told["sources"]


def test_command_without_a_name_is_refused():
    """No name: exit code 2."""
    assert RUNNER.invoke(app, ["medicines"]).exit_code == 2
    assert medicating.MOST >= 20
