"""The laws of content: they hold, and each is shown able to fail by a planted defect."""

import json
import shutil
from copy import deepcopy

import pytest

from legwise.base.errors import ContentError, UsageError
from legwise.cli.content import lint
from legwise.knowledge import open_knowledge
from legwise.knowledge.knowledge import FOLDERS, Knowledge
from legwise.knowledge.laws import check
from legwise.knowledge.laws.check import LAWS, read_shingles, write_shingles
from legwise.knowledge.laws.context import Context
from legwise.knowledge.laws.words import nothing_is_copied, shingles
from legwise.knowledge.load import CONTENT, load, read_records

RECORDS, DOCUMENTS, PROBLEMS = read_records(CONTENT)
LAW = {law.__name__: law for law in LAWS}
NINE_WORDS = "one two three four five six seven eight nine"


def test_content_keeps_every_law():
    """Nothing is wrong with the content that ships, and there is content to be wrong."""
    report = check()

    assert () == report.problems
    assert report.counts["red_flags"] >= 100
    assert report.counts["conditions"] >= 43


# --- Planted defects: a copy of one record is changed, and the law that watches over it is asked -------------


def plain(folder, key):
    """A record as plain data, to be changed."""
    return deepcopy(DOCUMENTS[f"{folder}/{key}.yaml"].data)


def broken(law, *changed):
    """What a law says of the content with these records changed or added (folder, plain data), beyond now."""
    records, documents = {folder: dict(own) for folder, own in RECORDS.items()}, dict(DOCUMENTS)
    for folder, data in changed:
        records[folder][data["id"]] = FOLDERS[folder].model_validate(data)
        name = f"{folder}/{data['id']}.yaml"
        documents[name] = deepcopy(documents.get(name, next(iter(documents.values()))))
        documents[name].data = data
    after = Context(Knowledge.model_construct(fingerprint="planted", **records), documents)
    before = Context(Knowledge.model_construct(fingerprint="as it is", **RECORDS), DOCUMENTS)
    LAW[law](after)
    LAW[law](before)
    return sorted({*after.problems, *after.warnings} - {*before.problems, *before.warnings})


FLAG = plain("red_flags", "leg_clot_blue")
CLOT = plain("conditions", "deep_vein_thrombosis")
CRAMP = plain("conditions", "nocturnal_leg_cramps")
FINDING = plain("findings", "kidney_disease")
ESTIMATE = {"because": "planted in a test"}


def flag(**changes):
    """The flag of a blue swollen leg with some keys changed."""
    return "red_flags", {**deepcopy(FLAG), **changes}


def clot(**changes):
    """The leg clot, a danger, with some keys changed."""
    return "conditions", {**deepcopy(CLOT), **changes}


def cramp(**changes):
    """The night cramp, no danger, with some keys changed."""
    return "conditions", {**deepcopy(CRAMP), **changes}


def finding(key="kidney_disease", **changes):
    """A finding with some keys changed; None takes a key away."""
    data = {**plain("findings", key), **changes}
    return "findings", {name: value for name, value in data.items() if value is not None}


def with_link(record, key, link):
    """A condition with one link changed."""
    folder, data = record
    return folder, {**data, "links": {**data["links"], key: link}}


def without(record, key):
    """A record with one key of a mapping taken away, `links.onset`, say."""
    folder, data = record
    top, below = key.split(".")
    return folder, {**data, top: {name: value for name, value in data[top].items() if name != below}}


def cases(record, keep):
    """A record with only the cases that are to be kept."""
    folder, data = record
    return folder, {**data, "cases": [case for case in data["cases"] if keep(case)]}


def first_case(record, **changes):
    """A record whose first case is changed."""
    folder, data = record
    one, *rest = data["cases"]
    return folder, {**data, "cases": [{**one, **changes}, *rest]}


def screen_with(key, *lines):
    """A screen that asks some more lines."""
    data = plain("screens", key)
    return "screens", {**data, "lines": [*data["lines"], *lines]}


def new(folder, key, like, **changes):
    """A new record, made like another one."""
    return folder, {**plain(folder, like), "id": key, **changes}


def said(text, *sources):
    """A statement."""
    return {"text": text, "sources": [*sources]}


