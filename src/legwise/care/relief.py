"""Relief in a cramp, and never before danger: a plan holds no step when the answers show a danger."""

from collections.abc import Iterable, Mapping

from legwise.base.answers import NO, YES, Answer, Answers, is_unknown
from legwise.base.urgency import Urgency, UrgencyLabel
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.schema.care import Measure, Step, WhoMustNot
from legwise.knowledge.schema.red_flag import RedFlag
from legwise.reasoning.assessment import Cited, Part, Said
from legwise.reasoning.citing import cited
from legwise.reasoning.facts import check_answers, expand
from legwise.reasoning.flags import in_order, judge_all
from legwise.reasoning.interview import Line
from legwise.reasoning.page import PageLine, is_for_other, line_of
from legwise.reasoning.situation import too_young
from legwise.reasoning.statements import said, said_all


class DangerAsked(Part):
    """A danger that rules relief out: the line that is shown first, what to do instead, whether it is known."""

    line: Said
    do: str
    urgency: UrgencyLabel
    known: bool


class Told(Part):
    """What answers call for, and how urgent it is."""

    urgency: UrgencyLabel
    title: str
    say: Said


class ReliefStep(Part):
    """One measure that can end a cramp. `not_if` are the reasons against it that the answers do not rule out."""

    id: str
    name: str
    when: str
    do: tuple[Step, ...]
    not_if: tuple[Said, ...]
    stop_if: tuple[Said, ...]
    evidence: tuple[Said, ...]


class LeftOut(Part):
    """A measure that is not safe for this person, and why."""

    id: str
    name: str
    because: tuple[Said, ...]


class ReliefPlan(Part):
    """What guided relief shows, in this order. With anything in `instead`, there are no steps."""

    danger_lines: tuple[DangerAsked, ...]
    call: Said
    instead: tuple[Told, ...]
    urgent_too: tuple[Told, ...]
    steps: tuple[ReliefStep, ...]
    left_out: tuple[LeftOut, ...]
    ten_minutes: Said
    locked_too_long: tuple[Told, ...]
    after: tuple[Said, ...]
    sources: dict[str, Cited]


def relief_plan(knowledge: Knowledge, answers: Answers) -> ReliefPlan:
    """Plan relief for a person with these answers; without any, for anybody.

    A danger in the answers, an emergency, or an age below the youngest leaves no step standing.

    Raises:
        AnswerError: when an answer is not one that a screen could have given.
    """
    check_answers(knowledge, answers)
    words, facts = knowledge.relief_words, expand(knowledge, answers).values
    file = f"relief/{words.id}.yaml"
    lines = tuple(
        DangerAsked(
            line=Said(text=line.text, file=file, sources=line.sources),
            do=line.do,
            urgency=line.urgency,
            known=any(facts.get(sign) == YES for sign in line.signs),
        )
        for line in words.danger_lines
    )
    told = what_answers_call_for(knowledge, facts)
    instead = (*_known_dangers(lines), *_child(knowledge, facts, told), *(t for t in told if t.urgency == "emergency"))
    measures = [] if instead else [m for m in knowledge.measures.values() if m.kind == "relief"]
    measures.sort(key=lambda m: (m.order, m.id))
    safe = [measure for measure in measures if not _against(measure, facts)]
    locked = tuple(_told(flag, Urgency.from_label(flag.urgency)) for flag in locked_flags(knowledge))
    plan = ReliefPlan(
        danger_lines=lines,
        call=said(words.call, file),
        instead=instead,
        urgent_too=tuple(t for t in told if t.urgency == "urgent" and t not in instead),
        steps=tuple(_step(measure, facts) for measure in safe),
        left_out=tuple(_left_out(measure, facts) for measure in measures if measure not in safe),
        ten_minutes=said(words.ten_minutes.say, file),
        locked_too_long=() if instead else locked,
        after=() if instead else said_all(words.after, file),
        sources={},
    )
    return plan.model_copy(update={"sources": cited(knowledge, plan)})


