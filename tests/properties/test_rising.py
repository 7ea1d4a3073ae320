"""P2 on every danger sign there is: moving it towards danger never lowers the rules, nor any danger's odds."""

from itertools import pairwise, product

import pytest

from legwise.knowledge import open_knowledge
from legwise.knowledge.cases import answers_of_vignette
from legwise.reasoning.facts import parts_of
from legwise.reasoning.situation import points_at_dangers, situation_of

KNOWLEDGE = open_knowledge()
SIGNS = sorted(
    key
    for key in {name for flag in KNOWLEDGE.red_flags.values() for name in flag.when.findings()}
    if KNOWLEDGE.findings[key].is_yes_no
)
POOLS = sorted(key for key, finding in KNOWLEDGE.findings.items() if finding.derived and finding.danger)
PEOPLE = {key: answers_of_vignette(KNOWLEDGE, vignette) for key, vignette in KNOWLEDGE.vignettes.items()}


def assert_rises(*steps):
    """Each set of answers gives at least what the one before it gave."""
    situations = [situation_of(KNOWLEDGE, answers) for answers in steps]
    for before, after in pairwise(situations):
        assert after.rule_urgency >= before.rule_urgency
        assert (after.danger.log_odds >= before.danger.log_odds - 1e-9).all()
        assert (points_at_dangers(after) >= points_at_dangers(before)).all()


@pytest.mark.parametrize("key", SIGNS)
def test_p2_no_not_sure_yes(key):
    """From no through not sure to yes, for every whole person of the content and for someone who said nothing else."""
    for answers in (*PEOPLE.values(), {}):
        open_now = {name: "yes" if name in KNOWLEDGE.umbrellas else value for name, value in answers.items()}

        assert_rises(*({**open_now, key: value} for value in ("no", "still_not_sure", "yes")))


@pytest.mark.parametrize("pool", POOLS)
def test_p2_within_a_graded_sign(pool):
    """A grade that several signs make up: with the others in every combination, one more sign never lowers."""
    parts = sorted(part for part in parts_of(KNOWLEDGE.findings[pool]) if KNOWLEDGE.findings[part].is_yes_no)
    for key in parts:
        others = [part for part in parts if part != key]
        for values in product(("no", "yes"), repeat=len(others)):
            answers = dict(zip(others, values, strict=True))

            assert_rises({**answers, key: "no"}, {**answers, key: "yes"})
