"""Puts boxes into layers, keeps arrows from crossing where it can, and leads long arrows between the boxes.

1. A box stands one layer below the lowest box that leads to it. 2. An arrow over several layers gets a point in each.
3. Each layer is put in the order of its neighbors' middles, down and up, keeping the order with fewest crossings.
4. Boxes move towards their neighbors as far as the gaps allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

GAP = 36.0
POINT = 18.0
ROUNDS = 12
ALONE_IN_A_ROW = 6


@dataclass
class Spot:
    """A box or a point of a long arrow: its size and, in the end, its place (`x` is its middle)."""

    key: str
    width: float
    height: float
    layer: int = 0
    x: float = 0.0
    above: list[Spot] = field(default_factory=list)
    below: list[Spot] = field(default_factory=list)

    @property
    def is_point(self) -> bool:
        """Whether it is only a point of a long arrow."""
        return self.height == 0.0

    @property
    def is_alone(self) -> bool:
        """Whether no arrow comes or goes."""
        return not (self.above or self.below)


@dataclass(frozen=True)
class Layout:
    """The layers from top to bottom, and of each arrow the spots it passes, both ends included."""

    layers: tuple[tuple[Spot, ...], ...]
    routes: dict[tuple[str, str], tuple[Spot, ...]]


def layout(sizes: dict[str, tuple[float, float]], arrows: Sequence[tuple[str, str]]) -> Layout:
    """Places boxes of the given sizes. `arrows` have no loops; the first key of `sizes` is the top."""
    spots = {key: Spot(key, *size) for key, size in sizes.items()}
    for key, layer in _layers(list(sizes), arrows).items():
        spots[key].layer = layer
    routes: dict[tuple[str, str], tuple[Spot, ...]] = {}
    everything = list(spots.values())
    for source, target in arrows:
        route = [spots[source]]
        for layer in range(spots[source].layer + 1, spots[target].layer):
            route.append(Spot(f"{source}>{target}@{layer}", POINT, 0.0, layer))
        route.append(spots[target])
        everything += route[1:-1]
        for upper, lower in pairwise(route):
            upper.below.append(lower)
            lower.above.append(upper)
        routes[source, target] = tuple(route)
    depth = max(spot.layer for spot in everything) + 1
    rows = [[spot for spot in everything if spot.layer == layer] for layer in range(depth)]
    _order(rows)
    _place(rows)
    return Layout(tuple(tuple(row) for row in rows), routes)


def _layers(keys: list[str], arrows: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The longest way from the top to each box; boxes without arrows stand in rows of six from the second layer."""
    linked = {key for arrow in arrows for key in arrow}
    alone = [key for key in keys if key not in linked]
    layer = {key: min(index, 1) for index, key in enumerate(keys)} | {
        key: 1 + place // ALONE_IN_A_ROW for place, key in enumerate(alone)
    }
    for _ in keys:
        for source, target in arrows:
            layer[target] = max(layer[target], layer[source] + 1)
    return layer


def _order(rows: list[list[Spot]]) -> None:
    for row in rows:
        row.sort(key=lambda spot: spot.is_alone)
    best, fewest = [list(row) for row in rows], _crossings(rows)
    for turn in range(ROUNDS):
        down = turn % 2 == 0
        for row in rows[1:] if down else rows[-2::-1]:
            places = {id(spot): index for other in rows for index, spot in enumerate(other)}
            row.sort(key=lambda spot: _middle(spot, places, down))
        if (count := _crossings(rows)) < fewest:
            best, fewest = [list(row) for row in rows], count
    rows[:] = best


def _middle(spot: Spot, places: dict[int, int], down: bool) -> float:
    if spot.is_alone:
        return float(len(places))
    near = spot.above if down else spot.below
    return sum(places[id(other)] for other in near) / len(near) if near else float(places[id(spot)])


def _crossings(rows: list[list[Spot]]) -> int:
    total = 0
    for upper, lower in pairwise(rows):
        places = {id(spot): index for index, spot in enumerate(lower)}
        ends = [places[id(below)] for spot in upper for below in spot.below]
        total += sum(first > second for index, first in enumerate(ends) for second in ends[index + 1 :])
    return total


def _place(rows: list[list[Spot]]) -> None:
    linked = [[spot for spot in row if not spot.is_alone] for row in rows]
    for row in linked:
        _pack(row, [0.0] * len(row))
    for turn in range(ROUNDS * 2):
        down = turn % 2 == 0
        for row in linked if down else linked[::-1]:
            _pack(row, [_wish(spot, down) for spot in row])
    for row in rows:
        edge = 0.0
        for spot in row:
            if spot.is_alone:
                spot.x = edge + spot.width / 2
            edge = spot.x + spot.width / 2 + GAP
    left = min(spot.x - spot.width / 2 for row in rows for spot in row)
    for row in rows:
        for spot in row:
            spot.x -= left


def _wish(spot: Spot, down: bool) -> float:
    near = (spot.above if down else spot.below) or spot.below or spot.above
    return sum(other.x for other in near) / len(near) if near else spot.x


def _pack(row: list[Spot], wishes: list[float]) -> None:
    """Puts a row as near to the wishes as its order and gaps allow: boxes that touch share their mean wish."""
    clusters: list[tuple[list[Spot], list[float], float]] = []
    for spot, wish in zip(row, wishes, strict=True):
        cluster = ([spot], [0.0], wish)
        while clusters and _right(clusters[-1]) > cluster[2] + cluster[1][0] - cluster[0][0].width / 2:
            cluster = _joined(clusters.pop(), cluster)
        clusters.append(cluster)
    for spots, offsets, base in clusters:
        for spot, offset in zip(spots, offsets, strict=True):
            spot.x = base + offset


def _right(cluster: tuple[list[Spot], list[float], float]) -> float:
    spots, offsets, base = cluster
    return base + offsets[-1] + spots[-1].width / 2 + GAP


def _joined(
    one: tuple[list[Spot], list[float], float], two: tuple[list[Spot], list[float], float]
) -> tuple[list[Spot], list[float], float]:
    """Two clusters as one, moved to the mean of what all their boxes wish."""
    step = one[1][-1] + one[0][-1].width / 2 + GAP + two[0][0].width / 2 - two[1][0]
    offsets = one[1] + [offset + step for offset in two[1]]
    base = (one[2] * len(one[0]) + (two[2] - step) * len(two[0])) / (len(one[0]) + len(two[0]))
    return one[0] + two[0], offsets, base
