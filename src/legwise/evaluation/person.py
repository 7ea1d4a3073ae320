"""A simulated person: tells some things unasked, then answers what the interview asks.

What a case is silent about is "no" (then accuracy is judged) or "not sure" (then only safety is).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from legwise.base.answers import NO, NOT_SURE, STILL_NOT_SURE, YES, Answer
from legwise.base.urgency import Urgency
from legwise.evaluation.token_map import TokenMap
from legwise.knowledge import Knowledge
from legwise.reasoning.facts import expand
from legwise.reasoning.interview import Line, NextScreen, fired_level, next_for
from legwise.reasoning.situation import situation_of

Silent = Literal["no", "not_sure"]

MOST_SCREENS = 100
"""No interview is this long: more means that it asks for ever."""
OWN_LEG = {"for_whom": "me"}
"""Coded cases speak of the person themselves."""


@dataclass(frozen=True, slots=True)
class Interviewed:
    """The answers of a finished interview, and how many screens and lines it took."""

    answers: Mapping[str, Answer]
    screens: int
    lines: int


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody knows of themselves, and what they say of the rest."""

    knowledge: Knowledge
    words: TokenMap
    facts: Mapping[str, Answer]
    silent: Silent

    @classmethod
    def knowing(cls, knowledge: Knowledge, words: TokenMap, facts: Mapping[str, Answer], silent: Silent) -> "Person":
        """A person who knows some facts and all that follows from them."""
        return cls(knowledge, words, {**expand(knowledge, {**OWN_LEG, **facts}).values}, silent)

    def volunteers(self) -> dict[str, Answer]:
        """What the person tells before anything is asked."""
        return {key: self.facts[key] for key in self.words.volunteered if key in self.facts}

    def answer(self, line: Line) -> Answer:
        """What the person says to one line. An umbrella is "yes" when any part of it is."""
        umbrella = self.knowledge.umbrellas.get(line.id)
        if umbrella is not None:
            return self._of_several([self.facts.get(part) for part in umbrella.parts])
        if line.id in self.facts:
            return self.facts[line.id]
        return self._of_silence(line)

    def _of_several(self, parts: list[Answer | None]) -> Answer:
        if YES in parts:
            return YES
        return NO if self.silent == "no" or all(part == NO for part in parts) else NOT_SURE

    def _of_silence(self, line: Line) -> Answer:
        finding = self.knowledge.findings[line.id]
        if self.silent == "no":
            if finding.is_yes_no:
                return NO
            if line.id in self.words.plain_denials:
                plain = self.words.plain_denials[line.id]
                return plain if isinstance(plain, str) else frozenset(plain)
        return STILL_NOT_SURE if line.again else NOT_SURE


def interview(person: Person) -> Interviewed:
    """Interview a person to the end. An emergency ends it at the answer that proves it."""
    answers = person.volunteers()
    seen: list[str] = []
    lines = 0
    for _ in range(MOST_SCREENS):
        screen = next_for(situation_of(person.knowledge, answers), answers)
        if screen is None:
            return Interviewed(answers, len(seen), lines)
        if not seen or seen[-1] != screen.id:
            seen.append(screen.id)
        lines += _answer_screen(person, screen, answers)
    raise RuntimeError(f"an interview did not end within {MOST_SCREENS} screens")


def _answer_screen(person: Person, screen: NextScreen, answers: dict[str, Answer]) -> int:
    """Answer the lines of a screen in turn; how many were answered."""
    for count, line in enumerate(screen.lines, start=1):
        answers[line.id] = person.answer(line)
        if answers[line.id] not in (NO, NOT_SURE, STILL_NOT_SURE) and _is_emergency(person.knowledge, answers):
            return count
    return len(screen.lines)


def _is_emergency(knowledge: Knowledge, answers: Mapping[str, Answer]) -> bool:
    return fired_level(situation_of(knowledge, answers)) is Urgency.EMERGENCY
