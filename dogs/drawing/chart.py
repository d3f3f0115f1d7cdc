"""A piece of the map with things marked on it, framed on them, no mark covering another. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin

from dogs.drawing.coast import HEIGHT, WIDTH, Point, place, within

# The coast is drawn from data that has no more than this to show when it is enlarged.
_NEAREST = 4.5
_GAP = 1.5
# Where a mark may stand instead of on its place: in steps around it, ring after ring.
_REACH, _RING, _STEPS = 72, 3, 12
_AROUND = [(0.0, 0.0)] + [
    (ring * sin(2 * pi * step / _STEPS), -ring * cos(2 * pi * step / _STEPS))
    for ring in range(_RING, _REACH, _RING)
    for step in range(_STEPS)
]
_WINDS = 8


@dataclass(frozen=True)
class Thing:
    """What is marked, in degrees: `kind` is how it is drawn, `label` what stands in it, `said` what it is in words.

    A mark stands on its place, or `rise` above it.
    """

    lat: float
    lng: float
    kind: str
    said: str
    label: str = ""
    radius: float = 10
    rise: float = 0


@dataclass(frozen=True)
class Mark:
    """A thing where it is drawn, in the chart's units; `foot` is the height of its place."""

    kind: str
    said: str
    label: str
    radius: float
    x: float
    y: float
    foot: float


@dataclass(frozen=True)
class Chart:
    """A map ready to be drawn: its size, how the coast is moved and enlarged, the width of the coast's line."""

    width: int
    height: int
    land: str
    line: float
    marks: tuple[Mark, ...]


def chart(things: Sequence[Thing], *, width: int, height: int, margin: int, whole: bool = False) -> Chart:
    """The things on the map, north up, the first ones nearest to their places; `whole` shows the whole country.

    The frame is the smallest around all of them, but never so near that the coast is a few straight lines.
    """
    spots = [place(thing.lat, thing.lng) for thing in things]
    scale, right, down = _frame([(0, 0), (WIDTH, HEIGHT)] if whole else spots, width, height, margin)
    marks: list[Mark] = []
    for thing, (x, y) in zip(things, spots, strict=True):
        free_x, free_y = _free((x * scale + right, y * scale + down - thing.rise), thing.radius, marks)
        x, y = round(within(free_x, thing.radius, width), 1), round(within(free_y, thing.radius, height), 1)
        marks.append(Mark(thing.kind, thing.said, thing.label, thing.radius, x, y, y + thing.rise))
    land = f"translate({right:.1f} {down:.1f}) scale({scale:.3f})"
    return Chart(width, height, land, round(1 / scale, 3), tuple(marks))


def wind(host: tuple[float, float], place_of: tuple[float, float]) -> int:
    """In which of eight directions, clockwise from north, the second place lies as seen from the first; in degrees."""
    (x, y), (there_x, there_y) = place(*host), place(*place_of)
    return round(atan2(there_x - x, y - there_y) / (2 * pi / _WINDS)) % _WINDS


def _frame(spots: Iterable[Point], width: int, height: int, margin: int) -> tuple[float, float, float]:
    """How much the drawing is enlarged, and then moved to the right and down."""
    across, along = zip(*spots, strict=True)
    least_x, most_x, least_y, most_y = min(across), max(across), min(along), max(along)
    scale = min(
        (width - 2 * margin) / max(most_x - least_x, 1), (height - 2 * margin) / max(most_y - least_y, 1), _NEAREST
    )
    return scale, width / 2 - (least_x + most_x) / 2 * scale, height / 2 - (least_y + most_y) / 2 * scale


def _free(spot: Point, radius: float, taken: Sequence[Mark]) -> Point:
    """The nearest place to `spot` where a mark of this radius covers no other; the spot itself where none is near."""
    near = [
        (mark.x - spot[0], mark.y - spot[1], (radius + mark.radius + _GAP) ** 2)
        for mark in taken
        if hypot(mark.x - spot[0], mark.y - spot[1]) < _REACH + radius + mark.radius
    ]
    for right, down in _AROUND:
        for x, y, apart in near:
            if (right - x) ** 2 + (down - y) ** 2 < apart:
                break
        else:
            return spot[0] + right, spot[1] + down
    return spot
