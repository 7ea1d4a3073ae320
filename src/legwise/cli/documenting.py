"""`legwise docs`: writes the reference pages from content, or says which are stale."""

from pathlib import Path
from typing import Annotated

import typer

from legwise.cli.app import app, stop
from legwise.knowledge import open_knowledge


@app.command()
def docs(
    folder: Annotated[Path, typer.Option(help="Where the pages go.")] = Path("docs/generated"),
    check: Annotated[bool, typer.Option("--check", help="Only say which pages are stale.")] = False,
) -> None:
    """Write docs/generated from the content."""
    from legwise.knowledge.reference import pages

    written = pages(open_knowledge())
    stale = [name for name, text in written.items() if _read(folder / name) != text]
    if check and stale:
        stop(f"Stale: {', '.join(stale)}. Run: legwise docs", code=1)
    if not check:
        folder.mkdir(parents=True, exist_ok=True)
        for name in stale:
            (folder / name).write_text(written[name], encoding="utf-8")
        typer.echo(f"{len(written)} pages in {folder}, {len(stale)} written anew.")


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
