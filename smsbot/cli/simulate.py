"""smsbot simulate: a whole series on a virtual clock, through the real modules, printed as the patient sees it."""

import json
import sys
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer

from smsbot.cli.folders import loaded
from smsbot.content import Content
from smsbot.errors import SmsbotError
from smsbot.simulator import NotAStory, inhabit, parse, play, populate, printed, told

GAPS = {"induction": (0, 3, 7, 10, 14, 17), "twice-weekly": (0, 3, 7, 10, 14, 17, 21, 24), "single": (0,)}
EXAMPLE = (0, 3, 7)


def simulate(
    protocol: Annotated[str, typer.Argument(help="A protocol, such as induction.")] = "induction",
    story: Annotated[Path | None, typer.Option(help="A story file; - reads standard input.")] = None,
    start: Annotated[str, typer.Option(help="The day of session 1.")] = "2026-11-30",
    zone: Annotated[str, typer.Option(help="The patient's zone.")] = "America/New_York",
    lang: Annotated[str, typer.Option(help="en or es.")] = "en",
    silent: Annotated[bool, typer.Option("--silent", help="The patient says YES and then nothing.")] = False,
    why: Annotated[bool, typer.Option(help="Also what was not sent, and why.")] = True,
    as_test: Annotated[bool, typer.Option("--as-test", help="Print it as a test: a file of tests/series.")] = False,
    home: Annotated[Path | None, typer.Option(help="A folder with flows/ and message_templates/.")] = None,
    patients: Annotated[int, typer.Option(help="Live this many seeded patients through planner and verdicts.")] = 0,
    real: Annotated[bool, typer.Option("--real", help="... through the real modules and a database.")] = False,
    patient: Annotated[int | None, typer.Option(help="Only the patient with this number, to replay a failure.")] = None,
    days: Annotated[int, typer.Option(help="How long they live.")] = 730,
    seed: Annotated[int, typer.Option(help="The same seed gives the same trace.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line for each thing that happened.")] = False,
) -> None:
    """Play a whole series in seconds: Monday and Thursday sessions and a patient who answers, or a story of your own.

    Example:  smsbot simulate induction --silent
              smsbot simulate --story my-story.txt --as-test
              smsbot simulate induction --patients 100 --days 730 --seed 7
              smsbot simulate induction --patients 10 --days 60 --real
    """
    content = loaded(home)
    if patients or patient is not None:
        numbers = range(patients) if patient is None else range(patient, patient + 1)
        _populate(content, protocol, numbers, days, seed, as_json, real)
        return
    try:
        told_story = parse(_text(story) if story else _written(protocol, start, zone, lang, silent))
        if told_story.protocol not in content.protocols:
            raise NotAStory(f"there is no protocol '{told_story.protocol}'; choose {', '.join(content.protocols)}.")
        lines = play(told_story, content)
    except (NotAStory, SmsbotError) as error:
        typer.echo(str(error), err=True)
        raise SystemExit(2) from None
    if as_json:
        for line in lines:
            typer.echo(json.dumps({"at": line.at.isoformat(), "who": line.who, "text": line.text}))
    elif as_test:
        typer.echo(printed(told_story, lines), nl=False)
    else:
        typer.echo("\n".join(told(lines, told_story.zone, why)))


def _populate(content: Content, protocol: str, numbers: range, days: int, seed: int, as_json: bool, real: bool) -> None:
    """Prints the census; exit status 1 and each violation when something did not hold."""
    if protocol not in content.protocols:
        typer.echo(f"There is no protocol '{protocol}'; choose {', '.join(content.protocols)}.", err=True)
        raise SystemExit(2)
    with typer.progressbar(numbers, file=sys.stderr) as bar:
        census = (
            inhabit(content, protocol, bar, days, seed)
            if real
            else populate(content.protocols[protocol], bar, days, seed)
        )
    if as_json:
        typer.echo(json.dumps(asdict(census)))
    else:
        typer.echo(
            f"{census.patients} patients, {days} days, seed {seed}: {census.sent} sent, {census.dropped} not sent"
        )
        typer.echo(f"{len(census.broken)} violations, trace {census.trace}")
        again = f"--days {days} --seed {seed}{' --real' if real else ''}"
        for fault in census.broken:
            typer.echo(f"  {fault} (replay: --patient {fault.split()[1].rstrip(':')} {again})")
    if census.broken:
        raise SystemExit(1)


def _text(path: Path) -> str:
    return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")


def _written(protocol: str, start: str, zone: str, lang: str, silent: bool) -> str:
    """A story for a protocol alone: sessions at 10:00, joined a week before, at the full pace."""
    try:
        first = date.fromisoformat(start)
    except ValueError:
        raise NotAStory("--start is a date such as 2026-11-30.") from None
    days = [first + timedelta(days=gap) for gap in GAPS.get(protocol, EXAMPLE)]
    joins = datetime.combine(first - timedelta(days=7), time(9, 30))
    lines = [
        f"# {protocol}, {'silent after YES' if silent else 'answering everything'}",
        f"protocol   {protocol}",
        f"patient    Ana, {lang}, {zone}, echo on",
        f"joins      {joins:%Y-%m-%d %H:%M}",
        f"sessions   {', '.join(f'{day} 10:00' for day in days)} for 60 minutes",
        f"replies    {'never' if silent else 'always'}",
        "on         welcome: YES",
    ]
    return "\n".join(lines if silent else [*lines, "on         preferences.pace: 1", *PREFERENCES]) + "\n"


PREFERENCES = ("on         preferences.preferred_time: 3",)
