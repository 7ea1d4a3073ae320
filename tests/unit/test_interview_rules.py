"""The interview's rules one by one, on small knowledge bases and on the content: order, umbrellas, not sure, stopping."""

import pytest

import small_knowledge as small
from legwise.base.urgency import Urgency
from legwise.knowledge import open_knowledge
from legwise.knowledge.cases import answers_of_vignette
from legwise.reasoning import assess, change_answer, next_screen
from legwise.reasoning.changes import urgency_of
from legwise.reasoning.gain import entropy, gains
from legwise.reasoning.interview import (
    AGAIN,
    Line,
    NextScreen,
    adaptive_screens,
    line_values,
    worth,
)
from legwise.reasoning.page import page_of
from legwise.reasoning.situation import situation_of
from people import NIGHT_CRAMP, interview

KNOWLEDGE = open_knowledge()
A, B, C, D = (small.yes_no(key, 0.1, danger="up", kind="sign") for key in "abcd")
KNOT = small.yes_no("knot", 0.5, common=True)
PAST = small.yes_no("past", 0.1, danger="up", kind="history")
YOUNG = small.derived("young", {"yes": {"age": {"under": 16}}}, danger="up")
SCREENS = [
    small.screen("s_who", "who", ["age"]),
    small.screen("s_danger", "danger", ["umb", "c"]),
    small.screen("s_complaint", "complaint", ["knot"]),
    small.screen("s_history", "history", ["past"]),
    small.screen("s_more", "adaptive", ["d"]),
]
FLAGS = [
    small.flag("f_urgent", {"all_of": ["a", "b"]}, "urgent"),
    small.flag("f_emergency", "c", "emergency"),
    small.flag("f_child", "young", "urgent"),
]


def knowledge(flags=FLAGS, screens=SCREENS, **settings):
    """A small interview: who, danger with an umbrella, complaint, history, one adaptive screen."""
    causes = [
        small.condition("x", 1.0, {"knot": "very_frequent", "d": "very_frequent"}),
        small.condition("y", 1.0, {"knot": "very_frequent", "d": "very_rare"}),
    ]
    findings = [small.age(), YOUNG, A, B, C, D, KNOT, PAST]
    umbrellas = [small.umbrella("umb", ["a", "b"])]
    return small.knowledge_of(findings, causes, flags, umbrellas, screens, **settings)


def following(answers, **more):
    """Id of the next screen and the ids of its lines."""
    screen = next_screen(knowledge(**more), answers)
    return None if screen is None else (screen.id, [line.id for line in screen.lines])


ADULT = {"age": 40.0}
NO_DANGER = {**ADULT, "umb": "no", "c": "no"}


def test_stages_follow_each_other():
    """Who, danger, complaint, history, then what is worth asking, then the result."""
    assert following({}) == ("s_who", ["age"])
    assert following(ADULT) == ("s_danger", ["umb", "c"])
    assert following(NO_DANGER) == ("s_complaint", ["knot"])
    assert following({**NO_DANGER, "knot": "yes"}) == ("s_history", ["past"])
    assert following({**NO_DANGER, "knot": "yes", "past": "no"}) == ("s_more", ["d"])
    assert following({**NO_DANGER, "knot": "yes", "past": "no", "d": "yes"}) is None


def test_what_comes_first_is_asked_first_whatever_was_said_before():
    """Someone who begins with the complaint is still asked who, and then about danger."""
    assert following({"knot": "yes", "d": "yes"}) == ("s_who", ["age"])
    assert following({"knot": "yes", "d": "yes", **ADULT}) == ("s_danger", ["umb", "c"])


@pytest.mark.parametrize("opening", ["yes", "not_sure"])
def test_an_umbrella_that_is_not_denied_opens_its_parts(opening):
    """On the same page, marked as its parts; the other lines stay."""
    screen = next_screen(knowledge(), {**ADULT, "umb": opening})

    assert screen.lines == (Line("a", opened_by="umb"), Line("b", opened_by="umb"), Line("c"))


def test_an_umbrella_that_is_denied_is_done():
    """No to the line is no to its parts: none of them is asked."""
    assert following({**ADULT, "umb": "no"}) == ("s_danger", ["c"])


def test_a_part_that_was_told_before_is_not_asked():
    """What was volunteered is settled; with all parts settled the umbrella itself is not asked."""
    assert following({**ADULT, "umb": "yes", "a": "no"}) == ("s_danger", ["b", "c"])
    assert following({**ADULT, "a": "no", "b": "no"}) == ("s_danger", ["c"])
    assert following({**ADULT, "a": "no"}) == ("s_danger", ["umb", "c"])


def test_a_line_is_open_until_it_is_answered():
    """Going on without an answer is no "no": the same line comes again until the person says something."""
    assert following({**ADULT, "umb": "no"}) == following({**ADULT, "umb": "no", "past": "no"})


