"""Laws about words: short, plain, each thought about for itself, and never somebody else's sentence."""

import hashlib
import re
from collections.abc import Iterator

from legwise.knowledge.laws.context import Context, Place, every_value, file_of
from legwise.knowledge.reading import count_words, grade
from legwise.knowledge.schema.finding import Finding
from legwise.knowledge.schema.record import Statement

HIGHEST_GRADE = 6.0
"""Reading grade of what is asked and of what an emergency says."""
MOST_EMERGENCY_WORDS = 25
MOST_QUESTION_WORDS = 18
SHINGLE = 9
"""So many words in a row that also stand in a source are a copy."""
_ASKED = ("ask", "ask_other", "again", "again_other")


def nobody_repeats_a_reason(context: Context) -> None:
    """No two files, and no two places, share a `because`."""
    seen: dict[str, str] = {}
    for file, _, place, value in every_value(context.knowledge):
        if not place or not isinstance(value, str) or not str(place[-1]).endswith("because"):
            continue
        words = _plain(value)
        if words in seen:
            context.breach(
                file, place, f"the same reason as {seen[words]}", "each thought about for itself", "write its own"
            )
        else:
            seen[words] = f"{file} ({'.'.join(map(str, place))})"


def cases_are_people(context: Context) -> None:
    """A hand-written case has `in_words`, unlike any other; a generated one has none."""
    seen: dict[str, str] = {}
    for folder in ("red_flags", "conditions"):
        for key, record in getattr(context.knowledge, folder).items():
            for position, case in enumerate(record.cases):
                file, place = file_of(folder, key), ("cases", position)
                if case.generated != (case.in_words is None):
                    context.breach(
                        file,
                        place,
                        f"the case '{case.name}'",
                        "in_words, or generated: true",
                        "say it as a person would",
                    )
                elif case.in_words is not None and _plain(case.in_words) in seen:
                    found = f"the words of {seen[_plain(case.in_words)]}"
                    context.breach(file, place, found, "each person's own words", "write another")
                else:
                    seen[_plain(case.in_words or case.name + file)] = file


def flags_show_all_three_answers(context: Context) -> None:
    """A red flag has hand-written cases that fire, that do not, and that cannot tell."""
    for key, flag in context.knowledge.red_flags.items():
        shown = {case.expect.fires for case in flag.cases if not case.generated}
        for wanted in (True, False, "cannot_tell"):
            if wanted not in shown:
                do = "add a case that a person could be"
                context.breach(
                    file_of("red_flags", key), ("cases",), f"no case with fires: {wanted}", "all three answers", do
                )


def conditions_show_their_kinds(context: Context) -> None:
    """A condition has a typical case, a look-alike and an atypical one; a danger one with its red flag."""
    for key, condition in context.knowledge.conditions.items():
        shown = {case.kind for case in condition.cases if not case.generated}
        wanted = {"typical", "look_alike", "atypical", "older", "denying"}
        if condition.is_danger:
            wanted.add("red_flag")
        for kind in sorted(wanted - shown):
            do = "add a case that a person could be"
            context.breach(file_of("conditions", key), ("cases",), f"no {kind} case", "one of each kind", do)


def questions_are_plain(context: Context) -> None:
    """Questions are short and read at grade 6 or below, save where they name medicines as the packet does."""
    for file, record, place, value in every_value(context.knowledge):
        names_medicines = isinstance(record, Finding) and record.kind == "medicine" and place[:1] != ("ask",)
        if place and not names_medicines and place[-1] in _ASKED and isinstance(value, str):
            _is_plain(context, file, place, value, MOST_QUESTION_WORDS if place[-1] in ("ask", "ask_other") else 40)


def emergencies_say_one_thing(context: Context) -> None:
    """An emergency says what to do in at most 25 words, at grade 6 or below."""
    for key, flag in context.knowledge.red_flags.items():
        if flag.urgency == "emergency":
            _is_plain(context, file_of("red_flags", key), ("say",), flag.say.text, MOST_EMERGENCY_WORDS)


def _is_plain(context: Context, file: str, place: Place, text: str, most: int) -> None:
    if count_words(text) > most:
        context.breach(file, place, f"{count_words(text)} words", f"at most {most}", "say less")
    if grade(text) > HIGHEST_GRADE:
        context.breach(
            file, place, f"reading grade {grade(text):.1f}", f"at most {HIGHEST_GRADE:g}", "use shorter words"
        )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def shingles(text: str) -> Iterator[int]:
    """Hash every run of nine words of a text."""
    words = _plain(text).split()
    for start in range(len(words) - SHINGLE + 1):
        digest = hashlib.blake2b(" ".join(words[start : start + SHINGLE]).encode(), digest_size=6)
        yield int.from_bytes(digest.digest())


def nothing_is_copied(context: Context, known: frozenset[int]) -> None:
    """No statement repeats nine words in a row of a text that was read for the content."""
    for file, _, place, value in every_value(context.knowledge):
        if file.startswith("sources/") or not isinstance(value, str) or not place or place[-1] in ("id", "where"):
            continue
        if any(shingle in known for shingle in shingles(value)):
            context.breach(file, place, "nine words in a row that stand in a source", "our own words", "say it anew")


def statements_have_sources(context: Context) -> None:
    """Every statement to a person names a source that can be found (promise P6)."""
    for file, _, place, value in every_value(context.knowledge):
        if isinstance(value, Statement) and not any(key in context.knowledge.sources for key in value.sources):
            context.breach(
                file, place, "a statement without a source", "at least one source that exists", "name its source"
            )


def no_placeholder_is_left(context: Context) -> None:
    """No <placeholder> of a newly started file is left."""
    for file, document in context.documents.items():
        for place, text in _texts(document.data):
            if "<" in text and re.search(r"<[a-z_ -]+>", text):
                context.breach(file, place, f"the placeholder {text[:40]}", "our own words", "fill it in")


def _texts(value: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(key, (*place, key))
            yield from _texts(item, (*place, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _texts(item, (*place, position))
