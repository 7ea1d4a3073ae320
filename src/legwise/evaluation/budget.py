"""False alarms: how many people with a plain cramp would be sent to hospital, and by which rule or danger.

Everybody answers everything that would be shown to them. A line is answered "not sure" with a given
chance, and asked again it stays so: the cautious reading, as people may well know the second time.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from legwise import __version__
from legwise.base.urgency import Urgency, UrgencyLabel
from legwise.evaluation.columns import UNSURE, danger_levels, derive_all, flag_levels
from legwise.evaluation.crowd import Crowd, Group, Plan, draw
from legwise.knowledge import Knowledge
from legwise.reasoning.facts import ancestors
from legwise.reasoning.flags import in_order

PEOPLE = 20_000
SEED = 20_261_124
SHOWN = 12
"""Rules and dangers listed for each group."""
WIDTHS = (11, 9, 7, 9, 11, 13, 9)
"""Characters of the columns of the table."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A rule or danger: the share of people whom it gives urgent or above, and in whom it alone sets the level."""

    id: str
    kind: str
    fires: float
    alone: float


@dataclass(frozen=True, slots=True)
class Row:
    """One group with one share of "not sure": people by level, the same by the rules alone, and the alarms."""

    group: Group
    not_sure: float
    people: int
    shares: dict[UrgencyLabel, float]
    by_rules: dict[UrgencyLabel, float]
    alarms: tuple[Alarm, ...]

    @property
    def emergency(self) -> float:
        """Share sent to an ambulance."""
        return self.shares["emergency"]

    @property
    def urgent(self) -> float:
        """Share sent to care on the same day, or to an ambulance."""
        return self.shares["emergency"] + self.shares["urgent"]

    @property
    def urgent_by_rules(self) -> float:
        """The same by the rules alone, without the odds of dangers."""
        return self.by_rules["emergency"] + self.by_rules["urgent"]


@dataclass(frozen=True, slots=True)
class Budget:
    """All groups."""

    knowledge: Knowledge
    plan: Plan
    rows: tuple[Row, ...]
    seconds: float = field(compare=False)


def budget(knowledge: Knowledge, plan: Plan, people: int = PEOPLE, seed: int = SEED) -> Budget:
    """Draw every group, and judge every rule and every danger for everybody in it."""
    start = time.perf_counter()
    rows = []
    for group in plan.groups:
        crowd = draw(knowledge, plan, group, people, seed)
        rows += [_row(with_doubt(crowd, share, seed), group, share) for share in plan.not_sure]
    return Budget(knowledge, plan, tuple(rows), time.perf_counter() - start)


def with_doubt(crowd: Crowd, share: float, seed: int) -> Crowd:
    """The same people, not sure of a share of the lines that they are shown."""
    values = {key: column.copy() for key, column in crowd.values.items()}
    if share:
        rng = np.random.Generator(np.random.PCG64([seed, 1]))
        under = _doubt_umbrellas(crowd, share, rng, values)
        for key in sorted(values.keys() - under):
            if crowd.knowledge.findings[key].danger == "up":
                values[key][rng.random(len(crowd)) < share] = UNSURE
    for child, parents in ancestors(crowd.knowledge).items():
        for parent in parents:
            if child in values and parent in values:
                values[parent] = np.where(values[child] == 1, np.int8(1), values[parent])
                values[child] = np.where(values[parent] == 0, np.int8(0), values[child])
    derive_all(crowd.knowledge, crowd.age, values)
    return Crowd(crowd.knowledge, crowd.age, values)


def _doubt_umbrellas(
    crowd: Crowd, share: float, rng: np.random.Generator, values: dict[str, NDArray[np.int8]]
) -> set[str]:
    """Doubt the parts of umbrellas that open: some part is so, or the person is not sure of the umbrella itself."""
    under: set[str] = set()
    for _, umbrella in sorted(crowd.knowledge.umbrellas.items()):
        parts = [part for part in umbrella.parts if part in values]
        opened = np.any([crowd.values[part] == 1 for part in parts], axis=0) | (rng.random(len(crowd)) < share)
        for part in parts:
            values[part][opened & (rng.random(len(crowd)) < share)] = UNSURE
        under.update(parts)
    return under


