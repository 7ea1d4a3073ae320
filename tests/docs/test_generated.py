"""The docs say what the code and the content say."""

import re
from pathlib import Path

import pytest

from legwise.cli.app import MODULES
from legwise.knowledge import open_knowledge
from legwise.knowledge.reference import pages

ROOT = Path(__file__).parents[2]
PAGES = sorted(path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")] if "generated" not in path.parts)


def test_generated_pages_are_current():
    """The pages in docs/generated are what `legwise docs` would write now."""
    for name, text in pages(open_knowledge()).items():
        assert text == (ROOT / "docs" / "generated" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """Every link to a file of ours leads to one that is there."""
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_command_is_in_the_readme():
    """The README names every command that people use."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [name for name in MODULES if f"legwise {name}" not in text] == ["docs"]
