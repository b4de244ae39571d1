"""A figure, the aim it is held against, and how a run is told."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True)
class Figure:
    """One measured value; `aim` is a bound of PERFORMANCE's P1-P8, if there is one."""

    part: str
    name: str
    value: float
    unit: str = ""
    aim: float | None = None
    better: Literal["more", "less"] = "less"
    goal: str = ""

    @property
    def met(self) -> bool | None:
        if self.aim is None:
            return None
        return self.value >= self.aim if self.better == "more" else self.value <= self.aim


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text, grouped by part."""
    lines, part = [], ""
    for one in figures:
        if one.part != part:
            part = one.part
            lines += ["", part]
        bound = "" if one.aim is None else f"{'>=' if one.better == 'more' else '<='} {number(one.aim)}"
        verdict = {None: "", True: "met", False: "MISSED"}[one.met]
        lines.append(f"  {one.name:<58}{number(one.value):>11} {one.unit:<7}{one.goal:<4}{bound:<12}{verdict}".rstrip())
    return "\n".join(lines)


def as_json(figures: Sequence[Figure]) -> str:
    """The same for a machine."""
    return json.dumps([asdict(one) | {"met": one.met} for one in figures], indent=1)


def number(value: float) -> str:
    """Three digits, or whole thousands."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
