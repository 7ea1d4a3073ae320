"""The report on coded cases: as text for people, as one object for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from legwise import __version__
from legwise.base.urgency import Urgency
from legwise.evaluation.coded_cases import CodedCase
from legwise.evaluation.influence import links_published, most_influential
from legwise.evaluation.run import Mode, Outcome
from legwise.evaluation.scores import (
    TOPS,
    Share,
    Which,
    by_family,
    confusion,
    emergencies_below_urgent,
    quantile,
    self_care_kept,
    top,
    wilson,
)
from legwise.evaluation.token_map import TokenMap, map_mark
from legwise.knowledge import Knowledge
from legwise.reasoning.model import model_of

MISS_SHOWN = 3
"""Causes shown for a case whose own is not first."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that a run over coded cases found."""

    knowledge: Knowledge
    words: TokenMap
    name: str
    cases: tuple[CodedCase, ...]
    mode: Mode
    outcomes: list[Outcome]
    seconds: float

    @property
    def covered(self) -> list[Outcome]:
        """The cases whose cause is one of ours."""
        return [outcome for outcome in self.outcomes if outcome.covered]


def as_object(evaluation: Evaluation) -> dict[str, Any]:
    """The report as one object. Shares are null where accuracy is not judged, or of nothing."""
    outcomes, mode = evaluation.outcomes, evaluation.mode
    screens, lines = _screens(outcomes), _lines(outcomes)
    return {
        "cases": len(evaluation.cases),
        "scored": len(outcomes),
        "covered": len(evaluation.covered),
        "mode": {"interview": mode.interview, "silent": mode.silent if mode.interview else None},
        **_tops(mode, outcomes),
        "self_care_kept": self_care_kept(outcomes).fraction if mode.judges_accuracy else None,
        "emergency_below_urgent": len(emergencies_below_urgent(outcomes)),
        "screens_median": quantile(screens, 0.5),
        "screens_p95": quantile(screens, 0.95),
        "lines_median": quantile(lines, 0.5),
        "seconds": round(evaluation.seconds, 3),
        "families": {key: {"cases": len(own), **_tops(mode, own)} for key, own in by_family(outcomes).items()},
        "covered_only": _tops(mode, evaluation.covered),
        "flat_rates": _tops(mode, outcomes, flat=True),
        "urgency_original": confusion(outcomes, original=True),
        "urgency_provisional": confusion(outcomes, original=False),
        "links_published": {
            key: {"published": sum(links), "links": len(links)}
            for key, links in links_published(model_of(evaluation.knowledge)).items()
        },
        "content": evaluation.knowledge.fingerprint[:16],
        "map": map_mark(),
        "code": __version__,
        "results": [_result(outcome) for outcome in outcomes],
    }


def _result(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.case.id,
        "family": outcome.case.source.family,
        "gold": outcome.case.gold.condition,
        "covered": outcome.covered,
        "ranked": list(outcome.ranked),
        "rank": outcome.rank,
        "rank_accepted": outcome.accepted_rank,
        "urgency": outcome.urgency.label,
        "reference_urgency": outcome.case.reference_urgency,
        "screens": outcome.screens,
        "lines": outcome.lines,
    }


def _tops(mode: Mode, outcomes: Sequence[Outcome], flat: bool = False) -> dict[str, float | None]:
    gold: Which = "flat_gold" if flat else "gold"
    accepted: Which = "flat_accepted" if flat else "accepted"
    judged = outcomes if mode.judges_accuracy else []
    shares = {f"top{places}": top(judged, places, gold).fraction for places in TOPS}
    return {**shares, **{f"top{places}_accepted": top(judged, places, accepted).fraction for places in TOPS}}


def _screens(outcomes: Sequence[Outcome]) -> list[int]:
    return [outcome.screens for outcome in outcomes if outcome.screens is not None]


def _lines(outcomes: Sequence[Outcome]) -> list[int]:
    return [outcome.lines for outcome in outcomes if outcome.lines is not None]


