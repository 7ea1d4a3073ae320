"""Commands for those who write content: `lint`, `schema`, `new`."""

import json
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel

from legwise.base.errors import UsageError
from legwise.cli.app import app, stop
from legwise.knowledge.load import CONTENT

Folder = Annotated[Path, typer.Option(help="The content folder.")]
Ids = Annotated[list[str] | None, typer.Argument(help="Show only problems of these files (ids).")]
Warnings = Annotated[bool, typer.Option(help="Show warnings too.")]
Read = Annotated[
    list[Path] | None,
    typer.Option(help="Texts that were read: keep hashes of their words, so that copies are found."),
]


@app.command()
def lint(ids: Ids = None, folder: Folder = CONTENT, warnings: Warnings = False, read: Read = None) -> None:
    """Check all content: every problem at once, each with where, found, wanted, do."""
    from legwise.knowledge.laws import check
    from legwise.knowledge.laws.check import write_shingles

    if not folder.is_dir():
        raise UsageError(f"There is no folder '{folder}'. Name a folder of content.")
    if read:
        count = write_shingles(folder, (path.read_text(encoding="utf-8") for path in read))
        typer.echo(f"{count} runs of nine words are known from what was read.")
    report = check(folder, ids or ())
    for problem in (*report.problems, *(report.warnings if warnings else ())):
        typer.echo(f"{problem}\n")
    looked = ", ".join(f"{count} {kind}" for kind, count in report.counts.items() if count)
    typer.echo(f"{len(report.problems)} problems, {len(report.warnings)} warnings in {looked}.")
    if report.problems:
        raise typer.Exit(1)


@app.command()
def schema(name: Annotated[str, typer.Argument(help="assessment, page, or a kind of content file")]) -> None:
    """Print a JSON Schema: of the assessment, of a page, or of a content file (for editors)."""
    from legwise.knowledge.starting import schemas
    from legwise.reasoning.assessment import Assessment
    from legwise.reasoning.page import Page

    known: dict[str, type[BaseModel]] = {**schemas(), "assessment": Assessment, "page": Page}
    if name not in known:
        stop(f"There is no schema '{name}'. Known: {', '.join(sorted(known))}.")
    typer.echo(json.dumps(known[name].model_json_schema(), indent=2))


@app.command()
def new(
    kind: Annotated[str, typer.Argument(help="condition, red_flag, finding or source")],
    record_id: Annotated[str, typer.Argument(metavar="ID", help="Words in snake_case; becomes the file's name.")],
    folder: Folder = CONTENT,
) -> None:
    """Start a content file with every key that it needs; `lint` refuses it until each <placeholder> is gone."""
    from legwise.knowledge.starting import write_template

    try:
        path = write_template(folder, kind, record_id)
    except ValueError as error:
        raise UsageError(str(error)) from None
    typer.echo(f"Wrote {path}. Fill in each <placeholder>, then: legwise lint {record_id}")
