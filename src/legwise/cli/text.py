"""An assessment as text for a terminal: urgency first, then why, causes, and what to do."""

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from legwise.base.urgency import Urgency
from legwise.knowledge import Knowledge
from legwise.reasoning.assessment import Assessment, Cause, Change, Cited, Danger, Said, UrgencyReason, Weighed

STYLES = {
    "emergency": "bold white on red",
    "urgent": "bold white on dark_orange3",
    "soon": "bold black on yellow",
    "routine": "bold white on dark_cyan",
    "self_care": "bold white on dark_green",
}
BAR = 20
"""Characters of a bar that stands for 100 people."""
WIDEST = 100
MOST_CHANGES = 8
MOST_DANGERS = 5


def console() -> Console:
    """A console that wraps at a readable width."""
    plain = Console(highlight=False)
    return Console(highlight=False, width=min(plain.width, WIDEST))


def show_example(out: Console, in_words: str) -> None:
    """Say who the example is."""
    out.print(Text.assemble(("An example: ", "bold"), f"“{in_words.strip()}”"), "")


def show(knowledge: Knowledge, result: Assessment, out: Console | None = None) -> None:
    """Print an assessment."""
    out = out or console()
    _urgency(out, result)
    _pain(out, result)
    _three(out, result)
    _reasons(out, result)
    _causes(out, result)
    _dangers(out, result.dangers)
    _medicines(out, result)
    _measures(out, knowledge, result)
    _changes(out, result)
    show_sources(out, result.sources)
    out.print(Rule(style="dim"))
    for notice in result.notices:
        out.print(Text(notice, style="italic"))
    stamp = result.stamp
    out.print(
        Text(f"Written by: {stamp.written_by}. Checked by: {stamp.checked_by}. Content {stamp.content}.", style="dim")
    )


def _urgency(out: Console, result: Assessment) -> None:
    title = f" {result.urgency_title.upper()} "
    said = [reason.say.text for reason in result.reasons if reason.say and reason.urgency == result.urgency]
    body = "\n".join(dict.fromkeys([*said, result.urgency_do]))
    calm = result.provisional and Urgency.from_label(result.urgency) < Urgency.URGENT
    style = "bold" if calm else STYLES[result.urgency]
    out.print(Panel(Text(body), title=Text(title, style=style), title_align="left", padding=(1, 2)))
    if result.provisional:
        out.print(Text("This is not a full result yet.", style="bold"))
        if result.still_open:
            out.print(wrapped("Still open: " + ", ".join(result.still_open)))
    for item in result.contradictions:
        both = f"“{item.kept}” and no to “{item.against}”"
        out.print(wrapped(f"Two answers do not fit together: {both} We went by the first."))
    for undecided in result.undecided:
        unsure = ", ".join(undecided.not_sure_of)
        out.print(wrapped(f"We could not rule out: {undecided.title} (you were not sure of: {unsure})."))


def _pain(out: Console, result: Assessment) -> None:
    heading(out, f"Cramp or ache? {result.pain.name.capitalize()}")
    out.print(wrapped(result.pain.say))
    if result.pain.decided_by:
        out.print(wrapped("What decided it: " + "; ".join(result.pain.decided_by) + marks(result.pain.sources)))


def _three(out: Console, result: Assessment) -> None:
    three = result.three_answers
    heading(out, "In short")
    for label, text in (
        ("Likely cause", three.likely_cause),
        ("Anything serious", three.serious),
        ("A medicine to ask about", three.medicine),
    ):
        out.print(Text.assemble(("  " + label + ": ", "bold"), text))
    if result.age_says:
        out.print(wrapped(result.age_says))
    if result.fit and not result.fit.good:
        out.print(wrapped(result.fit.because))


def _reasons(out: Console, result: Assessment) -> None:
    if not result.reasons:
        return
    heading(out, "Why this urgency")
    for reason in result.reasons:
        _reason(out, reason)


def _reason(out: Console, reason: UrgencyReason) -> None:
    head = Text.assemble(("  " + reason.urgency.replace("_", " ") + ": ", "bold"), reason.title)
    out.print(head)
    if reason.because != reason.title:
        out.print(wrapped(reason.because, 4))
    if reason.signs:
        out.print(wrapped("From your answers: " + "; ".join(reason.signs), 4))
    statements(out, reason.evidence, 4)
    for other in reason.organisations_differ:
        out.print(
            wrapped(f"{other.organisation} says: {other.says}" + marks([other.source] if other.source else []), 4)
        )
    if reason.mimics:
        out.print(wrapped("It can look like this and be harmless: " + " ".join(reason.mimics), 4))


def _causes(out: Console, result: Assessment) -> None:
    if not result.causes:
        return
    heading(out, "Likely causes")
    for rank, cause in enumerate(result.causes, start=1):
        _cause(out, rank, cause)


def _cause(out: Console, rank: int, cause: Cause) -> None:
    best, low, high = cause.of_100
    bar = "█" * round(best * BAR / 100) + "▒" * (round(high * BAR / 100) - round(best * BAR / 100))
    out.print(Text.assemble((f"  {rank}. {cause.name}", "bold"), f"  {cause.words}"))
    people = f"about {best} in 100 people with such answers ({low} to {high})" if best else "fewer than 1 in 100 people"
    out.print(Text(f"     {bar:<{BAR}} {people}"))
    out.print(wrapped(cause.plain_words.text + marks(cause.plain_words.sources), 5))
    _weights(out, "For", cause.speaks_for)
    _weights(out, "Against", cause.speaks_against)
    if rank == 1:
        _list(out, "What to do", cause.what_to_do)
        _list(out, "Come back or call when", cause.come_back_when)
        for look in cause.look_alikes:
            out.print(wrapped("Easily taken for it: " + look.text + marks(look.sources), 5))
        if cause.ask_clinician:
            out.print(wrapped("Ask the clinician: " + " ".join(cause.ask_clinician), 5))


