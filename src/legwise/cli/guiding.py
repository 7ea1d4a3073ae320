"""The guided steps of `legwise relief`: one at a time, by the clock, and never past a danger.

The clock and the keys are given from outside, so that tests need neither time nor a terminal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from rich.console import Console
from rich.live import Live
from rich.panel import Panel
from rich.text import Text

from legwise.base.answers import NO, STILL_NOT_SURE, YES, Answer
from legwise.care.relief import (
    ReliefPlan,
    ReliefStep,
    Told,
    locked_question,
    relief_plan,
    still_locked,
    what_answers_call_for,
)
from legwise.cli.keys import Keys, Stopwatch, minutes
from legwise.cli.text import STYLES, heading, marks, statements, wrapped
from legwise.knowledge import Knowledge
from legwise.knowledge.schema.care_words import ReliefWords
from legwise.reasoning import change_answer
from legwise.reasoning.facts import expand

TICK = 0.25
"""Seconds between two looks at the clock."""
NEXT, SKIP, DONE, LEAVE = "\n", "s", "d", "q"
ANSWERS: dict[str, Answer] = {"y": YES, "n": NO, "?": STILL_NOT_SURE}


class TimeIsUp(Exception):  # noqa: N818  (the clock, not an error)
    """The minutes after which a locked muscle needs help are over."""


@dataclass(slots=True)
class Guide:
    """Leads one person through relief. `answers` grow with what is asked on the way."""

    knowledge: Knowledge
    out: Console
    keys: Keys
    watch: Stopwatch
    answers: dict[str, Answer] = field(default_factory=dict)
    plan: ReliefPlan = field(init=False)

    def __post_init__(self) -> None:
        self.plan = relief_plan(self.knowledge, self.answers)

    @property
    def words(self) -> ReliefWords:
        """The sentences of guided relief."""
        return self.knowledge.relief_words

    def lead(self) -> None:
        """Danger first; then step after step until it lets go or the time is up; then what comes after.

        Raises:
            KeyboardInterrupt: when the person leaves.
            EOFError: when no more keys can come.
        """
        show_danger(self.out, self.words, self.plan)
        if self.plan.instead or not self._is_clear_of_danger():
            return
        self.plan = relief_plan(self.knowledge, {**self._denied(), **self.answers})
        show_left_out(self.out, self.words, self.plan)
        if not self.plan.steps:
            return
        try:
            self._until_it_lets_go()
        except TimeIsUp:
            if not self._let_go_at_last():
                self._look_at_the_leg()
                return
        show_after(self.out, self.words, self.plan)

    def _denied(self) -> dict[str, Answer]:
        """The signs of the danger lines, all denied just now: steps need not name them again."""
        return {sign: NO for line in self.words.danger_lines for sign in line.signs}

    def _is_clear_of_danger(self) -> bool:
        """Ask whether any danger line is true; if one is, or the person is not sure, say what to do instead."""
        lines = self.plan.danger_lines
        numbers = {str(number): line for number, line in enumerate(lines, start=1)}
        self.out.print(Text("\n" + self.words.any_true, style="bold"))
        key = self._one_of({"y", "n", "?", *numbers})
        if key == "n":
            return True
        if key == "?":
            self.out.print(wrapped(self.words.not_sure))
        for line in [numbers[key]] if key in numbers else lines:
            about = "" if key in numbers else line.line.text + " → "
            self.out.print(Text.assemble("  ", (about, "bold"), line.do, marks(line.line.sources)))
        self.out.print(wrapped(self.plan.call.text + marks(self.plan.call.sources)))
        return False

    def _until_it_lets_go(self) -> None:
        """Go through the steps, again from the top where it is still locked.

        Raises:
            TimeIsUp: when the muscle is still locked as the minutes end.
        """
        heading(self.out, self.words.steps_title)
        self.out.print(Text(self.words.keys, style="dim"))
        while True:
            for step in self.plan.steps:
                if self._has_let_go(step):
                    return
            self.out.print(Text("\n" + self.words.round_again, style="bold"))

    def _has_let_go(self, step: ReliefStep) -> bool:
        """Lead through one measure; say whether the muscle has let go."""
        show_measure(self.out, self.words, step)
        for number, one in enumerate(step.do, start=1):
            self.out.print(wrapped(f"{number}. {one.do}", 4))
            key = self._hold(one.hold_seconds)
            if key == DONE:
                return True
            if key == SKIP:
                return False
        self.out.print(Text("\n" + self.words.let_go, style="bold"))
        return self._timed({"y", "n", DONE}) != "n"

    def _hold(self, seconds: int | None) -> str:
        """Wait for the person, counting down where a step is held."""
        return self._timed({NEXT, SKIP, DONE}, seconds)

    def _timed(self, accepted: set[str], hold: int | None = None) -> str:
        """Wait for one of these keys while the clock is shown.

        Raises:
            TimeIsUp: when the minutes end first.
        """
        began = self.watch.seconds()
        with Live(console=self.out, auto_refresh=False, transient=True) as live:
            while True:
                now = self.watch.seconds()
                if now >= self.words.ten_minutes.minutes * 60:
                    raise TimeIsUp
                live.update(self._clock_face(now, None if hold is None else began + hold - now), refresh=True)
                key = self._key(TICK)
                if key in accepted:
                    return key

    def _clock_face(self, now: float, left: float | None) -> Text:
        clock = self.words.clock.format(minutes=minutes(now))
        if left is None:
            return Text(f"    {clock}", style="dim")
        held = self.words.held if left <= 0 else self.words.hold.format(seconds=int(left) + (left % 1 > 0))
        return Text.assemble("    ", (held, "bold"), (f"   {clock}", "dim"))

    def _key(self, seconds: float) -> str | None:
        """The next key, where there is one.

        Raises:
            KeyboardInterrupt: when the person leaves.
        """
        key = self.keys.within(seconds)
        if key in (LEAVE, "\x03", "\x04"):
            raise KeyboardInterrupt
        return NEXT if key == "\r" else key

    def _one_of(self, accepted: Iterable[str]) -> str:
        """Wait, for as long as it takes, for one of these keys."""
        wanted = {*accepted}
        while (key := self._key(TICK)) not in wanted:
            continue
        return key or ""

    def _let_go_at_last(self) -> bool:
        """Say that the minutes are over, and ask once more."""
        show_ten_minutes(self.out, self.words, self.plan)
        self.out.print(Text("\n" + self.words.let_go, style="bold"))
        return self._one_of({"y", "n", DONE}) != "n"

    def _look_at_the_leg(self) -> None:
        """Ask for the other signs that make a locked muscle more urgent, and say how fast help is needed."""
        self.answers = still_locked(self.knowledge, self.answers)
        self.out.print(wrapped(self.words.ten_minutes.look))
        while (question := locked_question(self.knowledge, self.answers)) is not None:
            self.out.print(Text("• " + question.ask))
            answer = ANSWERS[self._one_of(ANSWERS)]
            self.answers = change_answer(self.knowledge, self.answers, question.id, answer)
        told = what_answers_call_for(self.knowledge, expand(self.knowledge, self.answers).values)
        show_told(self.out, self.knowledge, [one for one in told if one.urgency == told[0].urgency])


def show_danger(out: Console, words: ReliefWords, plan: ReliefPlan) -> None:
    """Print the dangers that rule relief out, whom to call, and what the answers call for: above the first step."""
    out.print(Text(words.title, style="bold"))
    lines = Text()
    for number, line in enumerate(plan.danger_lines, start=1):
        lines.append(f"{number}. {line.line.text}{marks(line.line.sources)}\n")
    lines.append("\n" + plan.call.text + marks(plan.call.sources), style="bold")
    title = Text(f" {words.danger_title} ", style=STYLES["emergency"])
    out.print(Panel(lines, title=title, title_align="left", padding=(1, 2)))
    if plan.instead:
        out.print(Text(words.known, style="bold"))
    for told in plan.instead:
        _tell(out, told)
    if plan.urgent_too:
        out.print(Text(words.urgent_too, style="bold"))
    for told in plan.urgent_too:
        _tell(out, told)


def show_told(out: Console, knowledge: Knowledge, told: Iterable[Told]) -> None:
    """Print what is called for, level by level, the most urgent first and loudest."""
    for level, group in groupby(told, key=lambda one: one.urgency):
        title = knowledge.result_words.urgencies[level].title.upper()
        out.print(Text(f" {title} ", style=STYLES[level]))
        for one in group:
            _tell(out, one)


def _tell(out: Console, told: Told) -> None:
    out.print(Text.assemble("  ", (told.title, "bold")))
    out.print(wrapped(told.say.text + marks(told.say.sources), 4))


def show_left_out(out: Console, words: ReliefWords, plan: ReliefPlan) -> None:
    """Say which steps are left out for this person, and why."""
    if not (plan.steps or plan.instead):
        out.print(wrapped(words.nothing_left))
    for left in plan.left_out:
        for because in left.because:
            out.print(wrapped(f"{words.left_out}: {left.name}. {because.text}{marks(because.sources)}"))


def show_measure(out: Console, words: ReliefWords, step: ReliefStep) -> None:
    """Print a measure's name, when it is for, and who must not do it."""
    out.print()
    out.print(Text.assemble((step.name, "bold"), f"  {step.when}"))
    for reason in step.not_if:
        out.print(wrapped(f"{words.only_if}: {reason.text}{marks(reason.sources)}"), style="dim")
    for stop in step.stop_if:
        out.print(wrapped(f"{words.stop_if}: {stop.text}{marks(stop.sources)}"), style="dim")


def show_ten_minutes(out: Console, words: ReliefWords, plan: ReliefPlan) -> None:
    """Print what to do when it is still locked after so many minutes."""
    said = Text(plan.ten_minutes.text + marks(plan.ten_minutes.sources))
    title = Text(f" {words.ten_minutes.title} ", style=STYLES["urgent"])
    out.print()
    out.print(Panel(said, title=title, title_align="left", padding=(1, 2)))


def show_after(out: Console, words: ReliefWords, plan: ReliefPlan) -> None:
    """Print what to do once it has let go."""
    heading(out, words.after_title)
    statements(out, plan.after, 2)
    out.print(wrapped(words.ask_more))