def _known_dangers(lines: Iterable[DangerAsked]) -> Iterable[Told]:
    for line in lines:
        if line.known:
            do = Said(text=line.do, file=line.line.file, sources=line.line.sources)
            yield Told(urgency=line.urgency, title=line.line.text, say=do)


def _child(knowledge: Knowledge, facts: Mapping[str, Answer], told: Iterable[Told]) -> Iterable[Told]:
    """Under the youngest age nothing is done at home: what the answers call for, whatever it is, stands alone."""
    return [t for t in told if t.urgency == "urgent"] if too_young(knowledge, facts) else ()


def what_answers_call_for(knowledge: Knowledge, facts: Mapping[str, Answer]) -> tuple[Told, ...]:
    """What every red flag that calls for care today or now says, the most urgent first."""
    states = [state for state in judge_all(knowledge, facts) if state.urgency >= Urgency.URGENT]
    return tuple(_told(state.flag, state.urgency) for state in sorted(states, key=lambda state: -state.urgency))


def _told(flag: RedFlag, urgency: Urgency) -> Told:
    return Told(urgency=urgency.label, title=flag.title, say=said(flag.say, f"red_flags/{flag.id}.yaml"))


def _against(measure: Measure, facts: Mapping[str, Answer]) -> list[WhoMustNot]:
    return [who for who in measure.who_must_not if who.finding is not None and facts.get(who.finding) == YES]


def _left_out(measure: Measure, facts: Mapping[str, Answer]) -> LeftOut:
    because = tuple(_said_of(measure, who) for who in _against(measure, facts))
    return LeftOut(id=measure.id, name=measure.name, because=because)


def _step(measure: Measure, facts: Mapping[str, Answer]) -> ReliefStep:
    """A measure with the reasons against it that are still possible: those that the answers deny are left out."""
    open_still = [who for who in measure.who_must_not if who.finding is None or is_unknown(facts.get(who.finding))]
    file = f"measures/{measure.id}.yaml"
    return ReliefStep(
        id=measure.id,
        name=measure.name,
        when=measure.when,
        do=measure.steps,
        not_if=tuple(_said_of(measure, who) for who in open_still),
        stop_if=said_all(measure.stop_if, file),
        evidence=tuple(Said(text=e.says, file=file, sources=e.sources) for e in measure.evidence),
    )


def _said_of(measure: Measure, who: WhoMustNot) -> Said:
    return Said(text=who.text, file=f"measures/{measure.id}.yaml", sources=(who.source,))


def locked_flags(knowledge: Knowledge) -> tuple[RedFlag, ...]:
    """The flags that nothing but a muscle locked for too long can set off, the most urgent first."""
    locked = knowledge.relief_words.ten_minutes.locked
    return tuple(flag for flag in in_order(knowledge) if flag.when.truth({locked: NO}) is False)


def still_locked(knowledge: Knowledge, answers: Answers) -> dict[str, Answer]:
    """The answers of a person whose muscle is still locked when the minutes are over."""
    return {**answers, knowledge.relief_words.ten_minutes.locked: YES}


def locked_question(knowledge: Knowledge, answers: Answers) -> PageLine | None:
    """The next thing to look at in a leg that is locked too long; None once it is settled how fast help is needed.

    Asked are the other signs of the flags that the locked muscle can set off, the most urgent flags first.
    """
    facts = expand(knowledge, answers).values
    for state in judge_all(knowledge, facts):
        if state.urgency is Urgency.EMERGENCY:
            return None
    wanted = dict.fromkeys(leaf.finding for flag in locked_flags(knowledge) for leaf in flag.when.leaves())
    for key in wanted:
        if key not in facts and not knowledge.findings[key].derived:
            return line_of(knowledge, Line(key), is_for_other(answers))
    return None
