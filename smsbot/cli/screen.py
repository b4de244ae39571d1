"""smsbot screen: what the safety screen makes of texts, and how well it does on the labelled set."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from smsbot.cli.screen_measure import Labelled, Rates, by_level, lost_in_disguise, parse
from smsbot.cli.screen_train import build
from smsbot.safety import screen as screened
from smsbot.safety import version
from smsbot.safety.finding import Finding
from smsbot.safety.lexicon import lexicon

_SET = Path("tests/safety")
_LAST = "last.json"
_MODEL = Path("smsbot/safety/data/second.json")
_NOTHING: dict[str, Any] = {"version": None, "levels": {}, "lost": {}}
_SHOWN = {"any tier": "any_tier", "tier 1-3": "alarmed", "tier 1-2": "paged", "tier 1": "emergency"}
_FAULT = {"tier": 3, "rule": "screen_fault", "opt": None, "medical": False}
"""A detector that fails is an alert, never silence (RELIABILITY.md 8.3)."""


def screen(
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON line for each text, or the report as JSON.")
    ] = False,
    report: Annotated[
        bool, typer.Option("--report", help="Measure the labelled set instead of reading texts.")
    ] = False,
    labelled: Annotated[Path, typer.Option("--set", help="Folder of labelled texts, for --report.")] = _SET,
    save: Annotated[bool, typer.Option("--save", help="Keep this report as the one to compare the next with.")] = False,
    train: Annotated[
        bool, typer.Option("--train", help="Train the second stage on the labelled set (about a minute).")
    ] = False,
    model: Annotated[Path, typer.Option("--model", help="Where --train writes the second stage.")] = _MODEL,
) -> None:
    """Screen texts from standard input, one a line, for danger, requests about the texts, and medical questions.

    Example:  echo "please quit texting me" | smsbot screen --json
    prints    {"tier": null, "rule": "en.stop_texts", "opt": "stop", "medical": false}

    smsbot screen --report   recall, page and alarm rates by level, language and disguise, and the change since --save
    smsbot screen --train    after a change of the lexicon or the labelled set; the same set gives the same file
    """
    if train:
        model.write_text(build(_read(labelled)), "utf-8")
        typer.echo(f"second stage written to {model}")
        return
    if report:
        _report(labelled, as_json, save)
        return
    for line in sys.stdin.buffer:
        answer = _answer(line.decode("utf-8", "replace").rstrip("\r\n"))
        typer.echo(json.dumps(answer) if as_json else _plain(answer))


def _answer(text: str) -> dict[str, Any]:
    try:
        found: Finding = screened(text)
    except Exception:  # whatever fails here must surface as an alert, not end the run
        return dict(_FAULT)
    return {"tier": found.tier, "rule": found.rule, "opt": found.opt, "medical": found.medical}


def _plain(answer: dict[str, Any]) -> str:
    tier = f"tier {answer['tier']}" if answer["tier"] else "no finding"
    extra = [f"opt {answer['opt']}"] if answer["opt"] else []
    extra += ["medical question"] if answer["medical"] else []
    return ", ".join([tier, *extra]) + (f" ({answer['rule']})" if answer["rule"] else "")


def _report(folder: Path, as_json: bool, save: bool) -> None:
    texts = _read(folder)
    levels = by_level(screened, texts)
    lost = lost_in_disguise(screened, texts)
    second = lexicon().second
    crossed = dict(second.figures) if second else {}
    now = {
        "version": version(),
        "levels": {name: asdict(rates) for name, rates in levels.items()},
        "lost": lost,
        "crossed": crossed,
    }
    last_file = folder / _LAST
    last = json.loads(last_file.read_text("utf-8")) if last_file.exists() else _NOTHING
    if as_json:
        typer.echo(json.dumps({**now, "last": last}, indent=1))
    else:
        _print(levels, lost, last)
        _print_crossed(crossed)
    if save:
        last_file.write_text(json.dumps(now, indent=1) + "\n", "utf-8")


def _read(folder: Path) -> list[Labelled]:
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise typer.BadParameter(f"no labelled texts (*.tsv) in {folder}", param_hint="--set")
    texts: list[Labelled] = []
    for file in files:
        texts += parse(file.read_text("utf-8").splitlines(), file.stem)
    return texts


def _print(levels: dict[str, Rates], lost: dict[str, float], last: dict[str, Any]) -> None:
    typer.echo(f"lexicon {version()}; change against {last['version'] or 'nothing saved'} in parentheses, in points")
    typer.echo(f"{'language, level, part':38}{'texts':>6}" + "".join(f"{head:>16}" for head in _SHOWN) + f"{'stop':>8}")
    for name, rates in levels.items():
        before = last["levels"].get(name, {})
        figures = "".join(f"{_share(getattr(rates, key), before.get(key)):>16}" for key in _SHOWN.values())
        typer.echo(f"{name:38}{rates.texts:>6}{figures}{rates.stopped:>8.0%}")
    typer.echo("\ndangers found in clean spelling and missed in disguise")
    for name, share in lost.items():
        typer.echo(f"{name:38}{_share(share, last['lost'].get(name)):>16}")


def _print_crossed(crossed: dict[str, dict[str, float]]) -> None:
    """The rules alone, and with a second stage that never saw the text (nor its file: cross-validation by files)."""
    typer.echo("\nrules alone > with a second stage trained on other files")
    for name, row in crossed.items():
        shown = (
            f"{100 * row[f'rules tier {at}']:.1f} > {100 * row[f'with second tier {at}']:.1f} %" for at in _CROSSED
        )
        typer.echo(f"{name:38}{row['texts']:>6}" + "".join(f"{each:>20}" for each in shown))


_CROSSED = ("1-4", "1-3", "1-2", "1")


def _share(value: float, before: float | None) -> str:
    change = "" if before is None else f" ({100 * (value - before):+.1f})"
    return f"{100 * value:.1f} %{change}"
