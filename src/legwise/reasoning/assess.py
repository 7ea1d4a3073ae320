"""From answers to an assessment. Pure: the same answers give the same assessment, in whatever order they came."""

from collections.abc import Iterable, Sequence

from legwise import __version__
from legwise.base.answers import NO, YES, Answers
from legwise.base.urgency import Urgency
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.schema.words import UrgencyWords, Words
from legwise.reasoning import assessment as a
from legwise.reasoning.causes import age_says, causes_of, dangers_of
from legwise.reasoning.changes import Tried, try_all
from legwise.reasoning.citing import cited
from legwise.reasoning.explanation import say
from legwise.reasoning.facts import check_answers
from legwise.reasoning.fit import fit_of
from legwise.reasoning.flags import State
from legwise.reasoning.interview import next_for
from legwise.reasoning.redraws import SEED
from legwise.reasoning.situation import (
    Reason,
    Situation,
    describes_complaint,
    situation_of,
    too_young,
    triage,
)
from legwise.reasoning.statements import differences, said, said_all
from legwise.reasoning.verdict import kind_of_pain


def assess(knowledge: Knowledge, answers: Answers) -> a.Assessment:
    """Assess one set of answers: urgency, causes and why, what is open, and what would change it.

    On answers of an unfinished interview the assessment is provisional and says what is open.

    Raises:
        AnswerError: when an answer is not one that a screen could have given.
    """
    check_answers(knowledge, answers)
    situation = situation_of(knowledge, answers)
    following = next_for(situation, answers)
    reasons = triage(situation)
    level = reasons[0].urgency if reasons else Urgency.SELF_CARE
    words = knowledge.result_words
    told = _told(words, level, provisional=following is not None)
    causes = causes_of(situation) if describes_complaint(situation) else ()
    medicines = _medicines(situation)
    result = a.Assessment(
        stamp=_stamp(knowledge),
        notices=(words.not_certified, words.not_reviewed, words.not_a_diagnosis),
        provisional=following is not None,
        still_open=_still_open(situation, level),
        urgency=level.label,
        urgency_title=told.title,
        urgency_do=told.do,
        too_young=too_young(knowledge, situation.facts.values),
        reasons=tuple(_reason(situation, reason) for reason in reasons),
        undecided=_undecided(situation),
        contradictions=_contradictions(situation),
        pain=_pain(situation),
        three_answers=_three_answers(situation, reasons, causes, medicines),
        causes=causes,
        age_says=age_says(situation, causes),
        dangers=dangers_of(situation),
        fit=fit_of(situation),
        medicines=medicines,
        measures=tuple(dict.fromkeys(measure for cause in causes for measure in cause.measures)),
        would_raise=(),
        would_lower=(),
        sources={},
    )
    tried = try_all(situation, answers, level)
    return result.model_copy(
        update={
            "would_raise": tuple(_change(situation, t) for t in tried if t.urgency > level),
            "would_lower": tuple(_change(situation, t) for t in tried if t.urgency < level),
            "sources": cited(knowledge, result),
        }
    )


def _told(words: Words, level: Urgency, *, provisional: bool) -> UrgencyWords:
    """The words of a level. While questions are open, nothing below urgent is said to be enough."""
    if provisional and level < Urgency.URGENT:
        return UrgencyWords(title=words.provisional_title, do=words.provisional)
    return words.urgencies[level.label]


def _stamp(knowledge: Knowledge) -> a.Stamp:
    written = ", ".join(person.name for person in knowledge.people.values())
    return a.Stamp(
        shape=a.VERSION,
        code=__version__,
        content=knowledge.fingerprint[:16],
        seed=SEED,
        written_by=written,
        checked_by="nobody yet",
    )


def _still_open(situation: Situation, level: Urgency) -> tuple[str, ...]:
    """Names of findings that were not asked and on which a flag above this level still hangs."""
    wanted: dict[str, None] = {}
    for state in situation.states:
        if state.state is State.OPEN and Urgency.from_label(state.flag.urgency) > level:
            wanted.update(dict.fromkeys(key for key in _asked_of(situation, state.flag.when.findings())))
    return tuple(situation.knowledge.findings[key].name for key in wanted)


def _asked_of(situation: Situation, keys: Iterable[str]) -> list[str]:
    known, findings = situation.facts.values, situation.knowledge.findings
    return sorted(key for key in keys if key not in known and key in findings and not findings[key].derived)


def _reason(situation: Situation, reason: Reason) -> a.UrgencyReason:
    words = situation.knowledge.result_words
    if reason.kind in ("flag", "not_sure"):
        return _flag_reason(situation, reason)
    name = situation.knowledge.name_of(reason.id)
    because = {
        "danger": words.danger_acted_on, "danger_possible": words.danger_possible, "likely": words.usual_for_likely
    }[reason.kind]  # fmt: skip
    return a.UrgencyReason(
        urgency=reason.urgency.label,
        kind=reason.kind,
        id=reason.id,
        title=name,
        because=because.format(name=name),
        say=None,
        how_soon=None,
        points_to=(name,),
        mimics=(),
        evidence=_usual_basis(situation, reason.id),
        organisations_differ=(),
        signs=(),
    )


def _usual_basis(situation: Situation, cause: str) -> tuple[a.Said, ...]:
    condition = situation.knowledge.conditions[cause]
    source = (condition.usual_urgency_source,) if condition.usual_urgency_source else condition.plain_words.sources
    return (a.Said(text=condition.usual_urgency_because, file=f"conditions/{cause}.yaml", sources=tuple(source)),)