PLANTED = {
    "a source that does not exist": (
        "named_ids_exist", "nhs_phlebitsi", flag(say=said("Call an ambulance now.", "nhs_phlebitsi"))),
    "a finding that does not exist in a rule": (
        "named_ids_exist", "one_leg_sweling", flag(when={"all_of": ["one_leg_sweling", "leg_pale_blue"]})),
    "a condition that does not exist": ("named_ids_exist", "deep_vein_trombosis", flag(points_to=["deep_vein_trombosis"])),
    "a vignette that does not exist": ("named_ids_exist", "nobody", first_case(flag(), start="nobody")),
    "a finding that does not exist in a case": ("named_ids_exist", "fevr", first_case(flag(), but={"fevr": "yes"})),
    "a finding that does not exist in a link": (
        "named_ids_exist", "leg_sweling", with_link(clot(), "leg_sweling", {"frequency": "frequent", **ESTIMATE})),
    "a part that does not exist": (
        "named_ids_exist", "leg_gold", ("umbrellas", {**plain("umbrellas", "umb_cold_numb"), "parts": ["leg_gold", "leg_cold"]})),
    "a line that does not exist": ("named_ids_exist", "umb_nothing", screen_with("danger_1", "umb_nothing")),
    "a level that the finding does not have": (
        "levels_exist", "the level often of 'fever'", flag(when={"all_of": [{"fever": "often"}, "leg_pale_blue"]})),
    "a number asked of a yes or no": ("levels_exist", "the wrong test for 'fever'", flag(when={"fever": {"over": 38}})),
    "a yes asked of a number": ("levels_exist", "the wrong test for 'age'", flag(when="age")),
    "a level in a case": ("levels_exist", "the answer 'often' to 'fever'", first_case(flag(), but={"fever": "often"})),
    "one level where several are marked": ("levels_exist", "the answer 'calf' to 'site'", first_case(flag(), but={"site": "calf"})),
    "an answer to what is derived": (
        "levels_exist", "the answer 'one_leg' to 'leg_swelling'", first_case(flag(), but={"leg_swelling": "one_leg"})),
    "a word for a number": ("levels_exist", "the answer 'old' to 'age'", first_case(flag(), but={"age": "old"})),
    "an umbrella answered with a word": (
        "levels_exist", "the answer 'maybe' to 'umb_illness'", first_case(flag(), but={"umb_illness": "maybe"})),
    "a word for what has levels": (
        "levels_exist", "the wrong form of link for 'onset'", with_link(clot(), "onset", {"frequency": "frequent", **ESTIMATE})),
    "levels for a yes or no": (
        "levels_exist", "the wrong form of link for 'fever'", with_link(clot(), "fever", {"values": {"yes": 0.1}, **ESTIMATE})),
    "a level in a link": (
        "levels_exist", "the level later of 'onset'", with_link(clot(), "onset", {"values": {"later": 0.1}, **ESTIMATE})),
    "a link to a number": (
        "levels_exist", "a link to the number 'age'", with_link(clot(), "age", {"frequency": "frequent", **ESTIMATE})),
    "a source that nothing cites": ("everything_is_used", "'never_cited' is used by nothing", new("sources", "never_cited", "pcd_case")),
    "a finding that is only asked": (
        "everything_is_used", "'only_asked' is used by nothing",
        new("findings", "only_asked", "kidney_disease"), screen_with("cramp_details", "only_asked")),
    "a vignette that no case starts from": (
        "everything_is_used", "'never_met' is used by nothing", new("vignettes", "never_met", "plain_ache")),
    "a danger that nothing points to": ("everything_is_used", "'no_danger' is used by nothing", new("stubs", "no_danger", "stroke")),
    "a finding on no screen": ("everything_can_be_asked", "on no screen", new("findings", "never_asked", "kidney_disease")),
    "a finding asked twice": ("everything_can_be_asked", "asked twice", screen_with("cramp_details", "fever")),
    "a stage of itself": (
        "nothing_goes_in_circles",
        "'deep_vein_thrombosis' leads back to itself",
        clot(rate=None, stage_of={"parent": "pulmonary_embolism", "share": 0.1, "low": 0.1, "high": 0.1, **ESTIMATE}),
        new("conditions", "pulmonary_embolism", "deep_vein_thrombosis", rate=None,
            stage_of={"parent": "deep_vein_thrombosis", "share": 0.1, "low": 0.1, "high": 0.1, **ESTIMATE}),
    ),
    "a kind of itself": ("nothing_goes_in_circles", "'kidney_disease' leads back", finding(is_a=["kidney_failure_dialysis"])),
    "derived from itself": (
        "nothing_goes_in_circles",
        "'leg_swelling' leads back",
        finding("leg_swelling", derived=[{"id": "one_leg", "label": "x", "when": {"leg_swelling": "one_leg"}}]),
    ),
    "a linked finding without a background": ("backgrounds_are_whole", "no background", finding(background=None)),
    "a yes for levels": (
        "backgrounds_are_whole", "the wrong form of background", finding("onset", background={"yes": 0.1, **ESTIMATE})),
    "levels that are not all named": (
        "backgrounds_are_whole", "the levels seconds", finding("onset", background={"values": {"seconds": 1.0}, **ESTIMATE})),
    "shares that do not sum to one": (
        "backgrounds_are_whole", "shares that sum to 0.900",
        finding("onset", background={**plain("findings", "onset")["background"], "values": {
            "seconds": 0.5, **dict.fromkeys([level["id"] for level in plain("findings", "onset")["levels"][1:]],
                                            0.4 / (len(plain("findings", "onset")["levels"]) - 1))}})),
    "a common finding left out": ("common_findings_are_stated", "no link to 'onset'", without(clot(), "links.onset")),
    "a link that promises more than everybody": (
        "links_sum_to_at_most_one", "shares that sum to 1.300", with_link(clot(), "onset", {"values": {"hours": 0.6, "days": 0.7}, **ESTIMATE})),
    "a link that promises nobody": (
        "links_sum_to_at_most_one",
        "shares that sum to 0.000",
        with_link(clot(), "onset", {"values": {"hours": 0, "days": "excluded"}, **ESTIMATE}),
    ),
    "a risk factor that is a link too": (
        "risk_or_link", "'varicose_veins' twice", with_link(clot(), "varicose_veins", {"frequency": "frequent", **ESTIMATE})),
    "a sign that its pool counts already": (
        "risk_or_link", "by itself and in 'leg_swelling'", with_link(clot(), "one_leg_swelling", {"frequency": "frequent", **ESTIMATE})),
    "a danger sign that would lower the danger": (
        "danger_signs_raise", "below the background's", with_link(clot(), "sore_hard_vein", {"frequency": "excluded", **ESTIMATE})),
    "graded danger signs that would lower the danger": (
        "danger_signs_raise", "P('leg_swelling')", with_link(clot(), "leg_swelling", {"values": {"none": 1.0}, **ESTIMATE})),
    "a danger that a word excludes": (
        "excluded_only_where_impossible", "excluded", with_link(clot(), "groin_swelling", {"frequency": "excluded", **ESTIMATE})),
    "a finding excluded though it can be": (
        "excluded_only_where_impossible", "excluded", with_link(cramp(), "hard_knot", {"frequency": "excluded", **ESTIMATE})),
    "a special case commoner than the general one": (
        "specific_is_rarer", "P('kidney_failure_dialysis') = 0.500", finding("kidney_failure_dialysis", background={"yes": 0.5, **ESTIMATE})),
    "a ratio from a clinic that contradicts itself": (
        "implied_ratios_agree", "an implied negative ratio of",
        with_link(cramp(), "hard_knot", {"lr_plus": 1.1, "lr_minus": 0.1, "reference": "specialist", "n": 50, "source": "pcd_case", "where": "x"})),
    "a flag with a not": ("flags_only_raise", "a 'not'", flag(when={"all_of": ["leg_pale_blue", {"not": "fever"}]})),
    "a flag on what is no danger": ("flags_only_raise", "no danger direction", flag(when={"all_of": ["leg_pale_blue", "hard_knot"]})),
    "a danger sign without its share among plain cramps": (
        "flags_can_be_budgeted", "no among_cramp_users", finding("leg_pale_blue", among_cramp_users=None)),
    "a reason used twice": (
        "nobody_repeats_a_reason", "the same reason as", finding(background={"yes": 0.07, "because": CLOT["rate"]["because"]})),
    "a reason used twice, in other capitals": (
        "nobody_repeats_a_reason", "the same reason as", finding(background={"yes": 0.07, "because": CLOT["rate"]["because"].upper()})),
    "a case without a person": ("cases_are_people", "the case 'whole leg huge and blue'", first_case(flag(), in_words=None)),
    "a generated case with a person": ("cases_are_people", "the case 'whole leg huge and blue'", first_case(flag(), generated=True)),
    "two cases in the same words": ("cases_are_people", "the words of", first_case(flag(), in_words=CLOT["cases"][0]["in_words"])),
    "a flag that is never seen to fire": (
        "flags_show_all_three_answers", "fires: True", cases(flag(), lambda case: case["expect"]["fires"] is not True)),
    "a flag that is never seen not to fire": (
        "flags_show_all_three_answers", "fires: False", cases(flag(), lambda case: case["expect"]["fires"] is not False)),
    "a flag that is never seen undecided": (
        "flags_show_all_three_answers", "fires: cannot_tell", cases(flag(), lambda case: case["expect"]["fires"] != "cannot_tell")),
    **{
        f"a condition without a {kind} case": (
            "conditions_show_their_kinds", f"no {kind} case", cases(clot(), lambda case, kind=kind: case["kind"] != kind))
        for kind in ("typical", "look_alike", "atypical", "older", "denying", "red_flag")
    },
    "a long question": ("questions_are_plain", "19 words", finding(ask=" ".join(["Is it so"] * 6) + " now?")),
    "a question in hard words": (
        "questions_are_plain", "reading grade", finding(ask="Do you experience intermittent unilateral paraesthesia?")),
    "an emergency that says too much": (
        "emergencies_say_one_thing", "words", flag(say=said("Call an ambulance now. " * 7, "pcd_case"))),
    "an emergency in hard words": (
        "emergencies_say_one_thing", "reading grade", flag(say=said("Immediate emergency medical assistance is necessary.", "pcd_case"))),
    "a statement whose only source is not there": (
        "statements_have_sources", "a statement without a source", flag(say=said("Call an ambulance now.", "no_such_source"))),
    "a placeholder": ("no_placeholder_is_left", "the placeholder A leg that is <plain words>", flag(title="A leg that is <plain words>")),
    "a mix with a medicine that is misspelt": (
        "mixes_can_be_found", "the medicine 'simvastatine'",
        ("medicines", {**plain("medicines", "statins"), "interactions": [
            {"with_medicines": ["an antibiotic"], "needs": [["simvastatine"]], "effect": "x", "do": "y", "sources": ["pcd_case"]}]})),
    "a mix of a medicine that is not of its class": (
        "mixes_can_be_found", "the medicine 'aspirin'",
        ("medicines", {**plain("medicines", "statins"), "interactions": [
            {"with_medicines": ["x"], "of": ["aspirin"], "effect": "x", "do": "y", "sources": ["pcd_case"]}]})),
}  # fmt: skip
"""Name of a defect: the law that finds it, a piece of what it says, and the changed records."""


