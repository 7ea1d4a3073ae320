"""Every screen of the interview with its lines, their wording, and why each is asked."""

from collections.abc import Iterator
from typing import get_args

from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.reference.markdown import anchor, bullets, file_link, page, plain, table
from legwise.knowledge.reference.rule_words import in_words
from legwise.knowledge.schema.finding import Finding
from legwise.knowledge.schema.interview import Screen, Umbrella

HEADS = ("line", "for oneself", "for someone else", "asked again, in other words", "answers", "why it is asked")
INTRO = """\
Screens stand in the order in which they are shown; adaptive ones are shown when they are worth their effort.
An umbrella line covers the lines below it, marked with ↳: no to it is no to them, anything else opens them.
What a person is not sure of is asked once more, in other words."""
KINDS = get_args(Screen.model_fields["kind"].annotation)
WINDOWS = {"now": "now", "24_hours": "in 24 hours", "4_weeks": "in 4 weeks", "ever": "ever"}


def questions_page(knowledge: Knowledge) -> str:
    """Every screen, line, wording and reason; then what is worked out from answers and never asked."""
    parts = [INTRO]
    for screen in sorted(knowledge.screens.values(), key=lambda s: (KINDS.index(s.kind), s.order, s.id)):
        parts.append(f"## {screen.kind.capitalize()}: {plain(screen.title)}")
        parts.append(_about(knowledge, screen))
        parts.append(table(HEADS, (row for key in screen.lines for row in _rows(knowledge, key))))
    parts += ["## Worked out from answers, never asked", _derived(knowledge)]
    return page("Questions", *parts)


def _about(knowledge: Knowledge, screen: Screen) -> str:
    shown = f" Shown unless this is false: {plain(in_words(knowledge, screen.show_when))}." if screen.show_when else ""
    return f"File: {file_link('screens', screen.id)}.{shown}"


def _rows(knowledge: Knowledge, key: str) -> Iterator[tuple[str, ...]]:
    umbrella = knowledge.umbrellas.get(key)
    if umbrella is None:
        yield _finding_row(knowledge.findings[key])
        return
    yield _umbrella_row(umbrella)
    yield from (_finding_row(knowledge.findings[part], "↳ ") for part in umbrella.parts)


def _umbrella_row(umbrella: Umbrella) -> tuple[str, ...]:
    link = f"{anchor(umbrella.id)}{file_link('umbrellas', umbrella.id)}"
    covers = f"also: {plain(umbrella.covers)}"
    return link, plain(umbrella.ask), plain(umbrella.ask_other), covers, "yes, no", plain(umbrella.why)


def _finding_row(finding: Finding, mark: str = "") -> tuple[str, ...]:
    again = " / ".join(plain(text) for text in (finding.again, finding.again_other) if text)
    return (
        f"{mark}{anchor(finding.id)}{file_link('findings', finding.id)}",
        plain(finding.ask or ""),
        plain(finding.ask_other or ""),
        again,
        _answers(finding),
        plain(finding.why or "") + (" Points to danger." if finding.danger else ""),
    )


def _answers(finding: Finding) -> str:
    if finding.number:
        number = finding.number
        return f"{number.lowest:g} to {number.highest:g} {plain(number.unit)}"
    if finding.is_yes_no:
        return f"yes, no ({WINDOWS[finding.window]})"
    labels = "; ".join(plain(level.label) for level in finding.levels)
    return f"some of: {labels}" if finding.several else labels


def _derived(knowledge: Knowledge) -> str:
    derived = [finding for _, finding in sorted(knowledge.findings.items()) if finding.derived]
    return bullets(
        f"{anchor(finding.id)}{file_link('findings', finding.id)}, {plain(finding.name)}: "
        + "; ".join(f"**{plain(one.label)}** when {plain(in_words(knowledge, one.when))}" for one in finding.derived)
        for finding in derived
    )
