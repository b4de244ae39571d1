"""smsbot audio: check how long the guided scripts take, render them with a voice here, or use a recording."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from smsbot import audio
from smsbot.audio import rendering
from smsbot.audio.scripts import Script
from smsbot.cli.common import home, show
from smsbot.cli.folders import folders
from smsbot.errors import Refused
from smsbot.tree import ContentFaults

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=__doc__)

Language = Annotated[str, typer.Option(help="en or es; both unless told.")]
Only = Annotated[str, typer.Option(help="One script, such as arrive.")]


@dataclass(frozen=True)
class Length:
    """A script's lengths in seconds: planned, as spoken at 130 words a minute, and of its file, if there is one."""

    language: str
    name: str
    planned: int
    estimated: int
    file: float | None
    fault: str | None


@app.command()
def check(lang: Language = "", as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Compare each script, and its file if it has one, with the length planned; exit status 1 where one is 10 % off.

    Example:  smsbot audio check --lang es
    """
    found = [_length(script) for script in _scripts(lang, "")]
    if as_json:
        show([asdict(row) for row in found])
    for row in () if as_json else found:
        spoken = (
            f"file {row.file:.0f} s" if row.file is not None else f"about {row.estimated} s, no file: spoken by <Say>"
        )
        typer.echo(
            f"{row.language}/{row.name}: planned {row.planned} s, {spoken}{'. ' + row.fault if row.fault else ''}"
        )
    for script in () if as_json else _scripts(lang, ""):
        if not script.is_signed:
            signed = f"signed: {{by: your name, on: the date, hash: {script.hash}}}"
            typer.echo(f"{script.language}/{script.name}: not signed as it stands. To sign: {signed}")
    if any(row.fault for row in found):
        raise SystemExit(1)


@app.command()
def render(
    lang: Language = "",
    only: Only = "",
    command: Annotated[str, typer.Option(help="A voice: reads text, writes the WAV {out}.")] = "",
) -> None:
    """Speak the scripts into files for calls, with espeak-ng if it is here or with a voice of yours.

    Example:  smsbot audio render --lang en --command "piper -m /voices/en.onnx -f {out}"
    """
    scripts = list(_scripts(lang, only))
    with typer.progressbar(scripts, label="Rendering") as bar:
        for script in bar:
            line = rendering.command_for(script.language, command)
            if line is None:
                raise Refused(
                    "There is no voice here: install espeak-ng, give one by --command, or use a recording (audio use)."
                )
            made = rendering.for_phones(rendering.rendered(script, rendering.spoken_by(line)))
            _keep(script, made)
    typer.echo(f"{len(scripts)} files in {home() / 'audio'}")


@app.command()
def use(
    file: Annotated[Path, typer.Argument(help="A recording of a script, as WAV.")],
    name: Annotated[str, typer.Argument(help="The script it is of, such as arrive.")],
    lang: Annotated[str, typer.Option(help="en or es.")] = "en",
) -> None:
    """Use a clinician's own recording of a script; refused when it is 10 % off the length planned.

    Example:  smsbot audio use arrive-dana.wav arrive --lang en
    """
    script = next(_scripts(lang, name))
    data = rendering.for_phones(file.read_bytes())
    fault = rendering.length_fault(script, rendering.seconds_of(data))
    if fault:
        raise Refused(fault)
    typer.echo(f"Calls play {_keep(script, data)} now.")


def _scripts(lang: str, only: str) -> Iterator[Script]:
    _, templates = folders(None)
    try:
        found = audio.load(templates)
    except ContentFaults as faults:
        raise Refused(str(faults)) from None
    wanted = [
        script
        for language, scripts in found.items()
        for name, script in scripts.items()
        if lang in ("", language) and only in ("", name)
    ]
    if not wanted:
        names = ", ".join(sorted({name for scripts in found.values() for name in scripts}))
        raise Refused(f"There is no such script. There are, in {' and '.join(found)}: {names}.")
    return iter(wanted)


def _length(script: Script) -> Length:
    path = audio.file_for(home(), script.language, script.name)
    seconds = rendering.seconds_of(path.read_bytes()) if path else None
    fault = rendering.length_fault(script, seconds if seconds is not None else script.estimated_s)
    return Length(script.language, script.name, script.planned_s, round(script.estimated_s), seconds, fault)


def _keep(script: Script, data: bytes) -> Path:
    folder = audio.folder_of(home(), script.language)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{script.name}.wav"
    growing = path.with_suffix(".new")
    growing.write_bytes(data)
    growing.replace(path)
    return path
