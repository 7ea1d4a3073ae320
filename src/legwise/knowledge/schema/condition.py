"""A condition: a cause of a leg ache or cramp, with what speaks for it and how often people bring it."""

from typing import Literal, Self

from pydantic import Field, model_validator

from legwise.base.urgency import UrgencyLabel
from legwise.knowledge.schema.case import ConditionCase
from legwise.knowledge.schema.record import (
    Disagreement,
    Id,
    Probability,
    Record,
    Review,
    Statement,
    Text,
)
from legwise.knowledge.schema.rule_field import RuleField

AgeBand = Literal["16-29", "30-49", "50-64", "65-79", "80+"]
AGE_BANDS: tuple[AgeBand, ...] = ("16-29", "30-49", "50-64", "65-79", "80+")
Frequency = Literal["obligate", "very_frequent", "frequent", "occasional", "very_rare", "excluded"]


class VisitRate(Record):
    """How many people seek help for a leg complaint because of this, per 1000 person-years.

    `only` limits the rate to people for whom the rule is not false (pregnancy, say).
    The rate lies between `rate * low_factor` and `rate * high_factor` (a 90 % range).
    """

    per_1000_person_years: dict[AgeBand, float]
    low_factor: float = Field(gt=0, le=1)
    high_factor: float = Field(ge=1)
    women_to_men: float = Field(default=1.0, gt=0)
    only: RuleField | None = None
    estimate: bool
    because: Text
    sources: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _every_band(self) -> Self:
        if set(self.per_1000_person_years) != set(AGE_BANDS):
            raise ValueError(f"give a rate for each age band: {', '.join(AGE_BANDS)}")
        return self


class StageOf(Record):
    """A stage or complication of another condition: its rate is the parent's times `share`."""

    parent: Id
    share: Probability
    low: Probability
    high: Probability
    source: Id | None = None
    where: Text | None = None
    because: Text | None = None

    @model_validator(mode="after")
    def _basis(self) -> Self:
        if not self.low <= self.share <= self.high:
            raise ValueError("low <= share <= high")
        if not self.source and not self.because:
            raise ValueError("give a source with where, or a because")
        return self


class RiskFactor(Record):
    """A published ratio for people with a risk factor, and how common the factor is (both in one window).

    The base rate already averages over the factor, so it multiplies by
    ratio / (1 + q (ratio - 1)) if present and 1 / (1 + q (ratio - 1)) if absent.
    """

    ratio: float = Field(gt=0)
    low: float = Field(gt=0)
    high: float = Field(gt=0)
    prevalence: Probability
    prevalence_source: Id | None = None
    prevalence_because: Text | None = None
    source: Id | None = None
    where: Text | None = None
    because: Text | None = None

    @model_validator(mode="after")
    def _basis(self) -> Self:
        if not self.low <= self.ratio <= self.high:
            raise ValueError("low <= ratio <= high")
        if bool(self.source) == bool(self.because):
            raise ValueError("give a source with where (published) or a because (estimate)")
        if bool(self.prevalence_source) == bool(self.prevalence_because):
            raise ValueError("give prevalence_source or prevalence_because")
        return self


class Link(Record):
    """How often people with this condition have a finding, in exactly one form.

    - sensitivity (share with the finding), published: n, source, where;
    - lr_plus with lr_minus, published: n, source, where, reference;
    - frequency: a word of the scale, with because;
    - values: a share or a word for each named level, with n, source and where, or with because.

    `reference` says whom the likelihood ratios were measured against: people who seek help for a
    leg complaint, or people referred to a specialist (then only the positive ratio moves).
    """

    sensitivity: Probability | None = None
    lr_plus: float | None = Field(default=None, gt=0)
    lr_minus: float | None = Field(default=None, gt=0)
    reference: Literal["leg_complaint", "specialist"] | None = None
    frequency: Frequency | None = None
    values: dict[Id, Probability | Frequency] | None = None
    n: int | None = Field(default=None, ge=1)
    source: Id | None = None
    where: Text | None = None
    because: Text | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = [name for name in ("sensitivity", "lr_plus", "frequency", "values") if getattr(self, name) is not None]
        if len(forms) != 1:
            raise ValueError("give exactly one of sensitivity, lr_plus (with lr_minus), frequency, values")
        if self.source and self.because:
            raise ValueError("a link is published (source) or an estimate (because), not both")
        if not (self.source or self.because):
            raise ValueError("give source, where and n (published) or because (estimate)")
        if self.source and not (self.n and self.where):
            raise ValueError("a published figure has its n and says where it stands in the source")
        if forms[0] == "frequency" and not self.because:
            raise ValueError("a frequency word is an estimate and says because")
        if forms[0] in ("sensitivity", "lr_plus") and not self.source:
            raise ValueError("a figure without a source is an estimate: use a frequency word")
        if forms[0] == "lr_plus" and (self.lr_minus is None or self.reference is None):
            raise ValueError("lr_plus goes with lr_minus and reference")
        return self

    @property
    def is_published(self) -> bool:
        """Whether the figure stands in a source, as opposed to an estimate with a reason."""
        return self.source is not None


class ActAt(Record):
    """The probability at which a danger is acted on: a published test threshold, or a policy with its reason."""

    probability: Probability
    urgency: UrgencyLabel
    source: Id | None = None
    where: Text | None = None
    policy: Text | None = None

    @model_validator(mode="after")
    def _basis(self) -> Self:
        if bool(self.source) == bool(self.policy):
            raise ValueError("give a source with where (a published threshold) or a policy with its reason")
        return self


class LookAlike(Record):
    """Another condition that is easily taken for this one, and what tells them apart."""

    condition: Id
    tells_apart: Text
    source: Id


class Condition(Record):
    """One cause of a leg complaint."""

    id: Id
    name: Text
    also_called: tuple[Text, ...] = ()
    kind: Literal["cramp", "ache", "nerve", "joint", "vessel", "infection", "bone", "other"]
    part_of: Id | None = None
    plain_words: Statement
    usual_urgency: UrgencyLabel
    usual_urgency_because: Text
    usual_urgency_source: Id | None = None
    rate: VisitRate | None = None
    stage_of: StageOf | None = None
    largest_joint_ratio: float | None = Field(default=None, gt=1)
    largest_joint_source: Id | None = None
    risk_factors: dict[Id, RiskFactor] = {}
    links: dict[Id, Link | Literal["as_background"]]
    act_at: ActAt | None = None
    look_alikes: tuple[LookAlike, ...] = ()
    what_to_do: tuple[Statement, ...] = Field(min_length=1)
    come_back_when: tuple[Statement, ...] = ()
    measures: tuple[Id, ...] = ()
    ask_clinician: tuple[Text, ...] = ()
    organisations_differ: tuple[Disagreement, ...] = ()
    cases: tuple[ConditionCase, ...] = ()
    review: Review

    @model_validator(mode="after")
    def _rate_once(self) -> Self:
        if (self.rate is None) == (self.stage_of is None):
            raise ValueError("give exactly one of rate and stage_of")
        return self

    @property
    def is_danger(self) -> bool:
        """Whether the condition is acted on at a probability of its own."""
        return self.act_at is not None


class DangerStub(Record):
    """A danger that flags point to and that has no links yet: shown by name, never in the differential."""

    id: Id
    name: Text
    plain_words: Statement
    urgency: UrgencyLabel
    review: Review
