"""The shape that every content record shares: frozen, and closed to unknown keys."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
"""Words in snake_case; the file's stem, and what URLs, FHIR and reports use."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Probability = Annotated[float, Field(ge=0, le=1)]
IsoDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Record(BaseModel):
    """A piece of content. Unknown keys are errors: a silently dropped key is the worst failure of a rulebook."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Statement(Record):
    """Something told to a person, with the sources that say it."""

    text: Text
    sources: tuple[Id, ...] = Field(min_length=1)
    where: Text | None = None


class Disagreement(Record):
    """What another organisation says where they differ."""

    organisation: Text
    says: Text
    source: Id | None = None


class Review(Record):
    """Who wrote a file and who checked it. `checked_by` stays empty until a named clinician really did."""

    written_by: Literal["legwise_contributors"] = "legwise_contributors"
    written_on: IsoDate
    checked_by: None = None
