"""False alarms among people with a plain cramp: the draw, and agreement with the reasoning person by person."""

import numpy as np
import pytest

from legwise.evaluation.budget import as_object, as_text, budget, with_doubt
from legwise.evaluation.columns import UNSURE, danger_levels, flag_levels
from legwise.evaluation.crowd import danger_signs, draw, plan_of
from legwise.knowledge import open_knowledge
from legwise.reasoning.flags import in_order
from legwise.reasoning.situation import danger_reasons, situation_of

KNOWLEDGE = open_knowledge()
PLAN = plan_of()
SIDES = {"one": "left", "both": "both", "moves": "moves"}


def _answers(crowd, person):
    """One person's answers, as a screen would have given them."""
    answers = {"age": float(crowd.age[person])}
    for key, column in crowd.values.items():
        finding = KNOWLEDGE.findings[key]
        if not finding.derived:
            word = "still_not_sure" if column[person] == UNSURE else finding.values[column[person]]
            answers[key] = frozenset({word}) if finding.several and column[person] != UNSURE else word
    sidedness = KNOWLEDGE.findings["sidedness"].values[crowd.values["sidedness"][person]]
    return {**answers, "side": SIDES[sidedness]}


@pytest.mark.parametrize("not_sure", [0.0, 0.05])
@pytest.mark.parametrize("group", PLAN.groups, ids=lambda group: group.name)
def test_columns_agree_with_the_reasoning(group, not_sure):
    """Every rule and every danger gives each drawn person the level that the reasoning gives them one by one."""
    crowd = with_doubt(draw(KNOWLEDGE, PLAN, group, 60, 11), not_sure, 11)
    rules = {flag.id: flag_levels(KNOWLEDGE, flag, crowd.age, crowd.values) for flag in in_order(KNOWLEDGE)}
    dangers = danger_levels(KNOWLEDGE, crowd.age, crowd.values)
    for person in range(len(crowd)):
        situation = situation_of(KNOWLEDGE, _answers(crowd, person))
        acted = {reason.id: reason.urgency for reason in danger_reasons(situation) if reason.kind == "danger"}

        assert {s.flag.id: int(s.urgency) for s in situation.states} == {k: int(v[person]) for k, v in rules.items()}
        assert {k: int(acted.get(k, 0)) for k in dangers} == {k: int(v[person]) for k, v in dangers.items()}


def test_the_same_seed_gives_the_same_budget():
    """A small run twice: equal to the last person."""
    assert budget(KNOWLEDGE, PLAN, 400, 5) == budget(KNOWLEDGE, PLAN, 400, 5)
    assert budget(KNOWLEDGE, PLAN, 400, 5) != budget(KNOWLEDGE, PLAN, 400, 6)


@pytest.mark.parametrize("group", PLAN.groups, ids=lambda group: group.name)
def test_the_draw_keeps_every_share(group):
    """Clusters and links between findings leave the share of each danger sign as the content states it."""
    crowd = draw(KNOWLEDGE, PLAN, group, 40_000, 3)
    for key in sorted(danger_signs(KNOWLEDGE)):
        share = getattr(KNOWLEDGE.findings[key].among_cramp_users, group.rates)
        drawn = float((crowd.values[key] == 1).mean())
        doubt = 5 * np.sqrt(max(share, 1e-4) * 3 / len(crowd))

        assert pytest.approx(share, abs=doubt + 0.03 * share) == drawn or KNOWLEDGE.findings[key].ask_when


def test_a_kind_of_something_comes_with_it():
    """Who had a statin raised takes one; who is treated for cancer had it; who is not asked says no."""
    values = draw(KNOWLEDGE, PLAN, PLAN.groups[1], 20_000, 3).values

    assert not ((values["statin_new_or_raised_3m"] == 1) & (values["takes_statin"] == 0)).any()
    assert not ((values["cancer_active"] == 1) & (values["cancer_ever"] == 0)).any()
    assert not ((values["tetanus_vaccine_uncertain"] == 1) & (values["tetanus_prone_wound"] == 0)).any()


def test_clusters_keep_the_mean():
    """Some people have more danger signs and some fewer; on average nothing changes."""
    assert pytest.approx(1) == sum(cluster.share * cluster.times for cluster in PLAN.clustering)
    assert pytest.approx(1) == sum(cluster.share for cluster in PLAN.clustering)


def test_doubt_never_lowers_a_rule_to_nothing():
    """Being unsure of a sign that is there takes a rule down by at most the level that P1 allows."""
    crowd = draw(KNOWLEDGE, PLAN, PLAN.groups[0], 4000, 2)
    sure, unsure = with_doubt(crowd, 0.0, 2), with_doubt(crowd, 0.5, 2)
    for flag in in_order(KNOWLEDGE):
        before = flag_levels(KNOWLEDGE, flag, sure.age, sure.values)
        after = flag_levels(KNOWLEDGE, flag, unsure.age, unsure.values)

        assert (after >= np.maximum(before.astype(int) - 1, 0)).all()


def test_report_has_every_group_beside_the_dossier():
    """Text and object name each group, its shares, and what the evidence had found."""
    result = budget(KNOWLEDGE, PLAN, 300, 1)
    text, data = as_text(result), as_object(result)

    assert all(group.name in text for group in PLAN.groups)
    assert "5/17" in text
    assert len(PLAN.groups) * len(PLAN.not_sure) == len(data["groups"])
    for row in data["groups"]:
        assert pytest.approx(1) == sum(row["shares"].values())
        assert row["by_rules_alone"]["emergency"] <= row["emergency"]
