"""A flow as an SVG picture: one box for each text, an arrow for each answer."""

from __future__ import annotations

import textwrap
from html import escape

from smsbot.drawing.graph import Arrow, Box, Graph, graph
from smsbot.drawing.layout import Layout, Spot, layout
from smsbot.script import Script

LINE = 16.0
PAD = 12.0
WIDE = 264.0
LETTER = 6.7
BETWEEN = 76.0
STEM = 27.0
MARGIN = 32.0
HEAD = 74.0
COLORS = {
    "start": ("#1f4e5f", "#1f4e5f", "#ffffff"),
    "step": ("#ffffff", "#1f4e5f", "#14252c"),
    "end": ("#eef3ea", "#5b7f4b", "#14252c"),
}
STYLE = """
.flow text { font-family: "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
.flow .box-name { font-size: 14px; font-weight: 600; }
.flow .box-about { font-size: 11px; fill: #5a6b72; }
.flow .box-words { font-size: 12px; }
.flow .way-label { font-size: 11.5px; fill: #1f4e5f; }
.flow .note { font-size: 12px; fill: #5a6b72; }
.flow .title { font-size: 20px; font-weight: 600; fill: #14252c; }
.flow .way { fill: none; stroke: #7c949d; stroke-width: 1.4; }
"""


def svg(script: Script, language: str = "en") -> str:
    """The picture of a script in one language, as the text of an SVG file."""
    return _Picture(graph(script, language)).draw()


class _Picture:
    """One picture under way: boxes know their lines of text, arrows where they leave."""

    def __init__(self, found: Graph) -> None:
        self.graph = found
        self.boxes = {box.name: box for box in found.boxes}
        self.widths = {box.name: self.width(box) for box in found.boxes}
        sizes = {box.name: (self.widths[box.name], self.height(box)) for box in found.boxes}
        self.layout: Layout = layout(sizes, [(arrow.source, arrow.target) for arrow in found.arrows])
        self.tops: dict[int, float] = {}
        self.parts: list[str] = []

    def leaving(self, name: str) -> list[Arrow]:
        return [arrow for arrow in self.graph.arrows if arrow.source == name]

    def width(self, box: Box) -> float:
        """Wide enough for its words, and for the labels of its arrows side by side below it."""
        labels = sum(_long(arrow.label) + 18 for arrow in self.leaving(box.name))
        return max(WIDE if box.words or box.look == "step" else 190.0, labels)

    def lines(self, box: Box, text: str, letter: float = LETTER) -> list[str]:
        room = max(18, int((self.widths[box.name] - 2 * PAD) / letter))
        return textwrap.wrap(text, room, break_on_hyphens=False) if text else []

    def height(self, box: Box) -> float:
        if box.look == "start":
            return 34.0
        about, words = self.lines(box, box.about, 6.1), self.lines(box, box.words)
        return 2 * PAD + LINE + len(about) * 14 + len(words) * LINE + (6 if words else 0)

    def draw(self) -> str:
        y = MARGIN + HEAD + LINE * len(self.graph.notes) - 24
        for index, row in enumerate(self.layout.layers):
            self.tops[index] = y
            y += max(spot.height for spot in row) + BETWEEN
        width = max(spot.x + spot.width / 2 for row in self.layout.layers for spot in row) + 2 * MARGIN
        width = max(width, 760.0)
        for arrow in self.graph.arrows:
            self.way(arrow)
        for row in self.layout.layers:
            for spot in row:
                if not spot.is_point:
                    self.box(spot)
        for arrow in self.graph.arrows:
            self.label(arrow)
        return self.page(width, y - BETWEEN + MARGIN)

    def page(self, width: float, height: float) -> str:
        notes = [
            f'<text class="note" x="{MARGIN}" y="{MARGIN + 36 + index * LINE}">{escape(note)}</text>'
            for index, note in enumerate(self.graph.notes)
        ]
        return "\n".join(
            [
                f'<svg class="flow" xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
                f'viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{escape(self.graph.title)}">',
                f"<style>{STYLE}</style>",
                '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
                'orient="auto"><path d="M0,0 L10,5 L0,10 z" fill="#7c949d"/></marker></defs>',
                f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>',
                f'<text class="title" x="{MARGIN}" y="{MARGIN + 12}">{escape(self.graph.title)}</text>',
                *notes,
                *self.parts,
                "</svg>\n",
            ]
        )

    def box(self, spot: Spot) -> None:
        box = self.boxes[spot.key]
        fill, stroke, ink = COLORS[box.look]
        left, top = spot.x - spot.width / 2 + MARGIN, self.tops[spot.layer]
        radius = 17 if box.look == "start" else 12 if box.look == "end" else 4
        self.parts.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{spot.width:.1f}" height="{spot.height:.1f}" rx="{radius}" '
            f'fill="{fill}" stroke="{stroke}" stroke-width="1.5"/>'
        )
        if box.look == "start":
            self.text("box-name", spot.x + MARGIN, top + 22, box.about, f' text-anchor="middle" fill="{ink}"')
            return
        y = top + PAD + 11
        self.text("box-name", left + PAD, y, box.name, f' fill="{ink}"')
        for line in self.lines(box, box.about, 6.1):
            y += 14
            self.text("box-about", left + PAD, y, line)
        y += 6
        for line in self.lines(box, box.words):
            y += LINE
            self.text("box-words", left + PAD, y, line, f' fill="{ink}"')

    def text(self, kind: str, x: float, y: float, words: str, more: str = "") -> None:
        self.parts.append(f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}"{more}>{escape(words)}</text>')

    def port(self, arrow: Arrow) -> tuple[float, float]:
        """Where an arrow leaves its box: side by side along the bottom, in the order of where they go."""
        leaving = self.leaving(arrow.source)
        leaving.sort(key=lambda other: self.layout.routes[other.source, other.target][1].x)
        spot = self.layout.routes[arrow.source, arrow.target][0]
        widths = [_long(other.label) + 18 for other in leaving]
        place = leaving.index(arrow)
        share = spot.width / sum(widths)
        x = spot.x - spot.width / 2 + (sum(widths[:place]) + widths[place] / 2) * share
        return x + MARGIN, self.tops[spot.layer] + spot.height

    def way(self, arrow: Arrow) -> None:
        route = self.layout.routes[arrow.source, arrow.target]
        x, y = self.port(arrow)
        y += STEM
        path = [f"M{x:.1f},{y - STEM:.1f} L{x:.1f},{y:.1f}"]
        for spot in route[1:]:
            across, top = spot.x + MARGIN, self.tops[spot.layer]
            bend = max(24.0, (top - y) * 0.55)
            path.append(f"C{x:.1f},{y + bend:.1f} {across:.1f},{top - bend:.1f} {across:.1f},{top:.1f}")
            x, y = across, top
            if spot.is_point:
                y = top + max(other.height for other in self.layout.layers[spot.layer])
                path.append(f"L{x:.1f},{y:.1f}")
        self.parts.append(f'<path class="way" d="{" ".join(path)}" marker-end="url(#tip)"/>')

    def label(self, arrow: Arrow) -> None:
        if not arrow.label:
            return
        x, y = self.port(arrow)
        half = _long(arrow.label) / 2 + 4
        self.parts.append(
            f'<rect x="{x - half:.1f}" y="{y + 6:.1f}" width="{2 * half:.1f}" height="17" rx="3" fill="#ffffff" '
            'fill-opacity="0.92"/>'
        )
        self.text("way-label", x, y + 18.5, arrow.label, ' text-anchor="middle"')


def _long(label: str) -> float:
    return len(label) * 5.9 if label else 10.0
