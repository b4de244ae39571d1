"""Pictures of flows: an SVG with our own layered layout, and Mermaid text."""

from smsbot.drawing.mermaid import mermaid
from smsbot.drawing.svg import svg

__all__ = ["mermaid", "svg"]
