"""A source: where a statement or a figure comes from, what of it was read, and by whom."""

from typing import Literal, Self

from pydantic import model_validator

from legwise.knowledge.schema.record import Id, IsoDate, Record, Text


class Source(Record):
    """A work that content cites.

    `read` and `read_by` say what was seen of it: `dossier` means that the project's evidence
    collection read it, `contributor` that the writer of the content opened it again.
    """

    id: Id
    kind: Literal[
        "guideline", "review", "trial", "cohort", "case_report", "case_control", "survey", "register", "label",
        "regulator", "public_guidance", "textbook", "secondary", "web_page", "standard",
    ]  # fmt: skip
    authors: Text
    title: Text
    container: Text | None = None
    year: int | None
    doi: Text | None = None
    pmid: Text | None = None
    url: Text | None = None
    accessed: IsoDate
    read: Literal["full_text", "abstract", "excerpt"]
    read_by: Literal["dossier", "contributor"]
    note: Text | None = None

    @model_validator(mode="after")
    def _findable(self) -> Self:
        if not (self.doi or self.pmid or self.url):
            raise ValueError("give a doi, a pmid or a url, so that a reader can find it")
        return self


class Person(Record):
    """Who wrote content. A checker appears here only as a named, real, consenting clinician."""

    id: Id
    name: Text
    standing: Text
