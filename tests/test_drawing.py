"""A flow's picture shows every box, arrow and word, and boxes never lie over each other."""

from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from smsbot.drawing import mermaid, svg
from smsbot.drawing.graph import graph
from smsbot.drawing.layout import layout
from tests.content_support import shipped

SHIPPED = shipped()
FLOWS = sorted(SHIPPED.scripts)


@pytest.mark.parametrize("flow", FLOWS)
def test_a_picture_is_whole_and_well_formed(flow: str) -> None:
    for language in ("en", "es"):
        root = ElementTree.fromstring(svg(SHIPPED.scripts[flow], language))
        told = " ".join(node.text or "" for node in root.iter() if node.tag.endswith("text"))
        for box in graph(SHIPPED.scripts[flow], language).boxes:
            assert box.name in told
            assert all(word in told for word in box.words.split())


@pytest.mark.parametrize("flow", FLOWS)
def test_boxes_do_not_lie_over_each_other(flow: str) -> None:
    found = graph(SHIPPED.scripts[flow], "en")
    sizes = {box.name: (264.0, 80.0) for box in found.boxes}
    placed = layout(sizes, [(arrow.source, arrow.target) for arrow in found.arrows])
    for row in placed.layers:
        for left, right in combinations(sorted(row, key=lambda spot: spot.x), 2):
            assert left.x + left.width / 2 <= right.x - right.width / 2 + 0.01


def test_arrows_lead_down_one_layer_at_a_time() -> None:
    placed = layout(
        {"a": (10, 10), "b": (10, 10), "c": (10, 10), "d": (10, 10)},
        [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("a", "d")],
    )
    for route in placed.routes.values():
        assert all(lower.layer == upper.layer + 1 for upper, lower in pairwise(route))


def test_arrows_do_not_cross_where_they_need_not() -> None:
    placed = layout({key: (10, 10) for key in "abcde"}, [("a", "b"), ("a", "c"), ("b", "e"), ("c", "d")])
    places = {spot.key: index for row in placed.layers for index, spot in enumerate(row)}
    assert (places["b"] < places["c"]) == (places["e"] < places["d"])


def test_mermaid_names_every_box_and_quotes_what_it_must() -> None:
    text = mermaid(SHIPPED.scripts["small_win"])
    assert text.startswith("flowchart TD\n")
    assert text.count("-->") == len(graph(SHIPPED.scripts["small_win"], "en").arrows)
    assert "&quot;{act}&quot;" in text


def test_labels_say_digits_and_words_in_the_patients_language() -> None:
    labels = {arrow.label for arrow in graph(SHIPPED.scripts["intention"], "es").arrows}
    assert "2 cambiarla" in labels
