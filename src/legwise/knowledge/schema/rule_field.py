"""A rule as a field of a record: plain data in the file, a parsed rule in memory."""

from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from legwise.knowledge.grammar import AtLeast, Is, Not, Rule, Within, parse


def _to_data(rule: Rule) -> Any:
    match rule:
        case Is(finding, values):
            return {finding: sorted(values)}
        case Within(finding, low, None):
            return {finding: {"over": low}}
        case Within(finding, _, high):
            return {finding: {"under": high}}
        case AtLeast(n, parts):
            return {"at_least": {"n": n, "of": [_to_data(part) for part in parts]}}
        case Not(part):
            return {"not": _to_data(part)}
    raise TypeError(type(rule).__name__)


RuleField = Annotated[
    Rule,
    PlainValidator(parse),
    PlainSerializer(_to_data),
    WithJsonSchema(
        {
            "description": "A finding id, or one of all_of, any_of, at_least {n, of}, not, or {finding: level}.",
            "anyOf": [{"type": "string"}, {"type": "object", "minProperties": 1, "maxProperties": 1}],
        }
    ),
]
