"""A row of the mission: a part of the article that Legwise grew out of, and the files that carry it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from legwise.knowledge.schema.record import Record, Text

RowId = Annotated[str, StringConstraints(pattern=r"^S\d+$")]


class MissionRow(Record):
    """One row. `content` names files below content/ without their ending; `code` names files below src/legwise/."""

    id: RowId
    says: Text
    does: Text
    content: tuple[Text, ...] = ()
    code: tuple[Text, ...] = ()


class Mission(Record):
    """Every row, in order."""

    rows: tuple[MissionRow, ...] = Field(min_length=1)
