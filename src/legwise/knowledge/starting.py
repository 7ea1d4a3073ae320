"""Starts new content files: every key that is needed, each with a <placeholder> that `lint` refuses."""

import re
from pathlib import Path

from legwise.knowledge.knowledge import FOLDERS
from legwise.knowledge.schema.record import Record

KINDS = {"condition": "conditions", "red_flag": "red_flags", "finding": "findings", "source": "sources"}
"""What `legwise new` can start, and the folder it goes to."""
_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_STARTS = Path(__file__).parent / "starts"


def schemas() -> dict[str, type[Record]]:
    """Every kind of content file, by a singular name."""
    return {schema.__name__.lower(): schema for schema in FOLDERS.values()} | {"red_flag": FOLDERS["red_flags"]}


def write_template(folder: Path, kind: str, record_id: str) -> Path:
    """Write a new file with placeholders.

    Raises:
        ValueError: when the kind is not known, the id is not in snake_case, or the file is there already.
    """
    if kind not in KINDS:
        raise ValueError(f"'{kind}' cannot be started. Choose from: {', '.join(KINDS)}.")
    if not _ID.fullmatch(record_id):
        raise ValueError(f"'{record_id}' is not an id. Use small letters, digits and single underscores: leg_pain.")
    path = folder / KINDS[kind] / f"{record_id}.yaml"
    if path.exists():
        raise ValueError(f"{path} is there already.")
    text = (_STARTS / f"{kind}.yaml").read_text(encoding="utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace("<id>", record_id), encoding="utf-8")
    return path