@pytest.mark.parametrize("name", PLANTED)
def test_planted_defect_is_found(name):
    """One defect in one file: the law that watches over it says where it is, what was found, and what to do."""
    law, found, *changed = PLANTED[name]
    problems = broken(law, *changed)

    assert any(found in problem.found for problem in problems), problems
    assert all(problem.file.endswith(".yaml") and problem.wanted and problem.do for problem in problems)


def test_every_law_is_shown_able_to_fail():
    """No law is without a defect that it finds."""
    assert {law.__name__ for law in LAWS} == {law for law, *_ in PLANTED.values()}


RATIOS = {"lr_plus": 2.0, "reference": "specialist", "n": 50, "source": "pcd_case", "where": "x"}
SOUND = {
    "a ratio from a clinic that agrees with itself": (
        "implied_ratios_agree", with_link(cramp(), "hard_knot", {**RATIOS, "lr_plus": 1.1, "lr_minus": 0.8})),
    "a danger sign by its ratio": ("danger_signs_raise", with_link(clot(), "sore_hard_vein", {**RATIOS, "lr_minus": 0.9})),
    "a danger sign by a published share": (
        "danger_signs_raise", with_link(clot(), "sore_hard_vein", {"sensitivity": 0.9, "n": 9, "source": "x", "where": "y"})),
    "a special case that has levels": ("specific_is_rarer", finding("onset", is_a=["kidney_disease"])),
    "an unknown finding, which another law names": (
        "levels_exist", flag(when="not_known"), with_link(clot(), "nor_this", {"frequency": "frequent", **ESTIMATE})),
    "an unknown sign of a danger, which another law names": (
        "danger_signs_raise", with_link(clot(), "nor_this", {"frequency": "frequent", **ESTIMATE})),
    "a danger sign that lacks a background, which another law names": ("specific_is_rarer", finding(background=None)),
}  # fmt: skip
"""Name of something sound, the law that might cry over it, and the changed records."""