def test_an_emergency_stops_at_once():
    """At the answer that proves it, in the middle of a page, nothing more is asked."""
    assert following({**ADULT, "c": "yes"}) is None
    assert following({"c": "yes"}) is None


def test_urgent_skips_a_history_that_can_raise_nothing():
    """From urgent on, past illness is asked only where a flag above that hangs on it."""
    urgent = {**ADULT, "umb": "yes", "a": "yes", "b": "yes", "c": "no", "knot": "yes"}
    higher = [*FLAGS, small.flag("f_past", {"all_of": ["a", "past"]}, "emergency")]

    assert following(urgent) == ("s_more", ["d"])
    assert following(urgent, flags=higher) == ("s_history", ["past"])


def test_under_sixteen_is_asked_who_and_danger_only():
    """Then comes the referral, the same day or sooner, without complaint, history or causes."""
    child = {"age": 15.0}

    assert following(child) == ("s_danger", ["umb", "c"])
    assert following({**child, "umb": "no", "c": "no"}) is None
    assert urgency_of(situation_of(knowledge(), {**child, "umb": "no", "c": "no"})) is Urgency.URGENT
    assert following({"age": 16.0, "umb": "no", "c": "no"}) == ("s_complaint", ["knot"])


DONE = {**ADULT, "umb": "yes", "knot": "yes", "past": "no", "d": "no"}


def test_not_sure_is_asked_once_more_before_the_end():
    """In other words, after the fixed pages, where it can still raise the urgency; then never again."""
    once = {**DONE, "a": "yes", "b": "not_sure", "c": "no"}
    twice = {**once, "b": "still_not_sure"}
    screen = next_screen(knowledge(), once)

    assert (AGAIN, (Line("b", again=True),)) == (screen.id, screen.lines)
    assert following(twice) is None
    assert urgency_of(situation_of(knowledge(), twice)) is Urgency.SOON


def test_still_not_sure_of_an_emergency_is_urgent():
    """It cannot be ruled out, so it is one level lower and not nothing (P1)."""
    assert (
        urgency_of(situation_of(knowledge(), {**DONE, "a": "no", "b": "no", "c": "still_not_sure"})) is Urgency.URGENT
    )


def test_not_sure_that_hangs_on_nothing_is_not_asked_again():
    """With the other sign denied, the flag is off: no need to ask twice."""
    assert following({**DONE, "a": "no", "b": "not_sure", "c": "no"}) is None


def test_an_answer_asked_again_settles_it():
    """A clear second answer counts as if it had been the first."""
    once = {**DONE, "a": "yes", "b": "not_sure", "c": "no"}

    assert following({**once, "b": "no"}) is None
    assert urgency_of(situation_of(knowledge(), {**once, "b": "yes"})) is Urgency.URGENT


def test_a_screen_that_cannot_pay_is_not_shown():
    """Where no answer would tell the causes apart, or too little for the effort, the interview ends."""
    answers = {**NO_DANGER, "knot": "yes", "past": "no"}

    assert following(answers) == ("s_more", ["d"])
    assert following(answers, gain_worth_asking=5) is None
    assert following(answers, gain_worth_a_line=5) is None
    assert following(answers, most_adaptive_screens=0) is None


def test_a_line_nothing_plausible_hangs_on_is_left_out():
    """A page shows only lines that can tell something."""
    screens = [*SCREENS[:4], small.screen("s_more", "adaptive", ["d", "past_2"])]
    more = small.yes_no("past_2", 0.1)
    base = knowledge(screens=screens)
    base = base.model_copy(update={"findings": {**base.findings, "past_2": more}, "fingerprint": "with past_2"})
    screen = next_screen(base, {**NO_DANGER, "knot": "yes", "past": "no"})

    assert [line.id for line in screen.lines] == ["d"]


def test_a_screen_that_does_not_apply_is_not_shown():
    """A page for people with a knot is not for those without; while that is open, it may be."""
    screens = [*SCREENS[:3], small.screen("s_history", "history", ["past"], show_when="knot"), SCREENS[4]]

    assert following({**NO_DANGER, "knot": "no"}, screens=screens)[0] == "s_more"
    assert following({**NO_DANGER, "knot": "yes"}, screens=screens)[0] == "s_history"


def test_a_line_waits_for_the_answer_it_hangs_on():
    """On one page, the question that makes sense only after another comes after it; then it comes or is settled."""
    asks_more = small.yes_no("more", 0.1, ask_when="knot")
    screens = [SCREENS[0], small.screen("s_complaint", "complaint", ["more", "knot"])]
    base = knowledge(screens=screens)
    base = base.model_copy(update={"findings": {**base.findings, "more": asks_more}, "fingerprint": "with more"})

    assert [line.id for line in next_screen(base, ADULT).lines] == ["knot"]
    assert [line.id for line in next_screen(base, {**ADULT, "knot": "yes"}).lines] == ["more"]
    assert next_screen(base, {**ADULT, "knot": "no"}) is None


