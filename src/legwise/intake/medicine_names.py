"""Finds the medicines that a person means, from generic names, other spellings, brands and small slips of the pen.

Medicines with quite different effects have names that look alike. A slip is forgiven only at the end of a
long name, where one medicine is nearest; anything looser is a question, never an answer.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from legwise.knowledge.knowledge import Knowledge

Kind = Literal["name", "spelling", "brand", "class", "misspelt", "unsure", "unknown"]

SHORTEST_SLIP = 6
"""Letters of the shortest name in which one slip is forgiven."""
MOST_SLIPS = 2
"""More slips than this are another word."""
SHORTEST_TWO_SLIPS = 9
SAME_START = 3
"""Letters at the start of a name that have to be right when there are two slips."""
NEAR_ENOUGH = 70
MOST_NEAREST = 3
LONGEST = 80
"""Characters of a name that are read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to write a medicine, and which one it is. Without a class it is known only from mixes."""

    kind: Kind
    name: str | None
    medicine: str | None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class FoundName:
    """What was made of a name. `alike` is 1 for an exact one; `nearest` are suggestions where nothing was found."""

    asked: str
    kind: Kind
    name: str | None = None
    medicine: str | None = None
    source: str | None = None
    alike: float = 0.0
    nearest: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether it is, or may well be, a medicine that we know."""
        return self.kind != "unknown"


def find_medicines(knowledge: Knowledge, asked: str) -> tuple[FoundName, ...]:
    """Find what a person calls a medicine; several where the name holds several, as mixed tablets do.

    Doses, forms and other words around a known name do no harm.
    """
    shown = "".join(letter for letter in asked if letter.isprintable())[:LONGEST].strip()
    words = _words(shown)
    exact = tuple(_exact(knowledge, shown, words))
    return exact or (_near(knowledge, shown, words),)


@lru_cache(maxsize=4)
def catalogue(knowledge: Knowledge) -> Mapping[tuple[str, ...], Entry]:
    """Every way to write every medicine, as words. What is written first stands."""
    entries: dict[tuple[str, ...], Entry] = {}
    for written, entry in _entries(knowledge):
        entries.setdefault(_words(written), entry)
    return entries


def _entries(knowledge: Knowledge) -> Iterator[tuple[str, Entry]]:
    medicines = [medicine for _, medicine in sorted(knowledge.medicines.items())]
    members = [(member, medicine.id) for medicine in medicines for member in medicine.members]
    for member, key in members:
        yield member.name, Entry("name", member.name, key)
    for member, key in members:
        yield from ((other, Entry("spelling", member.name, key)) for other in member.also)
        yield from ((brand, Entry("brand", member.name, key, member.brands_source)) for brand in member.brands)
    for medicine in medicines:
        yield from _whole(medicine.id, medicine.name, Entry("class", None, medicine.id))
    yield from _known_from_mixes(knowledge)


def _known_from_mixes(knowledge: Knowledge) -> Iterator[tuple[str, Entry]]:
    """Medicines and groups of them that have no file of their own."""
    groups = knowledge.medicine_review_words.groups
    mixes = [mix for _, medicine in sorted(knowledge.medicines.items()) for mix in medicine.interactions]
    named = [name for mix in mixes for names in mix.needs for name in names]
    for name in (*named, *(name for group in groups.values() for name in group.members)):
        if name not in knowledge.medicines and name not in groups:
            yield name, Entry("name", name, None)
    for key, group in groups.items():
        yield from _whole(key, group.name, Entry("class", group.name, None))


def _whole(key: str, name: str, entry: Entry) -> Iterator[tuple[str, Entry]]:
    """A class or group by its id and by its name, of many or of one."""
    for written in (key.replace("_", " "), name.partition("(")[0].strip()):
        yield written, entry
        yield written.removesuffix("s"), entry


def _words(text: str) -> tuple[str, ...]:
    """The words of a name: small letters without accents.

    >>> _words("Ibuprofène 400mg")
    ('ibuprofene', '400mg')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return tuple(re.findall(r"[a-z0-9]+", "".join(letter for letter in plain if not unicodedata.combining(letter))))


def _exact(knowledge: Knowledge, asked: str, words: tuple[str, ...]) -> Iterator[FoundName]:
    """The longest known runs of words, from the left."""
    known = catalogue(knowledge)
    start = 0
    while start < len(words):
        ends = (end for end in range(len(words), start, -1) if words[start:end] in known)
        end = next(ends, None)
        if end is None:
            start += 1
            continue
        entry = known[words[start:end]]
        yield FoundName(asked, entry.kind, entry.name, entry.medicine, entry.source, alike=1.0)
        start = end


def _near(knowledge: Knowledge, asked: str, words: tuple[str, ...]) -> FoundName:
    """A name with a slip, or none with what looks like it. It is misspelt only where nothing else is near."""
    for written in dict.fromkeys((" ".join(words), *words)):
        near = sorted(_within_reach(knowledge, written).values())
        if not near or (len(near) > 1 and near[0][0] == near[1][0]):
            continue
        slips, right = near[0]
        entry = catalogue(knowledge)[tuple(right.split())]
        alike = round(1 - slips / max(len(right), len(written)), 2)
        kind: Kind = "misspelt" if slips == 1 and len(near) == 1 else "unsure"
        return FoundName(asked, kind, entry.name, entry.medicine, entry.source, alike=alike)
    return FoundName(asked, "unknown", nearest=_nearest(knowledge, " ".join(words)))


def _within_reach(knowledge: Knowledge, written: str) -> dict[tuple[str | None, str | None], tuple[int, str]]:
    """The medicines that are near enough: for each the fewest slips, and the name as it should be written."""
    near: dict[tuple[str | None, str | None], tuple[int, str]] = {}
    if len(written) < SHORTEST_SLIP:
        return near
    for words, entry in catalogue(knowledge).items():
        right = " ".join(words)
        slips = OSA.distance(written, right, score_cutoff=2)
        if _is_forgiven(written, right, slips):
            best = near.get((entry.name, entry.medicine), (slips, right))
            near[entry.name, entry.medicine] = min(best, (slips, right))
    return near


def _is_forgiven(written: str, right: str, slips: int) -> bool:
    shorter = min(len(written), len(right))
    if slips == 1:
        return shorter >= SHORTEST_SLIP and written[0] == right[0]
    long_enough = shorter >= SHORTEST_TWO_SLIPS
    return slips == MOST_SLIPS and long_enough and written[:SAME_START] == right[:SAME_START]


def _nearest(knowledge: Knowledge, written: str) -> tuple[str, ...]:
    written_as = [" ".join(words) for words in catalogue(knowledge)]
    found = process.extract(written, written_as, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=MOST_NEAREST)
    return tuple(name for name, _, _ in found)