def _flag_reason(situation: Situation, reason: Reason) -> a.UrgencyReason:
    knowledge = situation.knowledge
    flag = knowledge.red_flags[reason.id]
    file = f"red_flags/{flag.id}.yaml"
    signs = [key for key in sorted(flag.when.findings()) if situation.facts.values.get(key) not in (None, NO, "none")]
    return a.UrgencyReason(
        urgency=reason.urgency.label,
        kind=reason.kind,
        id=flag.id,
        title=flag.title,
        because=knowledge.result_words.not_sure if reason.kind == "not_sure" else flag.title,
        say=said(flag.say, file),
        how_soon=flag.how_soon,
        points_to=tuple(knowledge.name_of(cause) for cause in flag.points_to),
        mimics=flag.mimics,
        evidence=said_all(flag.evidence, file),
        organisations_differ=differences(flag.organisations_differ),
        signs=tuple(say(situation, key) for key in signs if not _unknown(situation, key)),
    )


def _unknown(situation: Situation, key: str) -> bool:
    return situation.facts.values.get(key) in ("not_sure", "still_not_sure")


def _undecided(situation: Situation) -> tuple[a.Undecided, ...]:
    result = []
    for state in situation.states:
        if state.state in (State.UNDECIDED, State.FIRES_IF) and state.urgency > Urgency.SELF_CARE:
            unsure = [key for key in sorted(state.flag.when.findings()) if _unknown(situation, key)]
            names = tuple(situation.knowledge.findings[key].name for key in unsure)
            result.append(
                a.Undecided(id=state.flag.id, title=state.flag.title, urgency=state.flag.urgency, not_sure_of=names)
            )
    return tuple(result)


def _contradictions(situation: Situation) -> tuple[a.Contradiction, ...]:
    knowledge = situation.knowledge

    def denied(key: str) -> str:
        umbrella = knowledge.umbrellas.get(key)
        return umbrella.ask if umbrella is not None else knowledge.findings[key].label_of(NO)

    return tuple(
        a.Contradiction(kept=knowledge.findings[kept].label_of(YES), against=denied(against))
        for against, kept in situation.facts.contradictions
    )


def _pain(situation: Situation) -> a.Pain:
    knowledge = situation.knowledge
    kind = kind_of_pain(knowledge, situation.facts.values)
    decided = tuple(say(situation, key) for key in kind.decided_by)
    file = f"verdict/{knowledge.cramp_or_ache.id}.yaml"
    return a.Pain(kinds=kind.kinds, name=kind.name, say=kind.say, decided_by=decided, sources=kind.sources, file=file)


def _medicines(situation: Situation) -> tuple[a.MedicineToAsk, ...]:
    taken = [
        medicine
        for _, medicine in sorted(situation.knowledge.medicines.items())
        if medicine.asked_by is not None and situation.facts.values.get(medicine.asked_by) == YES
    ]
    return tuple(
        a.MedicineToAsk(
            id=medicine.id,
            name=medicine.name,
            may_cause=medicine.may_cause,
            figures=tuple(
                a.Said(text=figure.says, file=f"medicines/{medicine.id}.yaml", sources=figure.sources)
                for figure in medicine.figures
            ),
            do=said_all(medicine.do, f"medicines/{medicine.id}.yaml"),
            ask=medicine.ask,
        )
        for medicine in taken
    )


def _three_answers(
    situation: Situation,
    reasons: Sequence[Reason],
    causes: Sequence[a.Cause],
    medicines: Sequence[a.MedicineToAsk],
) -> a.ThreeAnswers:
    words, knowledge = situation.knowledge.result_words, situation.knowledge
    if too_young(knowledge, situation.facts.values):
        cause = words.too_young
    elif not causes:
        cause = knowledge.cramp_or_ache.cannot_tell
    else:
        clear = causes[0].probability >= knowledge.settings.likely_at.value
        cause = (words.cause_likely if clear else words.cause_unclear).format(name=causes[0].name)
    found = [_title(knowledge, r) for r in reasons if r.kind != "likely" and r.urgency >= Urgency.SOON]
    serious = words.serious_found.format(name="; ".join(dict.fromkeys(found))) if found else words.serious_not_found
    return a.ThreeAnswers(likely_cause=cause, serious=serious, medicine=_medicine_words(situation, medicines))


def _title(knowledge: Knowledge, reason: Reason) -> str:
    flag = knowledge.red_flags.get(reason.id) if reason.kind in ("flag", "not_sure") else None
    return flag.title if flag is not None else knowledge.name_of(reason.id)


def _medicine_words(situation: Situation, medicines: Sequence[a.MedicineToAsk]) -> str:
    words, known = situation.knowledge.result_words, situation.facts.values
    if medicines:
        return words.medicine_found.format(name="; ".join(medicine.name for medicine in medicines))
    asked_by = [m.asked_by for m in situation.knowledge.medicines.values() if m.asked_by is not None]
    return words.medicine_not_found if any(key in known for key in asked_by) else words.medicine_not_asked


def _change(situation: Situation, tried: Tried) -> a.Change:
    finding = situation.knowledge.findings[tried.finding]
    label = finding.label_of(tried.instead)
    words = label if finding.is_yes_no else f"{finding.name}: {label}"
    return a.Change(finding=tried.finding, instead=tried.instead, said=words, urgency=tried.urgency.label)
