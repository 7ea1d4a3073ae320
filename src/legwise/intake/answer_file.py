"""Reads a file of answers (YAML or JSON) and says clearly what is wrong with it.

    age: 72
    site: [calf]
    sensation: cramp
    one_leg_swelling: no

`yes`, `no`, `true`, `false` and `not_sure` are answers to any question that takes them; `not_asked` (or
leaving a line out) leaves the question open.
"""

import math
from collections.abc import Mapping
from typing import Any

from rapidfuzz.process import extractOne

from legwise.base.answers import NOT_SURE, STILL_NOT_SURE, Answer
from legwise.base.errors import UsageError
from legwise.knowledge import strict_yaml
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.schema.finding import Finding

LARGEST = 200_000
"""Bytes of the largest file that is read. A whole interview is under 10,000."""
NOT_ASKED = "not_asked"
_UNSURE = (NOT_SURE, STILL_NOT_SURE)
_NEAR_ENOUGH = 70
MOST_SHOWN = 60
"""Characters of a refused value that are said back to whoever gave it."""


def read_answers(data: bytes, knowledge: Knowledge) -> dict[str, Answer]:
    """Read answers from the bytes of a file.

    Raises:
        UsageError: in one sentence, with what was found and what is accepted.
    """
    given = _mapping(data)
    problems: list[str] = []
    answers: dict[str, Answer] = {}
    for key, value in given.items():
        try:
            answer = _answer(knowledge, key, value)
        except UsageError as error:
            problems.append(str(error))
        else:
            if answer is not None:
                answers[key] = answer
    if problems:
        raise UsageError("\n".join(problems))
    return answers


def _mapping(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise UsageError(f"The file is too large: {len(data):,} bytes. At most {LARGEST:,} are read.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"The file is not UTF-8 text (byte {error.start + 1} is not). Save it as UTF-8.") from None
    if not text.strip():
        raise UsageError("The file is empty. It should hold answers, one a line, such as 'age: 72'.")
    document = strict_yaml.read(text, "answers")
    if document.problems:
        first = document.problems[0]
        raise UsageError(f"Line {first.line}: found {first.found}; wanted {first.wanted}. {first.do.capitalize()}.")
    content = document.data
    if isinstance(content, Mapping) and isinstance(content.get("answers"), Mapping):
        content = content["answers"]
    if not isinstance(content, Mapping):
        raise UsageError("The file should hold answers, one a line, such as 'age: 72', not a list or a single value.")
    return {str(key): value for key, value in content.items()}


def _answer(knowledge: Knowledge, key: str, value: Any) -> Answer | None:
    """One answer in the form that the reasoning takes; None for one that is left open."""
    if value is None or value == NOT_ASKED:
        return None
    word = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    if key in knowledge.umbrellas:
        return _one_of(key, word, ("yes", "no", NOT_SURE))
    finding = knowledge.findings.get(key)
    if finding is None:
        raise UsageError(
            f"There is no question '{_short(key)}'.{_nearest(key, [*knowledge.findings, *knowledge.umbrellas])}"
        )
    if finding.derived:
        raise UsageError(f"'{key}' is not asked: it follows from other answers.")
    if finding.number is not None:
        return _number(finding, word)
    if finding.several:
        return _some_of(finding, word)
    return _one_of(key, word, (*finding.values, *_UNSURE))


def _number(finding: Finding, value: Any) -> Answer:
    number = finding.number
    assert number is not None  # noqa: S101  (the caller has looked)
    if isinstance(value, str) and value in _UNSURE:
        return value
    limits = f"a number from {number.lowest:g} to {number.highest:g} ({number.unit})"
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise UsageError(f"'{finding.id}' takes {limits}, not {_short(value)!r}.")
    if not number.lowest <= value <= number.highest:
        raise UsageError(f"'{finding.id}' takes {limits}; {value:g} is outside.")
    return float(value)


def _some_of(finding: Finding, value: Any) -> Answer:
    if isinstance(value, str) and value in _UNSURE:
        return value
    marked = value if isinstance(value, list) else [value]
    if not marked:
        raise UsageError(f"'{finding.id}' is an empty list. Name some of: {', '.join(finding.values)}.")
    return frozenset(str(_one_of(finding.id, item, finding.values)) for item in marked)


def _one_of(key: str, value: Any, accepted: tuple[str, ...]) -> str:
    if isinstance(value, list | Mapping):
        raise UsageError(f"'{key}' takes one answer, not {len(value)}: one of {', '.join(accepted)}.")
    if isinstance(value, str) and value in accepted:
        return value
    shown = str(value).lower() if isinstance(value, bool) else value
    raise UsageError(
        f"'{key}' does not take '{_short(shown)}': one of {', '.join(accepted)}.{_nearest(str(shown), accepted)}"
    )


def _nearest(word: str, known: list[str] | tuple[str, ...]) -> str:
    found = extractOne(word, known, score_cutoff=_NEAR_ENOUGH)
    return f" Did you mean '{found[0]}'?" if found else ""


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "..."
