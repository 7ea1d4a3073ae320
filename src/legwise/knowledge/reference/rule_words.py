"""A rule in words, made of the names of its findings."""

from legwise.knowledge.grammar import AtLeast, Is, Not, Rule, Within
from legwise.knowledge.knowledge import Knowledge


def in_words(knowledge: Knowledge, rule: Rule) -> str:
    """Say a rule with the names that content gives to its findings; brackets keep its structure."""
    match rule:
        case Is(finding, values):
            return _is(knowledge, finding, values)
        case Within(finding, low, high):
            return _within(knowledge, finding, low, high)
        case AtLeast(n, parts):
            return _parts(knowledge, n, parts)
        case Not(part):
            return f"not ({in_words(knowledge, part)})"
    raise TypeError(type(rule).__name__)


def _is(knowledge: Knowledge, key: str, values: frozenset[str]) -> str:
    finding = knowledge.findings.get(key)
    if finding is None:
        return key
    if finding.is_yes_no:
        return finding.name if values == {"yes"} else f"{finding.name}: {' or '.join(sorted(values))}"
    labels = [finding.label_of(value) for value in finding.values if value in values]
    return f"{finding.name}: {' or '.join(labels)}"


def _within(knowledge: Knowledge, key: str, low: float | None, high: float | None) -> str:
    finding = knowledge.findings.get(key)
    name = finding.name if finding else key
    unit = f" {finding.number.unit}" if finding and finding.number else ""
    bounds = [f"over {low:g}{unit}"] if low is not None else []
    return f"{name} " + " and ".join([*bounds, *([f"under {high:g}{unit}"] if high is not None else [])])


def _parts(knowledge: Knowledge, n: int, parts: tuple[Rule, ...]) -> str:
    told = [in_words(knowledge, part) for part in parts]
    if len(told) == 1:
        return told[0]
    told = [f"({words})" if isinstance(part, AtLeast) else words for part, words in zip(parts, told, strict=True)]
    if n == 1:
        return "; or ".join(told)
    if n == len(told):
        return "; and ".join(told)
    return f"at least {n} of: {'; '.join(told)}"
