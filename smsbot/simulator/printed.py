"""Prints what happened as the patient would see it, in local time, or as a test that can be replayed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from smsbot.simulator.play import Line
from smsbot.simulator.story import Story

SIGNS = {"us": "<", "patient": ">", "clinic": "*", "worker": "!", "plan": "-", "note": "="}
RULE = "-" * 20


def told(lines: Iterable[Line], zone: str, why: bool = True) -> list[str]:
    """One line each: local time, who, the words; < us, > the patient, * the clinic, = a note, - what was not sent."""
    place = ZoneInfo(zone)
    shown = (line for line in lines if why or line.who != "plan")
    return [f"{_time(line, place)}  {SIGNS[line.who]}  {' '.join(line.text.split())}" for line in shown]


def _time(line: Line, place: ZoneInfo) -> str:
    return f"{line.at.astimezone(place):%a %b %d %H:%M}"


def printed(story: Story, lines: Iterable[Line]) -> str:
    """The story and what came of it, as a file of tests/series."""
    return "\n".join([*story.source, RULE, *told(lines, story.zone)]) + "\n"
