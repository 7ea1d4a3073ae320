"""Names of medicines: what is forgiven, and what must never be taken for something else."""

import pytest

from legwise.intake.medicine_names import LONGEST, catalogue, find_medicines
from legwise.knowledge import open_knowledge

KNOWLEDGE = open_knowledge()


def found(asked):
    """What was made of a name that holds one medicine."""
    (one,) = find_medicines(KNOWLEDGE, asked)
    return one


@pytest.mark.parametrize(
    "member",
    [member for medicine in KNOWLEDGE.medicines.values() for member in medicine.members],
    ids=lambda member: member.name,
)
def test_every_name_in_the_content_is_found(member):
    """Each generic name, other spelling and brand leads to its medicine."""
    for written in (member.name, *member.also, *member.brands):
        assert found(written.upper()).name == member.name


@pytest.mark.parametrize(
    ("asked", "kind", "name"),
    [
        ("simvastatin", "name", "simvastatin"),
        ("Simvastatin 40 mg at night", "name", "simvastatin"),
        ("frusemide", "spelling", "furosemide"),
        ("Lipitor", "brand", "atorvastatin"),
        ("furosamide", "misspelt", "furosemide"),
        ("atorvastatine", "misspelt", "atorvastatin"),
        ("salbutemol", "misspelt", "salbutamol"),
        ("simvastin", "unsure", "simvastatin"),
        ("losartan potassium 50mg", "spelling", "losartan"),
        ("Prednisolóne", "name", "prednisolone"),
        ("clarithromicin", "misspelt", "clarithromycin"),
    ],
    ids=lambda value: value,
)
def test_names_and_slips(asked, kind, name):
    """Doses, accents and small slips do no harm; a slip is always named as one."""
    one = found(asked)

    assert (kind, name) == (one.kind, one.name)
    assert (one.alike == 1.0) == (kind in ("name", "spelling", "brand"))


@pytest.mark.parametrize(
    "other",
    [
        "quinidine", "nimodipine", "felodipine", "digitoxin", "escitalopram", "terbinafine", "chloroquine",
        "hydroxychloroquine", "clomipramine", "hydralazine", "azithromycin", "fluconazole", "trazodone", "norfloxacin",
        "tizanidine", "paracetamol", "metoprolol", "Zoloft", "Losec",
    ],
)  # fmt: skip
def test_another_medicine_is_not_taken_for_ours(other):
    """A real medicine that we do not hold, however alike its name, is never taken for one that we do."""
    one = found(other)

    assert one.kind == "unknown"
    assert one.name is None
    assert one.medicine is None


def test_too_loose_is_a_question():
    """What only looks alike is suggested, not taken."""
    assert found("quinidine").nearest == ("quinine",)


def test_between_two():
    """As near to two medicines: neither is taken. Nearer to one: it is asked, not taken for granted."""
    assert found("prednisolne").kind == "unknown"
    assert set(found("prednisolne").nearest) == {"prednisolone", "prednisone"}
    assert (found("prednisolene").kind, found("prednisolene").name) == ("unsure", "prednisolone")


@pytest.mark.parametrize("asked", ["statin", "Statins", "water tablets", "NSAID", "HIV protease inhibitors"])
def test_groups(asked):
    """A whole group may be named."""
    assert found(asked).kind == "class"


def test_mixed_tablets_hold_several():
    """A tablet with two medicines is both."""
    names = [one.name for one in find_medicines(KNOWLEDGE, "losartan/hydrochlorothiazide 50/12.5")]

    assert names == ["losartan", "hydrochlorothiazide"]


@pytest.mark.parametrize("asked", ["", " ", "💊", "x", "\x1b[31m", "a" * 10_000, "12 34"])
def test_nothing_crashes(asked):
    """Whatever is typed is unknown at worst; nothing that a terminal would obey is said back."""
    one = found(asked)

    assert one.kind == "unknown"
    assert one.asked.isprintable()
    assert len(one.asked) <= LONGEST


def test_one_slip_never_leads_from_one_known_medicine_to_another():
    """Each known name is found as itself, not as a slip of its neighbour."""
    for words, entry in catalogue(KNOWLEDGE).items():
        first = find_medicines(KNOWLEDGE, " ".join(words))[0]
        assert (first.name, first.medicine) == (entry.name, entry.medicine)