def _weights(out: Console, label: str, items: Iterable[Weighed]) -> None:
    told = "; ".join(f"{item.said} ({item.strength})" for item in items)
    if told:
        out.print(wrapped(f"{label}: {told}", 5))


def _list(out: Console, label: str, items: Iterable[Said]) -> None:
    items = list(items)
    if items:
        out.print(Text(f"     {label}:", style="bold"))
        statements(out, items, 7)


def _dangers(out: Console, dangers: tuple[Danger, ...]) -> None:
    if not dangers:
        return
    heading(out, "Dangers that were weighed")
    for danger in dangers[:MOST_DANGERS]:
        verdict = "acted on" if danger.acted_on else "below the level that is acted on"
        chance = f"{_share(danger.probability)} ({_share(danger.low)} to {_share(danger.high)})"
        out.print(wrapped(f"{danger.name}: {chance}; acted on from {_share(danger.act_at)}: {verdict}."))
        if danger.speaks_for:
            out.print(wrapped("What points at it: " + "; ".join(danger.speaks_for), 4))


def _share(probability: float) -> str:
    """A probability as a natural frequency.

    >>> _share(0.02), _share(0.0004)
    ('2 in 100', 'under 1 in 1000')
    """
    if probability >= 1 / 100:
        return f"{100 * probability:.0f} in 100"
    return f"{1000 * probability:.0f} in 1000" if probability >= 1 / 1000 else "under 1 in 1000"


def _medicines(out: Console, result: Assessment) -> None:
    if not result.medicines:
        return
    heading(out, "Medicines to ask about")
    for medicine in result.medicines:
        out.print(Text("  " + medicine.name, style="bold"))
        out.print(wrapped(medicine.may_cause, 4))
        statements(out, medicine.figures, 4)
        statements(out, medicine.do, 4)
        out.print(wrapped("Ask: " + " ".join(medicine.ask), 4))


def _measures(out: Console, knowledge: Knowledge, result: Assessment) -> None:
    chosen = [knowledge.measures[key] for key in result.measures if key in knowledge.measures]
    if not chosen:
        return
    heading(out, "What may help")
    for measure in sorted(chosen, key=lambda m: (m.order, m.id)):
        out.print(Text.assemble(("  " + measure.name, "bold"), f"  {measure.when}"))
        for number, step in enumerate(measure.steps, start=1):
            hold = f" Hold for {step.hold_seconds} seconds." if step.hold_seconds else ""
            out.print(wrapped(f"{number}. {step.do}{hold}", 4))
        if measure.dose:
            out.print(wrapped(measure.dose, 4))
        for person in measure.who_must_not:
            out.print(wrapped("Not if: " + person.text + marks([person.source]), 4))
        for evidence in measure.evidence:
            out.print(
                wrapped(
                    f"How sure ({evidence.strength.replace('_', ' ')}): {evidence.says}" + marks(evidence.sources), 4
                )
            )


def _changes(out: Console, result: Assessment) -> None:
    if not (result.would_raise or result.would_lower):
        return
    heading(out, "What would change this")
    _change_lines(out, "More urgent if", result.would_raise)
    _change_lines(out, "Less urgent if", result.would_lower)


def _change_lines(out: Console, label: str, changes: tuple[Change, ...]) -> None:
    for change in changes[:MOST_CHANGES]:
        out.print(wrapped(f"{label}: {change.said} → {change.urgency.replace('_', ' ')}"))
    if len(changes) > MOST_CHANGES:
        out.print(wrapped(f"and {len(changes) - MOST_CHANGES} more (legwise assess --json lists all)."))


def show_sources(out: Console, sources: Mapping[str, Cited]) -> None:
    """Print the sources that something rests on."""
    heading(out, "Sources")
    for key, source in sources.items():
        year = source.year or "no year"
        read = f"{source.read.replace('_', ' ')} read by {source.read_by}"
        out.print(wrapped(f"[{key}] {source.authors}: {source.title} ({year}). {source.link} ({read})"), style="dim")


def show_notices(out: Console, knowledge: Knowledge) -> None:
    """Say what this is not."""
    words = knowledge.result_words
    for notice in (words.not_certified, words.not_reviewed, words.not_a_diagnosis):
        out.print(Text(notice, style="italic"))


def heading(out: Console, text: str) -> None:
    """Print a heading."""
    out.print()
    out.print(Text(text, style="bold underline"))


def statements(out: Console, items: Iterable[Said], indent: int) -> None:
    """Print statements as a list, each with its sources."""
    for item in items:
        out.print(wrapped("• " + item.text + marks(item.sources), indent))


def marks(sources: Iterable[str]) -> str:
    """Ids of sources as they stand after a statement."""
    keys = ", ".join(sources)
    return f" [{keys}]" if keys else ""


def wrapped(text: str, indent: int = 2) -> Padding:
    """Text with an indent."""
    return Padding(Text(text), (0, 0, 0, indent))
