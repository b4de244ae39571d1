"""Reads the content folders into scripts, system lines and protocols."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from smsbot import flow_reader, lines
from smsbot.answers import KINDS
from smsbot.content import printed
from smsbot.content.joins import Names, check_names, join
from smsbot.content.page import Page
from smsbot.flow import Flow
from smsbot.flow_reader import Vocabulary
from smsbot.lines import Line
from smsbot.number_tests import NUMBER_TESTS
from smsbot.placeholders import PLACEHOLDERS
from smsbot.protocol import Protocol
from smsbot.protocol import parse as parse_protocol
from smsbot.script import Script, build
from smsbot.tree import Faults, Node, read

LANGUAGES = {"en": "English", "es": "Spanish"}
SYSTEM = "system"
VOCABULARY = Vocabulary(words=frozenset(KINDS), number=frozenset(NUMBER_TESTS))
PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Content:
    """Everything a service says and when.

    `printed` are the words of pages and papers by language and name, empty where there are none.
    `trees` are the flow files as read, by name, and the protocol files by "protocols/name"; `pages` the lines files
    by (language, flow).
    """

    scripts: dict[str, Script]
    protocols: dict[str, Protocol]
    system: dict[str, dict[str, Line]]
    printed: dict[str, dict[str, str]] = field(default_factory=dict)
    trees: dict[str, Node] = field(default_factory=dict)
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)


def locate(home: Path) -> tuple[Path, Path]:
    """The folders (flows, message_templates) to read: a clinic's own under `home`, else those that were installed."""
    for place in (home, PACKAGE, PACKAGE.parent):
        if (place / "flows").is_dir() and (place / "message_templates").is_dir():
            return place / "flows", place / "message_templates"
    return PACKAGE / "flows", PACKAGE / "message_templates"


def load(flows: Path, templates: Path) -> Content:
    """Reads and joins all files. Raises ContentFaults with every fault of every file."""
    faults = Faults()
    trees = _trees(flows, "*.yaml", faults)
    found = {name: flow_reader.parse(node, name, VOCABULARY, faults) for name, node in trees.items()}
    pages = _pages(templates, faults)
    names = Names.of(found.values())
    timing = _trees(flows, "protocols/*.yaml", faults)
    protocols = {name: parse_protocol(node, name, faults) for name, node in timing.items()}
    for name, flow in found.items():
        join(flow, trees[name], [page for (_, of), page in pages.items() if of == name], names, faults)
        for language, said in LANGUAGES.items():
            if not (templates / language / f"{name}.yaml").exists():
                faults.add(trees[name], f"the flow '{name}' has no lines in {said}: add {language}/{name}.yaml.")
    for (_, name), page in pages.items():
        if name not in found and name not in (SYSTEM, printed.PRINTED):
            faults.add(page.tree, f"these lines belong to no flow: there is no flows/{name}.yaml.")
        if name in (SYSTEM, printed.PRINTED):
            check_names(page, frozenset(PLACEHOLDERS), faults)
        if name == printed.PRINTED:
            printed.check(page, faults)
    faults.raise_any()
    return Content(
        scripts={name: _script(flow, pages, names) for name, flow in found.items()},
        protocols=protocols,
        system={
            language: dict(pages[language, SYSTEM].lines.lines) for language in LANGUAGES if (language, SYSTEM) in pages
        },
        printed=printed.words(pages),
        trees=trees | {f"protocols/{name}": node for name, node in timing.items()},
        pages=pages,
    )


def _trees(root: Path, pattern: str, faults: Faults) -> dict[str, Node]:
    """The trees of the files that could be read, by their names."""
    return {path.stem: node for path in sorted(root.glob(pattern)) if (node := _tree(path, root, faults))}


def _tree(path: Path, root: Path, faults: Faults) -> Node | None:
    """The tree of one file; a file that is not UTF-8 is a fault."""
    file = f"{root.name}/{path.relative_to(root).as_posix()}"
    try:
        return read(path.read_text(encoding="utf-8-sig"), file, faults)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        faults.add(Node(file, line), "this is not saved as UTF-8. Save it again with that encoding.")
        return None


def _pages(templates: Path, faults: Faults) -> dict[tuple[str, str], Page]:
    """Every lines file by (language, flow)."""
    found: dict[tuple[str, str], Page] = {}
    for path in sorted(templates.glob("*/*.yaml")):
        tree = _tree(path, templates, faults)
        if tree is None:
            continue
        page = Page(*lines.parse(tree, faults), tree)
        for word, told, want in (
            ("flow", page.lines.flow, path.stem),
            ("language", page.lines.language, path.parent.name),
        ):
            if told != want:
                faults.add(tree, f"this file says '{word}: {told}', and its place says '{want}'.")
        found[path.parent.name, path.stem] = page
    return found


def _script(flow: Flow, pages: dict[tuple[str, str], Page], names: Names) -> Script:
    page = {language: pages[language, flow.name].lines for language in LANGUAGES}
    return build(flow, page, tuple(sorted(names.quotes)))
