"""From the words of a coded case to answers: each word says the weakest finding that it can mean.

The map itself is content (`content/evaluation/token_map.yaml`); every word has a meaning there or
a reason why it is not asked.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from rapidfuzz.process import extractOne

from legwise.base.answers import NO, YES, Answer
from legwise.base.errors import ContentError, Problem, UsageError
from legwise.evaluation.coded_cases import CodedCase
from legwise.knowledge import Knowledge, strict_yaml
from legwise.knowledge.load import CONTENT

FILE = CONTENT / "evaluation" / "token_map.yaml"
_NEAR_ENOUGH = 60

Value = str | tuple[str, ...]
"""A level, or a list of levels where several may be marked."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class When(_Part):
    """What a word says beside others: all of `with`, one of `any_of`, none of `unless`."""

    says: dict[str, Value]
    with_: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _plain_with(cls, data: Any) -> Any:
        """`with` is the word in the file; Python keeps it for itself."""
        return {("with_" if key == "with" else key): value for key, value in data.items()}

    def holds(self, present: Collection[str]) -> bool:
        """Whether it holds among the words that a case states as present."""
        return (
            all(word in present for word in self.with_)
            and (not self.any_of or any(word in present for word in self.any_of))
            and not any(word in present for word in self.unless)
        )


class Token(_Part):
    """What one word says: always, beside others, and when it is denied; or why it says nothing by itself."""

    says: dict[str, Value] = {}
    cases: tuple[When, ...] = ()
    denied: dict[str, Value] = {}
    not_asked: str | None = None

    @model_validator(mode="after")
    def _reason(self) -> Self:
        if bool(self.says) == bool(self.not_asked):
            raise ValueError("a word says something by itself, or 'not_asked' gives the reason why not")
        return self

    def meanings(self) -> Iterator[Mapping[str, Value]]:
        """Every set of answers that the word can give."""
        yield self.says
        yield from (case.says for case in self.cases)
        yield self.denied


class NotAsked(_Part):
    """Words that no question stands for, and why."""

    because: str
    tokens: tuple[str, ...]


class Golds(_Part):
    """What the cases call a cause, and what we call it."""

    because: str
    same_name: tuple[str, ...]
    other_name: dict[str, str]
    not_covered: tuple[str, ...]


class TokenMap(_Part):
    """The whole map."""

    id: str
    about: str
    groups: dict[str, tuple[str, ...]]
    volunteered: tuple[str, ...]
    volunteered_because: str
    plain_denials: dict[str, Value]
    plain_denials_because: str
    tokens: dict[str, Token]
    not_asked: tuple[NotAsked, ...]
    exam: NotAsked
    golds: Golds

    @property
    def silent(self) -> frozenset[str]:
        """Words that give no answer, whatever else the case says."""
        return frozenset(word for group in self.not_asked for word in group.tokens)

    @property
    def words(self) -> frozenset[str]:
        """Every word of findings and history that the map knows."""
        return self.silent | self.tokens.keys()

    def gold(self, condition: str) -> str | None:
        """Our id of a cause; None where we do not cover it."""
        if condition in self.golds.same_name:
            return condition
        return self.golds.other_name.get(condition)


@lru_cache(maxsize=2)
def token_map(path: Path = FILE) -> TokenMap:
    """Read the map, with its groups written out.

    Raises:
        ContentError: when the file breaks its schema.
    """
    document = strict_yaml.read(path.read_text(encoding="utf-8"), f"evaluation/{path.name}")
    if document.problems:
        raise ContentError(document.problems)
    try:
        return TokenMap.model_validate(_written_out(document.data))
    except ValidationError as error:
        problems = [
            Problem(document.file, document.line_of(detail["loc"]), _place(detail["loc"]), detail["msg"], "correct it")
            for detail in error.errors()
        ]
    raise ContentError(problems)


def map_mark(path: Path = FILE) -> str:
    """A short hash of the map, so that a report says which one it used."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _place(loc: Iterable[object]) -> str:
    return ".".join(str(part) for part in loc)


def _written_out(data: Any) -> Any:
    """Replace the name of a group by its words, wherever words are listed beside a meaning."""
    groups = data.get("groups", {})

    def spread(words: list[str]) -> list[str]:
        return [word for item in words for word in groups.get(item, [item])]

    for token in data.get("tokens", {}).values():
        for case in token.get("cases", []):
            for key in {"with", "any_of", "unless"} & case.keys():
                case[key] = spread(case[key])
    return data


def facts_of(knowledge: Knowledge, words: TokenMap, case: CodedCase) -> dict[str, Answer]:
    """The answers that a case gives by itself.

    Raises:
        UsageError: when the case has a word that the map does not know.
    """
    _check_words(words, case)
    present = {*case.findings, *case.history}
    said = [says for word in sorted(present) for says in _said(words, word, present)]
    denied = [words.tokens[word].denied for word in sorted({*case.absent} - present) if word in words.tokens]
    stated = _merged(knowledge, said)
    facts: dict[str, Answer] = {**_merged(knowledge, denied), **stated}
    if case.age is not None:
        facts["age"] = case.age
    if case.sex is not None:
        facts["sex"] = case.sex
    return facts


def _said(words: TokenMap, word: str, present: Collection[str]) -> Iterator[Mapping[str, Value]]:
    token = words.tokens.get(word)
    if token is not None:
        yield token.says
        yield from (case.says for case in token.cases if case.holds(present))


def _merged(knowledge: Knowledge, said: Iterable[Mapping[str, Value]]) -> dict[str, Answer]:
    """Put answers together: marks add up, "yes" beats "no", and two different levels leave a finding unasked."""
    collected: dict[str, set[str]] = {}
    for answers in said:
        for key, value in answers.items():
            collected.setdefault(key, set()).update([value] if isinstance(value, str) else value)
    result: dict[str, Answer] = {}
    for key, values in collected.items():
        if knowledge.findings[key].several:
            result[key] = frozenset(values)
        elif len(values) == 1:
            result[key] = values.pop()
        elif values == {YES, NO}:
            result[key] = YES
    return result


def _check_words(words: TokenMap, case: CodedCase) -> None:
    known = words.words
    fields = (("findings", case.findings), ("history", case.history), ("absent", case.absent))
    for field, listed in fields:
        for word in listed:
            if word not in known and not (field == "absent" and word in words.exam.tokens):
                near = extractOne(word, known, score_cutoff=_NEAR_ENOUGH)
                hint = f"; the nearest known one is '{near[0]}'" if near else ""
                raise UsageError(f"Case {case.id}, {field}: the word '{word}' is not in the map of words{hint}.")
