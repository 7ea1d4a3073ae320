"""Small knowledge bases for tests, built from the content's own schema. Their figures are invented and mean nothing."""

from itertools import count

from legwise.knowledge import Knowledge, open_knowledge
from legwise.knowledge.knowledge import FOLDERS
from legwise.knowledge.schema.condition import AGE_BANDS, Condition
from legwise.knowledge.schema.finding import Finding
from legwise.knowledge.schema.interview import Screen, Umbrella
from legwise.knowledge.schema.policy import Setting
from legwise.knowledge.schema.red_flag import RedFlag

REVIEW = {"written_on": "2026-11-24"}
BECAUSE = {"because": "invented for a test"}
ASKED = {"ask": "Is it so?", "ask_other": "Is it so?", "again": "Is it?", "again_other": "Is it?", "why": "For a test."}
SAID = {"text": "Said in a test.", "sources": ("a_source",)}
REAL = open_knowledge()
_NUMBERS = count()


def knowledge_of(findings=(), conditions=(), flags=(), umbrellas=(), screens=(), **settings):
    """A knowledge base of these records, on the real policy with some settings changed."""
    records = {folder: {} for folder in FOLDERS}
    for folder in ("scale", "verdict", "words"):
        records[folder] = getattr(REAL, folder)
    records |= {
        "policy": {"reasoning": policy_with(**settings)},
        "findings": by_id(findings),
        "conditions": by_id(conditions),
        "red_flags": by_id(flags),
        "umbrellas": by_id(umbrellas),
        "screens": by_id(screens),
    }
    return Knowledge.model_construct(fingerprint=f"small {next(_NUMBERS)}", **records)


def by_id(records):
    """Records by their ids."""
    return {record.id: record for record in records}


def policy_with(age_band_shares=None, **values):
    """The real policy with some numbers changed."""
    changed = {key: Setting(value=value, because="for a test") for key, value in values.items()}
    if age_band_shares is not None:
        changed["age_band_shares"] = age_band_shares
    return REAL.settings.model_copy(update=changed)


def background(share, n=None):
    """How common something is: a share of yes, or of every level; published where it has an n."""
    basis = {"n": n, "source": "a_source", "where": "here"} if n else BECAUSE
    return {"values": share, **basis} if isinstance(share, dict) else {"yes": share, **basis}


def yes_no(key, share=0.1, kind="symptom", n=None, **more):
    """A finding that is yes or no."""
    return Finding(
        id=key,
        name=key,
        kind=kind,
        said_yes=f"{key}: yes",
        said_no=f"{key}: no",
        background=None if share is None else background(share, n),
        review=REVIEW,
        **ASKED,
        **more,
    )


def leveled(key, shares, n=None, **more):
    """A finding with named levels, and the share of each in the background."""
    levels = [{"id": level, "label": level} for level in shares]
    return Finding(
        id=key,
        name=key,
        kind="symptom",
        levels=levels,
        background=background(shares, n),
        review=REVIEW,
        **ASKED,
        **more,
    )


def derived(key, rules, shares=None, **more):
    """A finding that follows from others: levels with their rules, lowest first."""
    levels = [{"id": level, "label": level, "when": rule} for level, rule in rules.items()]
    own = None if shares is None else background(shares)
    return Finding(id=key, name=key, kind="derived", derived=levels, background=own, review=REVIEW, **more)


def age():
    """The age, a number from 0 to 120."""
    number = {"unit": "years", "lowest": 0, "highest": 120}
    return Finding(id="age", name="age", kind="person", number=number, review=REVIEW, **ASKED)


def sex():
    """The sex, as one of two levels."""
    levels = [{"id": "female", "label": "female"}, {"id": "male", "label": "male"}]
    return Finding(id="sex", name="sex", kind="person", levels=levels, review=REVIEW, **ASKED)


def link(given):
    """A link from one figure: a share seen in 40 people, a frequency word, or a whole record."""
    if isinstance(given, float):
        return {"sensitivity": given, "n": 40, "source": "a_source", "where": "here"}
    if given == "as_background":
        return given
    return {"frequency": given, **BECAUSE} if isinstance(given, str) else given


def rate(per_1000, **more):
    """A visit rate: one figure for all ages, or one for each band."""
    by_age = per_1000 if isinstance(per_1000, dict) else dict.fromkeys(AGE_BANDS, per_1000)
    return {
        "per_1000_person_years": by_age,
        "low_factor": 0.5,
        "high_factor": 2,
        "estimate": True,
        **BECAUSE,
        **more,
    }


def risk(ratio, prevalence):
    """A risk factor with its ratio and how common it is."""
    return {
        "ratio": ratio,
        "low": ratio,
        "high": ratio,
        "prevalence": prevalence,
        "prevalence_because": "invented for a test",
        **BECAUSE,
    }


def stage(parent, share):
    """A stage of another condition."""
    return {"parent": parent, "share": share, "low": share / 2, "high": min(2 * share, 1.0), **BECAUSE}


def condition(key, visits=1.0, links=None, act_at=None, act_urgency="urgent", usual="routine", **more):
    """A condition; a danger where it has the probability at which it is acted on."""
    act = None if act_at is None else {"probability": act_at, "urgency": act_urgency, "policy": "for a test"}
    own_rate = {} if "stage_of" in more else {"rate": visits if isinstance(visits, dict) else rate(visits)}
    return Condition(
        id=key,
        name=key,
        kind="other",
        plain_words=SAID,
        usual_urgency=usual,
        usual_urgency_because="for a test",
        links={name: link(given) for name, given in (links or {}).items()},
        act_at=act,
        what_to_do=[SAID],
        review=REVIEW,
        **own_rate,
        **more,
    )


def flag(key, when, urgency="urgent", **more):
    """A red flag with this rule."""
    case = {"name": "a case", "start": "nobody", "expect": {"fires": True}, "generated": True}
    return RedFlag(
        id=key,
        title=key,
        urgency=urgency,
        how_soon="now",
        when=when,
        say=SAID,
        points_to=["a_danger"],
        mimics=["nothing"],
        evidence=[SAID],
        status="verified",
        cases=[case],
        review=REVIEW,
        **more,
    )


def umbrella(key, parts):
    """A line that covers several findings."""
    return Umbrella(id=key, ask="Any?", ask_other="Any?", covers="these", why="For a test.", parts=parts, review=REVIEW)


def screen(key, kind, lines, order=1, **more):
    """A page of the interview."""
    return Screen(id=key, kind=kind, order=order, title=key, title_other=key, lines=lines, review=REVIEW, **more)
