"""The floors of the house: imports point down only, pure modules stay pure, and a planted fault is caught."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "smsbot"

# From the ground up; a name stands for a module or a whole package. Modules of one floor may know each other.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors", "models", "safety", "signals", "clocks", "localtime", "logs", "loading"),
    ("answers", "carrier", "flow", "flow_links", "flow_reader", "hours", "lines", "number_tests", "places", "render",
     "placeholders", "protocol", "rules", "timing", "tree", "turn", "reading", "crisis", "rota", "ladder", "pages",
     "mail", "rulebook"),
    ("content", "engine", "hearing", "planner", "nicknames", "script", "wording"),
    ("config", "embedded", "runtime", "store", "vault", "checks", "transcripts", "book", "drawing", "audio",
     "transcription", "workshop"),
    ("scope", "facts", "tasks", "silence", "calling", "raising", "decisions", "consent", "wishes", "effects", "talk",
     "outbox", "plans", "privacy", "own_words", "own_voice", "corrections", "item_nine", "low_days", "sharing"),
    ("alerts", "reminding", "schedule", "commands", "inbox", "repair", "calls", "notes"),
    ("desk", "clinics", "contacts", "enroll", "sessions", "series", "staff", "standing", "incidents", "paging",
     "importing", "erasure", "agreements", "replying", "renumbering", "housemates", "rewording"),
    ("simulator",),
    ("web", "jobs", "clock", "waker", "cli", "sandbox", "demo", "migrations"),
)  # fmt: skip
PURE = {
    "answers", "crisis", "engine", "flow", "flow_links", "flow_reader", "hearing", "hours", "lines", "localtime",
    "nicknames", "number_tests", "placeholders", "planner", "protocol", "render", "rules", "safety", "script",
    "signals", "timing", "tree", "turn", "wording", "ladder", "pages", "rota",
}  # fmt: skip
NOT_PURE = {"safety/lexicon.py"}  # reads its packaged data once, at import
IMPURE_MODULES = {
    "os", "socket", "random", "secrets", "sqlite3", "subprocess", "threading", "time", "requests", "redis",
    "sqlalchemy", "sqlmodel", "flask", "twilio", "rq", "pathlib", "io", "shutil", "tempfile",
}  # fmt: skip
CLOCK_READS = {"now", "utcnow", "today"}
ONLY_IN = {
    "flask": ("web", "sandbox"),
    "twilio": ("carrier",),
    "rq": ("runtime", "jobs", "clock", "waker"),
    "redis": ("runtime", "jobs", "clock", "waker", "embedded"),
}


def modules() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py") if "versions" not in path.parts)


def house(path: Path) -> str:
    """The name on the floor plan: the first part under smsbot/."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def floor_of(name: str) -> int | None:
    return next((number for number, names in enumerate(FLOORS) if name in names), None)


def imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str, list[str]]]:
    """(statement, module, names) of every import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name, []
        elif isinstance(node, ast.ImportFrom):
            yield node, node.module or "", [alias.name for alias in node.names]


def ours(module: str, names: list[str]) -> list[str]:
    """The names on the floor plan that an import reaches."""
    if module == "smsbot":
        return names
    return [module.split(".")[1]] if module.startswith("smsbot.") else []


def faults(path: Path, source: str) -> list[str]:
    """Everything wrong with one module, in words."""
    tree = ast.parse(source)
    name = house(path)
    mine = floor_of(name)
    found = [] if mine is not None or name == "__init__" else [f"{name} has no floor"]
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    inner = {id(node) for scope in ast.walk(tree) if isinstance(scope, functions) for node in ast.walk(scope)}
    for node, module, names in imports(tree):
        if id(node) in inner:
            found.append(f"line {node.lineno}: import inside a function")
        for other in ours(module, names):
            theirs = floor_of(other)
            if mine is not None and theirs is not None and theirs > mine:
                found.append(f"line {node.lineno}: {name} reaches up to {other}")
        if module.startswith("smsbot"):
            found += [f"line {node.lineno}: imports {n} from another module" for n in names if n.startswith("_")]
        top = module.split(".")[0]
        if top in ONLY_IN and name not in ONLY_IN[top]:
            found.append(f"line {node.lineno}: {top} does not belong in {name}")
        if is_pure(path) and top in IMPURE_MODULES:
            found.append(f"line {node.lineno}: pure {name} imports {top}")
    return found + (impure_calls(tree) if is_pure(path) else [])


def is_pure(path: Path) -> bool:
    return house(path) in PURE and path.relative_to(ROOT).as_posix() not in NOT_PURE


def impure_calls(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr in CLOCK_READS and not node.args:
            found.append(f"line {node.lineno}: reads the clock")
        if isinstance(called, ast.Name) and called.id in ("open", "input", "print"):
            found.append(f"line {node.lineno}: does I/O")
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_stands_on_its_floor(path: Path) -> None:
    assert faults(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("module", "planted", "said"),
    [
        ("engine.py", "from smsbot.inbox import receive", "reaches up to inbox"),
        ("outbox.py", "from smsbot import web", "reaches up to web"),
        ("talk.py", "def f():\n    import json", "import inside a function"),
        ("planner/plan.py", "from datetime import datetime\nx = datetime.now()", "reads the clock"),
        ("safety/finding.py", "import random", "pure safety imports random"),
        ("answers/dates.py", "x = open('f')", "does I/O"),
        ("inbox/first.py", "from flask import request", "flask does not belong in inbox"),
        ("outbox.py", "from twilio.rest import Client", "twilio does not belong in outbox"),
        ("talk.py", "from smsbot.facts import _median", "imports _median from another module"),
    ],
)
def test_a_planted_fault_is_caught(module: str, planted: str, said: str) -> None:
    assert any(said in fault for fault in faults(ROOT / module, planted))


def test_every_floor_is_lived_on() -> None:
    """The plan names nothing but what is there or is named in the design."""
    there = {house(path) for path in modules()}
    planned = {"signals", "calls", "notes", "staff", "importing", "simulator", "ladder", "waker", "demo", "book",
               "drawing", "transcripts", "reading", "checks", "outbox", "jobs", "clock"}  # fmt: skip
    assert {name for floor in FLOORS for name in floor} - there <= planned
