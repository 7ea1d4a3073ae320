"""Laws about figures: what the arithmetic of the reasoning takes for granted (ADR 13)."""

from collections.abc import Iterator

from legwise.knowledge.grammar import Not, Rule
from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.laws.context import Context, every_value, file_of
from legwise.knowledge.schema.condition import Condition, Link
from legwise.knowledge.schema.finding import Finding

TOLERANCE = 0.005
"""Shares may miss a sum of one by this much: they are written with two or three digits."""


def backgrounds_are_whole(context: Context) -> None:
    """A linked finding has a background; shares of levels name every level and sum to one."""
    linked = {key for condition in context.knowledge.conditions.values() for key in condition.links}
    for key, finding in context.knowledge.findings.items():
        file, background = file_of("findings", key), finding.background
        if background is None:
            if key in linked:
                context.breach(file, (), "no background", "how common it is", "add 'background'; conditions link to it")
            continue
        if (background.values is None) != finding.is_yes_no:
            wanted = "yes" if finding.is_yes_no else "values"
            context.breach(file, ("background",), "the wrong form of background", wanted, "use the form of its kind")
        elif background.values is not None:
            _levels_sum_to_one(context, file, finding, background.values)


def _levels_sum_to_one(context: Context, file: str, finding: Finding, shares: dict[str, float]) -> None:
    if {*shares} - {"none"} != {*finding.values} - {"none"}:
        context.breach(
            file, ("background",), f"the levels {', '.join(shares)}", ", ".join(finding.values), "name each level"
        )
    elif abs(sum(shares.values()) - 1) > TOLERANCE:
        context.breach(
            file, ("background",), f"shares that sum to {sum(shares.values()):.3f}", "a sum of 1", "correct them"
        )


def common_findings_are_stated(context: Context) -> None:
    """Every condition states a value for every common finding, or `as_background` on purpose."""
    common = [key for key, finding in context.knowledge.findings.items() if finding.common]
    for key, condition in context.knowledge.conditions.items():
        for finding in common:
            if finding not in condition.links:
                do = f"add it; what is left out counts against {key}"
                context.breach(
                    file_of("conditions", key), ("links",), f"no link to '{finding}'", "every common finding", do
                )


def links_sum_to_at_most_one(context: Context) -> None:
    """The shares of a link's named levels do not sum to more than one."""
    words = context.knowledge.frequencies.words
    for file, _, place, value in every_value(context.knowledge):
        if isinstance(value, Link) and value.values is not None:
            total = sum(words[s].mean if isinstance(s, str) else s for s in value.values.values())
            if not 0 < total <= 1 + TOLERANCE:
                context.breach(file, place, f"shares that sum to {total:.3f}", "more than 0, at most 1", "correct them")


def risk_or_link(context: Context) -> None:
    """A thing is a risk factor or a link for one condition, never both; a pooled sign only through its pool."""
    pooled = _pools(context.knowledge)
    for key, condition in context.knowledge.conditions.items():
        file = file_of("conditions", key)
        reached = {part: pool for pool in condition.links for part in pooled.get(pool, ())}
        for finding in {*condition.risk_factors} & {*condition.links}:
            context.breach(
                file, ("risk_factors", finding), f"'{finding}' twice", "risk factor or link", "keep one of them"
            )
        for finding in {*condition.links} & {*reached}:
            found = f"'{finding}' by itself and in '{reached[finding]}'"
            context.breach(file, ("links", finding), found, "correlated signs once", "keep the pool alone")


