"""Every condition in plain words, with the basis of its numbers; and the dangers that are only named."""

from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.reference.markdown import anchor, basis, bullets, file_link, page, plain, source_links, table
from legwise.knowledge.schema.condition import Condition, Link, VisitRate

HEADS = ("condition", "kind", "usual urgency", "acted on from", "links published", "links estimated")
INTRO = """\
A link says how often people with the condition have a finding.
A published link carries its figure, its number of people and its place in a source.
An estimate is a frequency word or a share, with one line of reasoning.
A danger is acted on when its own probability, against background alone, reaches the level given here."""
STUBS = """\
Red flags point to these by name.
They have no links yet, so they are never ranked among the causes."""


def conditions_page(knowledge: Knowledge) -> str:
    """A summary table, then each condition, then the dangers that are only named."""
    conditions = [condition for _, condition in sorted(knowledge.conditions.items())]
    parts = [INTRO, table(HEADS, map(_row, conditions))]
    for condition in conditions:
        parts += [f"{anchor(condition.id)}\n\n## {plain(condition.name)}", *_about(knowledge, condition)]
    stubs = [
        f"{anchor(key)}{file_link('stubs', key, plain(stub.name))} ({stub.urgency}): "
        f"{plain(stub.plain_words.text)} {source_links(stub.plain_words.sources)}"
        for key, stub in sorted(knowledge.stubs.items())
    ]
    return page("Conditions", *parts, "## Dangers that are named and not ranked", STUBS, bullets(stubs))


def count_links(condition: Condition) -> tuple[int, int]:
    """How many links are published, and how many are estimates. What is left at the background is neither."""
    published = [link.is_published for link in condition.links.values() if isinstance(link, Link)]
    return sum(published), len(published) - sum(published)


def _row(condition: Condition) -> tuple[str, ...]:
    published, estimated = count_links(condition)
    act = f"{100 * condition.act_at.probability:g} %" if condition.act_at else ""
    urgency = condition.usual_urgency.replace("_", " ")
    name = f"[{plain(condition.name)}](#{condition.id})"
    return name, condition.kind, urgency, act, str(published), str(estimated)


def _about(knowledge: Knowledge, condition: Condition) -> tuple[str, str]:
    published, estimated = count_links(condition)
    share = 100 * published / max(published + estimated, 1)
    items = [
        f"File: {file_link('conditions', condition.id)}",
        f"How often people seek help for it: {_rate(knowledge, condition)}",
        f"Usual urgency: {condition.usual_urgency.replace('_', ' ')}. {plain(condition.usual_urgency_because)}",
        f"Links: {published} published, {estimated} estimated ({share:.0f} % published)",
        f"Risk factors: {_risks(condition)}",
    ]
    if condition.act_at is not None:
        act = condition.act_at
        because = basis(act.source, act.where, None) if act.source else f"policy: {plain(act.policy or '')}"
        items.append(f"Acted on from {100 * act.probability:g} % as {act.urgency}; {because}")
    words = f"{plain(condition.plain_words.text)} {source_links(condition.plain_words.sources)}"
    return words, bullets(items)


def _rate(knowledge: Knowledge, condition: Condition) -> str:
    if condition.stage_of is not None:
        stage = condition.stage_of
        parent = f"[{plain(knowledge.name_of(stage.parent))}](#{stage.parent})"
        share = f"{stage.share:g} ({stage.low:g} to {stage.high:g})"
        return f"{share} of those with {parent}; {basis(stage.source, stage.where, stage.because)}"
    return _visits(condition.rate) if condition.rate is not None else ""


def _visits(rate: VisitRate) -> str:
    bands = ", ".join(f"{band}: {value:g}" for band, value in rate.per_1000_person_years.items())
    form = "estimate" if rate.estimate else "published"
    sources = source_links(rate.sources)
    return (
        f"per 1000 person-years, by age: {bands}; range × {rate.low_factor:g} to × {rate.high_factor:g}; "
        f"{form}: {plain(rate.because)}" + (f" {sources}" if sources else "")
    )


def _risks(condition: Condition) -> str:
    told = [
        f"[{key}](questions.md#{key}) × {risk.ratio:g}"
        + (f" ({source_links([risk.source])})" if risk.source else " (estimate)")
        for key, risk in condition.risk_factors.items()
    ]
    return ", ".join(told) or "none stated"
