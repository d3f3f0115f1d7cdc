"""The United Kingdom drawn: where a place lies on the map, and the coast itself (`bin/coast` draws it anew)."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

Point = tuple[float, float]

# The drawing's own units. A degree of latitude is 60 of them, one of longitude as short as in the country's middle.
WIDTH, HEIGHT = 360, 672
_NORTH, _WEST, _DEGREE = 61.0, -8.6, 60.0
_SHRINK = cos(radians(55.2))
# A bend of less than this is left out, and so is an island smaller than that, in units of the drawing.
_BEND, _ISLAND = 0.5, 1.6


def place(lat: float, lng: float) -> Point:
    """Where a place in degrees lies on the drawing, in units from its upper left."""
    return (lng - _WEST) * _SHRINK * _DEGREE, (_NORTH - lat) * _DEGREE


def draw_coast(topology: dict[str, Any]) -> str:
    """The coast of all councils together as an SVG file: arcs that only one council uses, put into rings."""
    arcs = [[place(lat, lng) for lng, lat in arc] for arc in _degrees(topology)]
    rings = (_simpler(ring) for ring in _rings(arcs, _coastal(topology)))
    path = "".join(_path(ring) for ring in rings if len(ring) > 3 and _reach(ring) > _ISLAND)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><path id="land" d="{path}"/></svg>\n'
    )


def _degrees(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """The arcs as longitude and latitude: TopoJSON keeps them as small steps on a grid."""
    (scale_x, scale_y), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + low))
        yield points


def _coastal(topology: dict[str, Any]) -> list[int]:
    """The arcs that lie between land and sea, in the direction of their council. A negative one runs backwards."""
    (councils,) = topology["objects"].values()
    used = [arc for council in councils["geometries"] for arc in _flat(council.get("arcs", []))]
    times = Counter(_number(arc) for arc in used)
    return [arc for arc in used if times[_number(arc)] == 1]


def _flat(nested: Iterable[Any]) -> Iterator[int]:
    for part in nested:
        if isinstance(part, int):
            yield part
        else:
            yield from _flat(part)


def _number(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _rings(arcs: list[list[Point]], coastal: list[int]) -> Iterator[list[Point]]:
    """Follow the arcs from end to start until each ring is closed."""
    lines = [arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in coastal]
    waiting: dict[Point, list[list[Point]]] = {}
    for line in lines:
        waiting.setdefault(_spot(line[0]), []).append(line)
    for line in lines:
        if line not in waiting.get(_spot(line[0]), []):
            continue
        waiting[_spot(line[0])].remove(line)
        ring = list(line)
        while _spot(ring[-1]) != _spot(ring[0]) and waiting.get(_spot(ring[-1])):
            ring += waiting[_spot(ring[-1])].pop()[1:]
        yield ring


def _spot(point: Point) -> Point:
    return round(point[0], 3), round(point[1], 3)


def _simpler(line: list[Point]) -> list[Point]:
    """Without the points that lie within `_BEND` of the line between their neighbours (Ramer, Douglas, Peucker)."""
    keep, waiting = {0, len(line) - 1}, [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        far = max(range(first + 1, last), key=lambda at: _off(line[at], line[first], line[last]), default=None)
        if far is not None and _off(line[far], line[first], line[last]) > _BEND:
            keep.add(far)
            waiting += [(first, far), (far, last)]
    return [line[at] for at in sorted(keep)]


def _off(point: Point, start: Point, end: Point) -> float:
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = hypot(along_x, along_y)
    if length == 0:
        return hypot(point[0] - start[0], point[1] - start[1])
    return abs(along_x * (point[1] - start[1]) - along_y * (point[0] - start[0])) / length


def _reach(ring: list[Point]) -> float:
    xs, ys = zip(*ring, strict=True)
    return hypot(max(xs) - min(xs), max(ys) - min(ys))


def _path(ring: list[Point]) -> str:
    """The ring in tenths of a unit, each point as a step from the one before."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring[:-1]]
    steps = (f"{_tenth(b[0] - a[0])} {_tenth(b[1] - a[1])}" for a, b in pairwise(tenths) if a != b)
    return f"M{_tenth(tenths[0][0])} {_tenth(tenths[0][1])}l{' '.join(steps)}z"


def _tenth(number: int) -> str:
    return f"{number / 10:g}"


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_text(draw_coast(json.loads(source.read_text("utf-8"))), encoding="utf-8")


def within(at: float, radius: float, size: float) -> float:
    """The nearest place to `at` on which a dot of that radius lies inside a picture of that size."""
    return min(max(at, radius + 1), size - radius - 1)