def as_text(evaluation: Evaluation) -> str:
    """The report in words and tables."""
    parts = [_head(evaluation)]
    if evaluation.mode.judges_accuracy:
        parts += [_accuracy(evaluation), _families(evaluation)]
    parts += [_urgency(evaluation)]
    if evaluation.mode.interview:
        parts.append(_effort(evaluation))
    parts.append(_coverage(evaluation))
    if evaluation.mode.judges_accuracy:
        parts.append(_misses(evaluation))
    parts += [_published(evaluation), _estimates(evaluation)]
    return "\n\n".join("\n".join(part) for part in parts)


def _head(evaluation: Evaluation) -> Iterator[str]:
    mode, knowledge = evaluation.mode, evaluation.knowledge
    how = "all facts given, silent facts unasked"
    if mode.interview:
        how = f"interview; what a case is silent about is answered '{mode.silent}'"
    yield f"Coded cases: {evaluation.name}"
    yield f"Mode: {how}"
    scored = f"{len(evaluation.outcomes)} (one of each duplicate group)"
    yield f"Cases {len(evaluation.cases)}, scored {scored}, in {evaluation.seconds:.1f} s"
    yield f"Content {knowledge.fingerprint[:16]}, map of words {map_mark()}, Legwise {__version__}"
    yield "The map of words was written from the list of words of all cases, those kept for the final evaluation too."
    if not mode.judges_accuracy:
        yield "Only safety is judged in this mode."


def _accuracy(evaluation: Evaluation) -> Iterator[str]:
    yield "ACCURACY (share with the cause among the first 1, 3, 5; a cause that we do not cover is a miss)"
    rows: list[tuple[str, list[Outcome], Which]] = [
        ("cause of the source", evaluation.outcomes, "gold"),
        ("  flat rates, wrong on purpose", evaluation.outcomes, "flat_gold"),
        ("cause or accepted", evaluation.outcomes, "accepted"),
        ("  flat rates, wrong on purpose", evaluation.outcomes, "flat_accepted"),
        ("only those that we cover", evaluation.covered, "gold"),
        ("  flat rates, wrong on purpose", evaluation.covered, "flat_gold"),
        ("only covered, or accepted", evaluation.covered, "accepted"),
        ("  flat rates, wrong on purpose", evaluation.covered, "flat_accepted"),
    ]
    yield f"{'':<32}{'cases':>6}" + "".join(f"   {f'top {n}':<6}{'90 %':>8}{'95 %':>9}" for n in TOPS)
    for label, outcomes, which in rows:
        shares = "".join(f"   {_with_doubt(top(outcomes, places, which))}" for places in TOPS)
        yield f"{label:<32}{len(outcomes):>6}{shares}"


def _with_doubt(share: Share) -> str:
    ends = [wilson(share.right, share.of, percent) for percent in (90, 95)]
    words = [f"{100 * low:.0f}–{100 * high:.0f}" for low, high in ends]
    return f"{_percent(share):<6}{words[0]:>8}{words[1]:>9}"


def _families(evaluation: Evaluation) -> Iterator[str]:
    yield "BY FAMILY OF SOURCES   cases   top 1   top 3   top 5   accepted: top 1   top 3   top 5"
    for family, outcomes in by_family(evaluation.outcomes).items():
        gold = "".join(f"{_percent(top(outcomes, places, 'gold')):>8}" for places in TOPS)
        accepted = "".join(f"{_percent(top(outcomes, places, 'accepted')):>8}" for places in TOPS)
        yield f"  {family:<20}{len(outcomes):>8}{gold}        {accepted}"


def _percent(share: Share) -> str:
    return "-" if share.fraction is None else f"{100 * share.fraction:.0f} %"


