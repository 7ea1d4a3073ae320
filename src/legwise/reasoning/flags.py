"""Red flags over facts: which fire, which are undecided, which are still open.

"Not sure" counts as yes where another finding of the same rule is yes and the rule would be
true with all its not-sure findings as yes; and a rule that stays undecided because the person
cannot tell holds the result up as well. Both act one level lower, unless the flag says `full`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from legwise.base.answers import NOT_SURE, UNKNOWN, YES, Answer
from legwise.base.urgency import Urgency
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.schema.red_flag import RedFlag


class State(Enum):
    """What the facts say of one flag."""

    FIRES = "fires"
    FIRES_IF = "fires_if"
    """It would fire if what the person is not sure of is so, and something else of it is so."""
    UNDECIDED = "undecided"
    """Nothing of it is known to be so, and the person cannot tell the rest."""
    OPEN = "open"
    """It hangs on something that was not asked."""
    OFF = "off"


@dataclass(frozen=True, slots=True)
class FlagState:
    """One flag's state, and the urgency that it gives as things stand; self-care when it gives none."""

    flag: RedFlag
    state: State
    urgency: Urgency


def _urgency(flag: RedFlag, state: State) -> Urgency:
    level = Urgency.from_label(flag.urgency)
    match state:
        case State.FIRES:
            return level
        case State.FIRES_IF:
            return level if flag.not_sure == "full" else level.one_lower
        case State.UNDECIDED:
            return level.one_lower
    return Urgency.SELF_CARE


def judge(flag: RedFlag, facts: Mapping[str, Answer]) -> FlagState:
    """Judge one flag by Kleene's logic and the rule for "not sure"."""
    truth = flag.when.truth(facts)
    if truth is False:
        return FlagState(flag, State.OFF, Urgency.SELF_CARE)
    state = State.FIRES if truth else _undecided(flag, facts)
    return FlagState(flag, state, _urgency(flag, state))


def _undecided(flag: RedFlag, facts: Mapping[str, Answer]) -> State:
    """Why a flag cannot be told: not asked, or the person is not sure."""
    findings = flag.when.findings()
    not_sure = [key for key in findings if isinstance(facts.get(key), str) and facts[key] in UNKNOWN]
    if not not_sure or flag.when.truth({**facts, **dict.fromkeys(not_sure, YES)}) is not True:
        return State.OPEN
    return State.FIRES_IF if any(facts.get(key) == YES for key in findings) else State.UNDECIDED


def judge_all(knowledge: Knowledge, facts: Mapping[str, Answer]) -> list[FlagState]:
    """Judge every flag, the most urgent first."""
    return [judge(flag, facts) for flag in in_order(knowledge)]


@lru_cache(maxsize=4)
def in_order(knowledge: Knowledge) -> tuple[RedFlag, ...]:
    """Every flag, the most urgent first, then by id."""
    flags = knowledge.red_flags.values()
    return tuple(sorted(flags, key=lambda flag: (-Urgency.from_label(flag.urgency), flag.id)))


def to_ask_again(
    knowledge: Knowledge, states: Sequence[FlagState], facts: Mapping[str, Answer], above: Urgency
) -> list[str]:
    """Findings answered "not sure" once whose answer could still take a flag above a level."""
    wanted: dict[str, None] = {}
    for state in states:
        if state.state in (State.OFF, State.FIRES) or Urgency.from_label(state.flag.urgency) <= above:
            continue
        for leaf in state.flag.when.leaves():
            derived = knowledge.findings[leaf.finding].derived
            asked = [part for level in derived for part in sorted(level.when.findings())] or [leaf.finding]
            wanted.update(dict.fromkeys(key for key in asked if facts.get(key) == NOT_SURE))
    return list(wanted)