def _pools(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    return {
        key: frozenset().union(*(level.when.findings() for level in finding.derived))
        for key, finding in knowledge.findings.items()
        if finding.derived
    }


def danger_signs_raise(context: Context) -> None:
    """For a danger, a finding with a danger direction is at least as common as in the background."""
    for condition, key, link in _links(context.knowledge):
        finding = context.knowledge.findings.get(key)
        if not condition.is_danger or finding is None or finding.danger is None or finding.background is None:
            continue
        own, base = _present(context.knowledge, finding, link), _base_present(finding)
        if own is not None and own < base - TOLERANCE:
            found = f"P('{key}') = {own:.3f} below the background's {base:.3f}"
            file = file_of("conditions", condition.id)
            context.breach(file, ("links", key), found, "at least the background", "correct it, or say as_background")


def excluded_only_where_impossible(context: Context) -> None:
    """`excluded` is never used for a danger, and only where sex, age or pregnancy rules a finding out."""
    may_exclude = {"pregnant", "postpartum_6_weeks"}
    for condition, key, link in _links(context.knowledge):
        words = [link.frequency, *(link.values or {}).values()]
        if "excluded" in words and (condition.is_danger or key not in may_exclude):
            file = file_of("conditions", condition.id)
            context.breach(file, ("links", key), "excluded", "very_rare", "nothing else rules a finding out")


def specific_is_rarer(context: Context) -> None:
    """P(parent) is at least P(child), in every condition and in the background, where one finding is another."""
    knowledge = context.knowledge
    for child, parent in _pairs(knowledge):
        shares = {file_of("findings", child.id): (_base(child), _base(parent))}
        for condition in knowledge.conditions.values():
            own = (_share(knowledge, condition, child), _share(knowledge, condition, parent))
            shares[file_of("conditions", condition.id)] = own
        for file, (rarer, commoner) in shares.items():
            if rarer is not None and commoner is not None and rarer > commoner + TOLERANCE:
                found = f"P('{child.id}') = {rarer:.3f} above P('{parent.id}') = {commoner:.3f}"
                wanted = "a special case is no commoner than the general one"
                context.breach(file, ("links", child.id), found, wanted, "correct one of them")


def _pairs(knowledge: Knowledge) -> Iterator[tuple[Finding, Finding]]:
    for child in knowledge.findings.values():
        for name in child.is_a:
            parent = knowledge.findings.get(name)
            if parent is not None and child.is_yes_no and parent.is_yes_no:
                yield child, parent


def _base(finding: Finding) -> float | None:
    return finding.background.yes if finding.background is not None else None


def _share(knowledge: Knowledge, condition: Condition, finding: Finding) -> float | None:
    link = condition.links.get(finding.id)
    return _present(knowledge, finding, link) if isinstance(link, Link) else _base(finding)


def _links(knowledge: Knowledge) -> Iterator[tuple[Condition, str, Link]]:
    for condition in knowledge.conditions.values():
        for key, link in condition.links.items():
            if isinstance(link, Link):
                yield condition, key, link


def _present(knowledge: Knowledge, finding: Finding, link: Link) -> float | None:
    """P(yes), or P(any level but the first), as the link states it."""
    words = knowledge.frequencies.words
    if link.values is not None:
        shares = {level: words[s].mean if isinstance(s, str) else s for level, s in link.values.items()}
        first = finding.values[0]
        return 1 - shares[first] if first in shares else sum(shares.values())
    if link.sensitivity is not None:
        return link.sensitivity
    if link.frequency is not None:
        return words[link.frequency].mean
    base = _base(finding)
    return None if base is None or link.lr_plus is None else min(link.lr_plus * base, 0.97)


def _base_present(finding: Finding) -> float:
    background = finding.background
    if background is None:
        return 0.0
    if background.values is not None:
        return 1 - background.values.get(finding.values[0], 0.0)
    return background.yes or 0.0


def implied_ratios_agree(context: Context) -> None:
    """Warns where a specialist's likelihood ratio implies a negative one far from the published one."""
    limit = 2.0
    for condition, key, link in _links(context.knowledge):
        finding = context.knowledge.findings.get(key)
        base = _base(finding) if finding is not None else None
        if link.reference != "specialist" or link.lr_plus is None or not link.lr_minus or not base:
            continue
        implied = (1 - min(link.lr_plus * base, 0.97)) / (1 - base)
        if max(implied / link.lr_minus, link.lr_minus / implied) > limit:
            found = f"an implied negative ratio of {implied:.2f} beside the published {link.lr_minus:.2f}"
            file = file_of("conditions", condition.id)
            context.warn(
                file, ("links", key), found, "within twofold", "look at the background and the reference group"
            )


def flags_only_raise(context: Context) -> None:
    """A red flag is built from findings with a danger direction, without negation."""
    for key, flag in context.knowledge.red_flags.items():
        file = file_of("red_flags", key)
        if _has_not(flag.when):
            context.breach(
                file, ("when",), "a 'not'", "no negation in a red flag", "write what escalates as a flag of its own"
            )
        for name in flag.when.findings():
            finding = context.knowledge.findings.get(name)
            if finding is not None and finding.danger is None:
                context.breach(
                    file, ("when",), f"'{name}', which has no danger direction", "danger: up", "use another finding"
                )


def _has_not(rule: Rule) -> bool:
    return isinstance(rule, Not) or any(_has_not(part) for part in getattr(rule, "parts", ()))


def flags_can_be_budgeted(context: Context) -> None:
    """Every asked finding of a red flag says how many plain-cramp users would say yes."""
    wanted = {name for flag in context.knowledge.red_flags.values() for name in flag.when.findings()}
    for key in sorted(wanted):
        finding = context.knowledge.findings.get(key)
        if finding is not None and finding.is_yes_no and finding.among_cramp_users is None:
            do = "add 'among_cramp_users': a red flag uses it"
            context.breach(file_of("findings", key), (), "no among_cramp_users", "four shares", do)
