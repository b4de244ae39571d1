"""The published schemas accept what ships, refuse what the loader refuses, and name the same words as the code."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from smsbot.answers import KINDS
from smsbot.flow_reader import END_FIELDS, FLOW_FIELDS, STEP_FIELDS
from smsbot.lines import VARIANTS
from smsbot.number_tests import NUMBER_TESTS
from smsbot.protocol import FIELDS, TOP
from tests.content_support import shipped

ROOT = Path(__file__).parent.parent
SHIPPED = shipped()
PROTOCOLS = [name for name in SHIPPED.trees if name.startswith("protocols/")]


@cache
def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / f"smsbot/schemas/{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(found)
    return found


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name))


def refusals(name: str, what: Any) -> list[str]:
    return [error.message for error in _validator(name).iter_errors(what)]


def test_every_flow_that_ships_is_valid() -> None:
    for name, tree in SHIPPED.trees.items():
        if name not in PROTOCOLS:
            assert refusals("flow", tree.plain()) == [], name


def test_every_page_that_ships_is_valid() -> None:
    for place, page in SHIPPED.pages.items():
        assert refusals("lines", page.tree.plain()) == [], place


def test_every_protocol_that_ships_is_valid() -> None:
    for name in PROTOCOLS:
        assert refusals("protocol", SHIPPED.trees[name].plain()) == [], name


def test_the_schemas_know_the_same_words_as_the_loader() -> None:
    flow, protocol = schema("flow"), schema("protocol")
    assert set(flow["properties"]) == FLOW_FIELDS
    assert set(flow["$defs"]["step"]["properties"]) == STEP_FIELDS
    assert set(flow["$defs"]["end"]["properties"]) == END_FIELDS
    assert set(schema("lines")["$defs"]["line"]["oneOf"][1]["properties"]) == {*VARIANTS, "choices", "note"}
    assert set(protocol["properties"]) == set(TOP)
    assert set(protocol["$defs"]["rule"]["properties"]) == {*FIELDS, "cases", "note"}


def test_an_editor_is_told_the_whole_vocabulary_of_branches() -> None:
    told = schema("flow")["$defs"]["step"]["properties"]["go"]["description"]
    assert all(word in told for word in (*KINDS, *NUMBER_TESTS))


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("flow", {"title": "x", "kind": "ask", "start": "a", "ends": {}}),
        ("flow", {"title": "x", "kind": "question", "start": "a", "ends": {"a": {}}}),
        ("flow", {"title": "x", "kind": "ask", "start": {"plan": "a"}, "ends": {"a": {}}}),
        (
            "flow",
            {"title": "x", "kind": "ask", "start": "a", "steps": {"a": {"ask": "word", "go": {}}}, "ends": {"b": {}}},
        ),
        ("lines", {"flow": "x", "language": "fr"}),
        ("lines", {"flow": "x", "language": "en", "a": {"voce": "Hello."}}),
        ("protocol", {"title": "x", "rules": {"a": {"class": "P9", "for": "each session", "due": "at start"}}}),
    ],
)
def test_what_is_wrong_is_refused(name: str, what: Any) -> None:
    assert refusals(name, what)
