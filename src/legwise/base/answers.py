"""States of an answer. Yes, no, not sure and not asked are four states; missing is never "no"."""

from collections.abc import Mapping
from typing import Final, Literal

YES: Final = "yes"
NO: Final = "no"
NOT_SURE: Final = "not_sure"
"""The person does not know, and will be asked once more in other words."""
STILL_NOT_SURE: Final = "still_not_sure"
"""Asked again in other words, the person still does not know."""

UNKNOWN: Final = frozenset({NOT_SURE, STILL_NOT_SURE})

AnswerState = Literal["yes", "no", "not_sure", "still_not_sure"]
Answer = str | float | frozenset[str]
"""A word (yes, no, not_sure, still_not_sure or a named level), a number, or a set of levels."""
Answers = Mapping[str, Answer]
"""Answers by finding id. A finding that is not a key was not asked."""


def is_unknown(answer: Answer | None) -> bool:
    """Say whether an answer settles nothing: not asked, or not sure.

    >>> is_unknown(None), is_unknown("not_sure"), is_unknown("no")
    (True, True, False)
    """
    return answer is None or (isinstance(answer, str) and answer in UNKNOWN)
