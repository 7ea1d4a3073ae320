"""From what a file says about a link to shares: each form worked by hand."""

import numpy as np
import pytest

import small_knowledge as small
from legwise.reasoning.model import model_of
from legwise.reasoning.situation import situation_of


def shares(link, background, n=None):
    """Shares of every value of one finding in one condition."""
    finding = small.leveled("f", background, n) if isinstance(background, dict) else small.yes_no("f", background, n=n)
    model = model_of(small.knowledge_of([finding], [small.condition("c", links={"f": link})]))
    return model.p[0, model.variables["f"].columns]


def published(n=40, **figures):
    """A link from a source."""
    return {**figures, "n": n, "source": "a_source", "where": "here"}


def test_published_share_gains_half_a_person_on_each_side():
    """30 of 40 people had it: (30 + ½) of (40 + 1)."""
    assert pytest.approx([10.5 / 41, 30.5 / 41]) == shares(published(sensitivity=0.75), 0.1)


def test_no_sample_rules_anything_out():
    """None of 40 people had it: half a person of 41, not never."""
    assert pytest.approx([40.5 / 41, 0.5 / 41]) == shares(published(sensitivity=0.0), 0.1)


@pytest.mark.parametrize("word", ["obligate", "very_frequent", "frequent", "occasional", "very_rare"])
def test_a_frequency_word_is_its_share_of_the_scale(word):
    """A word stands for the share that the scale gives it, within its range; nothing is added to an estimate."""
    entry = small.REAL.frequencies.words[word]

    assert pytest.approx(min(entry.mean, 0.999), rel=1e-5) == shares(word, 0.1)[1]
    assert entry.low <= entry.mean <= entry.high


def test_excluded_is_rare_and_not_impossible():
    """Nothing is taken to be rarer than one in a thousand: people mis-say."""
    assert pytest.approx([0.999, 0.001], rel=1e-3) == shares("excluded", 0.1)


def test_named_levels_and_the_rest_by_the_background():
    """Half have `much`; the other half is shared between the levels not named, as they are in the background."""
    found = shares({"values": {"much": 0.5}, **small.BECAUSE}, {"none": 0.6, "some": 0.2, "much": 0.2})

    assert pytest.approx([0.5 * 0.6 / 0.8, 0.5 * 0.2 / 0.8, 0.5]) == found


def test_levels_not_named_keep_a_little():
    """Where the named levels take everything, the others still share three in a hundred."""
    found = shares({"values": {"some": 0.5, "much": 0.5}, **small.BECAUSE}, {"none": 0.6, "some": 0.2, "much": 0.2})

    assert pytest.approx([0.03 / 1.03, 0.5 / 1.03, 0.5 / 1.03]) == found


def test_a_word_for_a_level():
    """Levels may be given by words of the scale."""
    often = small.REAL.frequencies.words["frequent"].mean
    found = shares({"values": {"much": "frequent"}, **small.BECAUSE}, {"none": 0.5, "much": 0.5})

    assert pytest.approx([1 - often, often]) == found


def test_ratios_against_people_with_a_leg_complaint_act_on_both_sides():
    """Background 0.2, ratios 3 and ½: yes 0.6, no 0.4. The pair need not sum to one; the ratios are what was seen."""
    found = shares(published(lr_plus=3.0, lr_minus=0.5, reference="leg_complaint"), 0.2)

    assert pytest.approx([0.8 * 0.5, 0.6]) == found


def test_ratio_from_a_specialist_sets_the_share_of_yes_alone():
    """Background 0.2, ratio 3 seen in a clinic: yes in 0.6 of 100 people (with the half-counts), no in the rest."""
    found = shares(published(100, lr_plus=3.0, lr_minus=0.5, reference="specialist"), 0.2)

    assert pytest.approx([40.5 / 101, 60.5 / 101]) == found


def test_ratio_from_a_specialist_never_makes_it_certain():
    """A ratio of 30 on a background of 0.2 stops at 97 in 100."""
    found = shares(published(10_000, lr_plus=30.0, lr_minus=0.5, reference="specialist"), 0.2)

    assert pytest.approx(0.97, abs=1e-4) == found[1]


@pytest.mark.parametrize("given", [0.75, "frequent", published(lr_plus=3.0, lr_minus=0.5, reference="specialist")])
def test_shares_sum_to_one(given):
    """Every value together is everybody."""
    assert pytest.approx(1) == shares(given, 0.2).sum()


def test_what_is_not_linked_is_as_the_background():
    """No link, or `as_background` on purpose: as common as among all who come with a leg complaint."""
    findings = [small.yes_no("f", 0.2), small.yes_no("g", 0.3)]
    linked = small.condition("c", links={"f": 0.5, "g": 0.5})
    other = small.condition("d", links={"f": "as_background"})
    model = model_of(small.knowledge_of(findings, [linked, other]))

    assert pytest.approx([0.8, 0.2, 0.7, 0.3]) == model.p[1]
    assert not model.linked[1].any()


def test_something_else_is_the_average_visit():
    """`other`: three visits of one condition to one of another weigh three to one."""
    findings = [small.yes_no("f", 0.2)]
    conditions = [small.condition("c", 3.0, {"f": "frequent"}), small.condition("d", 1.0, {"f": "very_rare"})]
    model = model_of(small.knowledge_of(findings, conditions))

    assert pytest.approx(0.75 * model.p[0] + 0.25 * model.p[1]) == model.p[2]
    assert model.hypotheses == ("c", "d", "other")


def test_several_marked_places_add_up():
    """Calf and foot marked: one of them is the place that matters, so their shares add up."""
    finding = small.leveled("site", {"calf": 0.5, "foot": 0.3, "hip": 0.2}, several=True)
    link = {"values": {"calf": 0.7, "foot": 0.2, "hip": 0.1}, **small.BECAUSE}
    knowledge = small.knowledge_of([finding], [small.condition("c", links={"site": link})])
    situation = situation_of(knowledge, {"site": frozenset({"calf", "foot"})})

    assert pytest.approx(np.log(0.9)) == situation.differential.columns[0, 0]


def test_a_finding_that_is_linked_needs_a_background():
    """Without it no ratio exists; the laws say so first, and the table refuses to guess."""
    knowledge = small.knowledge_of([small.yes_no("f", None)], [small.condition("c", links={"f": 0.5})])

    with pytest.raises(ValueError, match="no background"):
        model_of(knowledge)
