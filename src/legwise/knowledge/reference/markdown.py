"""Markdown for pages that are written from content: tables, links, and text that cannot break a cell."""

from collections.abc import Iterable, Sequence

MARK = "<!-- Written from content by `legwise docs`. Do not edit. -->"
"""First line of every page that is written from content."""
CONTENT = "../../src/legwise/content"
"""The content folder, as seen from docs/generated."""


def page(title: str, *parts: str) -> str:
    """A whole page: the mark, a heading, and its parts with an empty line between them."""
    return "\n\n".join([MARK, f"# {title}", *(part for part in parts if part)]) + "\n"


def plain(text: str) -> str:
    """Text on one line, with what Markdown would read as a table or a tag made harmless.

    >>> plain("a | b  <c>")
    'a / b &lt;c>'
    """
    return " ".join(text.split()).replace("|", "/").replace("<", "&lt;")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are given ready to be written."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def bullets(items: Iterable[str]) -> str:
    """A list, one item a line."""
    return "\n".join(f"- {item}" for item in items)


def anchor(key: str) -> str:
    """A place that other pages link to."""
    return f'<a id="{key}"></a>'


def file_link(folder: str, key: str, text: str | None = None) -> str:
    """A link to a content file."""
    return f"[{text or key}]({CONTENT}/{folder}/{key}.yaml)"


def source_links(keys: Iterable[str | None]) -> str:
    """Links to sources in the bibliography, each once."""
    return ", ".join(f"[{key}](sources.md#{key})" for key in dict.fromkeys(keys) if key)


def basis(source: str | None, where: str | None, because: str | None) -> str:
    """Where a number comes from: published with its place, or an estimate with its reason."""
    if source is not None:
        return f"published: {source_links([source])}" + (f" ({plain(where)})" if where else "")
    return f"estimate: {plain(because or 'no reason given')}"