@pytest.mark.parametrize("name", SOUND)
def test_laws_do_not_cry_over_what_is_sound(name):
    """What is right is left in peace, and one defect is told by one law."""
    law, *changed = SOUND[name]

    assert [] == broken(law, *changed)


def test_the_nearest_id_is_named():
    """A slip in an id is answered with the id that was meant."""
    (problem,) = broken("named_ids_exist", flag(points_to=["deep_vein_trombosis"]))

    assert (problem.file, problem.do) == ("red_flags/leg_clot_blue.yaml", "write 'deep_vein_thrombosis'")


def test_nine_words_in_a_row_are_a_copy_eight_are_not():
    """A sentence of a text that was read is found, in other capitals and punctuation too; a shorter run is not."""
    known = frozenset(shingles(f"Before it. {NINE_WORDS}, and after."))
    found = []
    for words in (NINE_WORDS.upper().replace(" ", ", "), NINE_WORDS.removesuffix(" nine")):
        record = FOLDERS["red_flags"].model_validate(flag(title=f"So: {words}")[1])
        records = {**RECORDS, "red_flags": {"leg_clot_blue": record}}
        context = Context(Knowledge.model_construct(fingerprint="planted", **records), DOCUMENTS)
        nothing_is_copied(context, known)
        found.append([problem.found for problem in context.problems])

    assert [["nine words in a row that stand in a source"], []] == found


