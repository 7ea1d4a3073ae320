"""What follows from answers: umbrellas, kinds, derived levels, contradictions; and what is no answer at all."""

import pytest

import small_knowledge as small
from legwise.base.errors import AnswerError
from legwise.knowledge import open_knowledge
from legwise.reasoning.facts import ancestors, check_answers, derive, expand, expand_around, order_of_derivation
from random_knowledge import random_answers, random_knowledge

PLACES = small.leveled("site", {"calf": 0.5, "foot": 0.5}, several=True)
FEVER = small.yes_no("fever")
SHAKES = small.yes_no("shakes", is_a=["fever"])
WORST = small.yes_no("worst", is_a=["shakes"])
POOL = small.derived("pool", {"some": "fever", "much": {"all_of": ["fever", "ill"]}})
FINDINGS = [FEVER, SHAKES, WORST, small.yes_no("ill"), POOL, PLACES, small.age()]
KNOWLEDGE = small.knowledge_of(FINDINGS, umbrellas=[small.umbrella("umb_ill", ["fever", "ill"])])


def facts(**answers):
    """Everything that follows."""
    return expand(KNOWLEDGE, answers)


def test_no_to_an_umbrella_is_no_to_its_parts():
    """And to what is a kind of a part."""
    assert {"fever": "no", "ill": "no", "shakes": "no", "worst": "no", "pool": "none"} == facts(umb_ill="no").values


@pytest.mark.parametrize("answer", ["yes", "not_sure"])
def test_an_umbrella_itself_says_nothing_of_its_parts(answer):
    """Yes or not sure opens the parts; they decide."""
    assert facts(umb_ill=answer).values == {}


def test_the_more_dangerous_reading_stands_and_is_named():
    """No to the umbrella and yes to a part: the part stands, the other parts are no."""
    found = facts(umb_ill="no", ill="yes")

    assert (found.values["ill"], found.values["fever"]) == ("yes", "no")
    assert (("umb_ill", "ill"),) == found.contradictions


def test_a_special_yes_makes_the_general_yes():
    """Shaking chills are a fever; the worst kind of them too, two steps up."""
    assert facts(worst="yes").values == {"worst": "yes", "shakes": "yes", "fever": "yes", "pool": "some"}


def test_a_special_yes_stands_against_a_general_no():
    """The contradiction is said aloud, once for each."""
    found = facts(fever="no", shakes="yes")

    assert found.values["fever"] == "yes"
    assert (("fever", "shakes"),) == found.contradictions


def test_a_general_no_denies_its_kinds():
    """No fever, no shaking chills; but a general yes says nothing of the kind."""
    assert facts(fever="no").values == {"fever": "no", "shakes": "no", "worst": "no", "pool": "none"}
    assert "shakes" not in facts(fever="yes").values


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({"fever": "yes", "ill": "yes"}, "much"),
        ({"fever": "yes", "ill": "no"}, "some"),
        ({"fever": "no"}, "none"),
        ({"fever": "yes"}, "some"),
        ({"ill": "yes"}, None),
        ({"fever": "not_sure", "ill": "no"}, "not_sure"),
        ({"fever": "still_not_sure"}, "still_not_sure"),
        ({"fever": "yes", "ill": "not_sure"}, "some"),
    ],
)
def test_derived_level(answers, level):
    """The highest level that is certain; none when all are ruled out; not sure when that is why it cannot be told."""
    assert level == facts(**answers).values.get("pool")


def test_no_level_is_derived_while_one_is_open():
    """The last level whose rule is true, none only when every rule is false."""
    assert derive(POOL, {"fever": "yes"}) == "some"
    assert derive(POOL, {}) is None
    assert derive(POOL, {"fever": "no"}) == "none"


def test_what_does_not_apply_is_no_unless_it_was_answered():
    """A question about pregnancy is not put to a man; a man who says yes is believed."""
    pregnant = small.yes_no("pregnant", ask_when={"not": {"sex": "male"}})
    knowledge = small.knowledge_of([pregnant, small.sex()])

    assert expand(knowledge, {"sex": "male"}).values["pregnant"] == "no"
    assert expand(knowledge, {"sex": "male", "pregnant": "yes"}).values["pregnant"] == "yes"
    assert "pregnant" not in expand(knowledge, {"sex": "female"}).values
    assert "pregnant" not in expand(knowledge, {}).values


