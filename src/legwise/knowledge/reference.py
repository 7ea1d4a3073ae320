"""Reference pages written from content: red flags, questions, conditions, sources, what is not verified."""

from collections.abc import Callable, Iterable, Mapping

from legwise.knowledge.grammar import AtLeast, Is, Not, Rule, Within
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.schema.condition import Link
from legwise.knowledge.schema.record import Disagreement, Statement

HEAD = "<!-- Written from content by `legwise docs`. Do not edit. -->\n\n"


def pages(knowledge: Knowledge) -> Mapping[str, str]:
    """Every page by its file name."""
    written: dict[str, Callable[[Knowledge], str]] = {
        "red_flags.md": red_flags,
        "questions.md": questions,
        "conditions.md": conditions,
        "sources.md": sources,
        "unverified.md": unverified,
    }
    return {name: HEAD + write(knowledge) for name, write in written.items()}


def in_words(rule: Rule) -> str:
    """A rule as a line of text, with finding ids.

    >>> in_words(AtLeast(1, (Is("fever", frozenset({"yes"})), Within("age", low=49))))
    'any of (fever; age over 49)'
    """
    match rule:
        case Is(finding, values):
            return finding if values == {"yes"} else f"{finding} is {' or '.join(sorted(values))}"
        case Within(finding, low, None):
            return f"{finding} over {low:g}"
        case Within(finding, _, high):
            return f"{finding} under {high:g}"
        case AtLeast(n, parts):
            how = "all of" if n == len(parts) else "any of" if n == 1 else f"at least {n} of"
            return f"{how} ({'; '.join(map(in_words, parts))})"
        case Not(part):
            return f"not {in_words(part)}"
    raise TypeError(type(rule).__name__)


def red_flags(knowledge: Knowledge) -> str:
    """The table of red flags, the most urgent first."""
    order = ["emergency", "urgent", "soon", "routine", "self_care"]
    flags = sorted(knowledge.red_flags.values(), key=lambda f: (order.index(f.urgency), f.id))
    rows = [
        _row(
            f.urgency,
            f"{f.title} (`{f.id}`)",
            in_words(f.when),
            f.status,
            ", ".join(_cited(f.evidence)),
            _differ(f.organisations_differ),
        )
        for f in flags
    ]
    head = _row("urgency", "red flag", "rule", "status", "sources", "organisations differ")
    return f"# Red flags\n\n{len(flags)} rules.\n\n{head}{_row(*['---'] * 6)}{''.join(rows)}"


def questions(knowledge: Knowledge) -> str:
    """Every screen with its lines, what is asked and why."""
    order = ["who", "danger", "complaint", "history", "adaptive"]
    text = ["# Questions\n"]
    for screen in sorted(knowledge.screens.values(), key=lambda s: (order.index(s.kind), s.order, s.id)):
        text.append(f"\n## {screen.title} (`{screen.id}`, {screen.kind})\n\n")
        for line in screen.lines:
            umbrella = knowledge.umbrellas.get(line)
            if umbrella is not None:
                text.append(f"- **{umbrella.ask}** ({umbrella.covers.strip()})\n")
            text += [
                _question(knowledge, part, "  " if umbrella else "")
                for part in (umbrella.parts if umbrella else (line,))
            ]
    return "".join(text)


def _question(knowledge: Knowledge, key: str, indent: str) -> str:
    finding = knowledge.findings[key]
    return f"{indent}- {finding.ask} (`{key}`) Why: {finding.why}\n"


def conditions(knowledge: Knowledge) -> str:
    """Every condition: in plain words, how its figures were come by, and when it is acted on."""
    text = ["# Conditions\n"]
    for condition in knowledge.conditions.values():
        links = [link for link in condition.links.values() if isinstance(link, Link)]
        published = sum(link.is_published for link in links)
        rate = (
            condition.rate.because
            if condition.rate
            else f"a stage of {condition.stage_of.parent if condition.stage_of else ''}"
        )
        act = (
            f"from {condition.act_at.probability:g}, {condition.act_at.urgency}"
            if condition.act_at
            else "not a danger of its own"
        )
        text.append(
            f"\n## {condition.name} (`{condition.id}`)\n\n{condition.plain_words.text.strip()}\n\n"
            f"- Usual urgency: {condition.usual_urgency}. {condition.usual_urgency_because}\n"
            f"- Links: {published} published, {len(links) - published} estimated.\n"
            f"- How often: {rate.strip()}\n- Acted on: {act}\n"
        )
    return "".join(text)


def sources(knowledge: Knowledge) -> str:
    """The bibliography: what of each source was read, and by whom."""
    rows = [
        _row(
            f"`{s.id}`",
            f"{s.authors}: {s.title}",
            str(s.year or "no year"),
            s.kind,
            f"{s.read} ({s.read_by})",
            s.doi or s.url or f"PMID {s.pmid}",
        )
        for s in knowledge.sources.values()
    ]
    head = _row("key", "work", "year", "kind", "read", "where")
    return f"# Sources\n\n{len(rows)} works.\n\n{head}{_row(*['---'] * 6)}{''.join(rows)}"


def unverified(knowledge: Knowledge) -> str:
    """What no source was read for, and the questions that only a clinician can settle."""
    flags = [f for f in knowledge.red_flags.values() if f.status != "verified"]
    rows = [_row(f"`{f.id}`", f.urgency, f.status, f.unread or "") for f in flags]
    head = _row("red flag", "urgency", "status", "what was not read")
    text = f"# Not verified\n\n{len(flags)} red flags.\n\n{head}{_row(*['---'] * 4)}{''.join(rows)}\n# Open decisions\n"
    for decision in knowledge.decisions.values():
        chosen, effect = decision.cautious_choice.strip(), decision.effect.strip()
        text += f"\n## {decision.question.strip()}\n\nUntil then: {chosen}\n\nEffect: {effect}\n"
    return text


def _row(*cells: str) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "/").split()) for cell in cells) + " |\n"


def _cited(statements: Iterable[Statement]) -> list[str]:
    return sorted({source for statement in statements for source in statement.sources})


def _differ(items: Iterable[Disagreement]) -> str:
    return " ".join(f"{d.organisation}: {d.says}" for d in items)