# --- The same from end to end, on a copy of the content folder ----------------------------------------------


@pytest.fixture
def copy(tmp_path):
    """A copy of the content folder."""
    return shutil.copytree(CONTENT, tmp_path / "content")


def appended(text):
    """A defect that adds lines to a file."""
    return lambda before: before + text.encode()


SCHEMA_DEFECTS = {
    "an unknown key": (appended("urgncy: urgent\n"), "the key 'urgncy'"),
    "a duplicate key": (appended("urgency: soon\n"), "the key 'urgency' a second time"),
    "no title": (lambda before: before.replace(b"title:", b"titel:"), "no 'title'"),
    "a level of urgency that is none": (lambda before: before.replace(b"urgency: emergency", b"urgency: red"), "urgency = 'red'"),
    "a rule outside the grammar": (lambda before: before.replace(b"[one_leg_swelling, leg_pale_blue]", b"[]"), "when = "),
    "an id that is not the file's name": (lambda before: before.replace(b"id: leg_clot_blue", b"id: leg_clot"), "the id 'leg_clot'"),
    "a checker that nobody is": (lambda before: before.replace(b"written_on", b"checked_by: dr_who, written_on"), "review.checked_by"),
    "a statement without sources": (lambda before: before.replace(b"[pcd_case, aliem_pcd]", b"[]"), "say.sources = "),
    "an anchor": (lambda before: before.replace(b"title: ", b"title: &x "), "the anchor or alias 'x'"),
    "text that is not UTF-8": (lambda before: before + b"# caf\xe9\n", "which is not UTF-8"),
    "an empty file": (lambda _: b"", "an empty file"),
    "a list": (lambda _: b"- id: leg_clot_blue\n", "a list or a single value"),
    "text that is not YAML": (lambda before: before.replace(b"title: ", b"title: @"), "character that cannot start any token"),
}  # fmt: skip


@pytest.mark.parametrize("name", SCHEMA_DEFECTS)
def test_a_file_that_breaks_its_schema_is_found(name, copy):
    """`legwise lint` names the file and what was found; nothing crashes, and the loader refuses the whole."""
    change, found = SCHEMA_DEFECTS[name]
    path = copy / "red_flags" / "leg_clot_blue.yaml"
    path.write_bytes(change(path.read_bytes()))
    problems = check(copy, ["leg_clot_blue"]).problems

    assert any(found in problem.found for problem in problems), problems
    with pytest.raises(ContentError, match="red_flags/leg_clot_blue.yaml"):
        load(copy)


