"""From what a person answered to everything that follows from it.

An umbrella's "no" is "no" to its parts; a more specific "yes" makes the general one "yes"; a
question that does not apply is "no"; derived findings get their level. Where answers contradict
each other the more dangerous reading stands, and the contradiction is named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from legwise.base.answers import NO, NOT_SURE, STILL_NOT_SURE, YES, Answer, Answers, is_unknown
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
    return Facts(values, _follow(whole(knowledge), answers, values))


def expand_around(knowledge: Knowledge, facts: Facts, answers: Answers, key: str) -> tuple[Facts, tuple[str, ...]]:
    """`expand` of answers that differ from those behind `facts` in one finding, and in "no"s that followed anyway.

    Returns:
        The facts, and the findings that may have changed: all others hang on nothing that did.
    """
    around = neighbourhood(knowledge)[key]
    values = dict(facts.values)
    for name in around.members:
        values.pop(name, None)
        if name in answers:
            values[name] = answers[name]
    elsewhere = (pair for pair in facts.contradictions if around.members.isdisjoint(pair))
    return Facts(values, tuple(sorted({*_follow(around, answers, values), *elsewhere}))), tuple(around.members)


@dataclass(frozen=True, slots=True)
class Structure:
    """What follows from what, among some findings: umbrella parts, kinds, pools and questions that may not apply."""

    members: frozenset[str]
    parts: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, tuple[str, ...]], ...]
    derived: tuple[Finding, ...]
    gated: tuple[Finding, ...]


def _follow(structure: Structure, answers: Answers, values: dict[str, Answer]) -> tuple[tuple[str, str], ...]:
    """Add what follows to the values; returns the contradictions."""
    contradictions: set[tuple[str, str]] = set()
    _close_umbrellas(structure, answers, values, contradictions)
    _close_general(structure, values, contradictions)
    _derive_all(structure, values)
    if structure.gated:
        _close_inapplicable(structure, values)
        _derive_all(structure, values)
    return tuple(sorted(contradictions))


def _derive_all(structure: Structure, values: dict[str, Answer]) -> None:
    for finding in structure.derived:
        level = derive(finding, values) or _not_sure_of(finding, values)
        if level is not None:
            values[finding.id] = level


def _close_umbrellas(
    structure: Structure, answers: Answers, values: dict[str, Answer], contradictions: set[tuple[str, str]]
) -> None:
    for umbrella, part in structure.parts:
        if answers.get(umbrella) == NO:
            if values.get(part) == YES:
                contradictions.add((umbrella, part))
            values.setdefault(part, NO)


def _close_general(structure: Structure, values: dict[str, Answer], contradictions: set[tuple[str, str]]) -> None:
    """A specific yes makes the general finding yes; a general no makes the specific ones no."""
    for child, parents in structure.kinds:
        for parent in parents:
            if values.get(child) == YES:
                if values.get(parent) == NO:
                    contradictions.add((parent, child))
                values[parent] = YES
    for child, parents in structure.kinds:
        if child not in values and any(values.get(parent) == NO for parent in parents):
            values[child] = NO


def _close_inapplicable(structure: Structure, values: dict[str, Answer]) -> None:
    """A question that does not apply, given the rest, counts as "no" unless it was answered."""
    for _ in range(2):
        for finding in structure.gated:
            gate = finding.ask_when
            if finding.id not in values and gate is not None and gate.truth(values) is False:
                values[finding.id] = NO


def _among(knowledge: Knowledge, members: frozenset[str]) -> Structure:
    return Structure(
        members=members,
        parts=tuple((u.id, part) for u in knowledge.umbrellas.values() for part in u.parts if part in members),
        kinds=tuple((child, parents) for child, parents in ancestors(knowledge).items() if child in members),
        derived=tuple(f for f in order_of_derivation(knowledge) if f.id in members),
        gated=tuple(f for f in gated(knowledge) if f.id in members),
    )


@lru_cache(maxsize=8)
def whole(knowledge: Knowledge) -> Structure:
    """The structure of all findings."""
    return _among(knowledge, frozenset(knowledge.findings))


@lru_cache(maxsize=8)
def neighbourhood(knowledge: Knowledge) -> Mapping[str, Structure]:
    """For each finding: the structure of those that could change when it does.

    Two findings touch where one is a kind of the other, is derived from it, or makes sense only with it.
    """
    touching: dict[str, set[str]] = {key: set() for key in knowledge.findings}
    for child, parents in ancestors(knowledge).items():
        for parent in parents:
            touching[child].add(parent)
            touching[parent].add(child)
    for finding in (*order_of_derivation(knowledge), *gated(knowledge)):
        rule_parts = parts_of(finding) | (finding.ask_when.findings() if finding.ask_when else frozenset())
        for part in rule_parts:
            touching[part].add(finding.id)
    return {key: _among(knowledge, _reach(touching, key)) for key in knowledge.findings}


def _reach(touching: Mapping[str, set[str]], key: str) -> frozenset[str]:
    reached, queue = {key}, [key]
    while queue:
        fresh = touching[queue.pop()] - reached
        reached |= fresh
        queue += fresh
    return frozenset(reached)


def derive(finding: Finding, values: Mapping[str, Answer]) -> str | None:
    """The last level whose rule is true; "none" when all are false; None when that cannot be told."""
    all_false = True
    for level in reversed(finding.derived):
        truth = level.when.truth(values)
        if truth:
            return level.id
        all_false = all_false and truth is False
    return "none" if all_false else None


def _not_sure_of(finding: Finding, values: Mapping[str, Answer]) -> str | None:
    """Whether a level cannot be told because the person is not sure of something it is derived from."""
    unsure = {values[part] for part in parts_of(finding) if part in values and is_unknown(values[part])}
    return None if not unsure else NOT_SURE if NOT_SURE in unsure else STILL_NOT_SURE


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
