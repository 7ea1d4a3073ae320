"""The closed grammar of rules: what can be asked of findings, and how unknowns carry through.

    one_leg_swelling                     the finding is yes
    {sensation: cramp}                   a named level (of several marked ones: any)
    {sensation: [cramp, stiff]}          one of these levels
    {age: {over: 49}}                    a number: over or under
    {all_of: [...]} {any_of: [...]} {at_least: {n: 2, of: [...]}} {not: ...}

Evaluation is Kleene's: true, false, or None for "cannot tell". One certain no settles an
all_of, one certain yes an any_of; otherwise an unknown part makes the whole unknown.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from legwise.base.answers import UNKNOWN, YES, Answer

Truth = bool | None
"""True, False, or None: cannot tell."""


class Rule:
    """One node of a rule."""

    __slots__ = ()

    def truth(self, facts: Mapping[str, Answer]) -> Truth:
        """Say whether the rule holds for these facts; None where they cannot tell."""
        raise NotImplementedError

    def leaves(self) -> "Iterator[Is | Within]":
        """Every test of a finding in the rule, in the order written."""
        raise NotImplementedError

    def findings(self) -> frozenset[str]:
        """Ids of the findings that the rule looks at."""
        return frozenset(leaf.finding for leaf in self.leaves())


@dataclass(frozen=True, slots=True)
class Is(Rule):
    """The finding has one of these levels."""

    finding: str
    values: frozenset[str]

    def truth(self, facts: Mapping[str, Answer]) -> Truth:
        answer = facts.get(self.finding)
        if isinstance(answer, str):
            return True if answer in self.values else None if answer in UNKNOWN else False
        if isinstance(answer, frozenset):
            return not self.values.isdisjoint(answer)
        return None if answer is None else False

    def leaves(self) -> "Iterator[Is | Within]":
        yield self


@dataclass(frozen=True, slots=True)
class Within(Rule):
    """The number is over `low` and under `high` (both exclusive; None for no bound)."""

    finding: str
    low: float | None = None
    high: float | None = None

    def truth(self, facts: Mapping[str, Answer]) -> Truth:
        answer = facts.get(self.finding)
        if answer is None or not isinstance(answer, int | float):
            return None
        return (self.low is None or answer > self.low) and (self.high is None or answer < self.high)

    def leaves(self) -> "Iterator[Is | Within]":
        yield self


@dataclass(frozen=True, slots=True)
class AtLeast(Rule):
    """At least `n` of the parts hold. `all_of` and `any_of` are the two ends of it."""

    n: int
    parts: tuple[Rule, ...]

    def truth(self, facts: Mapping[str, Answer]) -> Truth:
        still_needed, may_fail = self.n, len(self.parts) - self.n
        for part in self.parts:
            truth = part.truth(facts)
            if truth:
                still_needed -= 1
                if not still_needed:
                    return True
            elif truth is False:
                may_fail -= 1
                if may_fail < 0:
                    return False
        return None

    def leaves(self) -> "Iterator[Is | Within]":
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True, slots=True)
class Not(Rule):
    """The part does not hold. Never allowed in a red flag."""

    part: Rule

    def truth(self, facts: Mapping[str, Answer]) -> Truth:
        truth = self.part.truth(facts)
        return None if truth is None else not truth

    def leaves(self) -> "Iterator[Is | Within]":
        yield from self.part.leaves()


class RuleError(ValueError):
    """A rule is not written in the grammar. The message says what was found and what is wanted."""


def parse(data: object) -> Rule:
    """Read a rule from plain data.

    Raises:
        RuleError: when the data is not in the grammar.

    >>> parse({"all_of": ["fever", {"age": {"over": 49}}]}).truth({"fever": "yes", "age": 50})
    True
    >>> parse({"any_of": ["fever", "chills"]}).truth({"fever": "no"}) is None
    True
    """
    if isinstance(data, str):
        return Is(data, frozenset({YES}))
    if not isinstance(data, Mapping) or len(data) != 1:
        raise RuleError(f"found {_describe(data)}; a rule is a finding id or one of all_of, any_of, at_least, not")
    ((key, value),) = data.items()
    read = _COMBINATIONS.get(key)
    return read(value) if read else _test(str(key), value)


def _describe(data: object) -> str:
    if isinstance(data, Mapping):
        return f"the keys {', '.join(map(str, data))} together" if len(data) > 1 else "an empty rule"
    return repr(data)


def _parts(value: object) -> tuple[Rule, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise RuleError(f"found {value!r}; wanted a list of rules")
    return tuple(parse(part) for part in value)


def _all_of(value: object) -> Rule:
    parts = _parts(value)
    return AtLeast(len(parts), parts)


def _any_of(value: object) -> Rule:
    return AtLeast(1, _parts(value))


def _at_least(value: object) -> Rule:
    if not isinstance(value, Mapping) or set(value) != {"n", "of"} or not isinstance(value["n"], int):
        raise RuleError(f"found {value!r}; at_least wants n (a whole number) and of (a list)")
    parts = _parts(value["of"])
    if not 1 <= value["n"] <= len(parts):
        raise RuleError(f"at_least {value['n']} of {len(parts)} parts can never matter; wanted 1 to {len(parts)}")
    return AtLeast(value["n"], parts)


_COMBINATIONS: dict[object, Callable[[object], Rule]] = {
    "all_of": _all_of,
    "any_of": _any_of,
    "at_least": _at_least,
    "not": lambda value: Not(parse(value)),
}


def _test(finding: str, value: object) -> Rule:
    if isinstance(value, str):
        return Is(finding, frozenset({value}))
    if isinstance(value, list | tuple) and value and all(isinstance(item, str) for item in value):
        return Is(finding, frozenset(value))
    if isinstance(value, Mapping) and len(value) == 1:
        return _number_test(finding, value)
    raise RuleError(f"found {value!r} for {finding}; wanted a level, a list of levels, over or under")


def _number_test(finding: str, value: Mapping[Any, Any]) -> Rule:
    ((key, bound),) = value.items()
    if key == "over" and isinstance(bound, int | float):
        return Within(finding, low=bound)
    if key == "under" and isinstance(bound, int | float):
        return Within(finding, high=bound)
    raise RuleError(f"found {key}: {bound!r} for {finding}; wanted over or under, with a number")