def _row(crowd: Crowd, group: Group, not_sure: float) -> Row:
    knowledge = crowd.knowledge
    rules = {("rule", f.id): flag_levels(knowledge, f, crowd.age, crowd.values) for f in in_order(knowledge)}
    odds = danger_levels(knowledge, crowd.age, crowd.values)
    levels = {**rules, **{("danger", key): column for key, column in odds.items()}}
    highest = np.max([*levels.values()], axis=0)
    at_top = np.sum([column == highest for column in levels.values()], axis=0)
    alarms = [_alarm(kind, key, column, highest, at_top) for (kind, key), column in levels.items()]
    listed = sorted((alarm for alarm in alarms if alarm.fires > 0), key=lambda a: (-a.fires, -a.alone, a.id))
    by_rules = _shares(np.max([*rules.values()], axis=0))
    return Row(group, not_sure, len(crowd), _shares(highest), by_rules, tuple(listed))


def _shares(highest: NDArray[np.int8]) -> dict[UrgencyLabel, float]:
    return {level.label: float((highest == level).mean()) for level in reversed(Urgency)}


def _alarm(
    kind: str, key: str, column: NDArray[np.int8], highest: NDArray[np.int8], at_top: NDArray[np.int64]
) -> Alarm:
    fires = column >= Urgency.URGENT
    return Alarm(key, kind, float(fires.mean()), float((fires & (column == highest) & (at_top == 1)).mean()))


def as_object(result: Budget) -> dict[str, Any]:
    """The budget as one object; shares are fractions."""
    return {
        "people": result.rows[0].people if result.rows else 0,
        "aims": {"emergency": result.plan.aims.emergency / 100, "urgent_or_above": result.plan.aims.urgent / 100},
        "content": result.knowledge.fingerprint[:16],
        "code": __version__,
        "seconds": round(result.seconds, 3),
        "groups": [
            {
                "group": row.group.name,
                "not_sure": row.not_sure,
                "shares": row.shares,
                "emergency": row.emergency,
                "urgent_or_above": row.urgent,
                "by_rules_alone": {"emergency": row.by_rules["emergency"], "urgent_or_above": row.urgent_by_rules},
                "dossier": {
                    "emergency": row.group.dossier.emergency / 100,
                    "urgent_or_above": row.group.dossier.urgent / 100,
                },
                "alarms": [
                    {"id": alarm.id, "kind": alarm.kind, "fires": alarm.fires, "alone": alarm.alone}
                    for alarm in row.alarms
                ],
            }
            for row in result.rows
        ],
    }


def as_text(result: Budget) -> str:
    """The budget in words and tables."""
    return "\n".join(_lines(result))


def _lines(result: Budget) -> Iterator[str]:
    aims = result.plan.aims
    yield f"People with a plain cramp, {result.rows[0].people if result.rows else 0} a row, in {result.seconds:.0f} s"
    yield f"Content {result.knowledge.fingerprint[:16]}, Legwise {__version__}"
    yield f"Aims: at most {aims.emergency:g} % emergency, {aims.urgent:g} % urgent or above (e/u)."
    yield "How often people say yes is judged in most findings. Everything is asked and answered."
    yield "Upper ends of ranges, which give at most soon, and usual urgencies are left out."
    yield ""
    heads = ("emergency", "urgent+", "soon", "routine", "self-care", "rules alone", "dossier")
    head = "".join(f"{word:>{width}}" for word, width in zip(heads, WIDTHS, strict=True))
    yield f"{'% of people':<18}{'not sure':>9}{head}  aim met"
    yield from (_line(row, result.plan) for row in result.rows)
    yield ""
    yield "Rules and dangers that give urgent or above: in % of people / alone sets the level"
    for row in result.rows:
        if row.not_sure == 0:
            yield f"  {row.group.name}"
            yield from (_alarm_line(alarm) for alarm in row.alarms[:SHOWN])


def _line(row: Row, plan: Plan) -> str:
    shares = [row.emergency, row.urgent, row.shares["soon"], row.shares["routine"], row.shares["self_care"]]
    words = [f"{100 * share:.1f}" for share in shares]
    words.append(f"{100 * row.by_rules['emergency']:.1f}/{100 * row.urgent_by_rules:.1f}")
    words.append(f"{row.group.dossier.emergency:g}/{row.group.dossier.urgent:g}")
    numbers = "".join(f"{word:>{width}}" for word, width in zip(words, WIDTHS, strict=True))
    met = (100 * row.emergency <= plan.aims.emergency, 100 * row.urgent <= plan.aims.urgent)
    verdict = {(True, True): "both", (True, False): "emergency", (False, True): "urgent", (False, False): "neither"}
    return f"{row.group.name:<18}{100 * row.not_sure:>7.0f} %{numbers}  {verdict[met]}"


def _alarm_line(alarm: Alarm) -> str:
    name = alarm.id if alarm.kind == "rule" else f"{alarm.id} (danger's odds)"
    return f"    {name:<48}{100 * alarm.fires:>6.2f} / {100 * alarm.alone:.2f}"
