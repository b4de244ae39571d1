"""YAML is read as plain text with lines, and what a clinician did not mean is refused in plain words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from smsbot.tree import MAX_DEPTH, Faults, Node, meant, read

ROOT = Path(__file__).resolve().parent.parent


def faults_of(text: str) -> list[str]:
    faults = Faults()
    read(text, "f.yaml", faults)
    return [str(fault) for fault in faults.found]


def tree(text: str) -> Node:
    faults = Faults()
    node = read(text, "f.yaml", faults)
    assert node is not None
    assert not faults.found
    return node


def test_nothing_is_guessed() -> None:
    text = "a: yes\nb: no\nc: 21:00\nd: 010\ne: null\nf: 1e3\ng: 2026-12-01\n"
    assert tree(text).plain() == {
        "a": "yes", "b": "no", "c": "21:00", "d": "010", "e": "null", "f": "1e3", "g": "2026-12-01",
    }  # fmt: skip


def test_every_node_knows_its_line() -> None:
    node = tree("a: 1\nb:\n  c: 2\n  d:\n    - 3\n")
    assert node.line_of("b", "c") == 3
    assert node.line_of("b", "d") == 4
    assert node.line_of("b", "nowhere") == 2


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ("ok: 1\nlost: here: twice\n", 2, "use '>-'"),
        ("a: 1\nb: 2\na: 3\n", 3, "'a' is here twice; the first is on line 1"),
        ("a: 'x\nb: 1", 2, "a quote is opened and not closed"),
        ("a: 1\n\tb: 2", 2, "Indent with spaces"),
        ("a: @x", 1, "cannot begin with this character"),
        ("a: {x: [1}\n", 1, "opened and not closed"),
        ("a: {due: 2 days before, at 9}", 1, "A comma inside {...} splits a text"),
        ("a: &here 1\nb: *here", 1, "Write the text out"),
        ("a: !!python/object:os.system x", 1, "(a tag) is not used"),
        ("a: b\n---\nc: d", 2, "one file holds one document"),
        ("x\x00y", 1, "cannot be read"),
        ("", 1, "the file is empty"),
        ("- a\nb: 1", 2, "the indentation or a mark is wrong"),
        ("{a: 1}: b", 1, "should be one word"),
        ("[" * 2000, 1, f"more than {MAX_DEPTH} levels"),
        ("a: [" + "1, " * 50_000 + "1]", 1, "more than 40000 pieces"),
        ("a: " + "x" * 400_001, 1, "too long"),
    ],
)
def test_what_was_not_meant_is_a_fault_at_its_line(text: str, line: int, advice: str) -> None:
    found = faults_of(text)
    assert any(one.startswith(f"f.yaml:{line}:") and advice in one for one in found), found


def test_several_faults_are_told_together() -> None:
    assert len(faults_of("a: 1\na: 2\nb: {c, d: 1}\n")) == 2


def test_a_near_word_is_suggested_and_else_the_few_that_are_known() -> None:
    assert meant("elict", ["elicit", "confirm"]) == " Did you mean 'elicit'?"
    assert meant("zzz", ["elicit", "confirm"]) == " It may be: confirm, elicit."
    assert meant("zzz", [str(number) for number in range(40)]) == ""


@given(st.text(max_size=300))
def test_no_text_at_all_raises(text: str) -> None:
    faults = Faults()
    assert read(text, "f.yaml", faults) is not None or faults.found


@pytest.mark.parametrize(("text", "message"), [("a: [1]", "should be a text"), ("a: {b: 1}", "should be a text")])
def test_a_list_where_a_text_belongs_is_a_fault(text: str, message: str) -> None:
    faults = Faults()
    node = tree(text).get("a")
    assert node is not None
    faults.text(node, "'a'")
    assert message in faults.found[0].message


def test_a_list_may_be_one_text_and_never_a_block() -> None:
    faults = Faults()
    assert faults.texts(tree("a: x").get("a") or Node("", 1), "'a'") == ("x",)
    assert faults.texts(tree("a: {b: c}").get("a") or Node("", 1), "'a'") == ()
    assert "should be a list" in faults.found[0].message


SHIPPED = [*sorted(ROOT.glob("flows/**/*.yaml")), *sorted(ROOT.glob("message_templates/**/*.yaml"))]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_both_parsers_read_every_shipped_file_alike(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    try:
        fast = events(YAML(typ="safe", pure=False), text)
    except YAMLError:
        return  # the one in Python is asked then
    assert fast == events(YAML(typ="safe", pure=True), text)


def events(yaml: YAML, text: str) -> list[tuple[object, ...]]:
    """What the reader looks at in each event."""
    return [
        (type(one).__name__, getattr(one, "value", None), bool(getattr(one, "style", None)), one.start_mark.line)
        for one in yaml.parse(text)
    ]


def test_no_shipped_file_needs_the_slow_parser() -> None:
    for folder in ("flows", "message_templates"):
        for path in (ROOT / folder).rglob("*.yaml"):
            try:
                list(YAML(typ="safe", pure=False).parse(path.read_text()))
            except YAMLError as error:
                pytest.fail(f"quote what the parser in C refuses: {path.relative_to(ROOT)}: {error}")
