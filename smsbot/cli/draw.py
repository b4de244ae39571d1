"""smsbot draw: a picture of a flow."""

from pathlib import Path
from typing import Annotated

import typer

from smsbot.cli.folders import loaded, script_of
from smsbot.drawing import mermaid, svg


def draw(
    flow: Annotated[str, typer.Argument(help="The name of a flow, such as intention.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file to write, else the screen.")] = None,
    lang: Annotated[str, typer.Option(help="The language of the words: en or es.")] = "en",
    as_mermaid: Annotated[bool, typer.Option("--mermaid", help="Mermaid text instead of an SVG.")] = False,
    home: Annotated[Path | None, typer.Option(help="A folder with flows/ and message_templates/.")] = None,
) -> None:
    """Draw a flow: a box for each text with its words, an arrow for each answer.

    Example:  smsbot draw small_win --out small_win.svg
    """
    if lang not in ("en", "es"):
        typer.echo("--lang is en or es.", err=True)
        raise SystemExit(2)
    script = script_of(loaded(home), flow)
    picture = mermaid(script, lang) if as_mermaid else svg(script, lang)
    if out is None:
        typer.echo(picture, nl=False)
        return
    out.write_text(picture, encoding="utf-8")
    typer.echo(f"Wrote {out}.")
