"""Commands that work on a file of answers: `assess`, `next`, `example`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legwise.base.answers import Answer
from legwise.base.errors import UsageError
from legwise.cli.app import app
from legwise.knowledge import Knowledge, open_knowledge

if TYPE_CHECKING:
    from rich.console import Console

File = Annotated[
    str, typer.Argument(metavar="FILE|-", help="Answers as YAML or JSON; - reads them from standard input.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON; its schema: legwise schema assessment.")]


def answers_from(file: str, knowledge: Knowledge) -> dict[str, Answer]:
    """Read answers from a file, or from standard input for `-`."""
    from legwise.intake.answer_file import LARGEST, read_answers

    if file == "-":
        return read_answers(sys.stdin.buffer.read(LARGEST + 1), knowledge)
    try:
        with Path(file).open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except IsADirectoryError:
        raise UsageError(f"'{file}' is a folder. Name a file of answers.") from None
    except FileNotFoundError:
        raise UsageError(f"There is no file '{file}'.") from None
    except OSError as error:
        raise UsageError(f"'{file}' cannot be read: {error.strerror}.") from None
    return read_answers(data, knowledge)


@app.command()
def assess(
    file: File,
    as_json: AsJson = False,
) -> None:
    """Assess a file of answers: how urgent, likely causes and why, what to do now."""
    from legwise.reasoning import assess as assessment_of

    knowledge = open_knowledge()
    result = assessment_of(knowledge, answers_from(file, knowledge))
    if as_json:
        typer.echo(result.model_dump_json(indent=2))
        return
    from legwise.cli.text import show

    show(knowledge, result)


@app.command(name="next")
def next_(file: File) -> None:
    """Print the next screen for these answers as JSON; null when a result can be given."""
    from legwise.reasoning.facts import check_answers
    from legwise.reasoning.interview import next_screen
    from legwise.reasoning.page import page_of

    knowledge = open_knowledge()
    answers = answers_from(file, knowledge)
    check_answers(knowledge, answers)
    screen = next_screen(knowledge, answers)
    typer.echo("null" if screen is None else page_of(knowledge, screen, answers).model_dump_json(indent=2))


@app.command()
def example() -> None:
    """Assess a bundled example, and say how to start the interview."""
    from legwise.cli.text import console

    print_example(open_knowledge(), console())
    typer.echo("\nTo answer the questions yourself: .venv/bin/legwise check")


def print_example(knowledge: Knowledge, out: "Console") -> None:
    """Print the bundled example and its assessment."""
    from legwise.cli.text import show, show_example
    from legwise.knowledge.cases import answers_of_vignette
    from legwise.reasoning import assess as assessment_of

    vignette = knowledge.vignettes["plain_night_cramp"]
    show_example(out, vignette.in_words)
    show(knowledge, assessment_of(knowledge, answers_of_vignette(knowledge, vignette)), out)
