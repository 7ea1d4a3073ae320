"""Content statements as parts of an assessment: the text, the file it stands in, its sources."""

from collections.abc import Iterable

from legwise.knowledge.schema.record import Disagreement, Statement
from legwise.reasoning.assessment import Difference, Said


def said(statement: Statement, file: str) -> Said:
    """One statement, with the file that it stands in."""
    return Said(text=statement.text, file=file, sources=statement.sources)


def said_all(statements: Iterable[Statement], file: str) -> tuple[Said, ...]:
    """Several statements of one file."""
    return tuple(said(statement, file) for statement in statements)


def differences(items: Iterable[Disagreement]) -> tuple[Difference, ...]:
    """What other organisations say."""
    return tuple(Difference(organisation=d.organisation, says=d.says, source=d.source) for d in items)
