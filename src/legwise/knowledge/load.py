"""Reads content from its files into a checked, frozen `Knowledge`."""

import hashlib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from legwise.base.errors import ContentError, Problem
from legwise.knowledge import strict_yaml
from legwise.knowledge.knowledge import FOLDERS, Knowledge
from legwise.knowledge.schema.record import Record

CONTENT = Path(str(resources.files("legwise") / "content"))
"""The content that ships with the package."""


def fingerprint(folder: Path) -> str:
    """Hash the names and bytes of every content file, in a fixed order."""
    digest = hashlib.sha256()
    for path in content_files(folder):
        digest.update(f"{path.parent.name}/{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def content_files(folder: Path) -> list[Path]:
    """Every YAML file of content, sorted by folder and name."""
    return [path for kind in sorted(FOLDERS) for path in sorted((folder / kind).glob("*.yaml"))]


def read_records(
    folder: Path,
) -> tuple[dict[str, dict[str, Record]], dict[str, strict_yaml.Document], list[Problem]]:
    """Read every file against its schema.

    Returns:
        Records by folder and id; documents by "folder/file" (for line numbers); every problem met.
    """
    records: dict[str, dict[str, Record]] = {kind: {} for kind in FOLDERS}
    documents: dict[str, strict_yaml.Document] = {}
    problems: list[Problem] = []
    for path in content_files(folder):
        name = f"{path.parent.name}/{path.name}"
        document = documents[name] = _document(path, name)
        record = _validated(document, path, FOLDERS[path.parent.name])
        problems += document.problems
        if record is not None:
            records[path.parent.name][path.stem] = record
    return records, documents, problems


def load(folder: Path = CONTENT) -> Knowledge:
    """Read all content.

    Raises:
        ContentError: with every problem of every file, when any file breaks its schema. The laws
            between files are checked by `legwise lint`, not here.
    """
    records, _, problems = read_records(folder)
    if problems:
        raise ContentError(problems)
    fields: dict[str, Any] = {"fingerprint": fingerprint(folder), **records}
    return Knowledge.model_construct(**fields)


def _document(path: Path, name: str) -> strict_yaml.Document:
    try:
        return strict_yaml.read(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError as error:
        document = strict_yaml.Document(name)
        document.problem(1, f"byte {error.start + 1}, which is not UTF-8", "UTF-8 text", "save the file as UTF-8")
        return document


def _validated(document: strict_yaml.Document, path: Path, schema: type[Record]) -> Record | None:
    if document.data is None:
        return None
    if not isinstance(document.data, Mapping):
        document.problem(1, "a list or a single value", "a record with keys", "start with 'id:'")
        return None
    if document.data.get("id") != path.stem:
        found = f"the id '{document.data.get('id')}'"
        document.problem(
            document.line_of(("id",)), found, f"'{path.stem}', as the file is called", "rename one of them"
        )
    try:
        return schema.model_validate(document.data)
    except ValidationError as error:
        for detail in error.errors():
            _note(document, schema, dict(detail))
        return None


def _note(document: strict_yaml.Document, schema: type[Record], detail: dict[str, Any]) -> None:
    place = tuple(part for part in detail["loc"])
    line = document.line_of(place)
    dotted = ".".join(str(part) for part in place) or "the record"
    match detail["type"]:
        case "extra_forbidden":
            known = ", ".join(sorted(schema.model_fields)) if len(place) == 1 else "only the keys of the schema"
            document.problem(line, f"the key '{dotted}'", known, "correct the spelling, or delete it")
        case "missing":
            document.problem(line, f"no '{dotted}'", "this key", f"add '{place[-1]}'")
        case _:
            document.problem(line, f"{dotted} = {str(detail['input'])[:80]!r}", detail["msg"], "correct the value")