def test_derived_from_derived_in_order():
    """A level that hangs on another derived level is worked out after it, whatever they are called."""
    first, last = small.derived("z_first", {"yes": "fever"}), small.derived("a_last", {"yes": {"z_first": "yes"}})
    knowledge = small.knowledge_of([FEVER, first, last])

    assert ["z_first", "a_last"] == [finding.id for finding in order_of_derivation(knowledge)]
    assert expand(knowledge, {"fever": "yes"}).values["a_last"] == "yes"


def test_two_ways_up_to_the_same_general_finding():
    """A kind of two things that are both kinds of a third: each is said once."""
    findings = [
        FEVER,
        SHAKES,
        small.yes_no("sweats", is_a=["fever"]),
        small.yes_no("attack", is_a=["shakes", "sweats"]),
    ]

    assert ancestors(small.knowledge_of(findings))["attack"] == ("sweats", "fever", "shakes")
    assert expand(small.knowledge_of(findings), {"attack": "yes"}).values == dict.fromkeys(
        ("attack", "shakes", "sweats", "fever"), "yes"
    )


def test_a_circle_of_derived_findings_is_refused():
    """Two levels that hang on each other can never be worked out."""
    circle = [small.derived("a", {"yes": {"b": "yes"}}), small.derived("b", {"yes": {"a": "yes"}})]

    with pytest.raises(ValueError, match="in a circle: a, b"):
        order_of_derivation(small.knowledge_of(circle))


@pytest.mark.parametrize(
    "answers",
    [
        {"fever": "yes"},
        {"fever": "still_not_sure"},
        {"umb_ill": "no"},
        {"site": frozenset({"calf", "foot"})},
        {"site": "not_sure"},
        {"age": 0.0},
        {"age": 120},
        {"age": "not_sure"},
        {},
    ],
)
def test_what_a_screen_can_give_is_accepted(answers):
    """Every form of answer."""
    check_answers(KNOWLEDGE, answers)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"fewer": "yes"}, "There is no question with the id 'fewer'."),
        ({"pool": "some"}, "There is no question with the id 'pool'."),
        ({"fever": "maybe"}, "The answer to 'fever' must be one of these: no, yes, not_sure, still_not_sure."),
        ({"fever": 39.5}, "The answer to 'fever' must be one of these"),
        ({"fever": frozenset({"yes"})}, "The answer to 'fever' must be one of these"),
        ({"umb_ill": "maybe"}, "The answer to 'umb_ill' must be one of these: yes, no"),
        ({"site": "calf"}, "The answer to 'site' must be a list of some of these: calf, foot"),
        ({"site": frozenset()}, "The answer to 'site' must be a list of some of these"),
        ({"site": frozenset({"calf", "head"})}, "The answer to 'site' must be a list of some of these"),
        ({"age": 121.0}, "The answer to 'age' must be a number from 0 to 120 years."),
        ({"age": "old"}, "The answer to 'age' must be a number from 0 to 120 years."),
        ({"age": float("nan")}, "The answer to 'age' must be a number from 0 to 120 years."),
    ],
)
def test_what_no_screen_could_give_is_refused(answers, said):
    """The message names the question and what is accepted, and never the answer: it may be logged (P7)."""
    with pytest.raises(AnswerError) as error:
        check_answers(KNOWLEDGE, answers)

    assert str(error.value).startswith(said)
    assert not {"maybe", "39.5", "head", "121", "old", "nan"} & set(str(error.value).replace(".", " ").split())


@pytest.mark.parametrize("seed", range(60))
def test_facts_around_a_change_are_facts_from_scratch(seed):
    """Working out again only what hangs on one answer gives the same facts as working out everything."""
    knowledge, answers = random_knowledge(seed), random_answers(random_knowledge(seed), seed)
    before = expand(knowledge, answers)
    for key, value in random_answers(knowledge, seed + 1).items():
        changed = {**answers, key: value}
        found, touched = expand_around(knowledge, before, changed, key)
        expected = expand(knowledge, changed)
        differing = {name for name in knowledge.findings if before.values.get(name) != expected.values.get(name)}

        assert expected == found
        assert differing <= set(touched)


def test_the_same_on_the_real_content():
    """Every single answer of the content, changed in a whole person."""
    knowledge = open_knowledge()
    answers = dict(knowledge.vignettes["plain_ache"].answers)
    answers = {key: frozenset(value) if isinstance(value, tuple) else value for key, value in answers.items()}
    before = expand(knowledge, answers)
    for finding in knowledge.findings.values():
        for value in finding.values if not finding.derived else ():
            changed = {**answers, finding.id: frozenset({value}) if finding.several else value}

            assert expand(knowledge, changed) == expand_around(knowledge, before, changed, finding.id)[0]