def _urgency(evaluation: Evaluation) -> Iterator[str]:
    outcomes = evaluation.outcomes
    levels = [level.label for level in reversed(Urgency)]
    for original in (True, False):
        table = confusion(outcomes, original=original)
        whose = "labels of the source" if original else "provisional labels of the coder, not of the source"
        yield f"URGENCY ({whose}; rows: should be, columns: we say)"
        yield " " * 24 + "".join(f"{label:>11}" for label in levels)
        for label, row in table.items():
            yield f"  {label:<22}" + "".join(f"{row[level] or '·':>11}" for level in levels)
    below = emergencies_below_urgent(outcomes)
    names = ", ".join(f"{o.case.id} ({o.case.gold.condition}: {o.urgency.label})" for o in below)
    yield f"Emergencies below urgent: {len(below)}{': ' + names if names else ''}"
    if evaluation.mode.judges_accuracy:
        yield f"Self-care kept: {self_care_kept(outcomes)}"


def _effort(evaluation: Evaluation) -> Iterator[str]:
    screens, lines = _screens(evaluation.outcomes), _lines(evaluation.outcomes)
    yield "SCREENS AND LINES ASKED"
    for label, values in (("screens", screens), ("lines", lines)):
        yield (
            f"  {label:<8} median {quantile(values, 0.5):.0f}, 95th percentile {quantile(values, 0.95):.0f}, "
            f"most {max(values, default=0)}"
        )


def _coverage(evaluation: Evaluation) -> Iterator[str]:
    outcomes, words = evaluation.outcomes, evaluation.words
    used = [word for o in outcomes for word in (*o.case.findings, *o.case.history)]
    heard = sum(1 for word in used if word not in words.silent)
    missing = sorted({o.case.gold.condition for o in outcomes if not o.covered})
    yield "COVERAGE"
    yield f"  causes that are ours: {len(evaluation.covered)} of {len(outcomes)} cases"
    yield f"  not ours: {', '.join(missing) or 'none'}"
    yield f"  words of findings and history that a question stands for: {heard} of {len(used)}"
    yield f"  words in the map: {len(words.words)}, of them not asked: {len(words.silent)}"
    yield f"  words of examination, never used: {len(words.exam.tokens)}"


def _misses(evaluation: Evaluation) -> Iterator[str]:
    yield "CASES WHOSE CAUSE IS NOT FIRST (rank of the cause, of the best accepted one, our first three)"
    for outcome in evaluation.outcomes:
        if outcome.rank == 1:
            continue
        rank = "not covered" if outcome.rank is None else f"rank {outcome.rank}"
        accepted = f", accepted {outcome.accepted_rank}" if outcome.accepted_rank not in (None, outcome.rank) else ""
        first = ", ".join(outcome.ranked[:MISS_SHOWN])
        yield f"  {outcome.case.id:<14} {outcome.case.gold.condition} ({rank}{accepted}): {first}"


def _published(evaluation: Evaluation) -> Iterator[str]:
    links = links_published(model_of(evaluation.knowledge))
    every = [is_published for own in links.values() for is_published in own]
    yield f"LINKS THAT STAND IN A SOURCE ({sum(every)} of {len(every)}; the rest are estimates with a reason)"
    for condition, own in sorted(links.items(), key=lambda item: (-sum(item[1]) / max(len(item[1]), 1), item[0])):
        published = f"{sum(own):>3} of {len(own):>3} published ({100 * sum(own) / max(len(own), 1):.0f} %)"
        yield f"  {condition:<32}{published}, {len(own) - sum(own)} estimated"


def _estimates(evaluation: Evaluation) -> Iterator[str]:
    yield "THE TEN ESTIMATES THAT MOST CHANGE AN URGENCY (moved to their 5th and 95th percentile, one at a time)"
    found = most_influential(evaluation.outcomes)
    for item in found:
        whose = f"of {item.finding} in {item.condition}" if item.condition else f"of {item.finding} in the background"
        yield f"  share {whose}: {len(item.cases)} cases, {item.up} levels up, {item.down} down"
    if not found:
        yield "  none changes any"
