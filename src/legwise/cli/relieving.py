"""`legwise relief`: help in a cramp. Dangers first, then steps by the clock, then what comes after."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from legwise.base.answers import Answer
from legwise.care.relief import ReliefPlan, relief_plan
from legwise.cli.app import app
from legwise.cli.assessing import answers_from
from legwise.cli.guiding import (
    Guide,
    show_after,
    show_danger,
    show_left_out,
    show_measure,
    show_ten_minutes,
    show_told,
)
from legwise.cli.keys import Stopwatch, can_read_keys, terminal_keys
from legwise.cli.text import console, heading, show_notices, show_sources, statements, wrapped
from legwise.knowledge import Knowledge, open_knowledge
from legwise.knowledge.schema.care_words import ReliefWords

Given = Annotated[str | None, typer.Option("--answers", metavar="FILE|-", help="Answers that are known already.")]
Plain = Annotated[bool, typer.Option("--plain", help="Print everything at once, without waiting.")]


@app.command()
def relief(answers: Given = None, plain: Plain = False) -> None:
    """Get help with a cramp now: dangers first, then steps one at a time, by the clock."""
    knowledge = open_knowledge()
    known = answers_from(answers, knowledge) if answers else {}
    out = console()
    if plain or not can_read_keys():
        show_all(out, knowledge, relief_plan(knowledge, known))
        return
    guided(out, knowledge, known)


def guided(out: Console, knowledge: Knowledge, known: dict[str, Answer]) -> None:
    """Lead through the steps at a terminal, and leave it as it was."""
    try:
        with terminal_keys(sys.stdin.fileno()) as keys:
            Guide(knowledge, out, keys, Stopwatch(), known).lead()
    except (KeyboardInterrupt, EOFError):
        out.print(Text("\n" + knowledge.relief_words.cut_short))
        raise typer.Exit(130) from None
    # A list of sources would push what to do now off the screen.
    out.print(Text("\n" + knowledge.relief_words.sources_where, style="dim"))
    show_notices(out, knowledge)


def show_all(out: Console, knowledge: Knowledge, plan: ReliefPlan) -> None:
    """Print the whole plan: dangers above the first step, and no step at all where a danger is known."""
    words = knowledge.relief_words
    show_danger(out, words, plan)
    if not plan.instead:
        show_left_out(out, words, plan)
        _show_steps(out, words, plan)
        show_ten_minutes(out, words, plan)
        show_told(out, knowledge, plan.locked_too_long)
        show_after(out, words, plan)
    show_sources(out, plan.sources)
    show_notices(out, knowledge)


def _show_steps(out: Console, words: ReliefWords, plan: ReliefPlan) -> None:
    if plan.steps:
        heading(out, words.steps_title)
    for step in plan.steps:
        show_measure(out, words, step)
        for number, one in enumerate(step.do, start=1):
            hold = " " + words.hold.format(seconds=one.hold_seconds) if one.hold_seconds else ""
            out.print(wrapped(f"{number}. {one.do}{hold}", 4))
        statements(out, step.evidence, 4)
