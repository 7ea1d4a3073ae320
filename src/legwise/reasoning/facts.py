"""From what a person answered to everything that follows from it.

An umbrella's "no" is "no" to its parts; a more specific "yes" makes the general one "yes"; a
question that does not apply is "no"; derived findings get their level. Where answers contradict
each other the more dangerous reading stands, and the contradiction is named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from legwise.base.answers import NO, NOT_SURE, STILL_NOT_SURE, YES, Answer, Answers
from legwise.base.errors import AnswerError
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.schema.finding import Finding


@dataclass(frozen=True, slots=True)
class Facts:
    """Every known value by finding id, and the pairs of answers that cannot both be right."""

    values: Mapping[str, Answer]
    contradictions: tuple[tuple[str, str], ...]


def check_answers(knowledge: Knowledge, answers: Answers) -> None:
    """Refuse answers that no screen could have given.

    Raises:
        AnswerError: naming the question and what is accepted, never the answer.
    """
    for key, answer in answers.items():
        if key in knowledge.umbrellas:
            accepted: tuple[str, ...] = (YES, NO)
        elif key not in knowledge.findings or knowledge.findings[key].derived:
            raise AnswerError(f"There is no question with the id {key[:60]!r}.")
        elif (number := knowledge.findings[key].number) is not None:
            if isinstance(answer, int | float) and number.lowest <= answer <= number.highest:
                continue
            if answer not in (NOT_SURE, STILL_NOT_SURE):
                limits = f"{number.lowest:g} to {number.highest:g} {number.unit}"
                raise AnswerError(f"The answer to {key!r} must be a number from {limits}.")
            continue
        else:
            accepted = knowledge.findings[key].values
        _check_words(knowledge, key, answer, (*accepted, NOT_SURE, STILL_NOT_SURE))


def _check_words(knowledge: Knowledge, key: str, answer: Answer, accepted: tuple[str, ...]) -> None:
    finding = knowledge.findings.get(key)
    if finding is not None and finding.several and isinstance(answer, frozenset):
        if answer and answer <= set(finding.values):
            return
    elif (
        isinstance(answer, str)
        and answer in accepted
        and not (finding and finding.several and answer in finding.values)
    ):
        return
    kind = "a list of some of these" if finding is not None and finding.several else "one of these"
    raise AnswerError(f"The answer to {key!r} must be {kind}: {', '.join(accepted)}.")


def expand(knowledge: Knowledge, answers: Answers) -> Facts:
    """Work out everything that follows from the answers. Their order never matters."""
    values: dict[str, Answer] = {key: value for key, value in answers.items() if key in knowledge.findings}
    contradictions: set[tuple[str, str]] = set()
    _close_umbrellas(knowledge, answers, values, contradictions)
    _close_general(knowledge, values, contradictions)
    for finding in order_of_derivation(knowledge):
        level = derive(finding, values)
        if level is not None:
            values[finding.id] = level
    _close_inapplicable(knowledge, values)
    for finding in order_of_derivation(knowledge):
        level = derive(finding, values)
        if level is not None:
            values[finding.id] = level
    return Facts(values, tuple(sorted(contradictions)))


def _close_umbrellas(
    knowledge: Knowledge, answers: Answers, values: dict[str, Answer], contradictions: set[tuple[str, str]]
) -> None:
    for umbrella in knowledge.umbrellas.values():
        if answers.get(umbrella.id) != NO:
            continue
        for part in umbrella.parts:
            if values.get(part) == YES:
                contradictions.add((umbrella.id, part))
            values.setdefault(part, NO)


def _close_general(knowledge: Knowledge, values: dict[str, Answer], contradictions: set[tuple[str, str]]) -> None:
    """A specific yes makes the general finding yes; a general no makes the specific ones no."""
    for child, parents in ancestors(knowledge).items():
        for parent in parents:
            if values.get(child) == YES:
                if values.get(parent) == NO:
                    contradictions.add((parent, child))
                values[parent] = YES
    for child, parents in ancestors(knowledge).items():
        if child not in values and any(values.get(parent) == NO for parent in parents):
            values[child] = NO


def _close_inapplicable(knowledge: Knowledge, values: dict[str, Answer]) -> None:
    """A question that does not apply, given the rest, counts as "no" unless it was answered."""
    for _ in range(2):
        for finding in gated(knowledge):
            gate = finding.ask_when
            if finding.id not in values and gate is not None and gate.truth(values) is False:
                values[finding.id] = NO


def derive(finding: Finding, values: Mapping[str, Answer]) -> str | None:
    """The last level whose rule is true; "none" when all are false; None when that cannot be told."""
    all_false = True
    for level in reversed(finding.derived):
        truth = level.when.truth(values)
        if truth:
            return level.id
        all_false = all_false and truth is False
    return "none" if all_false else None


@lru_cache(maxsize=8)
def order_of_derivation(knowledge: Knowledge) -> tuple[Finding, ...]:
    """Derived findings, each after those it is derived from.

    Raises:
        ValueError: when findings are derived from each other in a circle.
    """
    pending = {key: finding for key, finding in sorted(knowledge.findings.items()) if finding.derived}
    ordered: list[Finding] = []
    while pending:
        ready = [f for f in pending.values() if not (parts_of(f) & pending.keys())]
        if not ready:
            raise ValueError(f"findings derived from each other in a circle: {', '.join(pending)}")
        ordered += ready
        for finding in ready:
            del pending[finding.id]
    return tuple(ordered)


def parts_of(finding: Finding) -> frozenset[str]:
    """The findings that a derived finding is derived from."""
    return frozenset().union(*(level.when.findings() for level in finding.derived))


@lru_cache(maxsize=8)
def pools_of(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """For each finding: the derived findings that it goes into."""
    result: dict[str, list[str]] = {}
    for finding in order_of_derivation(knowledge):
        for part in sorted(parts_of(finding)):
            result.setdefault(part, []).append(finding.id)
    return {key: tuple(pools) for key, pools in result.items()}


@lru_cache(maxsize=8)
def ancestors(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """For each finding with `is_a`: every more general finding above it."""
    result: dict[str, tuple[str, ...]] = {}
    for key, finding in sorted(knowledge.findings.items()):
        seen: list[str] = []
        queue = list(finding.is_a)
        while queue:
            parent = queue.pop()
            if parent not in seen and parent in knowledge.findings:
                seen.append(parent)
                queue += knowledge.findings[parent].is_a
        if seen:
            result[key] = tuple(seen)
    return result


@lru_cache(maxsize=8)
def gated(knowledge: Knowledge) -> tuple[Finding, ...]:
    """Findings that make sense only for some people."""
    return tuple(f for _, f in sorted(knowledge.findings.items()) if f.ask_when is not None)
