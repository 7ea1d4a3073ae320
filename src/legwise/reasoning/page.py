"""A screen with its words, as JSON: what `legwise next` prints, and what every front end draws."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from legwise.base.answers import Answers
from legwise.knowledge.knowledge import Knowledge
from legwise.reasoning.interview import Line, NextScreen

Form = Literal["yes_no", "one_of", "some_of", "number"]


class Choice(BaseModel):
    """One answer to pick, with its words."""

    model_config = ConfigDict(frozen=True)

    value: str
    label: str


class PageLine(BaseModel):
    """One line with its words. `opened_by` names the umbrella line that it belongs to."""

    model_config = ConfigDict(frozen=True)

    id: str
    ask: str
    form: Form
    why: str
    help: str | None = None
    covers: str | None = None
    choices: tuple[Choice, ...] = ()
    unit: str | None = None
    lowest: float | None = None
    highest: float | None = None
    again: bool = False
    opened_by: str | None = None


class Page(BaseModel):
    """One page of the interview. `none_of_these` may be said where every line is yes or no."""

    model_config = ConfigDict(frozen=True)

    shape: Literal["1"] = "1"
    id: str
    kind: str
    title: str
    lines: tuple[PageLine, ...]
    none_of_these: bool
    done: int
    left_at_most: int


def is_for_other(answers: Answers) -> bool:
    """Whether the answers are given for somebody else."""
    return answers.get("for_whom") == "someone_else"


def page_of(knowledge: Knowledge, screen: NextScreen, answers: Answers) -> Page:
    """Put a screen into words, for the person themselves or for someone with them."""
    other = is_for_other(answers)
    lines = tuple(line_of(knowledge, line, other) for line in screen.lines)
    return Page(
        id=screen.id,
        kind=screen.kind,
        title=_title(knowledge, screen, other),
        lines=lines,
        none_of_these=len(lines) > 1 and all(line.form == "yes_no" for line in lines),
        done=screen.done,
        left_at_most=screen.left_at_most,
    )


def _title(knowledge: Knowledge, screen: NextScreen, other: bool) -> str:
    record = knowledge.screens.get(screen.id)
    if record is None:
        return knowledge.result_words.asked_again
    return record.title_other if other else record.title


def line_of(knowledge: Knowledge, line: Line, other: bool) -> PageLine:
    """Put one line into words."""
    umbrella = knowledge.umbrellas.get(line.id)
    if umbrella is not None:
        ask = umbrella.ask_other if other else umbrella.ask
        return PageLine(id=line.id, ask=ask, form="yes_no", why=umbrella.why, covers=umbrella.covers)
    finding = knowledge.findings[line.id]
    first = finding.ask_other if other else finding.ask
    second = finding.again_other if other else finding.again
    choices = tuple(Choice(value=level.id, label=level.label) for level in finding.levels)
    number = finding.number
    return PageLine(
        id=line.id,
        ask=(second if line.again else first) or finding.name,
        form="number" if number else "some_of" if finding.several else "one_of" if choices else "yes_no",
        why=finding.why or "",
        help=finding.help,
        choices=choices,
        unit=number.unit if number else None,
        lowest=number.lowest if number else None,
        highest=number.highest if number else None,
        again=line.again,
        opened_by=line.opened_by,
    )
