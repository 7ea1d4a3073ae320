"""Reads YAML strictly: only true, false, null and plain numbers are typed; the rest stays text.

A stock loader turns `NO` into False, `22:30` into 1350, and keeps the last of two equal keys. This
one keeps text as text, refuses duplicate keys, anchors and tags, and remembers the line of
every key, so that an error can say where it is.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from legwise.base.errors import Problem

DEEPEST = 40
"""More levels than this are no record of ours."""
Path = tuple[str | int, ...]
"""Keys and list positions from the top of the file to a value."""

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]+")
"""Longer numbers are no figure of ours; as text they are refused where a number is wanted."""
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Document:
    """One file as plain data, with the line of every value and the problems met on the way."""

    file: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """Line of the value at a path, or of the nearest value around it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1

    def problem(self, line: int, found: str, wanted: str, do: str) -> None:
        """Note something wrong."""
        self.problems.append(Problem(self.file, line, found, wanted, do))


def read(text: str, file: str) -> Document:
    """Read one document. Whatever is wrong is in its `problems`, never raised.

    >>> read("fever: yes", "x.yaml").data
    {'fever': 'yes'}
    """
    document = Document(file)
    if _too_deep(text):
        document.problem(1, f"brackets nested more than {DEEPEST} deep", "a flat record", "write it with fewer levels")
        return document
    try:
        _refuse_anchors_and_tags(text, document)
        if document.problems:
            return document
        node = yaml.compose(text, Loader=_LOADER)
    except RecursionError:
        document.problem(1, "levels nested too deep to read", "a flat record", "write it with fewer levels")
        return document
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        document.problem(
            line, getattr(error, "problem", None) or "text that is not YAML", "valid YAML", "mend the line"
        )
        return document
    if node is None:
        document.problem(1, "an empty file", "a record", "fill it in or delete it")
        return document
    document.data = _value(node, (), document)
    return document


def _too_deep(text: str) -> bool:
    """Whether brackets nest so deep that a parser written with recursion would fail."""
    depth = 0
    for mark in re.finditer(r"[\[{\]}]", text):
        depth += 1 if mark.group() in "[{" else -1
        if depth > DEEPEST:
            return True
    return False


def _refuse_anchors_and_tags(text: str, document: Document) -> None:
    """Note anchors and aliases before anything is built from them: a few lines of aliases can stand for gigabytes."""
    if not any(mark in text for mark in "&*!"):
        return
    for event in yaml.parse(text, Loader=_LOADER):
        anchor, tag, mark = getattr(event, "anchor", None), getattr(event, "tag", None), event.start_mark
        line = mark.line + 1 if mark is not None else 1
        if anchor:
            document.problem(line, f"the anchor or alias '{anchor}'", "no anchors", "write the value out")
        if tag:
            document.problem(line, f"the tag '{tag}'", "no tags", "write the plain value")


def _value(node: yaml.Node, path: Path, document: Document) -> Any:
    line = document.lines[path] = node.start_mark.line + 1
    if len(path) > DEEPEST:
        document.problem(line, f"levels nested more than {DEEPEST} deep", "a flat record", "write it with fewer levels")
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, document)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, position), document) for position, item in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, path: Path, document: Document) -> dict[str, Any]:
    result: dict[str, Any] = {}
    first_line: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            document.problem(line, "a list or a record as a key", "a plain word", "write the key as one word")
            continue
        if key in result:
            found = f"the key '{key}' a second time (first on line {first_line[key]})"
            document.problem(line, found, "each key once", "delete one, or merge the two")
            continue
        first_line[key] = line
        result[key] = _value(value_node, (*path, key), document)
        document.lines[(*path, key)] = line
    return result


def _scalar(node: yaml.Node) -> str | int | float | bool | None:
    text = str(node.value)
    if getattr(node, "style", None):  # quoted or block text; a plain scalar has None, or "" from the C parser
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text
