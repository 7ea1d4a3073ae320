"""Cramp or ache? Says what kind of pain it is, with the answers that decided it."""

from collections.abc import Mapping
from dataclasses import dataclass

from legwise.base.answers import Answer
from legwise.knowledge.grammar import AtLeast, Not, Rule
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.schema.policy import VerdictKind


@dataclass(frozen=True, slots=True)
class KindOfPain:
    """The kinds that the answers show (cramp and ache together are "both"), and the findings that showed it."""

    kinds: tuple[str, ...]
    name: str
    say: str
    decided_by: tuple[str, ...]
    sources: tuple[str, ...]


def kind_of_pain(knowledge: Knowledge, facts: Mapping[str, Answer]) -> KindOfPain:
    """Judge every kind by its rule; several may hold, none may hold, or it cannot be told yet."""
    verdict = knowledge.cramp_or_ache
    truths = {kind.id: kind.when.truth(facts) for kind in verdict.kinds}
    shown = [kind for kind in verdict.kinds if truths[kind.id] is True]
    decided = tuple(dict.fromkeys(key for kind in shown for key in _true_leaves(kind.when, facts)))
    if not shown:
        open_still = any(truth is None for truth in truths.values())
        name, say = ("cannot tell yet", verdict.cannot_tell) if open_still else ("neither", verdict.neither)
        return KindOfPain((), name, say, (), ())
    return KindOfPain(tuple(k.id for k in shown), _name(shown), _say(shown, verdict.both), decided, _sources(shown))


def _name(shown: list[VerdictKind]) -> str:
    return " and ".join(kind.name for kind in shown)


def _say(shown: list[VerdictKind], both: str) -> str:
    return both if {"cramp", "ache"} <= {kind.id for kind in shown} else shown[0].say


def _sources(shown: list[VerdictKind]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind.source for kind in shown))


def _true_leaves(rule: Rule, facts: Mapping[str, Answer]) -> list[str]:
    """What made a rule true: the tests that hold in those of its parts that hold. A "not" is no answer to name."""
    if isinstance(rule, AtLeast):
        return [key for part in rule.parts if part.truth(facts) for key in _true_leaves(part, facts)]
    return [] if isinstance(rule, Not) else [leaf.finding for leaf in rule.leaves()]
