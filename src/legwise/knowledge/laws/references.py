"""Laws about ids: whatever is named exists, and whatever exists is named."""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from legwise.knowledge.grammar import Is, Rule, Within
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.laws.context import Context, Place, every_value, file_of
from legwise.knowledge.schema.condition import Condition, Link
from legwise.knowledge.schema.finding import Finding

SOURCE_KEYS = frozenset(
    {"source", "brands_source", "prevalence_source", "usual_urgency_source", "largest_joint_source"}
)
NOT_ANSWERS = frozenset({"not_asked", "not_sure", "still_not_sure"})

Names = Mapping[str, Callable[[Knowledge], set[str]]]


def _lines(k: Knowledge) -> set[str]:
    return {*k.findings, *k.umbrellas}


def _causes(k: Knowledge) -> set[str]:
    return {*k.conditions, *k.stubs}


KIND_OF_KEY: Names = {
    **{key: lambda k: {*k.sources} for key in SOURCE_KEYS},
    "start": lambda k: {*k.vignettes},
    "condition": _causes,
    "parent": lambda k: {*k.conditions},
    "part_of": lambda k: {*k.conditions},
    "finding": lambda k: {*k.findings},
    "asked_by": lambda k: {*k.findings},
    "locked": lambda k: {*k.findings},
    "decision": lambda k: {*k.decisions},
    "first": _causes,
    "not_first": _causes,
    "in_top_3": _causes,
    "in_top_5": _causes,
}
"""Keys that hold one id, and the ids they may hold."""
KIND_OF_LIST: Names = {
    "sources": lambda k: {*k.sources},
    "points_to": _causes,
    "parts": lambda k: {*k.findings},
    "signs": lambda k: {*k.findings},
    "lines": _lines,
    "is_a": lambda k: {*k.findings},
    "measures": lambda k: {*k.measures},
}
"""Keys that hold a list of ids."""
KIND_OF_MAPPING: Names = {
    "links": lambda k: {*k.findings},
    "risk_factors": lambda k: {*k.findings},
    "but": _lines,
    "answers": _lines,
}
"""Keys that hold a mapping from ids."""


def named_ids_exist(context: Context) -> None:
    """Every id that is named exists."""
    knowledge = context.knowledge
    known = {key: names(knowledge) for key, names in {**KIND_OF_KEY, **KIND_OF_LIST, **KIND_OF_MAPPING}.items()}
    for file, _, place, value in every_value(knowledge):
        for name, kind in _ids_at(place, value):
            if name not in known[kind]:
                _unknown(context, file, place, name, known[kind])
        if isinstance(value, Rule):
            for name in value.findings():
                if name not in knowledge.findings:
                    _unknown(context, file, place, name, {*knowledge.findings})


def _ids_at(place: Place, value: Any) -> Iterator[tuple[str, str]]:
    key = place[-1] if place else None
    if not isinstance(key, str):
        return
    if key in KIND_OF_KEY and isinstance(value, str):
        yield value, key
    elif (key in KIND_OF_LIST and isinstance(value, tuple)) or (key in KIND_OF_MAPPING and isinstance(value, Mapping)):
        yield from ((item, key) for item in value)


def _unknown(context: Context, file: str, place: Place, name: str, known: set[str]) -> None:
    near = get_close_matches(name, known, n=1)
    do = f"write '{near[0]}'" if near else "write the file for it, or correct the name"
    context.breach(file, place, f"the id '{name}'", "an id that exists", do)


def levels_exist(context: Context) -> None:
    """Rules, links and cases use only values that their finding has."""
    for file, record, place, value in every_value(context.knowledge):
        if isinstance(value, Rule):
            _check_leaves(context, file, place, value)
        elif place and place[-1] in ("but", "answers") and isinstance(value, Mapping):
            for key, answer in value.items():
                _check_answer(context, file, (*place, key), key, answer)
        elif isinstance(value, Link) and isinstance(record, Condition):
            _check_link(context, file, place, value)


def _check_leaves(context: Context, file: str, place: Place, rule: Rule) -> None:
    for leaf in rule.leaves():
        finding = context.knowledge.findings.get(leaf.finding)
        if finding is None:
            continue
        if isinstance(leaf, Within) != bool(finding.number):
            wanted = "over or under" if finding.number else f"one of {', '.join(finding.values)}"
            context.breach(
                file, place, f"the wrong test for '{finding.id}'", wanted, "use the test that its form takes"
            )
        elif isinstance(leaf, Is) and (wrong := leaf.values - {*finding.values}):
            _wrong_level(context, file, place, finding, sorted(wrong))


def _wrong_level(context: Context, file: str, place: Place, finding: Finding, wrong: list[str]) -> None:
    found = f"the level {', '.join(wrong)} of '{finding.id}'"
    context.breach(file, place, found, f"one of {', '.join(finding.values)}", "correct the level")


