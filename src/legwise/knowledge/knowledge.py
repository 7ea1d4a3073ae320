"""Everything that is known, frozen: what the reasoning reads."""

from collections.abc import Iterator, Mapping
from typing import Final

from pydantic import BaseModel, ConfigDict

from legwise.knowledge.schema.care import Measure, Medicine
from legwise.knowledge.schema.care_words import MedicineWords, ReliefWords
from legwise.knowledge.schema.case import Vignette
from legwise.knowledge.schema.condition import Condition, DangerStub
from legwise.knowledge.schema.finding import Finding
from legwise.knowledge.schema.interview import Screen, Umbrella
from legwise.knowledge.schema.policy import Policy, Scale, Verdict
from legwise.knowledge.schema.record import Record
from legwise.knowledge.schema.red_flag import Decision, RedFlag
from legwise.knowledge.schema.source import Person, Source
from legwise.knowledge.schema.words import Words

FOLDERS: Final[Mapping[str, type[Record]]] = {
    "findings": Finding,
    "umbrellas": Umbrella,
    "screens": Screen,
    "conditions": Condition,
    "stubs": DangerStub,
    "red_flags": RedFlag,
    "decisions": Decision,
    "measures": Measure,
    "medicines": Medicine,
    "vignettes": Vignette,
    "sources": Source,
    "people": Person,
    "policy": Policy,
    "scale": Scale,
    "verdict": Verdict,
    "words": Words,
    "relief": ReliefWords,
    "medicine_words": MedicineWords,
}
"""Each folder of content, and the schema of the files in it."""


class Knowledge(BaseModel):
    """All records by id, and the fingerprint of the files they came from.

    Two readings of the same files have the same fingerprint; it is stamped on every report.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    fingerprint: str
    findings: dict[str, Finding]
    umbrellas: dict[str, Umbrella]
    screens: dict[str, Screen]
    conditions: dict[str, Condition]
    stubs: dict[str, DangerStub]
    red_flags: dict[str, RedFlag]
    decisions: dict[str, Decision]
    measures: dict[str, Measure]
    medicines: dict[str, Medicine]
    vignettes: dict[str, Vignette]
    sources: dict[str, Source]
    people: dict[str, Person]
    policy: dict[str, Policy]
    scale: dict[str, Scale]
    verdict: dict[str, Verdict]
    words: dict[str, Words]
    relief: dict[str, ReliefWords]
    medicine_words: dict[str, MedicineWords]

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Knowledge) and self.fingerprint == other.fingerprint

    @property
    def settings(self) -> Policy:
        """The one policy."""
        return next(iter(self.policy.values()))

    @property
    def frequencies(self) -> Scale:
        """The one scale of frequency words."""
        return next(iter(self.scale.values()))

    @property
    def result_words(self) -> Words:
        """The one set of sentences for results."""
        return next(iter(self.words.values()))

    @property
    def relief_words(self) -> ReliefWords:
        """The one set of sentences for guided relief."""
        return next(iter(self.relief.values()))

    @property
    def medicine_review_words(self) -> MedicineWords:
        """The one set of sentences for the medicine check."""
        return next(iter(self.medicine_words.values()))

    @property
    def cramp_or_ache(self) -> Verdict:
        """The one verdict on what kind of pain it is."""
        return next(iter(self.verdict.values()))

    def name_of(self, cause: str) -> str:
        """The plain name of a condition or danger stub."""
        record = self.conditions.get(cause) or self.stubs.get(cause)
        return record.name if record else cause.replace("_", " ")

    def records(self) -> Iterator[tuple[str, str, Record]]:
        """Every record as (folder, id, record), folders in order, ids sorted."""
        for folder in FOLDERS:
            yield from ((folder, key, record) for key, record in sorted(getattr(self, folder).items()))
