"""The shape of content: what a record has to say, and what it cannot say."""

import pytest
from pydantic import ValidationError

import small_knowledge as small
from legwise.knowledge.schema.care import Measure
from legwise.knowledge.schema.condition import ActAt, Condition, Link, RiskFactor, StageOf, VisitRate
from legwise.knowledge.schema.finding import AmongCrampUsers, Background, Finding
from legwise.knowledge.schema.record import Review, Statement
from legwise.knowledge.schema.red_flag import RedFlag
from legwise.knowledge.schema.source import Source

SEEN = {"n": 40, "source": "a_source", "where": "table 1"}
ESTIMATE = {"because": "for a test"}
LINK_FORM = "exactly one of sensitivity, lr_plus"


def refused(schema, said, **data):
    """That a schema refuses a record, and says this."""
    with pytest.raises(ValidationError) as error:
        schema(**data)

    assert said in str(error.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({**SEEN}, LINK_FORM),
        ({"sensitivity": 0.5, "frequency": "frequent", **SEEN}, LINK_FORM),
        ({"sensitivity": 0.5}, "give source, where and n (published) or because (estimate)"),
        ({"sensitivity": 0.5, **SEEN, **ESTIMATE}, "not both"),
        ({"sensitivity": 0.5, "source": "a_source", "where": "here"}, "has its n and says where"),
        ({"sensitivity": 0.5, "source": "a_source", "n": 40}, "has its n and says where"),
        ({"frequency": "frequent", **SEEN}, "a frequency word is an estimate"),
        ({"sensitivity": 0.5, **ESTIMATE}, "without a source is an estimate: use a frequency word"),
        ({"lr_plus": 2.0, "lr_minus": 0.5, "reference": "specialist", **ESTIMATE}, "use a frequency word"),
        ({"lr_plus": 2.0, "reference": "specialist", **SEEN}, "lr_plus goes with lr_minus and reference"),
        ({"lr_plus": 2.0, "lr_minus": 0.5, **SEEN}, "lr_plus goes with lr_minus and reference"),
        ({"sensitivity": 1.1, **SEEN}, "less than or equal to 1"),
        ({"frequency": "often", **ESTIMATE}, "Input should be"),
        ({"sensitivity": 0.5, "n": 0, "source": "a_source", "where": "here"}, "greater than or equal to 1"),
    ],
)
def test_a_link_is_published_or_an_estimate(data, said):
    """A figure stands in a source with its n and place, or is a word with a reason. There is nothing between."""
    refused(Link, said, **data)


def test_every_form_of_link_is_accepted():
    """The four forms, and whether each is published."""
    links = [
        Link(sensitivity=0.5, **SEEN),
        Link(lr_plus=2.0, lr_minus=0.5, reference="specialist", **SEEN),
        Link(frequency="frequent", **ESTIMATE),
        Link(values={"some": 0.5, "much": "frequent"}, **ESTIMATE),
        Link(values={"some": 0.5}, **SEEN),
    ]

    assert [True, True, False, False, True] == [link.is_published for link in links]


STAGE = {"parent": "a", "share": 0.5, "low": 0.1, "high": 0.9}
RISK = {"ratio": 2.0, "low": 1.0, "high": 3.0, "prevalence": 0.1, "prevalence_because": "x", **ESTIMATE}
RATE = small.rate(1.0)


