"""Reference pages written from content: pure functions from knowledge to Markdown."""

from collections.abc import Sequence

from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.reference.conditions import conditions_page
from legwise.knowledge.reference.coverage import coverage_page
from legwise.knowledge.reference.mission import Mission, MissionRow
from legwise.knowledge.reference.questions import questions_page
from legwise.knowledge.reference.red_flags import red_flags_page
from legwise.knowledge.reference.sources import sources_page
from legwise.knowledge.reference.unverified import unverified_page

__all__ = ["Mission", "MissionRow", "pages"]


def pages(knowledge: Knowledge, rows: Sequence[MissionRow]) -> dict[str, str]:
    """Every page of docs/generated, by file name."""
    return {
        "conditions.md": conditions_page(knowledge),
        "coverage.md": coverage_page(knowledge, rows),
        "questions.md": questions_page(knowledge),
        "red_flags.md": red_flags_page(knowledge),
        "sources.md": sources_page(knowledge),
        "unverified.md": unverified_page(knowledge),
    }
