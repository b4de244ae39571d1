"""smsbot preview: a flow as a patient sees it, on a terminal or with the replies given."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from smsbot import engine, render
from smsbot.cli.folders import loaded, script_of
from smsbot.engine import Effect, Facts, Heard, Turn

SAMPLES = {
    "en": {
        "first": "Ana",
        "clinic": "Harbor",
        "phone": "(617) 555-0100",
        "desk": "(617) 555-0100",
        "oncall": "(617) 555-0199",
        "reach": "(617) 555-0100",
        "lead": "Dana",
        "window": "today 9 am-5 pm",
        "reopen": "tomorrow at 9 am",
        "session_day": "Thursday, December 3",
        "session_time": "10:00 am",
        "day": "Thursday, December 3",
        "time": "10:00 am",
        "n": "2",
    },
    "es": {
        "first": "Ana",
        "clinic": "Harbor",
        "phone": "(617) 555-0100",
        "desk": "(617) 555-0100",
        "oncall": "(617) 555-0199",
        "reach": "(617) 555-0100",
        "lead": "Dana",
        "window": "hoy 9:00-17:00",
        "reopen": "mañana a las 9",
        "session_day": "jueves 3 de diciembre",
        "session_time": "10:00",
        "day": "jueves 3 de diciembre",
        "time": "10:00",
        "n": "2",
    },
}


def preview(
    flow: Annotated[str, typer.Argument(help="The name of a flow, such as intention.")],
    lang: Annotated[str, typer.Option(help="en or es.")] = "en",
    reply: Annotated[list[str] | None, typer.Option("--reply", "-r", help="An answer; give it again for more.")] = None,
    echo: Annotated[bool, typer.Option(help="Whether the patient's own words may be quoted.")] = True,
    voice: Annotated[bool, typer.Option("--voice", help="As spoken in a call.")] = False,
    variant: Annotated[str | None, typer.Option(help="Begin with this variant, such as late.")] = None,
    fact: Annotated[list[str] | None, typer.Option("--fact", help="name=value; give it again for more.")] = None,
    number: Annotated[list[str] | None, typer.Option("--number", help="name=value, for number tests.")] = None,
    silent: Annotated[bool, typer.Option("--silent", help="No answer to the last question.")] = False,
    home: Annotated[Path | None, typer.Option(help="A folder with flows/ and message_templates/.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line for each turn.")] = False,
) -> None:
    """Walk through a flow as a patient sees it. On a terminal it asks for your answers; an empty one is silence.

    Example:  smsbot preview intention --lang es --reply nada --reply 3
    """
    if lang not in SAMPLES:
        typer.echo("--lang is en or es.", err=True)
        raise SystemExit(2)
    script = script_of(loaded(home), flow)
    facts = Facts(
        language=cast(Literal["en", "es"], lang),
        channel="voice" if voice else "text",
        echo=echo,
        values=SAMPLES[lang] | _pairs(fact),
        numbers={name: float(value) for name, value in _pairs(number).items()},
    )
    show = _print_json if as_json else _print
    talk = sys.stdin.isatty() and not (reply or silent or as_json)
    turn = engine.start(script, facts, variant)
    show(None, turn)
    answers = _typed() if talk else iter(reply or ())
    while turn.state.end is None and (answer := next(answers, None)) is not None:
        turn = engine.reply(script, turn.state, Heard(answer), facts)
        show(None if talk else answer, turn)
    if (silent or talk) and turn.state.end is None:
        turn = engine.expire(script, turn.state, facts)
        show("", turn)


def _typed() -> Iterator[str]:
    """Answers from the terminal, until an empty one."""
    while answer := typer.prompt("  >", default="", show_default=False, prompt_suffix="  "):
        yield answer


def _print(answer: str | None, turn: Turn) -> None:
    """One turn as a conversation reads: what was answered, and what came of it."""
    if answer is not None:
        typer.echo(f"  >  {answer}" if answer else "     (no answer)")
    for effect in turn.effects:
        if isinstance(effect, engine.Say):
            typer.echo(f"  <  {effect.text}")
            told = f"{effect.line}, {effect.variant}{_cost(effect.text, effect.variant)}"
            typer.echo(typer.style(f"     {told}", dim=True))
        else:
            typer.echo(typer.style(f"     {_told(effect)}", dim=True))


def _print_json(answer: str | None, turn: Turn) -> None:
    """One turn as one line: the answer, the effects in order, the step and the end."""
    effects = [{"effect": type(effect).__name__.lower(), **asdict(effect)} for effect in turn.effects]
    told = {"reply": answer, "effects": effects, "step": turn.state.step, "end": turn.state.end}
    typer.echo(json.dumps(told, ensure_ascii=False))


def _cost(text: str, variant: str) -> str:
    if variant == "voice":
        return ""
    parts = render.segments(text)
    return f", {render.units(text)} characters in {parts} segment{'' if parts == 1 else 's'}"


def _told(effect: Effect) -> str:
    """What a turn does besides texting, in words."""
    match effect:
        case engine.Keep(name, value, code):
            return f"keeps {name} = {value}" + (f" [{code}]" if code and code != value else "")
        case engine.Set(field, value):
            return f"sets {field} = {value}"
        case engine.Clear(names):
            return f"forgets {', '.join(names)}"
        case engine.Mark(name):
            return f"marks {name}"
        case engine.Task(kind):
            return f"puts '{kind}' on the staff list"
        case engine.Alert(kind):
            return f"alerts staff: {kind}"
        case engine.Open(flow):
            return f"opens the flow '{flow}'"
        case engine.Close(end):
            return f"ends: {end}"
        case _:
            return ""


def _pairs(given: list[str] | None) -> dict[str, str]:
    """name=value options as a dict."""
    pairs = [one.partition("=") for one in given or ()]
    return {name.strip(): value.strip() for name, mark, value in pairs if mark}