def test_progress_never_promises_too_little():
    """The count of pages behind grows, and the pages ahead stay an upper bound, through a whole interview."""
    answers, pages = {}, []
    while (screen := next_screen(KNOWLEDGE, answers)) is not None:
        pages.append(screen)
        truth = {**NIGHT_CRAMP}
        for line in screen.lines:
            known = truth.get(line.id, "no")
            finding = KNOWLEDGE.findings.get(line.id)
            unsure = finding is not None and not finding.is_yes_no and line.id not in truth
            said = ("still_not_sure" if line.again else "not_sure") if unsure else known
            answers = change_answer(KNOWLEDGE, answers, line.id, said)
    for place, page in enumerate(pages):
        assert page.left_at_most >= len(pages) - place
    assert [page.done for page in pages] == sorted(page.done for page in pages)


def test_denying_an_umbrella_takes_its_parts_back():
    """A change of mind at the line is a change of mind about all of it."""
    answers = {"umb": "yes", "a": "yes", "b": "no", "c": "no"}

    assert change_answer(knowledge(), answers, "umb", "no") == {"umb": "no", "c": "no"}
    assert change_answer(knowledge(), answers, "umb", "yes") == answers
    assert change_answer(knowledge(), answers, "a", "no") == {**answers, "a": "no"}


def test_nothing_is_left_when_it_is_finished():
    """The result is provisional as long as a screen is left, and says which signs are open."""
    talk = interview(KNOWLEDGE, NIGHT_CRAMP)
    finished, begun = assess(KNOWLEDGE, talk.answers), assess(KNOWLEDGE, {"age": 72.0})

    assert next_screen(KNOWLEDGE, talk.answers) is None
    assert (False, ()) == (finished.provisional, finished.still_open)
    assert begun.provisional
    assert KNOWLEDGE.findings["chest_pain_today"].name in begun.still_open


@pytest.mark.parametrize("name", sorted(KNOWLEDGE.vignettes))
def test_lines_are_valued_by_gain(name):
    """For adaptive lines that are findings by themselves: at least the bits that the answer tells."""
    answers = answers_of_vignette(KNOWLEDGE, KNOWLEDGE.vignettes[name])
    adaptive = {line for screen in adaptive_screens(KNOWLEDGE) for line in screen.lines}
    situation = situation_of(KNOWLEDGE, {key: value for key, value in answers.items() if key not in adaptive})
    values = line_values(situation)
    linked = [key for key in values if key in situation.model.variables and key not in situation.chosen]
    told = gains(situation.model, situation.differential.probability, linked)

    assert linked
    assert all(values[key] >= told[key] - 1e-12 for key in linked)
    assert max(told.values()) <= entropy(situation.differential.probability)


@pytest.mark.parametrize("name", ["plain_ache", "plain_joint_pain"])
def test_the_best_screen_comes_first(name):
    """Once the fixed pages are done: of all adaptive screens the one that is worth most for its effort."""
    adaptive = {line for screen in adaptive_screens(KNOWLEDGE) for line in screen.lines}
    whole = answers_of_vignette(KNOWLEDGE, KNOWLEDGE.vignettes[name])
    answers = {key: value for key, value in whole.items() if key not in adaptive}
    while (screen := next_screen(KNOWLEDGE, answers)) is not None and screen.kind != "adaptive":
        answers |= {line.id: whole.get(line.id, "no") for line in screen.lines}
    situation = situation_of(KNOWLEDGE, answers)
    values = line_values(situation)
    worths = {other.id: worth(situation, answers, other, values)[1] for other in adaptive_screens(KNOWLEDGE)}

    assert screen is not None
    assert worths[screen.id] == max(worths.values()) > 0


@pytest.mark.parametrize("screen", [*KNOWLEDGE.screens.values()], ids=lambda screen: screen.id)
@pytest.mark.parametrize("whom", ["me", "someone_else"])
def test_every_page_has_words_for_each_line(screen, whom):
    """Each line of each page: a question for oneself or for another, why it is asked, and what can be answered."""
    lines = [
        Line(part, again=again, opened_by=None)
        for key in screen.lines
        for part in (key, *(KNOWLEDGE.umbrellas[key].parts if key in KNOWLEDGE.umbrellas else ()))
        for again in (False, True)
    ]
    page = page_of(KNOWLEDGE, NextScreen(screen.id, screen.kind, tuple(lines), 0, 1), {"for_whom": whom})
    for line in page.lines:
        assert "?" in line.ask or line.again
        assert line.why
        assert (line.form in ("one_of", "some_of")) == bool(line.choices)
        assert (line.form == "number") == (line.unit is not None)
