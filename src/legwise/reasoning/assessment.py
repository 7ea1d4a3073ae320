"""What an assessment says: the shape of its JSON, version 1.

Every statement carries the ids of its sources and the content file it stands in, so that a reader
can go from any sentence to where it comes from. No field holds anything that was not asked for.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from legwise.base.urgency import UrgencyLabel

VERSION = "1"
"""Version of this shape. It changes when a field goes away or changes its meaning."""


class Part(BaseModel):
    """A piece of an assessment: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Said(Part):
    """A statement, the content file that it stands in, and its sources."""

    text: str
    file: str
    sources: tuple[str, ...]


class Difference(Part):
    """What another organisation says where they differ."""

    organisation: str
    says: str
    source: str | None


class Weighed(Part):
    """One answer, and what it does to a cause: the change in log odds with and without it."""

    finding: str
    said: str
    weight: float
    strength: Literal["a little", "clearly", "strongly"]


class UrgencyReason(Part):
    """Why the urgency is at least this."""

    urgency: UrgencyLabel
    kind: Literal["flag", "not_sure", "danger", "danger_possible", "likely"]
    id: str
    title: str
    because: str
    say: Said | None
    how_soon: str | None
    points_to: tuple[str, ...]
    mimics: tuple[str, ...]
    evidence: tuple[Said, ...]
    organisations_differ: tuple[Difference, ...]
    signs: tuple[str, ...]


class Undecided(Part):
    """A red flag that could not be ruled out, because the person could not tell."""

    id: str
    title: str
    urgency: UrgencyLabel
    not_sure_of: tuple[str, ...]


class Pain(Part):
    """Cramp, ache, both or neither, with the answers that decided it."""

    kinds: tuple[str, ...]
    name: str
    say: str
    decided_by: tuple[str, ...]
    sources: tuple[str, ...]
    file: str


class Cause(Part):
    """One likely cause. `of_100` people with these answers, that many have it: best guess, low and high end."""

    id: str
    name: str
    kind: str
    words: Literal["most likely", "likely", "possible", "less likely"]
    probability: float
    low: float
    high: float
    of_100: tuple[int, int, int]
    usual_urgency: UrgencyLabel
    plain_words: Said
    speaks_for: tuple[Weighed, ...]
    speaks_against: tuple[Weighed, ...]
    look_alikes: tuple[Said, ...]
    what_to_do: tuple[Said, ...]
    come_back_when: tuple[Said, ...]
    ask_clinician: tuple[str, ...]
    organisations_differ: tuple[Difference, ...]
    measures: tuple[str, ...]


class Danger(Part):
    """A danger that was weighed by its odds against background alone, and whether it is acted on."""

    id: str
    name: str
    probability: float
    low: float
    high: float
    act_at: float
    act_at_because: str
    acted_on: bool
    speaks_for: tuple[str, ...]


class Fit(Part):
    """Whether the answers fit anything we know well."""

    good: bool
    other: float
    unexplained: tuple[str, ...]
    because: str


class MedicineToAsk(Part):
    """A class of medicines that the person takes and that may have to do with cramps or sore muscles."""

    id: str
    name: str
    may_cause: str
    figures: tuple[Said, ...]
    do: tuple[Said, ...]
    ask: tuple[str, ...]


class ThreeAnswers(Part):
    """Likely cause; anything serious to act on; any medicine to ask about."""

    likely_cause: str
    serious: str
    medicine: str


class Change(Part):
    """One other answer that would raise or lower the urgency."""

    finding: str
    instead: str
    said: str
    urgency: UrgencyLabel


class Contradiction(Part):
    """Two answers that cannot both be right, said back; the more dangerous reading was kept."""

    kept: str
    against: str


class Cited(Part):
    """A source that something above rests on."""

    title: str
    authors: str
    year: int | None
    link: str
    kind: str
    read: str
    read_by: str


class Stamp(Part):
    """What this was worked out with."""

    shape: str
    code: str
    content: str
    seed: int
    written_by: str
    checked_by: str


class Assessment(Part):
    """Everything that follows from one set of answers."""

    stamp: Stamp
    notices: tuple[str, ...]
    provisional: bool
    still_open: tuple[str, ...]
    urgency: UrgencyLabel
    urgency_title: str
    urgency_do: str
    too_young: bool
    reasons: tuple[UrgencyReason, ...]
    undecided: tuple[Undecided, ...]
    contradictions: tuple[Contradiction, ...]
    pain: Pain
    three_answers: ThreeAnswers
    causes: tuple[Cause, ...]
    age_says: str | None
    dangers: tuple[Danger, ...]
    fit: Fit | None
    medicines: tuple[MedicineToAsk, ...]
    measures: tuple[str, ...]
    would_raise: tuple[Change, ...]
    would_lower: tuple[Change, ...]
    sources: dict[str, Cited]
