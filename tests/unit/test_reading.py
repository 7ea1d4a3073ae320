"""Reading grade: the formula on counts that were made by hand, and the order of easy and hard."""

import pytest

from legwise.knowledge.reading import count_words, grade, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("leg", 1),
        ("ankle", 2),
        ("pain", 1),
        ("painted", 2),
        ("needed", 2),
        ("bruise", 1),
        ("medicine", 3),
        ("pregnancy", 3),
        ("you’re", 1),
        ("doesn't", 1),
        ("muscles", 2),
        ("services", 3),
        ("the", 1),
        ("knee", 1),
    ],
)
def test_syllables_of_words_that_content_uses(word, count):
    """Counted by ear."""
    assert count == syllables(word)


def test_grade_by_hand():
    """6 words, 1 sentence, 6 syllables: 0.39 × 6 + 11.8 × 1 - 15.59 = -1.45."""
    assert pytest.approx(0.39 * 6 + 11.8 * 6 / 6 - 15.59) == grade("Is the calf of one leg")


def test_grade_counts_sentences():
    """The same words in two sentences read more easily: 3 words a sentence."""
    assert pytest.approx(0.39 * 3 + 11.8 - 15.59) == grade("Is the calf. Of one leg.")


@pytest.mark.parametrize("text", ["", "  ", "123 – 5"])
def test_no_words_no_grade(text):
    """Numbers alone have no grade."""
    assert grade(text) == 0


def test_hard_words_score_higher():
    """A leaflet for doctors is above the limit of grade 6, a plain question below it."""
    assert grade("Is one leg more swollen than the other?") < 6
    assert grade("Unilateral lower extremity oedema necessitates immediate ultrasonographic evaluation.") > 6


def test_words_are_counted_as_people_do():
    """Numbers are no words; a word with an apostrophe is one."""
    assert count_words("Don’t walk on it for 2 weeks.") == 6
