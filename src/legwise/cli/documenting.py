"""`legwise docs`: writes the reference pages and the README's example, or says which are stale."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from legwise.base.errors import ContentError, UsageError
from legwise.cli.app import app, stop
from legwise.cli.assessing import print_example
from legwise.knowledge import Knowledge, open_knowledge, strict_yaml
from legwise.knowledge.reference import Mission, MissionRow, pages

BEGIN, END = "<!-- example: written by `legwise docs` -->\n", "<!-- end of example -->"
WIDTH = 88
"""Characters of the example in the README."""
SHOWN = (("An example", "     What to do:"), ("What would change this", "Sources"))
"""Parts of the example that the README shows: from a line that starts so, up to a line that starts so."""


@app.command()
def docs(
    folder: Annotated[Path, typer.Option(help="Where docs/ is; the README is beside it.")] = Path("docs"),
    check: Annotated[bool, typer.Option("--check", help="Only say which pages are stale.")] = False,
) -> None:
    """Write docs/generated and the example in the README from the content."""
    written = everything(open_knowledge(), folder)
    stale = [path for path, text in written.items() if _read(path) != text]
    if check and stale:
        stop(f"Stale: {', '.join(path.name for path in stale)}. Run: legwise docs", code=1)
    if not check:
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(written[path], encoding="utf-8")
    typer.echo(f"{len(written)} pages, {0 if check else len(stale)} written anew.")


def everything(knowledge: Knowledge, folder: Path) -> dict[Path, str]:
    """Every page that is written from content, by its path.

    Raises:
        UsageError: when the folder is not the docs of a checkout.
        ContentError: when its list of mission rows cannot be read.
    """
    mission, readme = folder / "mission.yaml", folder.parent / "README.md"
    if not (mission.is_file() and readme.is_file()):
        raise UsageError(f"'{folder}' is not the docs folder of a checkout. Run this where README.md is, or --folder.")
    written = {folder / "generated" / name: text for name, text in pages(knowledge, _rows(mission)).items()}
    return written | {readme: with_example(readme.read_text(encoding="utf-8"), knowledge)}


def _rows(path: Path) -> tuple[MissionRow, ...]:
    document = strict_yaml.read(path.read_text(encoding="utf-8"), path.name)
    try:
        return Mission.model_validate(document.data).rows
    except ValidationError as error:
        for detail in error.errors():
            document.problem(document.line_of(detail["loc"]), str(detail["loc"]), detail["msg"], "correct it")
        raise ContentError(document.problems) from None


def with_example(readme: str, knowledge: Knowledge) -> str:
    """The README with its example as it comes out now."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    block = "\n".join(["```", "$ .venv/bin/legwise example", *excerpt(example_text(knowledge)), "```"])
    return f"{before}{BEGIN}\n{block}\n\n{END}{after}" if rest else readme


def example_text(knowledge: Knowledge) -> str:
    """What `legwise example` prints, without colours."""
    written = StringIO()
    print_example(knowledge, Console(file=written, width=WIDTH, highlight=False, color_system=None))
    return written.getvalue()


def excerpt(text: str) -> Iterator[str]:
    """The parts of a result that the README shows, with dots for what is left out."""
    lines = [line.rstrip() for line in text.splitlines()]
    for begin, end in SHOWN:
        first = next(place for place, line in enumerate(lines) if line.startswith(begin))
        last = next(place for place, line in enumerate(lines) if place > first and line.startswith(end))
        yield from lines[first:last]
        yield from ("     ...", "") if end.startswith(" ") else ("...",)


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
