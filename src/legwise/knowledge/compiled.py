"""Content compiled once to one hash-checked JSON file, so that a cold start is quick (ADR 15)."""

import gc
import os
import tempfile
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from legwise import __version__
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.load import CONTENT, fingerprint, load


def cache_file(mark: str) -> Path:
    """Where the compiled form of content with this fingerprint is kept.

    `LEGWISE_CACHE` names the folder; otherwise the user's cache folder.
    """
    root = os.environ.get("LEGWISE_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(root) / "legwise" / f"knowledge-{__version__}-{mark[:32]}.json"


@lru_cache(maxsize=4)
def open_knowledge(folder: Path = CONTENT) -> Knowledge:
    """Open the content, from its compiled form where one matches the files byte for byte.

    Raises:
        ContentError: when the content has to be read afresh and breaks its schema.
    """
    mark = fingerprint(folder)
    path = cache_file(mark)
    knowledge = _read(path, mark)
    if knowledge is None:
        knowledge = load(folder)
        _write(path, knowledge)
    # The content lives as long as the process: the garbage collector need not walk it again and again.
    gc.collect()
    gc.freeze()
    return knowledge


def _read(path: Path, mark: str) -> Knowledge | None:
    try:
        knowledge = Knowledge.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    return knowledge if knowledge.fingerprint == mark else None


def _write(path: Path, knowledge: Knowledge) -> None:
    """Write the compiled form whole or not at all; a read-only home only costs speed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as scratch:
            try:
                scratch.write(knowledge.model_dump_json())
                scratch.close()
                Path(scratch.name).replace(path)
            finally:
                Path(scratch.name).unlink(missing_ok=True)
    except OSError:
        return
