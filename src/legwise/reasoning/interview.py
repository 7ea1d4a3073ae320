"""The staged interview: which screen comes next, from the answers alone.

A screen is one page, a line one thing to say yes or no to. First who; then the danger screens,
whose umbrella lines open their parts; the complaint; illness, medicines and events; what the
person was not sure of, once more in other words; then screens chosen by what they are expected to
tell. Stateless: the same answers give the same next screen, in whatever order they came.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from legwise.base.answers import NO, Answer, Answers
from legwise.base.urgency import Urgency
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.schema.interview import Screen, Umbrella
from legwise.reasoning.facts import pools_of
from legwise.reasoning.flags import State, to_ask_again
from legwise.reasoning.gain import acting_chances, gains
from legwise.reasoning.situation import Situation, points_at_dangers, situation_of, too_young

STAGES = ("who", "danger", "complaint", "history")
"""The kinds of screen that everybody sees, in order."""
AGAIN = "again"
"""Id of the screen that asks once more, in other words, what the person was not sure of."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to answer: a finding or an umbrella; `again` in other words; opened by an umbrella or not."""

    id: str
    again: bool = False
    opened_by: str | None = None


@dataclass(frozen=True, slots=True)
class NextScreen:
    """One page: its lines that are still open, and how many pages are behind and at most ahead."""

    id: str
    kind: Literal["who", "danger", "complaint", "history", "adaptive", "again"]
    lines: tuple[Line, ...]
    done: int
    left_at_most: int


def next_screen(knowledge: Knowledge, answers: Answers) -> NextScreen | None:
    """Choose the next screen; None when a result can be given.

    Raises:
        AnswerError: when an answer is not one that a screen could have given.
    """
    return next_for(situation_of(knowledge, answers), answers)


def next_for(situation: Situation, answers: Answers) -> NextScreen | None:
    """`next_screen` for a situation that was worked out already."""
    knowledge = situation.knowledge
    level = fired_level(situation)
    if level is Urgency.EMERGENCY:
        return None
    done = 0
    for screen in fixed_screens(knowledge):
        lines = _open_lines(situation, answers, screen)
        if lines and not _may_skip(situation, screen, lines, level):
            left = sum(1 for other in fixed_screens(knowledge) if _open_lines(situation, answers, other))
            return NextScreen(screen.id, screen.kind, lines, done, left + _most_adaptive(situation))
        done += 1
    again = to_ask_again(knowledge, situation.states, situation.facts.values, level)
    if again:
        chosen = tuple(Line(key, again=True) for key in again)
        return NextScreen(AGAIN, "again", chosen, done, 1 + _most_adaptive(situation))
    return None if too_young(knowledge, situation.facts.values) else _adaptive(situation, answers, done)


def fired_level(situation: Situation) -> Urgency:
    """The highest urgency of a flag that is certainly true."""
    fired = (state.urgency for state in situation.states if state.state is State.FIRES)
    return max(fired, default=Urgency.SELF_CARE)


@lru_cache(maxsize=4)
def fixed_screens(knowledge: Knowledge) -> tuple[Screen, ...]:
    """The screens that everybody sees, in order."""
    screens = [s for s in knowledge.screens.values() if s.kind in STAGES]
    return tuple(sorted(screens, key=lambda s: (STAGES.index(s.kind), s.order, s.id)))


@lru_cache(maxsize=4)
def adaptive_screens(knowledge: Knowledge) -> tuple[Screen, ...]:
    """The screens that are chosen by what they are expected to tell."""
    screens = [s for s in knowledge.screens.values() if s.kind == "adaptive"]
    return tuple(sorted(screens, key=lambda s: (s.order, s.id)))


def _may_skip(situation: Situation, screen: Screen, lines: tuple[Line, ...], level: Urgency) -> bool:
    """Under 16 only who and danger are asked. From urgent on, history only where it can raise the urgency."""
    if screen.kind in ("complaint", "history") and too_young(situation.knowledge, situation.facts.values):
        return True
    if screen.kind != "history" or level < Urgency.URGENT:
        return False
    wanted = {
        leaf.finding
        for state in situation.states
        if state.state is State.OPEN and Urgency.from_label(state.flag.urgency) > level
        for leaf in state.flag.when.leaves()
    }
    return not any(key in wanted for line in lines for key in _findings_of(situation.knowledge, line.id))


def _findings_of(knowledge: Knowledge, line: str) -> tuple[str, ...]:
    umbrella = knowledge.umbrellas.get(line)
    return umbrella.parts if umbrella is not None else (line,)


def _open_lines(situation: Situation, answers: Answers, screen: Screen) -> tuple[Line, ...]:
    """Lines of a screen that are not answered yet. An umbrella that is not denied opens its parts."""
    if not _shown(situation, screen):
        return ()
    lines = [line for key in screen.lines for line in _open_line(situation, answers, key)]
    held = [line for line in lines if _waits(situation, line.id, {other.id for other in lines})]
    return tuple(line for line in lines if line not in held)


