"""Rules about the two languages: the same lines, variants, choices, banks and names in both, and nothing idle."""

from __future__ import annotations

from collections.abc import Iterator

from smsbot.checks.base import Problem, Text, place, texts
from smsbot.checks.words import hard_page
from smsbot.content import Content, Page

LANGUAGES = ("en", "es")


def same_in_both(content: Content) -> Iterator[Problem]:
    """Both languages have the same lines, variants, choices, bank lines and composed names."""
    for flow in sorted({name for _, name in content.pages}):
        pages = [content.pages.get((language, flow)) for language in LANGUAGES]
        for page, other in zip(pages, reversed(pages), strict=True):
            if page is not None and other is not None:
                yield from _missing(page, other)
            elif page is not None:
                yield page.tree, f"'{flow}' has no lines in the other language."


def _missing(page: Page, other: Page) -> Iterator[Problem]:
    for what, path in sorted(_parts(page) - _parts(other)):
        at = place(page.tree, *path)
        yield at, f"{what} '{' '.join(path)}' is not in {other.tree.file}."


def _parts(page: Page) -> set[tuple[str, tuple[str, ...]]]:
    lines = page.lines
    found: set[tuple[str, tuple[str, ...]]] = {("the line", (id,)) for id in lines.lines}
    found |= {("the variant", (id, name)) for id, line in lines.lines.items() for name in line.variants()}
    found |= {("the choice", (id, "choices", code)) for id, line in lines.lines.items() for code in line.labels}
    found |= {("the bank line", ("banks", bank, id)) for bank, known in lines.banks.items() for id in known}
    return found | {("the name", ("names", name)) for name in lines.names}


def nothing_idle(content: Content) -> Iterator[Problem]:
    """Every line and bank of a flow's page is said somewhere in it."""
    for (_, name), page in content.pages.items():
        if name not in content.scripts:
            continue
        flow = content.scripts[name].flow
        said = {here.says for here in flow.steps.values()} | {here.says for here in flow.ends.values()}
        led = {here.lead for here in flow.steps.values()} | {here.lead for here in flow.ends.values()}
        for id in page.lines.lines:
            if page.lines.lines[id].said is not None:
                yield page.where(id, "said"), "'said' is for lines of the line itself; no flow ever says it."
            if id not in said:
                yield page.where(id), f"'{id}' is never said in this flow. Take it out, or point a step or end at it."
        for bank in page.lines.banks:
            if bank not in led:
                yield place(page.tree, "banks", bank), f"the bank '{bank}' is never used in this flow."


def easy_page(content: Content) -> Iterator[Problem]:
    """The middle line of a Spanish page has a reading ease of 70 or more, the sixth year of school."""
    by_page: dict[str, list[Text]] = {}
    for text in texts(content):
        if text.language == "es":
            by_page.setdefault(text.flow, []).append(text)
    for name, found in by_page.items():
        if message := hard_page(found):
            yield content.pages["es", name].tree, message
