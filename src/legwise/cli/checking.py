"""`legwise check`: the interview in a terminal.

Answers are kept only in memory. Asked to, it writes them to a file that the person names, whole or
not at all, so that the interview can be taken up again.
"""

import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from legwise.base.answers import NO, NOT_SURE, STILL_NOT_SURE, YES, Answer
from legwise.base.errors import UsageError
from legwise.cli.app import app
from legwise.cli.assessing import answers_from
from legwise.cli.text import console, show
from legwise.knowledge import Knowledge, open_knowledge
from legwise.reasoning import assess, change_answer, next_screen
from legwise.reasoning.interview import Line
from legwise.reasoning.page import Page, PageLine, is_for_other, line_of, page_of

HELP = "y yes · n no · ? not sure · none (none of the rest) · why · back · change · save FILE · quit"
RESUME = (
    "Nothing was kept. To keep your answers: legwise check --save FILE. "
    "To go on from a file: legwise check --resume FILE."
)


class GoBack(Exception):  # noqa: N818  (a wish, not an error)
    """The person wants the line before."""


class Skip(Exception):  # noqa: N818  (a wish, not an error)
    """The person says "none of these" to the rest of the page."""


@dataclass(slots=True)
class Session:
    """One interview: the answers, the order in which they were given, and where they are saved."""

    knowledge: Knowledge
    answers: dict[str, Answer] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    save: Path | None = None

    def put(self, key: str, answer: Answer) -> None:
        """Take an answer, and save when asked to."""
        self.answers = change_answer(self.knowledge, self.answers, key, answer)
        self.order = [*(k for k in self.order if k != key and k in self.answers), key]
        self.keep()

    def take_back(self) -> None:
        """Forget the last answer."""
        if self.order:
            self.answers.pop(self.order.pop(), None)
        self.keep()

    def keep(self) -> None:
        """Write the answers to the file that the person named, whole or not at all."""
        if self.save is not None:
            write_answers(self.save, self.answers)


def write_answers(path: Path, answers: dict[str, Answer]) -> None:
    """Write answers as JSON that `--resume` and `legwise assess` read, readable by the owner alone.

    Raises:
        UsageError: when the file cannot be written.
    """
    plain = {key: sorted(value) if isinstance(value, frozenset) else value for key, value in answers.items()}
    try:
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as scratch:
                json.dump(plain, scratch, indent=1)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"The answers cannot be written to '{path}': {error.strerror}.") from None


@app.command()
def check(
    save: Annotated[Path | None, typer.Option(help="Keep the answers in this file as you go.")] = None,
    resume: Annotated[str | None, typer.Option(metavar="FILE", help="Go on from a file of answers.")] = None,
) -> None:
    """Answer questions about a leg ache or cramp, one screen at a time, and get a result."""
    knowledge = open_knowledge()
    answers = answers_from(resume, knowledge) if resume else {}
    session = Session(knowledge, answers, [*answers], save or (Path(resume) if resume and resume != "-" else None))
    out = console()
    out.print(Text(knowledge.result_words.not_certified, style="italic"))
    out.print(Text(HELP, style="dim"))
    try:
        _interview(out, session)
    except (KeyboardInterrupt, EOFError, typer.Abort):
        out.print(Text("\n" + _how_to_go_on(session)))
        raise typer.Exit(130) from None
    show(knowledge, assess(knowledge, session.answers))


def _how_to_go_on(session: Session) -> str:
    if session.save is None:
        return RESUME
    return f"Your answers are in {session.save}. Go on with: legwise check --resume {session.save}"


def _interview(out: Console, session: Session) -> None:
    """Ask screen after screen until a result can be given."""
    while (screen := next_screen(session.knowledge, session.answers)) is not None:
        page = page_of(session.knowledge, screen, session.answers)
        _head(out, page)
        _ask_page(out, session, page)


def _head(out: Console, page: Page) -> None:
    total = page.done + page.left_at_most
    out.print()
    out.print(Text.assemble((page.title, "bold"), (f"   page {page.done + 1} of at most {total}", "dim")))


