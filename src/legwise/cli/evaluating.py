"""Commands that say how good and how safe it is: `evaluate` on coded cases, `budget` on people with a plain cramp."""

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from legwise.base.errors import UsageError
from legwise.cli.app import app
from legwise.evaluation.coded_cases import CodedCase, read_cases
from legwise.evaluation.person import Silent
from legwise.evaluation.report import Evaluation, as_object, as_text
from legwise.evaluation.run import Mode, answers_for, one_of_each_group, run_cases
from legwise.evaluation.token_map import token_map
from legwise.knowledge import open_knowledge

Cases = Annotated[Path, typer.Argument(metavar="CASES.yaml", help="A file of coded cases.")]
Interview = Annotated[bool, typer.Option("--interview", help="Ask screen after screen instead of giving all facts.")]
SilentFacts = Annotated[Silent, typer.Option("--silent", help="What a case leaves out, in an interview.")]
OneId = Annotated[str | None, typer.Option("--id", metavar="ID", help="Show the whole assessment of this case.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command()
def evaluate(
    cases: Cases,
    interview: Interview = False,
    silent: SilentFacts = "no",
    one_id: OneId = None,
    as_json: AsJson = False,
) -> None:
    """Score coded cases: accuracy, urgency, screens and lines asked, and the estimates that matter."""
    mode = Mode(interview, silent)
    read = read_cases(cases)
    if one_id is not None:
        _show_one(_with_id(read, one_id), mode, as_json)
        return
    knowledge, words = open_knowledge(), token_map()
    start = time.perf_counter()
    outcomes = run_cases(knowledge, words, one_of_each_group(read), mode)
    evaluation = Evaluation(knowledge, words, cases.name, read, mode, outcomes, time.perf_counter() - start)
    typer.echo(json.dumps(as_object(evaluation), indent=1) if as_json else as_text(evaluation))


def _with_id(read: tuple[CodedCase, ...], wanted: str) -> CodedCase:
    from rapidfuzz.process import extractOne

    for case in read:
        if case.id == wanted:
            return case
    nearest = extractOne(wanted, [case.id for case in read])[0]
    raise UsageError(f"There is no case '{wanted[:60]}' in this file; the nearest id is '{nearest}'.")


def _show_one(case: CodedCase, mode: Mode, as_json: bool) -> None:
    """Print the whole assessment of one case."""
    from legwise.cli.text import show
    from legwise.reasoning import assess

    knowledge = open_knowledge()
    answers, done = answers_for(knowledge, token_map(), case, mode)
    result = assess(knowledge, answers)
    if as_json:
        typer.echo(result.model_dump_json(indent=2))
        return
    typer.echo(f"{case.id}: {case.complaint}")
    typer.echo(f"Cause: {case.gold.diagnosis} ({case.gold.condition}). Should be: {case.reference_urgency}.")
    if done is not None:
        typer.echo(f"Asked: {done.lines} lines on {done.screens} screens.")
    show(knowledge, result)


@app.command()
def budget(
    people: Annotated[int, typer.Option(min=100, max=200_000, help="People drawn for each row.")] = 20_000,
    as_json: AsJson = False,
) -> None:
    """Draw people with a plain cramp: how many are sent where, and by which rule."""
    from legwise.evaluation import budget as budgeting
    from legwise.evaluation.crowd import plan_of

    result = budgeting.budget(open_knowledge(), plan_of(), people)
    typer.echo(json.dumps(budgeting.as_object(result), indent=1) if as_json else budgeting.as_text(result))
