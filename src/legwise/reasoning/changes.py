"""What would change this: every single other answer that would raise or lower the urgency, found by trying it.

Trying an answer means the whole of it: what follows from it, the flags, the rates, the ranking and the
dangers with their intervals. `urgency_with` does just that and is the meaning of the rest. `try_all`
gives the same urgencies faster: what an answer does not touch is taken over from now.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from legwise.base.answers import NO, YES, Answer, Answers
from legwise.base.urgency import Urgency
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.schema.finding import Finding
from legwise.reasoning.facts import expand_around
from legwise.reasoning.flags import judge
from legwise.reasoning.model import evidence_of, general_or_special
from legwise.reasoning.rates import rates_after
from legwise.reasoning.situation import Situation, situation_of, too_young, triage
from legwise.reasoning.trials import Trial, danger_and_usual_urgency, difference


@dataclass(frozen=True, slots=True)
class Tried:
    """One other answer, and the urgency it would give."""

    finding: str
    instead: str
    urgency: Urgency


def urgency_of(situation: Situation) -> Urgency:
    """The urgency that a situation gives."""
    reasons = triage(situation)
    return reasons[0].urgency if reasons else Urgency.SELF_CARE


def urgency_with(knowledge: Knowledge, answers: Answers, finding: Finding, value: str) -> Urgency:
    """The urgency with one answer changed, worked out from scratch."""
    return urgency_of(situation_of(knowledge, with_answer(knowledge, answers, finding, value)))


def alternatives(knowledge: Knowledge, answers: Answers) -> Iterator[tuple[Finding, str]]:
    """Every other answer that the person could give to a single question about the complaint or themselves.

    Age, sex and who it is about are not things that change.
    """
    for finding in knowledge.findings.values():
        if finding.derived or finding.number or (finding.kind == "person" and not finding.danger):
            continue
        now = answers.get(finding.id)
        for value in finding.values:
            if value not in (now, _only(now)):
                yield finding, value


def _only(answer: Answer | None) -> str | None:
    return next(iter(answer)) if isinstance(answer, frozenset) and len(answer) == 1 else None


def with_answer(knowledge: Knowledge, answers: Answers, finding: Finding, value: str) -> dict[str, Answer]:
    """The answers with one changed. A part that becomes "yes" takes its umbrella's "no" back: the others stay "no"."""
    changed: dict[str, Answer] = {**answers, finding.id: frozenset({value}) if finding.several else value}
    if value != YES:
        return changed
    for umbrella in _umbrellas_over(knowledge).get(finding.id, ()):
        if answers.get(umbrella) == NO:
            changed[umbrella] = YES
            for part in knowledge.umbrellas[umbrella].parts:
                changed.setdefault(part, NO)
    return changed


@lru_cache(maxsize=4)
def _umbrellas_over(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    over: dict[str, tuple[str, ...]] = {}
    for umbrella in knowledge.umbrellas.values():
        for part in umbrella.parts:
            over[part] = (*over.get(part, ()), umbrella.id)
    return over


@lru_cache(maxsize=4)
def _flags_on(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """For each finding: the flags that look at it."""
    on: dict[str, list[str]] = {}
    for flag in knowledge.red_flags.values():
        for key in flag.when.findings():
            on.setdefault(key, []).append(flag.id)
    return {key: tuple(flags) for key, flags in on.items()}


def try_all(situation: Situation, answers: Answers, now: Urgency) -> list[Tried]:
    """Every single change of an answer, and the urgency it gives, where that differs from the urgency now."""
    knowledge = situation.knowledge
    tried = [(finding, value) for finding, value in alternatives(knowledge, answers)]
    trials = [_trial(situation, answers, finding, value) for finding, value in tried]
    young = too_young(knowledge, situation.facts.values)
    levels = [trial.rules for trial in trials] if young else danger_and_usual_urgency(situation, trials)
    return [
        Tried(finding.id, value, level)
        for (finding, value), level in zip(tried, levels, strict=True)
        if level is not now
    ]


def _trial(situation: Situation, answers: Answers, finding: Finding, value: str) -> Trial:
    """What one other answer changes: the urgency of the rules, the evidence, the rates."""
    knowledge, model = situation.knowledge, situation.model
    facts, changed = _facts_with(situation, answers, finding, value)
    chosen = evidence_of(knowledge, model, facts, situation.chosen, changed)
    keys = changed if general_or_special(knowledge).isdisjoint(changed) else situation.chosen.keys() | chosen.keys()
    return Trial(
        rules=_rules_with(situation, facts, changed),
        exchanged=difference(situation.chosen, chosen, keys),
        rates=rates_after(knowledge, model, situation.rates, facts, changed),
    )


def _facts_with(
    situation: Situation, answers: Answers, finding: Finding, value: str
) -> tuple[Mapping[str, Answer], set[str]]:
    """The facts with one answer changed, and which of them changed."""
    knowledge, base = situation.knowledge, situation.facts.values
    changed = with_answer(knowledge, answers, finding, value)
    anew, looked_at = expand_around(knowledge, situation.facts, changed, finding.id)
    return anew.values, {key for key in looked_at if anew.values.get(key) != base.get(key)}


def _rules_with(situation: Situation, facts: Mapping[str, Answer], changed: set[str]) -> Urgency:
    """What the red flags give: those that look at nothing that changed stand as they are."""
    flags = situation.knowledge.red_flags
    touched = {flag for key in changed for flag in _flags_on(situation.knowledge).get(key, ())}
    anew = max((judge(flags[flag], facts).urgency for flag in touched), default=Urgency.SELF_CARE)
    standing = (s.urgency for s in situation.raising if s.flag.id not in touched)
    return max(anew, next(standing, Urgency.SELF_CARE))
