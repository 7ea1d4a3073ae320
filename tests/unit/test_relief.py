"""The relief plan: never before danger, and nothing that is not safe for this person."""

import pytest

from legwise.base.errors import AnswerError
from legwise.care.relief import locked_flags, locked_question, relief_plan, still_locked
from legwise.knowledge import open_knowledge

KNOWLEDGE = open_knowledge()


def test_steps_come_in_order():
    """S17 to S20: pull the toes up first; warmth only after the stretches."""
    plan = relief_plan(KNOWLEDGE, {})

    assert [step.id for step in plan.steps] == ["straighten_and_pull", "wall_lean", "stand_on_it", "warm_pack"]
    assert not plan.left_out


def test_all_four_dangers_are_told_before_any_step():
    """Chest or breath; cold, white or blue; swollen, red or constant; a pop or an injury: each says what to do."""
    lines = relief_plan(KNOWLEDGE, {}).danger_lines

    assert [line.urgency for line in lines] == ["emergency", "emergency", "urgent", "urgent"]
    assert all(line.do and line.line.sources for line in lines)


@pytest.mark.parametrize(
    "sign", [sign for line in KNOWLEDGE.relief_words.danger_lines for sign in line.signs], ids=lambda sign: sign
)
def test_no_step_stands_beside_a_danger(sign):
    """A danger in the answers leaves no step, and says what to do instead."""
    plan = relief_plan(KNOWLEDGE, {sign: "yes"})

    assert plan.steps == ()
    assert plan.after == ()
    assert plan.instead


@pytest.mark.parametrize("key", sorted(KNOWLEDGE.red_flags))
def test_no_step_stands_beside_an_emergency(key):
    """Whatever makes an emergency flag certain leaves no step."""
    flag = KNOWLEDGE.red_flags[key]
    asked = [f for f in flag.when.findings() if KNOWLEDGE.findings[f].is_yes_no and not KNOWLEDGE.findings[f].derived]
    plan = relief_plan(KNOWLEDGE, dict.fromkeys(asked, "yes"))

    if any(told.urgency == "emergency" for told in plan.instead):
        assert plan.steps == ()
    elif flag.when.truth(dict.fromkeys(asked, "yes")):
        assert flag.urgency != "emergency"


@pytest.mark.parametrize(
    "measure", [m for m in KNOWLEDGE.measures.values() if m.kind == "relief"], ids=lambda measure: measure.id
)
def test_who_must_not(measure):
    """A yes to a reason against a measure leaves it out, with the reason; a no takes the reason away."""
    for who in measure.who_must_not:
        plan = relief_plan(KNOWLEDGE, {who.finding: "yes"})
        assert measure.id not in [step.id for step in plan.steps]
        if not plan.instead:
            assert who.text in [said.text for left in plan.left_out for said in left.because if left.id == measure.id]

        denied = relief_plan(KNOWLEDGE, {who.finding: "no"})
        step = next(step for step in denied.steps if step.id == measure.id)
        assert who.text not in [said.text for said in step.not_if]


def test_not_sure_is_not_no():
    """A reason that the person is not sure of stays in sight."""
    plan = relief_plan(KNOWLEDGE, {"feet_numb_long_term": "not_sure"})
    warm = next(step for step in plan.steps if step.id == "warm_pack")

    assert any("numb" in said.text for said in warm.not_if)


def test_child_is_referred():
    """Under 16 there are no steps: somebody has to look at the leg today."""
    plan = relief_plan(KNOWLEDGE, {"age": 15.0})

    assert plan.steps == ()
    assert [told.urgency for told in plan.instead] == ["urgent"]


def test_locked_already():
    """Who says that it has been locked for over ten minutes is told so above the steps."""
    plan = relief_plan(KNOWLEDGE, still_locked(KNOWLEDGE, {}))

    assert "Muscle locked for over ten minutes" in [told.title for told in plan.urgent_too]
    assert plan.steps


def test_looking_at_a_locked_leg_ends_at_the_first_emergency():
    """Every other sign of the flags that a locked muscle can set off is asked, until one makes it an emergency."""
    flags = locked_flags(KNOWLEDGE)
    answers = still_locked(KNOWLEDGE, {})
    asked = []
    while (question := locked_question(KNOWLEDGE, answers)) is not None:
        asked.append(question.id)
        answers[question.id] = "no"
    wanted = {key for flag in flags for key in flag.when.findings()} - {"muscle_locked_over_10_min"}

    assert set(asked) == wanted
    assert locked_question(KNOWLEDGE, {**still_locked(KNOWLEDGE, {}), asked[0]: "yes"}) is None


def test_every_statement_has_a_source_that_is_listed():
    """P6: what the plan says stands somewhere, and the list of sources has it."""
    plan = relief_plan(KNOWLEDGE, {"unsteady_walking_new": "yes"})
    said = [
        *(line.line for line in plan.danger_lines),
        plan.call,
        plan.ten_minutes,
        *plan.after,
        *(item for step in plan.steps for item in (*step.not_if, *step.stop_if, *step.evidence)),
        *(item for left in plan.left_out for item in left.because),
        *(told.say for told in plan.locked_too_long),
    ]

    assert all(item.sources and set(item.sources) <= set(plan.sources) for item in said)


def test_no_massage_before_the_clot_answers():
    """Rubbing is no relief measure, and no step names it."""
    told = " ".join(one.do for step in relief_plan(KNOWLEDGE, {}).steps for one in step.do).lower()

    assert "massage" not in told
    assert "rub " not in told


def test_no_country_s_number():
    """Whom to call is said without any one country's number."""
    words = KNOWLEDGE.relief_words.model_dump_json(exclude={"ten_minutes": {"locked"}, "review": True})

    for number in ("999", "911", "112", "111", "000"):
        assert number not in words


def test_bad_answer_is_refused():
    """An answer that no screen could have given is refused, without repeating it."""
    with pytest.raises(AnswerError) as error:
        relief_plan(KNOWLEDGE, {"leg_cold": "perhaps"})

    assert "perhaps" not in str(error.value)
