"""A look at the medicines that a person names: what each may have to do with cramps, and which do not mix.

It tells what to ask and whom. It never tells anybody to stop a medicine.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from legwise.knowledge.knowledge import Knowledge
from legwise.knowledge.schema.care import Interaction, Medicine
from legwise.reasoning.assessment import Cited, Part, Said
from legwise.reasoning.citing import cited
from legwise.reasoning.statements import said, said_all


@dataclass(frozen=True, slots=True)
class Named:
    """One medicine that a person takes, by its generic name and the id of its class.

    Without `name` the whole class is meant. Without `medicine` it is known only from mixes.
    """

    name: str | None = None
    medicine: str | None = None


class Figure(Part):
    """What studies found, and how sure that is."""

    says: Said
    strength: str


class MixToAsk(Part):
    """Medicines that do not mix with one in hand, as people read it, and what to do."""

    with_medicines: tuple[str, ...]
    effect: Said
    do: str


class ReviewedMedicine(Part):
    """One class of medicines that was named."""

    id: str
    name: str
    named: tuple[str, ...]
    may_cause: str
    figures: tuple[Figure, ...]
    do: tuple[Said, ...]
    ask: tuple[str, ...]
    not_for_cramps: Said | None
    mixes_badly: tuple[MixToAsk, ...]


class MixEffect(Part):
    """What a mix does, and what to do about it."""

    effect: Said
    do: tuple[str, ...]


class MixFound(Part):
    """Two or more of the named medicines that do not mix."""

    names: tuple[str, ...]
    effects: tuple[MixEffect, ...]


class NamesFrom(Part):
    """Where the brands that were named stand."""

    sources: tuple[str, ...]


class MedicineReview(Part):
    """What is known of the named medicines: the mixes among them, then each class, then what holds for all."""

    mixes: tuple[MixFound, ...]
    medicines: tuple[ReviewedMedicine, ...]
    only_in_mixes: tuple[str, ...]
    never_stop: Said
    names_from: NamesFrom
    sources: dict[str, Cited]


def review(knowledge: Knowledge, named: Sequence[Named], names_from: Iterable[str] = ()) -> MedicineReview:
    """Look at the named medicines, each class once, in the order in which they were named.

    `names_from` are the sources of the brands that were named.
    """
    words = knowledge.medicine_review_words
    named = tuple(dict.fromkeys(named))
    classes = dict.fromkeys(one.medicine for one in named if one.medicine is not None)
    result = MedicineReview(
        mixes=tuple(_mixes(knowledge, named)),
        medicines=tuple(_reviewed(knowledge.medicines[key], named) for key in classes),
        only_in_mixes=tuple(one.name for one in named if one.medicine is None and one.name is not None),
        never_stop=said(words.never_stop, f"medicine_words/{words.id}.yaml"),
        names_from=NamesFrom(sources=tuple(dict.fromkeys(names_from))),
        sources={},
    )
    return result.model_copy(update={"sources": cited(knowledge, result)})


def _reviewed(medicine: Medicine, named: Iterable[Named]) -> ReviewedMedicine:
    file = f"medicines/{medicine.id}.yaml"
    mixes = (
        MixToAsk(with_medicines=mix.with_medicines, effect=_effect(medicine.id, mix), do=mix.do)
        for mix in medicine.interactions
        if not mix.of or any(_holds_for(mix, one) for one in named if one.medicine == medicine.id)
    )
    return ReviewedMedicine(
        id=medicine.id,
        name=medicine.name,
        named=tuple(one.name for one in named if one.medicine == medicine.id and one.name is not None),
        may_cause=medicine.may_cause,
        figures=tuple(
            Figure(says=Said(text=figure.says, file=file, sources=figure.sources), strength=figure.strength)
            for figure in medicine.figures
        ),
        do=said_all(medicine.do, file),
        ask=medicine.ask,
        not_for_cramps=said(medicine.not_for_cramps, file) if medicine.not_for_cramps else None,
        mixes_badly=tuple(mixes),
    )


def _mixes(knowledge: Knowledge, named: Sequence[Named]) -> Iterator[MixFound]:
    """Every mix that is found among the named. What several files say of the same medicines stands together."""
    found: dict[frozenset[str], tuple[tuple[str, ...], dict[str, MixEffect]]] = {}
    for one in named:
        medicine = knowledge.medicines.get(one.medicine or "")
        for mix in medicine.interactions if medicine else ():
            for others in _completed(knowledge, mix, one, named):
                names = tuple(dict.fromkeys(_name(knowledge, other) for other in (one, *others)))
                _, effects = found.setdefault(frozenset(names), (names, {}))
                before = effects[mix.effect].do if mix.effect in effects else ()
                do = tuple(dict.fromkeys((*before, mix.do)))
                effects[mix.effect] = MixEffect(effect=_effect(one.medicine or "", mix), do=do)
    for names, effects in found.values():
        yield MixFound(names=names, effects=tuple(effects.values()))


def _completed(
    knowledge: Knowledge, mix: Interaction, one: Named, named: Sequence[Named]
) -> Iterator[tuple[Named, ...]]:
    """The other named medicines that make the mix with this one: one for each thing that it needs."""
    if not mix.needs or not _holds_for(mix, one):
        return iter(())
    others = [other for other in named if other != one]
    return product(
        *([other for other in others if any(_is(knowledge, other, n) for n in names)] for names in mix.needs)
    )


def _holds_for(mix: Interaction, one: Named) -> bool:
    """A class named as a whole may be any of its members: the mix is told."""
    return not mix.of or one.name is None or one.name in mix.of


def _is(knowledge: Knowledge, one: Named, wanted: str) -> bool:
    """Whether a named medicine is, or may be, what a mix names: itself, its class, or its group."""
    group = knowledge.medicine_review_words.groups.get(wanted)
    names = (wanted, group.name, *group.members) if group else (wanted,)
    if one.name is not None:
        return one.name in names or one.medicine in names
    own = knowledge.medicines[one.medicine].members if one.medicine else ()
    return one.medicine in names or any(member.name in names for member in own)


def _name(knowledge: Knowledge, one: Named) -> str:
    return one.name or knowledge.medicines[one.medicine or ""].name


def _effect(medicine: str, mix: Interaction) -> Said:
    return Said(text=mix.effect, file=f"medicines/{medicine}.yaml", sources=mix.sources)