def _ask_page(out: Console, session: Session, page: Page) -> None:
    """Ask the lines of a page in turn. Every answer is weighed at once, so an emergency stops the page."""
    rest = False
    for line in page.lines:
        if rest and line.form == "yes_no":
            session.put(line.id, NO)
            continue
        try:
            session.put(line.id, _ask(out, session, line))
        except GoBack:
            session.take_back()
            return
        except Skip:
            rest = True
            session.put(line.id, NO)
        following = next_screen(session.knowledge, session.answers)
        if following is None or following.id != page.id:
            return


def _ask(out: Console, session: Session, line: PageLine) -> Answer:
    """Ask one line until it is answered in a form that it takes."""
    while True:
        _show_line(out, line)
        word = typer.prompt(">", prompt_suffix=" ", default="", show_default=False).strip()
        if _was_command(out, session, line, word):
            continue
        answer = _read(line, word.lower())
        if answer is not None:
            return answer
        out.print(Text(_accepted(line)))


def _show_line(out: Console, line: PageLine) -> None:
    out.print(Text("• " + line.ask))
    if line.covers:
        out.print(Text("  Also: " + line.covers, style="dim"))
    for number, choice in enumerate(line.choices, start=1):
        out.print(Text(f"   {number}  {choice.label}"))


def _was_command(out: Console, session: Session, line: PageLine, word: str) -> bool:
    """Carry out why, back, change, none, save and quit; say whether the word was one."""
    name, _, argument = word.partition(" ")
    match name.lower():
        case "why":
            out.print(Text(f"  {line.why} {line.help or ''}"))
        case "help" | "h":
            out.print(Text(f"  {line.help or ''} {HELP}"))
        case "back":
            raise GoBack
        case "none" if line.form == "yes_no":
            raise Skip
        case "change":
            _change(out, session)
        case "save" if argument:
            session.save = Path(argument)
            session.keep()
            out.print(Text(f"  Kept in {argument}. Go on later with: legwise check --resume {argument}"))
        case "quit":
            raise KeyboardInterrupt
        case _:
            return False
    return True


def _change(out: Console, session: Session) -> None:
    """Let the person give an earlier answer anew."""
    for number, key in enumerate(session.order, start=1):
        out.print(Text(f"   {number}  {_line(session, key).ask}"))
    picked = typer.prompt("Which one?", default="", show_default=False).strip()
    if picked.isdigit() and 1 <= int(picked) <= len(session.order):
        key = session.order[int(picked) - 1]
        try:
            session.put(key, _ask(out, session, _line(session, key)))
        except (GoBack, Skip):
            return


def _line(session: Session, key: str) -> PageLine:
    return line_of(session.knowledge, Line(key), is_for_other(session.answers))


def _read(line: PageLine, word: str) -> Answer | None:
    """Read an answer in any of its forms; None when it is not one."""
    if word in ("?", "not sure", "unsure", "don't know"):
        return STILL_NOT_SURE if line.again else NOT_SURE
    match line.form:
        case "yes_no":
            return {"y": YES, "yes": YES, "n": NO, "no": NO}.get(word)
        case "number":
            return _number(line, word)
        case "one_of":
            picked = _picked(line, [word])
            return picked[0] if picked else None
        case "some_of":
            picked = _picked(line, word.replace(",", " ").split())
            return frozenset(picked) if picked else None


def _number(line: PageLine, word: str) -> float | None:
    try:
        number = float(word)
    except ValueError:
        return None
    lowest, highest = line.lowest or 0.0, line.highest if line.highest is not None else number
    return number if lowest <= number <= highest else None


def _picked(line: PageLine, words: list[str]) -> list[str]:
    """Choices by their number, value or label; empty when any word is none of them."""
    by_word = {
        word: choice.value
        for number, choice in enumerate(line.choices, start=1)
        for word in (str(number), choice.value, choice.label.lower())
    }
    picked = [by_word.get(word) for word in words]
    return [value for value in picked if value is not None] if all(picked) else []


def _accepted(line: PageLine) -> str:
    match line.form:
        case "number":
            return f"  Please give a number from {line.lowest:g} to {line.highest:g} ({line.unit})."
        case "one_of":
            return f"  Please give one number from 1 to {len(line.choices)}, or ? for not sure."
        case "some_of":
            return f"  Please give one or more numbers from 1 to {len(line.choices)}, such as 1 3, or ? for not sure."
    return "  Please answer y, n or ?."