def _check_answer(context: Context, file: str, place: Place, key: str, answer: Any) -> None:
    finding = context.knowledge.findings.get(key)
    if answer in NOT_ANSWERS or (finding is None and answer in ("yes", "no")) or _accepts(finding, answer):
        return
    wanted = "yes, no or not_sure" if finding is None else _form(finding)
    context.breach(file, place, f"the answer {answer!r} to '{key}'", wanted, "correct the answer")


def _accepts(finding: Finding | None, answer: Any) -> bool:
    if finding is None or finding.derived:
        return False
    if finding.number:
        return isinstance(answer, int | float)
    if finding.several:
        return isinstance(answer, tuple) and {*answer} <= {*finding.values}
    return isinstance(answer, str) and answer in finding.values


def _form(finding: Finding) -> str:
    if finding.derived:
        return "no answer: it is derived from others"
    if finding.number:
        return f"a number of {finding.number.unit}"
    return f"{'a list of' if finding.several else 'one of'} {', '.join(finding.values)}"


def _check_link(context: Context, file: str, place: Place, link: Link) -> None:
    finding = context.knowledge.findings.get(str(place[-1]))
    if finding is None:
        return
    if finding.number:
        context.breach(
            file, place, f"a link to the number '{finding.id}'", "a finding with values", "use a derived finding"
        )
    elif (link.values is None) != finding.is_yes_no:
        wanted = "a frequency, sensitivity or ratio" if finding.is_yes_no else "values, by level"
        context.breach(file, place, f"the wrong form of link for '{finding.id}'", wanted, "use the form of its kind")
    elif link.values and (wrong := {*link.values} - {*finding.values}):
        _wrong_level(context, file, place, finding, sorted(wrong))


WHO = frozenset({"age", "sex", "for_whom"})
"""Findings that the reasoning reads by what they are: who the person is and whom it is about."""
MERELY_ASKED = frozenset({"parts", "lines", "but", "answers"})
"""Keys whose ids are asked or answered there, which is no use by itself."""


def everything_is_used(context: Context) -> None:
    """Every finding, umbrella, source, measure, vignette, stub and decision is used by something."""
    knowledge = context.knowledge
    shown = {line for screen in knowledge.screens.values() for line in screen.lines}
    used = _named_for_use(knowledge) | WHO | {*knowledge.umbrellas} & shown
    for folder in ("findings", "umbrellas", "sources", "measures", "vignettes", "stubs", "decisions"):
        for key in getattr(knowledge, folder):
            if key not in used:
                wanted = "something that uses it"
                context.breach(file_of(folder, key), (), f"'{key}' is used by nothing", wanted, "use or delete it")


def _named_for_use(knowledge: Knowledge) -> set[str]:
    names: set[str] = set()
    for _, _, place, value in every_value(knowledge):
        if place and place[-1] not in MERELY_ASKED:
            names.update(name for name, _ in _ids_at(place, value))
        if isinstance(value, Rule):
            names.update(value.findings())
    return names


def everything_can_be_asked(context: Context) -> None:
    """Every finding that is asked stands on exactly one screen, by itself or under one umbrella."""
    knowledge = context.knowledge
    places: dict[str, list[str]] = {}
    for screen in knowledge.screens.values():
        for line in screen.lines:
            parts = knowledge.umbrellas[line].parts if line in knowledge.umbrellas else (line,)
            for part in (*parts, *([line] if line in knowledge.umbrellas else [])):
                places.setdefault(part, []).append(screen.id)
    for folder in ("findings", "umbrellas"):
        for key, record in getattr(knowledge, folder).items():
            count = len(places.get(key, []))
            if count != 1 and not getattr(record, "derived", ()):
                found = "on no screen" if not count else f"asked twice: {', '.join(places[key])}"
                context.breach(file_of(folder, key), (), found, "one place in the interview", "put it on one screen")


def nothing_goes_in_circles(context: Context) -> None:
    """No stage, no kind of a finding and no derived finding leads back to itself."""
    knowledge = context.knowledge
    stages = {key: {c.stage_of.parent} for key, c in knowledge.conditions.items() if c.stage_of is not None}
    kinds = {key: {*finding.is_a} for key, finding in knowledge.findings.items()}
    derived = {
        key: {name for level in finding.derived for name in level.when.findings()}
        for key, finding in knowledge.findings.items()
    }
    for folder, leads in (("conditions", stages), ("findings", kinds), ("findings", derived)):
        for key in leads:
            if key in _reached(leads, key):
                found = f"'{key}' leads back to itself"
                context.breach(file_of(folder, key), (), found, "a beginning", "break the circle")


def _reached(leads: Mapping[str, set[str]], start: str) -> set[str]:
    """Everything that is led to from a start, which is itself among it only where there is a circle."""
    reached: set[str] = set()
    queue = [start]
    while queue:
        fresh = leads.get(queue.pop(), set()) - reached
        reached |= fresh
        queue += fresh
    return reached