def test_problems_of_all_files_come_at_once(copy):
    """Three broken files, three laws: one run names them all, and `only` shows those of one file."""
    for folder, data in (flag(when="hard_knot"), without(clot(), "links.onset"), finding(ask="<ask>")):
        (copy / folder / f"{data['id']}.yaml").write_text(json.dumps(data))
    files = {problem.file for problem in check(copy).problems}

    assert {
        "red_flags/leg_clot_blue.yaml",
        "conditions/deep_vein_thrombosis.yaml",
        "findings/kidney_disease.yaml",
    } <= files
    assert {"findings/kidney_disease.yaml"} == {problem.file for problem in check(copy, ["kidney_disease"]).problems}


def test_copied_words_are_found_by_hashes_alone(copy):
    """What was read is kept as hashes; a text that repeats nine words of it in a row is named."""
    before = read_shingles(copy)
    count = write_shingles(copy, [CLOT["plain_words"]["text"]])
    problems = check(copy, ["deep_vein_thrombosis"]).problems

    assert count == len(read_shingles(copy)) > len(before)
    assert ["nine words in a row that stand in a source"] == [problem.found for problem in problems]


def test_a_folder_that_holds_nothing_is_no_crash(tmp_path):
    """An empty folder has no problems and no records."""
    report = check(tmp_path)

    assert () == report.problems
    assert set(report.counts.values()) == {0}


def test_content_errors_say_how_many_and_where():
    """The message of the loader lists every problem with where, found, wanted, do."""
    error = ContentError(broken("named_ids_exist", flag(points_to=["nothing", "nowhere"])))

    assert str(error).startswith("2 problems in the content\n\nred_flags/leg_clot_blue.yaml:")
    assert str(error).count("  do:     ") == 2


# --- Opening it ---------------------------------------------------------------------------------------------


def test_compiled_content_is_the_same_content(tmp_path, monkeypatch):
    """The quick form gives the same records as the files, and is made anew when a single byte differs."""
    monkeypatch.setenv("LEGWISE_CACHE", str(tmp_path / "cache"))
    open_knowledge.cache_clear()
    fresh = open_knowledge(CONTENT)
    open_knowledge.cache_clear()
    again = open_knowledge(CONTENT)
    open_knowledge.cache_clear()

    assert fresh is not again
    assert list(fresh.records()) == list(again.records())
    assert fresh.fingerprint == again.fingerprint
    assert 1 == len(list((tmp_path / "cache" / "legwise").iterdir()))


def test_content_opens_where_nothing_can_be_kept(tmp_path, monkeypatch):
    """A cache that cannot be written costs only speed."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LEGWISE_CACHE", str(tmp_path / "file"))
    open_knowledge.cache_clear()
    found = open_knowledge(CONTENT)
    open_knowledge.cache_clear()

    assert check().counts["red_flags"] == len(found.red_flags)
    assert [tmp_path / "file"] == list(tmp_path.iterdir())


def test_a_changed_file_is_seen(copy, tmp_path, monkeypatch):
    """Content is never taken from a stale compiled form; a broken one is made anew."""
    monkeypatch.setenv("LEGWISE_CACHE", str(tmp_path / "cache"))
    before = open_knowledge(copy)
    path = copy / "red_flags" / "leg_clot_blue.yaml"
    path.write_text(path.read_text().replace("title: A swollen leg", "title: A very swollen leg"))
    open_knowledge.cache_clear()
    after = open_knowledge(copy)
    for compiled in (tmp_path / "cache" / "legwise").iterdir():
        compiled.write_text("{broken")
    open_knowledge.cache_clear()
    mended = open_knowledge(copy)
    open_knowledge.cache_clear()

    assert before.fingerprint != after.fingerprint == mended.fingerprint
    assert after.red_flags["leg_clot_blue"].title.startswith("A very swollen leg")
    assert list(after.records()) == list(mended.records())


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    """Checking a folder that does not exist is an error, never "no problems"."""
    with pytest.raises(UsageError, match="There is no folder"):
        lint(folder=tmp_path / "nowhere")
