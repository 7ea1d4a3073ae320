"""Numbers that the reasoning runs on, each with its reason; and the scale of frequency words."""

from pydantic import Field

from legwise.knowledge.schema.condition import AgeBand, Frequency
from legwise.knowledge.schema.record import Id, Probability, Record, Review, Text
from legwise.knowledge.schema.rule_field import RuleField


class Setting(Record):
    """One number and why it is that number."""

    value: float
    because: Text
    source: Id | None = None


class Policy(Record):
    """What the reasoning needs to know that belongs to no single condition."""

    id: Id
    youngest_age: Setting
    age_band_shares: dict[AgeBand, Probability]
    age_band_shares_because: Text
    other_share: Setting
    other_low: Setting
    other_high: Setting
    likely_at: Setting
    most_a_no_can_lower: Setting
    largest_joint_ratio: Setting
    estimate_weight: Setting
    redraws: Setting
    interval: Setting
    gain_worth_asking: Setting
    gain_worth_a_line: Setting
    effort_of_a_screen: Setting
    bits_for_urgency: Setting
    most_adaptive_screens: Setting
    other_is_a_warning_at: Setting
    unexplained_share: Setting
    surest: Setting
    review: Review


class Word(Record):
    """A frequency word: the range it stands for, and the share used for it."""

    low: Probability
    high: Probability
    mean: Probability


class Scale(Record):
    """The Human Phenotype Ontology's frequency words, as distributions."""

    id: Id
    source: Id
    because: Text
    words: dict[Frequency, Word]
    review: Review


class VerdictKind(Record):
    """One side of "cramp or ache": the rule that shows it, and the words for it."""

    id: Id
    name: Text
    when: RuleField
    say: Text
    source: Id


class Verdict(Record):
    """How a cramp is told from an ache, a nerve pain or a joint pain."""

    id: Id
    kinds: tuple[VerdictKind, ...] = Field(min_length=2)
    both: Text
    neither: Text
    cannot_tell: Text
    review: Review
