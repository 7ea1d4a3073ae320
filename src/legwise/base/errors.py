"""Errors, by who can mend them.

LegwiseError
├── ContentError   we mend it: something is wrong in content/
├── AnswerError    the person mends it, told in plain words
└── UsageError     the caller of a command mends it (exit code 2)

No message carries an answer that was taken. A UsageError says a refused value back to whoever ran the
command, cut short: it goes to their own terminal and is never to be logged.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class LegwiseError(Exception):
    """Shown to a person as one clear sentence, without a stack trace."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in content: where it is, what was found, what is wanted, what to do."""

    file: str
    line: int
    found: str
    wanted: str
    do: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}\n  found:  {self.found}\n  wanted: {self.wanted}\n  do:     {self.do}"


class ContentError(LegwiseError):
    """Content breaks its rules. Carries every problem at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        heading = f"{count} problem{'' if count == 1 else 's'} in the content"
        super().__init__("\n\n".join([heading, *map(str, self.problems)]))


class AnswerError(LegwiseError):
    """An answer cannot be read. The message names the question and what is accepted, never the answer."""


class UsageError(LegwiseError):
    """A command or a file given to it cannot be used as it stands. Exit code 2."""
