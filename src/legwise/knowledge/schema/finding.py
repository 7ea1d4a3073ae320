"""A finding: something a person can say, see or feel, or something derived from such answers."""

from typing import Literal, Self

from pydantic import Field, model_validator

from legwise.knowledge.schema.record import Id, Probability, Record, Review, Statement, Text
from legwise.knowledge.schema.rule_field import RuleField

YES_NO = ("no", "yes")


class Level(Record):
    """One of several exclusive values, with the words a person picks it by."""

    id: Id
    label: Text


class Number(Record):
    """A number with its unit and the range that makes sense."""

    unit: Text
    lowest: float
    highest: float


class DerivedLevel(Record):
    """One value of a derived finding, and the rule that gives it."""

    id: Id
    label: Text
    when: RuleField


class Background(Record):
    """How common each value is among adults who seek help for a leg complaint.

    Exactly one of `yes` (for yes-or-no findings) and `values` (a share for every level).
    `n` weighs a published figure; an estimate has a `because` and a small weight.
    """

    yes: Probability | None = None
    values: dict[Id, Probability] | None = None
    n: int | None = Field(default=None, ge=1)
    source: Id | None = None
    where: Text | None = None
    because: Text | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.yes is None) == (self.values is None):
            raise ValueError("give exactly one of 'yes' and 'values'")
        if (self.source is None) == (self.because is None):
            raise ValueError(
                "give a 'source' (with 'where' and 'n') for a published figure, or a 'because' for an estimate"
            )
        if self.source and not (self.where and self.n):
            raise ValueError("a published figure names 'where' it stands in the source and its 'n'")
        return self


class AmongCrampUsers(Record):
    """Share of people with a plain cramp who would say yes, by group: what `legwise budget` draws from."""

    about_40: Probability
    sixty_and_over: Probability
    pregnant: Probability
    cancer_survivor: Probability
    source: Id | None = None
    because: Text | None = None

    @model_validator(mode="after")
    def _basis(self) -> Self:
        if bool(self.source) == bool(self.because):
            raise ValueError("give a source (published) or a because (estimate)")
        return self


class Finding(Record):
    """One thing to find out.

    `danger: up` says that "yes" (or a later level) points to danger; red flags use only such
    findings. A derived finding is never asked: its value is the last of `derived` whose rule
    is true, and "none" when every rule is false, so that signs which go together count once.
    """

    id: Id
    name: Text
    kind: Literal["person", "symptom", "sign", "event", "history", "risk", "medicine", "derived"]
    ask: Text | None = None
    ask_other: Text | None = None
    again: Text | None = None
    again_other: Text | None = None
    why: Text | None = None
    help: Text | None = None
    said_yes: Text | None = None
    said_no: Text | None = None
    levels: tuple[Level, ...] = ()
    several: bool = False
    number: Number | None = None
    window: Literal["now", "24_hours", "4_weeks", "ever"] = "now"
    within: Text | None = None
    between_cramps: bool = False
    danger: Literal["up"] | None = None
    acts_at_once: bool = False
    is_a: tuple[Id, ...] = ()
    ask_when: RuleField | None = None
    derived: tuple[DerivedLevel, ...] = ()
    background: Background | None = None
    among_cramp_users: AmongCrampUsers | None = None
    common: bool = False
    facts: tuple[Statement, ...] = ()
    review: Review

    @model_validator(mode="after")
    def _shape(self) -> Self:
        forms = [name for name in ("levels", "number", "derived") if getattr(self, name)]
        if len(forms) > 1:
            raise ValueError(f"give only one of {', '.join(forms)}")
        if (self.kind == "derived") != bool(self.derived):
            raise ValueError("kind 'derived' and the key 'derived' go together")
        if not self.derived and not all((self.ask, self.ask_other, self.again, self.again_other, self.why)):
            raise ValueError("a finding that is asked has ask, ask_other, again, again_other and why")
        if self.derived and self.ask:
            raise ValueError("a derived finding is never asked; remove 'ask'")
        if self.is_yes_no and not (self.said_yes and self.said_no):
            raise ValueError("a yes-or-no finding has said_yes and said_no, for explanations")
        if self.several and not self.levels:
            raise ValueError("'several' needs levels")
        return self

    @property
    def is_yes_no(self) -> bool:
        """Whether the answers are yes and no."""
        return not (self.levels or self.number or self.derived)

    @property
    def values(self) -> tuple[str, ...]:
        """The exclusive values, in order; a derived finding starts with "none"; numbers have none."""
        if self.number:
            return ()
        if self.derived:
            return ("none", *(level.id for level in self.derived))
        return tuple(level.id for level in self.levels) or YES_NO

    def label_of(self, value: str) -> str:
        """The words for one value, as said back to the person."""
        if self.is_yes_no:
            return (self.said_yes if value == "yes" else self.said_no) or self.name
        labels = {level.id: level.label for level in self.levels} | {level.id: level.label for level in self.derived}
        return labels.get(value, f"{self.name}: no")
