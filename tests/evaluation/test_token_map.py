"""The map of words: complete, in terms of our content, and never saying more than the word."""

from pathlib import Path

import pytest
import yaml

from legwise.base.errors import UsageError
from legwise.evaluation.coded_cases import CodedCase
from legwise.evaluation.token_map import facts_of, token_map
from legwise.knowledge import open_knowledge
from legwise.reasoning.facts import check_answers

KNOWLEDGE = open_knowledge()
WORDS = token_map()
VOCABULARY = yaml.safe_load((Path(__file__).parents[1] / "data" / "vocabulary.yaml").read_text(encoding="utf-8"))[
    "vocabulary"
]


def _case(findings=(), absent=(), history=(), exam=()):
    return CodedCase.model_validate(
        {
            "id": "T-1",
            "source": {"family": "T"},
            "findings": findings,
            "absent": absent,
            "history": history,
            "exam": exam,
            "gold": {"diagnosis": "x", "condition": "gout"},
            "triage": {"assigned": "soon"},
        }
    )


def _facts(*findings, absent=(), history=()):
    return facts_of(KNOWLEDGE, WORDS, _case(findings, absent, history))


def test_every_word_of_the_vocabulary_has_a_place():
    """Each word says something, or has a reason why it is not asked; examination words have theirs."""
    assert {*VOCABULARY["findings"], *VOCABULARY["history"]} == WORDS.words
    assert set(VOCABULARY["exam"]) == set(WORDS.exam.tokens)


def test_no_word_has_two_places():
    """A word is either mapped or not asked."""
    silent = [word for group in WORDS.not_asked for word in group.tokens]

    assert not WORDS.tokens.keys() & set(silent)
    assert len(silent) == len(set(silent))


@pytest.mark.parametrize("word", sorted(WORDS.tokens))
def test_a_word_speaks_in_our_questions(word):
    """Every answer that a word can give is one that a screen takes, and its companions are words too."""
    token = WORDS.tokens[word]
    for meaning in token.meanings():
        for key, value in meaning.items():
            check_answers(KNOWLEDGE, {key: value if isinstance(value, str) else frozenset(value)})
    companions = {other for case in token.cases for other in (*case.with_, *case.any_of, *case.unless)}

    assert companions <= WORDS.words


def test_a_denial_only_denies():
    """What a denial settles is "no", or a level that says that the thing is not there."""
    values = {value for token in WORDS.tokens.values() for value in token.denied.values()}

    assert values <= {"no", "none"}


def test_golds_are_our_conditions_or_named_as_not_covered():
    """Every cause that the map calls ours is a condition of ours, and no condition is called not covered."""
    golds = WORDS.golds

    assert {*golds.same_name, *golds.other_name.values()} <= KNOWLEDGE.conditions.keys()
    assert not set(golds.not_covered) & KNOWLEDGE.conditions.keys()
    assert set(golds.same_name) == KNOWLEDGE.conditions.keys()
    assert WORDS.gold("shingles") is None
    assert WORDS.gold("never_heard_of") is None
    assert WORDS.gold("reactive_arthritis") == "inflammatory_arthritis"


def test_swelling_is_of_one_leg_only_where_the_case_says_one_sided():
    """Swelling alone, of both legs, or for months is not new swelling of one leg."""
    assert "one_leg_swelling" not in _facts("swelling")
    assert "one_leg_swelling" not in _facts("swelling", "bilateral", "loc_calf")
    assert "one_leg_swelling" not in _facts("swelling", "unilateral", "loc_calf", "duration_months")
    assert _facts("swelling", "unilateral", "loc_calf")["one_leg_swelling"] == "yes"
    assert _facts("swelling", "bilateral")["both_legs_swollen"] == "yes"


def test_a_swollen_knee_is_a_joint_and_not_a_leg():
    """One-sided swelling of a knee speaks of the joint; with heat, of a hot joint."""
    knee = _facts("swelling", "unilateral", "loc_knee")

    assert "one_leg_swelling" not in knee
    assert knee["joint_swollen"] == "yes"
    assert "hot_swollen_joint" not in knee
    assert _facts("swelling", "unilateral", "loc_knee", "warmth")["hot_swollen_joint"] == "yes"


def test_breathless_is_the_weakest_kind():
    """A breathless person is not taken to be suddenly so; denied, every kind is."""
    assert _facts("breathless") == {"breathless_more_than_usual": "yes"}
    assert _facts(absent=["breathless"])["sudden_breathlessness"] == "no"


def test_weakness_goes_by_how_long_it_has_been():
    """With no time told, weakness is only weakness of the leg now."""
    assert _facts("weakness") == {"leg_weak_between_cramps": "yes"}
    assert _facts("weakness", "bilateral", "duration_days")["weakness_rapid_both"] == "yes"
    assert "weakness_rapid_both" not in _facts("weakness", "bilateral", "duration_months")


def test_marks_add_up_and_yes_beats_no():
    """Places and feelings add up; what is stated stands against a denial of something wider."""
    facts = _facts("cramp", "tightness", "loc_calf", "loc_foot", "calf_swelling", "unilateral", absent=["swelling"])

    assert frozenset({"cramp", "heavy_or_tight"}) == facts["sensation"]
    assert frozenset({"calf", "foot"}) == facts["site"]
    assert facts["one_leg_swelling"] == "yes"


def test_two_levels_of_one_thing_leave_it_unasked():
    """Sudden and gradual together say nothing of how it began."""
    assert "onset" not in _facts("onset_sudden", "onset_gradual")


def test_examination_is_never_an_input():
    """What a clinician found gives no answer."""
    assert facts_of(KNOWLEDGE, WORDS, _case(exam=["ultrasound_positive", "pulses_absent", "word_of_no_list"])) == {}


@pytest.mark.parametrize("field", ["findings", "history", "absent"])
def test_a_word_that_the_map_does_not_know_is_refused(field):
    """A misspelt word would silently lose a fact, so it is named, with the nearest known one."""
    with pytest.raises(UsageError, match=r"'sweling'.*nearest known one is 'swelling'"):
        facts_of(KNOWLEDGE, WORDS, _case(**{field: ["sweling"]}))
