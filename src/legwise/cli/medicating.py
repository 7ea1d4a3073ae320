"""`legwise medicines`: what the named medicines may have to do with cramps, and which of them do not mix."""

import json
import re
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from legwise.care.medicines import MedicineReview, MixFound, Named, ReviewedMedicine, review
from legwise.cli.app import app
from legwise.cli.text import console, heading, marks, show_notices, show_sources, statements, wrapped
from legwise.intake.medicine_names import FoundName, find_medicines
from legwise.knowledge import Knowledge, open_knowledge
from legwise.knowledge.schema.care_words import MedicineWords

MOST = 50
"""Names that are looked at in one go."""

Names = Annotated[list[str], typer.Argument(metavar="NAME...", help="Medicines, as the packet or the person says it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command()
def medicines(names: Names, as_json: AsJson = False) -> None:
    """Look at medicines by name: what they may have to do with cramps, what to ask, what does not mix."""
    knowledge = open_knowledge()
    asked = [part.strip() for name in names for part in re.split(r"[,;\n]", name) if part.strip()][:MOST]
    found = [one for name in asked for one in find_medicines(knowledge, name)]
    named = [Named(one.name, one.medicine) for one in found if one.is_known]
    result = review(knowledge, named, [one.source for one in found if one.source is not None])
    if as_json:
        typer.echo(json.dumps(_as_object(found, result), indent=2))
        return
    _show(knowledge, found, result)


def _as_object(found: list[FoundName], result: MedicineReview) -> dict[str, Any]:
    names = [
        {
            "asked": one.asked,
            "kind": one.kind,
            "name": one.name,
            "medicine": one.medicine,
            "alike": one.alike,
            "nearest": list(one.nearest),
            "source": one.source,
        }
        for one in found
    ]
    return {"shape": "1", "names": names, **result.model_dump(mode="json")}


def _show(knowledge: Knowledge, found: list[FoundName], result: MedicineReview) -> None:
    out, words = console(), knowledge.medicine_review_words
    out.print(Text(words.title, style="bold"))
    for one in found:
        if told := how_found(knowledge, one):
            out.print(wrapped(told))
    _show_mixes(out, words, found, result.mixes)
    for medicine in result.medicines:
        _show_medicine(out, words, medicine)
    out.print()
    for name in result.only_in_mixes:
        out.print(wrapped(words.only_in_mixes.format(name=name)))
    out.print(wrapped(result.never_stop.text + marks(result.never_stop.sources)))
    show_sources(out, result.sources)
    show_notices(out, knowledge)


def how_found(knowledge: Knowledge, one: FoundName) -> str:
    """What was made of a name, in words; empty where it is the name itself."""
    words = knowledge.medicine_review_words
    whole = knowledge.medicines[one.medicine].name if one.medicine else ""
    told = {
        "name": "",
        "spelling": words.spelling,
        "brand": words.brand + marks([one.source] if one.source else []),
        "class": words.of_class,
        "misspelt": words.misspelt,
        "unsure": words.unsure,
        "unknown": f"{words.unknown} {words.nearest if one.nearest else ''}".strip(),
    }[one.kind]
    return told.format(asked=one.asked or "''", name=one.name or whole, names=", ".join(one.nearest))


def _show_mixes(out: Console, words: MedicineWords, found: list[FoundName], mixes: tuple[MixFound, ...]) -> None:
    if not mixes:
        if len([one for one in found if one.is_known]) > 1:
            out.print()
            out.print(wrapped(words.no_mix_found))
        return
    heading(out, words.mixes_title)
    for mix in mixes:
        out.print(Text("  " + " + ".join(mix.names), style="bold"))
        for told in mix.effects:
            out.print(wrapped(f"{told.effect.text}{marks(told.effect.sources)} {' '.join(told.do)}", 4))


def _show_medicine(out: Console, words: MedicineWords, medicine: ReviewedMedicine) -> None:
    heading(out, medicine.name + (f": {', '.join(medicine.named)}" if medicine.named else ""))
    out.print(wrapped(medicine.may_cause))
    if medicine.not_for_cramps:
        out.print(wrapped(medicine.not_for_cramps.text + marks(medicine.not_for_cramps.sources)))
    _label(out, words.figures)
    for figure in medicine.figures:
        sure = figure.strength.replace("_", " ")
        out.print(wrapped(f"• {figure.says.text} ({sure}){marks(figure.says.sources)}", 4))
    _label(out, words.do)
    statements(out, medicine.do, 4)
    _label(out, words.ask)
    for question in medicine.ask:
        out.print(wrapped("• " + question, 4))
    if medicine.mixes_badly:
        _label(out, words.mixes_badly)
        for mix in medicine.mixes_badly:
            told = f"• {', '.join(mix.with_medicines)}: {mix.effect.text}{marks(mix.effect.sources)} {mix.do}"
            out.print(wrapped(told, 4))


def _label(out: Console, text: str) -> None:
    out.print(Text(f"  {text}:", style="bold"))