def _shown(situation: Situation, screen: Screen) -> bool:
    return screen.show_when is None or screen.show_when.truth(situation.facts.values) is not False


def _open_line(situation: Situation, answers: Answers, key: str) -> Iterator[Line]:
    umbrella = situation.knowledge.umbrellas.get(key)
    if umbrella is None:
        if _askable(situation, answers, key):
            yield Line(key)
        return
    parts = [part for part in umbrella.parts if _askable(situation, answers, part)]
    if answers.get(key) is None:
        if parts:
            yield Line(key)
    elif answers[key] != NO:
        yield from (Line(part, opened_by=key) for part in parts)


def _askable(situation: Situation, answers: Answers, key: str) -> bool:
    """A finding that was not answered, and that nothing else has settled."""
    return key not in answers and key not in situation.facts.values


def _waits(situation: Situation, key: str, open_here: set[str]) -> bool:
    """Whether it depends on an answer that is still open on the same screen if the line makes sense."""
    finding = situation.knowledge.findings.get(key)
    if finding is None or finding.ask_when is None or finding.ask_when.truth(situation.facts.values) is True:
        return False
    return not open_here.isdisjoint(finding.ask_when.findings() - {key})


def _most_adaptive(situation: Situation) -> int:
    return 0 if too_young(situation.knowledge, situation.facts.values) else _adaptive_left(situation)


def _adaptive_left(situation: Situation) -> int:
    used = sum(
        1 for s in adaptive_screens(situation.knowledge) if any(key in situation.facts.values for key in s.lines)
    )
    return max(int(situation.knowledge.settings.most_adaptive_screens.value) - used, 0)


def _adaptive(situation: Situation, answers: Answers, done: int) -> NextScreen | None:
    """The screen that is worth most for its effort; None when no screen is worth it."""
    left = _adaptive_left(situation)
    if not left:
        return None
    best: tuple[float, Screen, tuple[Line, ...]] | None = None
    values = line_values(situation)
    for screen in adaptive_screens(situation.knowledge):
        lines, value = worth(situation, answers, screen, values)
        if lines and (best is None or value > best[0]):
            best = (value, screen, lines)
    if best is None:
        return None
    used = int(situation.knowledge.settings.most_adaptive_screens.value) - left
    return NextScreen(best[1].id, "adaptive", best[2], done + used, left)


def worth(
    situation: Situation, answers: Answers, screen: Screen, values: Mapping[str, float]
) -> tuple[tuple[Line, ...], float]:
    """The lines of an adaptive screen that can tell something, and their value for the effort of a screen.

    Nothing is returned when that is less than a screen is worth.
    """
    settings = situation.knowledge.settings
    lines = _open_lines(situation, answers, screen)
    told = tuple(line for line in lines if values[line.id] >= settings.gain_worth_a_line.value)
    total = sum(values[line.id] for line in told)
    if not told or total < settings.gain_worth_asking.value:
        return (), 0.0
    return told, total / (settings.effort_of_a_screen.value + len(told))


def line_values(situation: Situation) -> dict[str, float]:
    """What every adaptive line is expected to tell, in bits: by itself, or through the pool that it belongs to.

    Bits about the leading cause, plus the chance that a danger comes to be acted on, priced in bits.
    """
    differential, danger, model = situation.differential, situation.danger, situation.model
    if differential is None or danger is None:
        return {}
    lines = adaptive_lines(situation.knowledge)
    told = gains(model, differential.probability, {name for names in lines.values() for name in names})
    acting = acting_chances(model, danger, points_at_dangers(situation), differential.probability)
    price = situation.knowledge.settings.bits_for_urgency.value

    def value(name: str) -> float:
        variable = model.variables.get(name)
        if variable is None or name in situation.chosen:
            return 0.0
        return told[name] + price * float(acting[variable.columns].sum())

    return {line: max(map(value, names)) for line, names in lines.items()}


@lru_cache(maxsize=4)
def adaptive_lines(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """Each line of the adaptive screens: what is known once it is answered, the finding itself and its pools."""
    pools = pools_of(knowledge)
    lines = sorted({key for screen in adaptive_screens(knowledge) for key in screen.lines})
    return {line: (line, *pools.get(line, ())) for line in lines}


def change_answer(knowledge: Knowledge, answers: Answers, key: str, answer: Answer) -> dict[str, Answer]:
    """Answer a line, or answer it anew. Denying an umbrella takes back what was said of its parts."""
    changed = {**answers, key: answer}
    umbrella: Umbrella | None = knowledge.umbrellas.get(key)
    if umbrella is not None and answer == NO:
        for part in umbrella.parts:
            changed.pop(part, None)
    return changed
