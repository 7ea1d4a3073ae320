"""Runs coded cases through the reasoning: all facts at once, or asked for one screen after another.

The row "flat" reads the same answers with equal visit rates. Cases hold far more emergencies than
life does, so flat rates score well and are wrong; a change that moves ours towards flat is a warning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from legwise.base.answers import Answer
from legwise.base.urgency import Urgency
from legwise.evaluation.coded_cases import CodedCase
from legwise.evaluation.person import Interviewed, Person, Silent, interview
from legwise.evaluation.token_map import TokenMap, facts_of
from legwise.knowledge import Knowledge
from legwise.reasoning.differential import rank
from legwise.reasoning.rates import Rates
from legwise.reasoning.situation import Situation, situation_of, triage


@dataclass(frozen=True, slots=True)
class Mode:
    """How the cases are put: all facts given, or by an interview with somebody who is silent in this way."""

    interview: bool = False
    silent: Silent = "no"

    @property
    def judges_accuracy(self) -> bool:
        """A person who is not sure of everything that a case leaves out is a test of safety alone."""
        return not (self.interview and self.silent == "not_sure")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case. Ranks count from 1; None where the cause is not one of ours."""

    case: CodedCase
    answers: Mapping[str, Answer]
    situation: Situation
    ranked: tuple[str, ...]
    rank: int | None
    accepted_rank: int | None
    flat_rank: int | None
    flat_accepted_rank: int | None
    urgency: Urgency
    screens: int | None
    lines: int | None

    @property
    def covered(self) -> bool:
        """Whether the cause is one of ours."""
        return self.rank is not None

    @property
    def reference(self) -> Urgency:
        """The level that the case should get."""
        return Urgency.from_label(self.case.reference_urgency)


def one_of_each_group(cases: Sequence[CodedCase]) -> list[CodedCase]:
    """Leave one case of every duplicate group: the first that the file has."""
    seen: set[str] = set()
    kept = []
    for case in cases:
        if case.duplicate_group is None or case.duplicate_group not in seen:
            kept.append(case)
        if case.duplicate_group is not None:
            seen.add(case.duplicate_group)
    return kept


def answers_for(
    knowledge: Knowledge, words: TokenMap, case: CodedCase, mode: Mode
) -> tuple[Mapping[str, Answer], Interviewed | None]:
    """The answers that a case comes to, and the interview where there was one."""
    facts = facts_of(knowledge, words, case)
    if not mode.interview:
        return facts, None
    done = interview(Person.knowing(knowledge, words, facts, mode.silent))
    return done.answers, done


def run_case(knowledge: Knowledge, words: TokenMap, case: CodedCase, mode: Mode) -> Outcome:
    """Put one case through the reasoning."""
    answers, done = answers_for(knowledge, words, case, mode)
    situation = situation_of(knowledge, answers)
    reasons = triage(situation)
    ours, flat = _ranked(situation, situation.rates), _ranked(situation, flat_rates(situation.rates))
    gold = words.gold(case.gold.condition)
    accepted = {gold, *(words.gold(other) for other in case.accepted_alternatives)} - {None}
    return Outcome(
        case=case,
        answers=answers,
        situation=situation,
        ranked=ours,
        rank=_best_rank(ours, {gold}),
        accepted_rank=_best_rank(ours, accepted),
        flat_rank=_best_rank(flat, {gold}),
        flat_accepted_rank=_best_rank(flat, accepted),
        urgency=reasons[0].urgency if reasons else Urgency.SELF_CARE,
        screens=done.screens if done else None,
        lines=done.lines if done else None,
    )


def run_cases(knowledge: Knowledge, words: TokenMap, cases: Sequence[CodedCase], mode: Mode) -> list[Outcome]:
    """Put every case through the reasoning."""
    return [run_case(knowledge, words, case, mode) for case in cases]


def flat_rates(rates: Rates) -> Rates:
    """The same person with equal visit rates for all that can be; risk factors and the share of "other" stay."""
    named = np.where(rates.base[:-1] > 0, 1.0, 0.0)
    other = rates.base[-1] / max(rates.base[:-1].sum(), 1e-300)
    return replace(rates, base=np.append(named, named.sum() * other))


def _ranked(situation: Situation, rates: Rates) -> tuple[str, ...]:
    """Our causes, the likeliest first; none below the age that we cover."""
    if situation.differential is None:
        return ()
    named = rank(situation.model, rates, situation.chosen).probability[:-1]
    ids = situation.model.hypotheses
    return tuple(ids[row] for row in sorted(range(len(named)), key=lambda row: (-named[row], ids[row])))


def _best_rank(ranked: Sequence[str], wanted: set[str | None]) -> int | None:
    places = [place for place, cause in enumerate(ranked, start=1) if cause in wanted]
    return places[0] if places else None