@pytest.mark.parametrize(
    ("schema", "data", "said"),
    [
        (StageOf, {**STAGE}, "give a source with where, or a because"),
        (StageOf, {**STAGE, "low": 0.6, **ESTIMATE}, "low <= share <= high"),
        (RiskFactor, {**RISK, "high": 1.5}, "low <= ratio <= high"),
        (RiskFactor, {**RISK, "source": "a_source"}, "give a source with where (published) or a because"),
        (RiskFactor, {**RISK, "because": None}, "give a source with where (published) or a because"),
        (RiskFactor, {**RISK, "prevalence_because": None}, "prevalence_source or prevalence_because"),
        (RiskFactor, {**RISK, "ratio": 0}, "greater than 0"),
        (ActAt, {"probability": 0.02, "urgency": "urgent"}, "give a source with where (a published threshold) or a policy"),
        (ActAt, {"probability": 0.02, "urgency": "red", "policy": "x"}, "Input should be"),
        (VisitRate, {**RATE, "per_1000_person_years": {"16-29": 1.0}}, "give a rate for each age band"),
        (VisitRate, {**RATE, "low_factor": 2}, "less than or equal to 1"),
        (Background, {**ESTIMATE}, "exactly one of 'yes' and 'values'"),
        (Background, {"yes": 0.1, "values": {"a": 1.0}, **ESTIMATE}, "exactly one of 'yes' and 'values'"),
        (Background, {"yes": 0.1}, "give a 'source'"),
        (Background, {"yes": 0.1, "source": "a_source", "where": "here"}, "names 'where' it stands in the source and its 'n'"),
        (AmongCrampUsers, {"about_40": 0, "sixty_and_over": 0, "pregnant": 0, "cancer_survivor": 0}, "source"),
        (Statement, {"text": "x", "sources": []}, "at least 1 item"),
        (Review, {"written_on": "24 November 2026"}, "String should match pattern"),
        (Review, {"written_on": "2026-11-24", "checked_by": "dr_who"}, "Input should be None"),
        (Review, {"written_on": "2026-11-24", "written_by": "dr_who"}, "Input should be 'legwise_contributors'"),
        (Source, {"id": "x", "kind": "review", "authors": "A", "title": "T", "year": 2020, "accessed": "2026-11-24",
                  "read": "abstract", "read_by": "dossier"}, "give a doi, a pmid or a url"),
        (Measure, {"id": "Bad Id"}, "String should match pattern"),
    ],
)  # fmt: skip
def test_what_has_no_basis_is_refused(schema, data, said):
    """Every figure has its source or its reason, every statement a source, and nobody is named who did not check."""
    refused(schema, said, **data)


def finding(**data):
    """A yes-or-no finding as plain data, with some keys changed; None takes a key away."""
    whole = {
        "id": "f",
        "name": "f",
        "kind": "sign",
        "said_yes": "f",
        "said_no": "no f",
        "review": small.REVIEW,
        **small.ASKED,
    }
    return {key: value for key, value in {**whole, **data}.items() if value is not None}


LEVELS = [{"id": "a", "label": "a"}]
DERIVED = [{"id": "a", "label": "a", "when": "g"}]
NUMBER = {"unit": "years", "lowest": 0, "highest": 9}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (finding(levels=LEVELS, number=NUMBER), "give only one of levels, number"),
        (finding(derived=DERIVED), "kind 'derived' and the key 'derived' go together"),
        (finding(kind="derived"), "kind 'derived' and the key 'derived' go together"),
        (finding(why=None), "a finding that is asked has ask, ask_other, again, again_other and why"),
        (finding(again_other=None), "a finding that is asked has ask, ask_other, again, again_other and why"),
        (finding(kind="derived", derived=DERIVED), "a derived finding is never asked; remove 'ask'"),
        (finding(said_no=None), "has said_yes and said_no"),
        (finding(several=True), "'several' needs levels"),
        (finding(kind="feeling"), "Input should be"),
        (finding(levels=[{"id": "NO", "label": "a"}]), "String should match pattern"),
        (finding(quesiton="x"), "Extra inputs are not permitted"),
    ],
)
def test_a_finding_has_one_form_and_its_words(data, said):
    """One of yes-or-no, levels, a number or derived; asked in four ways with a reason, unless it is derived."""
    refused(Finding, said, **data)


def test_labels_of_values():
    """A yes, a no, a level and none of a derived finding are said in the content's words."""
    pool = small.derived("pool", {"some": "a"})

    assert ["f: yes", "f: no"] == [small.yes_no("f").label_of(value) for value in ("yes", "no")]
    assert ["some", "pool: no"] == [pool.label_of(value) for value in ("some", "none")]
    assert ((), ("none", "some"), ("no", "yes")) == (small.age().values, pool.values, small.yes_no("f").values)


def test_a_condition_has_one_rate():
    """A rate of its own or a stage of another, never both and never neither."""
    plain = small.condition("a").model_dump(mode="json")
    stage = {"parent": "b", "share": 0.5, "low": 0.1, "high": 0.9, "because": "x"}

    refused(Condition, "exactly one of rate and stage_of", **{**plain, "rate": None})
    refused(Condition, "exactly one of rate and stage_of", **{**plain, "stage_of": stage})


def test_a_flag_says_what_of_it_was_not_read():
    """Unless it is verified, a flag names what nobody has read in a source; a verified one names nothing."""
    plain = small.flag("f", "a").model_dump(mode="json")

    refused(RedFlag, "'unread' names what was not read", **{**plain, "status": "partly"})
    refused(RedFlag, "'unread' names what was not read", **{**plain, "unread": "the urgency"})
    assert RedFlag(**{**plain, "status": "partly", "unread": "the urgency"}).unread == "the urgency"


def test_records_cannot_be_changed():
    """Knowledge is frozen: nothing can be rewritten after it was checked."""
    with pytest.raises(ValidationError, match="frozen"):
        small.condition("a").name = "b"
