"""Entry point: what commands there are, and how errors are told."""

import gc
import sys
from importlib import import_module
from typing import Annotated, NoReturn

import typer

from legwise import __version__
from legwise.base.errors import LegwiseError

app = typer.Typer(
    name="legwise",
    help="Leg aches and cramps: how urgent, what it may be and why, and what to do now.",
    epilog="Not certified as a medical device in any country. Content not yet reviewed by a clinician.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"legwise {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
]


@app.callback()
def legwise(version: Version = False) -> None:
    """Leg aches and cramps: how urgent, what it may be and why, and what to do now."""


def stop(message: str, code: int = 2) -> NoReturn:
    """Say what is wrong in plain words and stop."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


MODULES = {
    "assess": "assessing",
    "next": "assessing",
    "example": "assessing",
    "check": "checking",
    "lint": "content",
    "schema": "content",
    "new": "content",
    "docs": "documenting",
    "evaluate": "evaluating",
    "budget": "evaluating",
    "relief": "relieving",
    "medicines": "medicating",
}
"""Each command, and the module of this package that adds it to `app`."""


def register(wanted: str | None = None) -> None:
    """Add the commands to `app`: all of them, or only the wanted one's module, so that it starts quickly."""
    names = [MODULES[wanted]] if wanted in MODULES else dict.fromkeys(MODULES.values())
    for name in names:
        import_module(f"legwise.cli.{name}")


def main() -> None:
    """Run the command line; every error of ours is one clear message and exit code 2."""
    # A command is over before collecting garbage pays; opening the content makes a million objects that stay.
    gc.disable()
    register(sys.argv[1] if len(sys.argv) > 1 else None)
    try:
        app()
    except LegwiseError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
