"""The docs say what the code and the content say."""

import re
from pathlib import Path

import pytest

from legwise.base.errors import ContentError, UsageError
from legwise.cli.app import MODULES
from legwise.cli.documenting import BEGIN, END, everything, with_example
from legwise.knowledge import open_knowledge
from legwise.knowledge.grammar import parse
from legwise.knowledge.reference.markdown import MARK
from legwise.knowledge.reference.rule_words import in_words

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
KNOWLEDGE = open_knowledge()
WRITTEN = everything(KNOWLEDGE, DOCS)
PAGES = sorted({*ROOT.glob("*.md"), *DOCS.glob("**/*.md")})
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\(([^()\s]+)\)")
ANCHOR = re.compile(r'<a id="([^"]+)"></a>')
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def text_of(page):
    """What a page holds."""
    return page.read_text(encoding="utf-8")


def places_of(page):
    """Every place of a page that a link can name: anchors and headings."""
    text = text_of(page)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in HEADING.findall(text)}
    return slugs | set(ANCHOR.findall(text))


@pytest.mark.parametrize("page", WRITTEN, ids=lambda path: path.name)
def test_written_pages_are_current(page):
    """The pages of docs/generated and the example of the README are what `legwise docs` would write now."""
    assert WRITTEN[page] == text_of(page), "run: make docs"


def test_nothing_else_is_called_generated():
    """No page in docs/generated is left over, and each says that it is not to be edited."""
    pages = {*(DOCS / "generated").iterdir()}

    assert {page for page in WRITTEN if page.parent.name == "generated"} == pages
    assert all(text_of(page).startswith(MARK) for page in pages)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """Every link to a page or place of ours leads to one that is there."""
    for target in set(LINK.findall(text_of(page))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, place = target.partition("#")
        aim = page.parent / name if name else page
        assert aim.exists(), target
        assert not place or place in places_cached(aim), target


PLACES = {}


def places_cached(page):
    """`places_of`, worked out once a page."""
    page = page.resolve()
    if page not in PLACES:
        PLACES[page] = places_of(page)
    return PLACES[page]


@pytest.mark.parametrize("command", MODULES)
def test_every_command_is_in_the_readme(command):
    """The README names every command."""
    assert re.search(rf"`legwise {command}\b", README)


def test_the_readme_names_no_other_command():
    """Every command that the README, the guides and CONTRIBUTING name exists."""
    named = {name for page in PAGES for name in re.findall(r"`(?:\.venv/bin/)?legwise ([a-z_]+)", text_of(page))}

    assert named <= {*MODULES}


@pytest.mark.parametrize("row", [f"S{number}" for number in range(1, 31)])
def test_every_row_of_the_mission_is_covered(row):
    """Each part of the article stands in coverage.md, and some file carries it."""
    lines = [line for line in text_of(DOCS / "generated" / "coverage.md").splitlines() if f'id="{row}"' in line]

    assert len(lines) == 1
    assert "../../src/legwise/" in lines[0]


@pytest.mark.parametrize(
    ("page", "folders"),
    [
        ("red_flags.md", ["red_flags"]),
        ("conditions.md", ["conditions", "stubs"]),
        ("questions.md", ["findings", "umbrellas"]),
        ("sources.md", ["sources"]),
        ("unverified.md", ["decisions"]),
    ],
)
def test_every_id_is_documented(page, folders):
    """Every red flag, condition, danger stub, finding, umbrella line, source and decision has its place in a page."""
    wanted = {key for folder in folders for key in getattr(KNOWLEDGE, folder)}

    assert wanted <= set(ANCHOR.findall(text_of(DOCS / "generated" / page)))


def test_flags_that_are_not_verified_are_listed():
    """Each red flag whose picture or urgency was not wholly read in a source is told with what was not read."""
    text = text_of(DOCS / "generated" / "unverified.md")

    assert all(f'id="{key}"' in text for key, flag in KNOWLEDGE.red_flags.items() if flag.status != "verified")


def test_every_decision_has_the_four_headings_and_a_number_of_its_own():
    """Records of decisions are numbered without a gap, and each has status, context, decision, consequences."""
    records = sorted(DOCS.glob("adr/*.md"))

    assert [f"{number:04}" for number in range(1, len(records) + 1)] == [record.name[:4] for record in records]
    for record in records:
        text = text_of(record)
        assert text.startswith(f"# {int(record.name[:4])}. ")
        assert ["Status", "Context", "Decision", "Consequences"] == re.findall(r"^## (.+)$", text, re.MULTILINE)


def test_decisions_that_code_names_exist():
    """Every "ADR 13" in code, tests and content is a record in docs/adr."""
    files = [path for folder in ("src", "tests") for path in (ROOT / folder).rglob("*.py")]
    named = {int(number) for path in files for number in re.findall(r"ADR (\d+)", text_of(path))}

    assert named <= {int(record.name[:4]) for record in DOCS.glob("adr/*.md")}


def test_controls_name_tests_that_exist():
    """Each control of the safety file names a test that is there."""
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text_of(DOCS / "safety" / "README.md"))

    assert named
    for file, test in named:
        assert f"def {test}(" in text_of(ROOT / file), test


