"""The chapters as one HTML document that prints well."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from smsbot.book.chapters import branch_words, chapter, chapters_beside, flows_of, touches
from smsbot.content import Content
from smsbot.drawing import svg

NAMES = re.compile(r"\{([a-z][a-z0-9_]*)\}")
MINUTES = 60


def book(content: Content, protocol: str, *, pictures: bool = True) -> str:
    """The document of a protocol, as HTML. It needs nothing beside it: styles and pictures are inside."""
    found = content.protocols[protocol]
    chapters = [chapter(content, name, protocol) for name in flows_of(content, protocol)]
    drawn = {name: Markup(svg(content.scripts[name])) for name in content.scripts} if pictures else {}  # noqa: S704
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["names"] = _names
    return environment.get_template("book.html.jinja").render(
        protocol=found,
        touches=touches(content, protocol),
        chapters=[*chapters, *chapters_beside(content)],
        pictures=drawn,
        branch_words=branch_words(),
        gap=f"{found.caps.gap / MINUTES:g}",
        quiet=(found.quiet[0], f"{found.quiet[1] / MINUTES:g}"),
    )


def _names(text: str) -> Markup:
    """The {names} of a text set apart from its words."""
    return Markup(NAMES.sub(r'<span class="name">\1</span>', str(escape(text))))  # noqa: S704
