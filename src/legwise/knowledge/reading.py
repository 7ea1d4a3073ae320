"""Reading grade of plain text (Flesch-Kincaid), for words that people read in pain.

Kincaid JP and others, Derivation of new readability formulas for Navy enlisted personnel, 1975:
grade = 0.39 words per sentence + 11.8 syllables per word - 15.59. Syllables are counted from the
spelling, which is right for about nine English words in ten.
"""

import re

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_SENTENCE = re.compile(r"[.!?:;]+(?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")


def syllables(word: str) -> int:
    """Count the syllables of an English word from its spelling.

    >>> [syllables(word) for word in ("calf", "muscle", "swollen", "ambulance", "one", "moved")]
    [1, 2, 2, 3, 1, 1]
    """
    text = word.lower().replace("'", "").replace("’", "")
    count = len(_VOWELS.findall(text))
    silent = text.endswith(("e", "es", "ed")) and not text.endswith(
        ("le", "les", "ted", "ded", "ee", "ses", "ces", "ges")
    )
    return max(count - silent, 1)


def grade(text: str) -> float:
    """Flesch-Kincaid reading grade of a text; 0 for no words.

    >>> grade("Call an ambulance now. Do not walk on it.") < 6
    True
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(len(_SENTENCE.findall(text.strip() + " ")), 1)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def count_words(text: str) -> int:
    """Count the words of a text.

    >>> count_words("Call an ambulance now.")
    4
    """
    return len(_WORD.findall(text))
