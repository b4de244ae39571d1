"""A flow as Mermaid text, for places that draw it themselves."""

from __future__ import annotations

from smsbot.drawing.graph import Box, graph
from smsbot.script import Script


def mermaid(script: Script, language: str = "en") -> str:
    """A `flowchart TD` with the words of each box."""
    found = graph(script, language)
    names = {box.name: f"n{index}" for index, box in enumerate(found.boxes)}
    lines = ["flowchart TD", *(f"  {names[box.name]}{_shape(box)}" for box in found.boxes)]
    for arrow in found.arrows:
        label = f'|"{_safe(arrow.label)}"|' if arrow.label else ""
        lines.append(f"  {names[arrow.source]} -->{label} {names[arrow.target]}")
    return "\n".join(lines) + "\n"


def _shape(box: Box) -> str:
    if box.look == "start":
        return f'(["{_safe(box.about)}"])'
    parts = [f"<b>{_safe(box.name)}</b>", *(_safe(part) for part in (box.about, box.words) if part)]
    text = "<br/>".join(parts)
    return f'["{text}"]' if box.look == "step" else f'("{text}")'


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
