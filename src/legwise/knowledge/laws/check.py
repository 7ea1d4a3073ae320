"""Runs every law over a folder of content and lists what is wrong, all at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from legwise.base.errors import Problem
from legwise.knowledge.knowledge import FOLDERS, Knowledge
from legwise.knowledge.laws import mixes, numbers, references, words
from legwise.knowledge.laws.context import Context, Law
from legwise.knowledge.load import CONTENT, read_records

LAWS: tuple[Law, ...] = (
    references.named_ids_exist,
    references.levels_exist,
    references.everything_is_used,
    references.everything_can_be_asked,
    references.nothing_goes_in_circles,
    numbers.backgrounds_are_whole,
    numbers.common_findings_are_stated,
    numbers.links_sum_to_at_most_one,
    numbers.risk_or_link,
    numbers.danger_signs_raise,
    numbers.excluded_only_where_impossible,
    numbers.specific_is_rarer,
    numbers.implied_ratios_agree,
    numbers.flags_only_raise,
    numbers.flags_can_be_budgeted,
    mixes.mixes_can_be_found,
    words.nobody_repeats_a_reason,
    words.cases_are_people,
    words.flags_show_all_three_answers,
    words.conditions_show_their_kinds,
    words.questions_are_plain,
    words.emergencies_say_one_thing,
    words.statements_have_sources,
    words.no_placeholder_is_left,
)
SHINGLES = "read_texts.shingles"
"""File in the content folder with hashes of nine-word runs of the texts that were read; never the texts themselves."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: problems fail it, warnings do not; `counts` says how much was looked at."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    counts: dict[str, int]


def check(folder: Path = CONTENT, only: Iterable[str] = ()) -> Report:
    """Check every file against its schema and every law. `only` keeps problems of files with these ids."""
    records, documents, problems = read_records(folder)
    fields: dict[str, Any] = {"fingerprint": "", **records}
    knowledge = Knowledge.model_construct(**fields)
    context = Context(knowledge, documents, list(problems))
    if all(getattr(knowledge, one) for one in ("policy", "scale", "verdict", "words")):
        for law in LAWS:
            law(context)
        words.nothing_is_copied(context, read_shingles(folder))
    wanted = set(only)
    kept = [p for p in context.problems if not wanted or Path(p.file).stem in wanted]
    warned = [p for p in context.warnings if not wanted or Path(p.file).stem in wanted]
    return Report(tuple(sorted(set(kept))), tuple(sorted(set(warned))), {kind: len(records[kind]) for kind in FOLDERS})


def read_shingles(folder: Path) -> frozenset[int]:
    """The hashes of what was read, six bytes each; none when the file is not there."""
    path = folder / SHINGLES
    data = path.read_bytes() if path.exists() else b""
    return frozenset(int.from_bytes(data[start : start + 6]) for start in range(0, len(data), 6))


def write_shingles(folder: Path, texts: Iterable[str]) -> int:
    """Add the hashes of texts that were read. Returns how many there are now."""
    known = read_shingles(folder) | {shingle for text in texts for shingle in words.shingles(text)}
    (folder / SHINGLES).write_bytes(b"".join(value.to_bytes(6) for value in sorted(known)))
    return len(known)