@pytest.mark.parametrize("page", [*PAGES, ROOT / "NOTICE"], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_holds_a_path_of_a_machine(page):
    """No page names a folder of the machine that it was written on."""
    assert not re.search(r"(?<![\w./])/(?:home|root|work|tmp|Users)/", text_of(page))


@pytest.mark.parametrize("words", ["not certified as a medical device", "has not been reviewed by a clinician"])
def test_the_readme_says_what_legwise_is_not(words):
    """The README says that nothing is certified and that no clinician has reviewed the content."""
    assert words in README


def test_the_example_is_put_between_its_marks_alone():
    """Only what stands between the marks is written anew; a README without marks stays as it is."""
    before, after = "# Title\n\n", "\nThe rest.\n"
    text = with_example(f"{before}{BEGIN}what was here\n{END}{after}", KNOWLEDGE)

    assert text.startswith(before + BEGIN)
    assert text.endswith(END + after)
    assert "what was here" not in text
    assert "no marks" == with_example("no marks", KNOWLEDGE)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("one_leg_swelling", "one leg newly swollen"),
        ({"any_of": ["one_leg_swelling", {"not": "fever"}]}, "one leg newly swollen; or not (fever)"),
        ({"age": {"over": 49}}, "age over 49 years"),
    ],
)
def test_rules_are_told_in_the_words_of_their_findings(rule, words):
    """A rule is told with the names of its findings."""
    named = KNOWLEDGE.findings
    expected = words.replace("one leg newly swollen", named["one_leg_swelling"].name).replace(
        "(fever)", f"({named['fever'].name})"
    )
    expected = expected.replace("age over", f"{named['age'].name} over")

    assert expected == in_words(KNOWLEDGE, parse(rule))


def test_rules_keep_their_structure_in_words():
    """Brackets keep what belongs together; "at least" says how many."""
    rule = parse({"all_of": ["x", {"any_of": ["y", "z"]}, {"at_least": {"n": 2, "of": ["a", "b", "c"]}}]})

    assert in_words(KNOWLEDGE, rule) == "x; and (y; or z); and (at least 2 of: a; b; c)"


def test_another_folder_is_refused(tmp_path):
    """A folder that is not the docs of a checkout is refused in one sentence."""
    with pytest.raises(UsageError, match="not the docs folder"):
        everything(KNOWLEDGE, tmp_path)


def test_a_bad_row_of_the_mission_is_told_with_its_line(tmp_path):
    """A mistake in mission.yaml is told with where, found, wanted, do."""
    (tmp_path / "README.md").write_text("", encoding="utf-8")
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "mission.yaml").write_text("rows:\n  - id: S1\n    says: one\n    dose: two\n", encoding="utf-8")

    with pytest.raises(ContentError, match=r"mission.yaml:4\n  found:  .*dose"):
        everything(KNOWLEDGE, folder)
