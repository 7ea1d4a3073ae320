"""People for tests: what is true of them, and an interview with them from the first screen to the last."""

from dataclasses import dataclass

from hypothesis import strategies as st

from legwise.reasoning import change_answer, next_screen

NIGHT_CRAMP = {
    "for_whom": "me",
    "age": 72.0,
    "sex": "female",
    "site": frozenset({"calf"}),
    "side": "left",
    "sensation": frozenset({"cramp"}),
    "hard_knot": "yes",
    "onset": "seconds",
    "since": "months",
    "episode_length": "minutes",
    "timing": frozenset({"in_bed_at_night"}),
    "severity": "severe",
    "sore_after": "yes",
    "what_eases": frozenset({"stretching"}),
}
"""A plain night cramp at 72: calf, woken, hard knot, minutes, sore after."""


@dataclass
class Talk:
    """An interview: the answers, the screens in order, and how many lines were answered."""

    answers: dict
    screens: list
    lines: int


def interview(knowledge, truth):
    """Answer what is asked by what is true. What is not said is "no", or "not sure" where no is no answer."""
    talk = Talk({}, [], 0)
    while (screen := next_screen(knowledge, talk.answers)) is not None:
        if screen.id not in talk.screens:
            talk.screens.append(screen.id)
        for line in screen.lines:
            talk.lines += 1
            talk.answers = change_answer(knowledge, talk.answers, line.id, reply(knowledge, truth, line))
            if next_screen(knowledge, talk.answers) is None:
                break
    return talk


def reply(knowledge, truth, line):
    """What a person of whom this is true says to one line."""
    umbrella = knowledge.umbrellas.get(line.id)
    if umbrella is not None:
        return "yes" if any(truth.get(part, "no") != "no" for part in umbrella.parts) else "no"
    finding = knowledge.findings[line.id]
    if line.id in truth:
        return truth[line.id]
    if finding.is_yes_no:
        return "no"
    return "still_not_sure" if line.again else "not_sure"


def any_answer_to(finding):
    """Every answer that a screen could give to a finding, for Hypothesis to draw from."""
    unsure = st.sampled_from(["not_sure", "still_not_sure"])
    if finding.number:
        return st.floats(finding.number.lowest, finding.number.highest) | unsure
    if finding.several:
        return st.frozensets(st.sampled_from(finding.values), min_size=1) | unsure
    return st.sampled_from(finding.values) | unsure
