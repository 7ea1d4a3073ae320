"""Cramp or ache, and whether the answers fit anything: what is said, and the answers that decided it."""

import pytest

import small_knowledge as small
from legwise.knowledge import open_knowledge
from legwise.knowledge.cases import answers_of_vignette
from legwise.reasoning import assess
from legwise.reasoning.causes import causes_of
from legwise.reasoning.facts import expand
from legwise.reasoning.fit import fit_of
from legwise.reasoning.interview import line_values
from legwise.reasoning.situation import danger_reasons, situation_of
from legwise.reasoning.verdict import kind_of_pain
from people import NIGHT_CRAMP

KNOWLEDGE = open_knowledge()
VERDICT = KNOWLEDGE.cramp_or_ache
WORDS = KNOWLEDGE.result_words
ACHE = {"sensation": frozenset({"ache"}), "episode_length": "hours", "site": frozenset({"thigh"})}


def pain(**answers):
    """What kind of pain these answers show."""
    return kind_of_pain(KNOWLEDGE, expand(KNOWLEDGE, answers).values)


def test_a_cramp_with_the_answers_that_decided_it():
    """A hard knot in the calf that comes in seconds and goes in minutes; other answers are not named."""
    kind = pain(**NIGHT_CRAMP)

    assert ("cramp",) == kind.kinds
    assert {"hard_knot", "sensation", "site", "onset", "episode_length"} <= {*kind.decided_by} <= NIGHT_CRAMP.keys()
    assert "severity" not in kind.decided_by


def test_an_ache_is_told_from_a_cramp():
    """Dull, for hours, no knot."""
    kind = pain(**ACHE)

    assert ("ache",) == kind.kinds
    assert VERDICT.kinds[-1].say == kind.say


def test_both_are_said_to_be_both():
    """A cramp that leaves an ache for hours is both, and the result says so."""
    kind = pain(**{**NIGHT_CRAMP, "sensation": frozenset({"cramp", "ache"}), "episode_length": "over_ten_minutes"})

    assert {"cramp", "ache"} <= {*kind.kinds}
    assert VERDICT.both == kind.say
    assert "and" in kind.name


def test_neither_and_not_yet_are_different():
    """Nothing said: it cannot be told yet. Everything that shows a kind ruled out: neither."""
    other = [value for value in KNOWLEDGE.findings["sensation"].values if value not in _named("sensation")]
    ruled_out = {"hard_knot": "no", "runs_from_back": "no", "feet_numb_long_term": "no", "site": frozenset({"buttock"})}

    assert (VERDICT.cannot_tell, ()) == (pain().say, pain().kinds)
    assert VERDICT.neither == pain(**ruled_out, sensation=frozenset({other[0]})).say


def _named(finding):
    """Levels of a finding that some kind of pain asks for."""
    return {v for kind in VERDICT.kinds for leaf in kind.when.leaves() if leaf.finding == finding for v in leaf.values}


def test_what_is_not_there_decides_nothing():
    """A nerve pain that runs from the back, beside warm skin: the skin, which speaks against burning, is not named."""
    kind = pain(runs_from_back="yes", sensation=frozenset({"burning"}), leg_warm_red="yes")

    assert "nerve" in kind.kinds
    assert "runs_from_back" in kind.decided_by
    assert "skin_change" not in kind.decided_by


# --- Fit ----------------------------------------------------------------------------------------------------


def fitted(shares, answers, visits=1.0, **settings):
    """The fit of answers to one cause that has each sign in this many people, before a background of three in ten."""
    findings = [small.yes_no(key, 0.3) for key in "abc"]
    links = dict(zip("abc", shares, strict=False))
    settings = {"other_share": 0.01, "other_is_a_warning_at": 0.5} | settings
    knowledge = small.knowledge_of(findings, [small.condition("x", visits, links), small.condition("y")], **settings)
    return fit_of(situation_of(knowledge, dict(zip("abc", answers, strict=False))))


def test_answers_that_fit():
    """Both signs are commoner with the cause than without."""
    fit = fitted([0.9, 0.9], ["yes", "yes"])

    assert (True, WORDS.fits, ()) == (fit.good, fit.because, fit.unexplained)


def test_a_third_left_unexplained():
    """One of three signs is no commoner with the cause: it is named, and the fit is poor."""
    fit = fitted([0.9, 0.9, 0.05], ["yes", "yes", "yes"], unexplained_share=0.33)

    assert (False, WORDS.fits_unexplained, ("c: yes",)) == (fit.good, fit.because, fit.unexplained)


def test_something_else_is_likelier_than_the_limit():
    """Where none of our causes has much of it, that is said."""
    fit = fitted([0.9], ["yes"], other_share=0.6, other_is_a_warning_at=0.1)

    assert (False, WORDS.fits_other) == (fit.good, fit.because)


def test_fits_nothing_better_than_chance():
    """A cause that leads only because it is common, with answers no commoner than in anybody."""
    fit = fitted([0.3, 0.25, 0.9], ["no", "yes", "no"], visits=5.0, unexplained_share=2)

    assert (False, WORDS.fits_nothing) == (fit.good, fit.because)


def test_nothing_said_has_no_fit():
    """Without an answer about the complaint there is nothing to fit."""
    assert fitted([0.9], []) is None


def test_under_sixteen_nothing_is_ranked_weighed_or_valued():
    """No cause, no danger's odds, no fit, and no further question for a child."""
    child = situation_of(KNOWLEDGE, {**NIGHT_CRAMP, "age": 12.0})

    assert (None, [], {}, ()) == (fit_of(child), danger_reasons(child), line_values(child), causes_of(child))
    assert assess(KNOWLEDGE, {"age": 12.0}).fit is None


@pytest.mark.parametrize("name", sorted(KNOWLEDGE.vignettes))
def test_whole_people_of_the_content_are_judged(name):
    """Every result with a cause says how well the answers fit."""
    result = assess(KNOWLEDGE, answers_of_vignette(KNOWLEDGE, KNOWLEDGE.vignettes[name]))

    assert result.fit is not None
    assert result.fit.because in {WORDS.fits, WORDS.fits_other, WORDS.fits_unexplained, WORDS.fits_nothing}
    assert result.fit.good == (result.fit.because == WORDS.fits)
