"""The cases of the content bite: change any rule a little, and one of its cases comes out wrong."""

from dataclasses import replace

import pytest

from legwise.knowledge import open_knowledge
from legwise.knowledge.cases import answers_of
from legwise.knowledge.grammar import AtLeast, Is, Within
from legwise.reasoning.facts import ancestors, expand

KNOWLEDGE = open_knowledge()
FLAGS = KNOWLEDGE.red_flags.values()
THRESHOLDS = sorted(
    key
    for key, finding in KNOWLEDGE.findings.items()
    if any(isinstance(leaf, Within) for level in finding.derived for leaf in level.when.leaves())
)


def outcomes(knowledge, flag):
    """What each case of a flag gives, and what it should give."""
    for case in flag.cases:
        expected = None if case.expect.fires == "cannot_tell" else case.expect.fires
        yield expand(knowledge, answers_of(knowledge, case)).values, expected


def mutants(rule):
    """Every rule that differs in one place: one part fewer, one more or one fewer needed, one level fewer."""
    if isinstance(rule, Is) and len(rule.values) > 1:
        for value in rule.values:
            yield f"{rule.finding} without {value}", Is(rule.finding, rule.values - {value})
    if not isinstance(rule, AtLeast):
        return
    for n in {rule.n - 1, rule.n + 1} & {*range(1, len(rule.parts) + 1)}:
        yield f"{n} instead of {rule.n} of {len(rule.parts)}", AtLeast(n, rule.parts)
    for place, part in enumerate(rule.parts):
        others = rule.parts[:place] + rule.parts[place + 1 :]
        if others and not told_by_another(part, others):
            every = rule.n == len(rule.parts)
            yield (
                f"without {sorted(part.findings())}",
                AtLeast(rule.n - every, others) if every else rule_of(rule.n, others),
            )
        for name, changed in mutants(part):
            yield name, AtLeast(rule.n, (*rule.parts[:place], changed, *rule.parts[place + 1 :]))


def rule_of(n, parts):
    """At least n of some parts, or of all where there are fewer."""
    return AtLeast(min(n, len(parts)), parts)


def told_by_another(part, others):
    """Whether a part is a kind of another part, or the other way round: then one of them says it for both."""
    related = ancestors(KNOWLEDGE)
    mine, theirs = part.findings(), {key for other in others for key in other.findings()}
    return any(theirs & {*related.get(key, ())} or any(key in related.get(o, ()) for o in theirs) for key in mine)


@pytest.mark.parametrize("flag", FLAGS, ids=lambda flag: flag.id)
def test_every_small_change_of_a_rule_breaks_a_case(flag):
    """No part, number or level of a red flag can be lost unnoticed."""
    cases = list(outcomes(KNOWLEDGE, flag))
    unnoticed = [
        name for name, rule in mutants(flag.when) if all(rule.truth(facts) == expected for facts, expected in cases)
    ]

    assert [] == unnoticed


@pytest.mark.parametrize("key", THRESHOLDS)
@pytest.mark.parametrize("step", [-1, 1])
def test_every_threshold_has_cases_on_both_sides(key, step):
    """Move a threshold by one year, and a case of some flag that hangs on it comes out wrong."""
    finding = KNOWLEDGE.findings[key]
    levels = tuple(level.model_copy(update={"when": moved(level.when, step)}) for level in finding.derived)
    changed = {**KNOWLEDGE.findings, key: finding.model_copy(update={"derived": levels})}
    knowledge = KNOWLEDGE.model_copy(update={"findings": changed, "fingerprint": f"{key} moved by {step}"})
    hanging = [flag for flag in FLAGS if key in flag.when.findings()]

    assert hanging
    assert any(flag.when.truth(facts) != expected for flag in hanging for facts, expected in outcomes(knowledge, flag))


def moved(rule, step):
    """A rule on a number with its bound moved."""
    assert isinstance(rule, Within)
    return replace(
        rule, **{side: value + step for side in ("low", "high") if (value := getattr(rule, side)) is not None}
    )
