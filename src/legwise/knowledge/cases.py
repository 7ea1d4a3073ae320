"""Cases as answers: a vignette, what differs from it, and umbrellas that follow."""

from legwise.base.answers import NO, YES, Answer
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.schema.case import Case, CaseAnswer, Vignette

NOT_ASKED = "not_asked"


def as_answer(value: CaseAnswer) -> Answer:
    """A case's answer in the form that the reasoning takes."""
    return frozenset(value) if isinstance(value, tuple) else value


def answers_of_vignette(knowledge: Knowledge, vignette: Vignette) -> dict[str, Answer]:
    """The answers of a whole person."""
    return _answers(knowledge, vignette.answers, {})


def answers_of(knowledge: Knowledge, case: Case) -> dict[str, Answer]:
    """The answers of a case: its vignette with what differs. A part that is set opens its umbrella."""
    return _answers(knowledge, knowledge.vignettes[case.start].answers, case.but)


def _answers(knowledge: Knowledge, base: dict[str, CaseAnswer], but: dict[str, CaseAnswer]) -> dict[str, Answer]:
    answers = {key: as_answer(value) for key, value in base.items()}
    for umbrella in knowledge.umbrellas.values():
        told = [part for part in umbrella.parts if part in but]
        if told and umbrella.id not in but:
            was = answers.get(umbrella.id)
            answers[umbrella.id] = YES
            if was == NO:
                left_open = _generals(knowledge, [part for part in told if but[part] == NOT_ASKED])
                for part in umbrella.parts:
                    if part not in left_open:
                        answers.setdefault(part, NO)
    answers.update({key: as_answer(value) for key, value in but.items()})
    return {key: value for key, value in answers.items() if value != NOT_ASKED}


def _generals(knowledge: Knowledge, parts: list[str]) -> set[str]:
    """The more general findings of some parts: denying them would settle what is to stay open."""
    return {general for part in parts for general in knowledge.findings[part].is_a}
