"""Reads coded cases: people from published cases, as lists of words, with the cause and how urgent it was.

- id: SEM-12
source: {family: SEM, case_no: '12', doi: null, url: https://…}
age: 65
sex: male
complaint: sudden breathlessness with a swollen calf
findings: [breathless, unilateral, loc_calf, swelling]
absent: []
history: [recent_surgery]
exam: [tachycardia]
gold: {diagnosis: pulmonary embolism, condition: pulmonary_embolism}
accepted_alternatives: [deep_vein_thrombosis]
triage: {original: emergent, mapped: [emergency], assigned: emergency}
duplicate_group: pe_hip
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from legwise.base.errors import UsageError
from legwise.base.urgency import UrgencyLabel
from legwise.knowledge import strict_yaml

LARGEST = 20_000_000
"""Bytes of the largest file that is read; a hundred cases are about 80,000."""
TOP_KEYS = frozenset({"about", "meta", "sources", "vocabulary", "extra_conditions", "cases"})

Word = Annotated[str, Field(min_length=1, max_length=80)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Origin(_Part):
    """Where a case was published; `family` groups cases that were written by the same hands."""

    family: Word
    case_no: str | None = None
    doi: str | None = None
    url: str | None = None


class Gold(_Part):
    """The cause that the source gives, in its words and by id."""

    diagnosis: str
    condition: Word
    in_shared_list: bool | None = None
    basis: str | None = None


class Triage(_Part):
    """How urgent it was: `mapped` is what the source's own label can mean, `assigned` the coder's own default."""

    original: str | None = None
    mapped: tuple[UrgencyLabel, ...] | None = None
    assigned: UrgencyLabel
    assigned_by: str | None = None


class CodedCase(_Part):
    """One case. `findings` and `history` are stated, `absent` is denied; what is in no list is not known."""

    id: Word
    source: Origin
    age: Annotated[float, Field(ge=0, le=120)] | None = None
    sex: Annotated[str, Field(pattern="^(female|male|another)$")] | None = None
    complaint: str = ""
    findings: tuple[Word, ...] = ()
    absent: tuple[Word, ...] = ()
    history: tuple[Word, ...] = ()
    exam: tuple[Word, ...] = ()
    gold: Gold
    accepted_alternatives: tuple[Word, ...] = ()
    triage: Triage
    split: str | None = None
    duplicate_group: str | None = None
    caution: str | None = None

    @property
    def reference_urgency(self) -> UrgencyLabel:
        """The source's own level where it can mean only one, else the provisional one."""
        mapped = self.triage.mapped
        return mapped[0] if mapped and len(mapped) == 1 else self.triage.assigned


def read_cases(path: Path) -> tuple[CodedCase, ...]:
    """Read a file of coded cases.

    Raises:
        UsageError: in one sentence with what is wrong, where, and what is accepted.
    """
    data = _document(path)
    cases = data.get("cases")
    if not isinstance(cases, list) or not cases:
        raise UsageError(f"'{path}' holds no cases: it should have the key 'cases' with a list of them.")
    unknown = sorted(set(data) - TOP_KEYS)
    if unknown:
        raise UsageError(
            f"'{path}' has the key '{unknown[0]}'; at the top only these are read: {', '.join(sorted(TOP_KEYS))}."
        )
    read = tuple(_case(path, number, item) for number, item in enumerate(cases, start=1))
    seen: set[str] = set()
    for case in read:
        if case.id in seen:
            raise UsageError(f"'{path}' has two cases with the id '{case.id}'; each id may stand once.")
        seen.add(case.id)
    return read


def _document(path: Path) -> Mapping[str, Any]:
    text = _text(path)
    document = strict_yaml.read(text, path.name)
    if document.problems:
        first = document.problems[0]
        raise UsageError(f"'{path}', line {first.line}: found {first.found}; wanted {first.wanted}.")
    if not isinstance(document.data, Mapping):
        raise UsageError(f"'{path}' should hold keys with 'cases' among them, not a list or a single value.")
    return document.data


def _text(path: Path) -> str:
    if path.is_dir():
        raise UsageError(f"'{path}' is a folder; name a YAML file of coded cases.")
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise UsageError(f"There is no file '{path}'; name a YAML file of coded cases.") from None
    except OSError as error:
        raise UsageError(f"'{path}' cannot be read: {error.strerror}.") from None
    if len(data) > LARGEST:
        raise UsageError(f"'{path}' is too large; at most {LARGEST:,} bytes are read.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"'{path}' is not UTF-8 text (byte {error.start + 1} is not); save it as UTF-8.") from None


def _case(path: Path, number: int, item: Any) -> CodedCase:
    if not isinstance(item, Mapping):
        raise UsageError(f"'{path}', case {number}: a case is a record with the keys {_keys()}.")
    name = str(item.get("id", f"number {number}"))[:60]
    try:
        return CodedCase.model_validate(item)
    except ValidationError as error:
        detail = error.errors()[0]
    place = ".".join(str(part) for part in detail["loc"])
    match detail["type"]:
        case "extra_forbidden":
            said = f"the key '{place}' is not known; known keys are {_keys()}"
        case "missing":
            said = f"there is no '{place}'"
        case _:
            said = f"'{place}' is {str(detail['input'])[:60]!r}: {detail['msg'][:1].lower()}{detail['msg'][1:]}"
    raise UsageError(f"'{path}', case {name}: {said}.")


def _keys() -> str:
    return ", ".join(CodedCase.model_fields)
