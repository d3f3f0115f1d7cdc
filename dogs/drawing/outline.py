"""Closed outlines from a few points: mirrored, smoothed by a spline, and furred. Pure geometry."""

from dataclasses import dataclass
from math import dist
from typing import Any

CENTRE = 200
# A point is [x, y], or [x, y, "c"] for a corner.
Points = list[list[Any]]
_FUR = {"curl": (23, 1.0), "wave": (26, 0.55), "tuft": (22, 7.0)}


@dataclass(frozen=True)
class Spot:
    """A place on an outline: position, outward normal, direction, and how far round it is (0 to 1)."""

    x: float
    y: float
    out_x: float
    out_y: float
    along_x: float
    along_y: float
    share: float


def number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def mirrored(half: Points) -> Points:
    """A half outline, given from the centre line, as a closed one in the picture's coordinates."""
    right = [[CENTRE + p[0], *p[1:]] for p in half]
    return right + [[CENTRE - p[0], *p[1:]] for p in reversed(half) if p[0] > 0]


def one_side(points: Points, side: int) -> Points:
    """An outline given for the right (1), or its image on the left (-1)."""
    return [[CENTRE + side * p[0], *p[1:]] for p in (points if side > 0 else points[::-1])]


def smooth(points: Points) -> str:
    """A closed path through the points: a Catmull-Rom spline, straight into corners."""
    path = f"M{number(points[0][0])} {number(points[0][1])}"
    for before, here, there, after in _windows(points):
        leave = 0.0 if len(here) > 2 else 1 / 6
        arrive = 0.0 if len(there) > 2 else 1 / 6
        path += _curve(before, here, there, after, leave, arrive)
    return path + "Z"


def furry(
    points: Points,
    kind: str,
    *,
    where: list[list[float]] | None = None,
    half: bool = False,
    step: float | None = None,
    depth: float | None = None,
) -> str:
    """An outline with scallops (curl, wave) or tufts, `where` along it fur grows; `half` counts from the top."""
    if kind == "none":
        return smooth(points)
    usual_step, usual_depth = _FUR[kind]
    spots = _spots(points, step or usual_step)
    path = f"M{number(spots[0].x)} {number(spots[0].y)}"
    for i, here in enumerate(spots):
        there = spots[(i + 1) % len(spots)]
        if not _grows(here, there, where, half=half):
            path += _bare(spots, i)
        elif kind == "tuft":
            path += _tuft(here, there, depth or usual_depth)
        else:
            path += _scallop(here, there, 0.56 if kind == "curl" else 0.82)
    return path + "Z"


def _windows(points: list[Any]) -> list[tuple[Any, Any, Any, Any]]:
    n = len(points)
    return [(points[i - 1], points[i], points[(i + 1) % n], points[(i + 2) % n]) for i in range(n)]


def _curve(before: Any, here: Any, there: Any, after: Any, leave: float, arrive: float) -> str:
    values = (
        here[0] + (there[0] - before[0]) * leave,
        here[1] + (there[1] - before[1]) * leave,
        there[0] - (after[0] - here[0]) * arrive,
        there[1] - (after[1] - here[1]) * arrive,
        there[0],
        there[1],
    )
    return "C" + " ".join(number(value) for value in values)


def _dense(points: Points) -> list[tuple[float, float]]:
    """Sixteen places on each stretch of the spline."""
    found = []
    for a, b, c, d in _windows(points):
        for k in range(16):
            t = k / 16
            x, y = (
                0.5
                * (
                    2 * b[i]
                    + (c[i] - a[i]) * t
                    + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t * t
                    + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3
                )
                for i in (0, 1)
            )
            found.append((x, y))
    return found


def _spots(points: Points, step: float) -> list[Spot]:
    """Evenly spaced places along the spline, about `step` apart."""
    area = sum(points[i - 1][0] * points[i][1] - points[i][0] * points[i - 1][1] for i in range(len(points)))
    sign = 1 if area > 0 else -1
    dense = _dense(points)
    stretches = [(a, dense[(i + 1) % len(dense)]) for i, a in enumerate(dense)]
    lengths = [dist(a, b) for a, b in stretches]
    total = sum(lengths)
    wanted = max(6, round(total / step))
    pace, spots, walked, want = total / wanted, [], 0.0, 0.0
    for (a, b), length in zip(stretches, lengths, strict=True):
        dx, dy = (b[0] - a[0]) / (length or 1), (b[1] - a[1]) / (length or 1)
        while want < wanted * pace - 1e-6 and walked + length >= want:
            t = (want - walked) / length if length else 0
            x, y = a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
            spots.append(Spot(x, y, sign * dy, -sign * dx, dx, dy, want / total))
            want += pace
        walked += length
    return spots


def _grows(here: Spot, there: Spot, where: list[list[float]] | None, *, half: bool) -> bool:
    if where is None:
        return True
    middle = (here.share + there.share + (1 if there.share < here.share else 0)) / 2
    place = 1 - abs(2 * middle - 1) if half else here.share
    return any(low <= place <= high for low, high in where)


def _scallop(here: Spot, there: Spot, roundness: float) -> str:
    radius = number(dist((here.x, here.y), (there.x, there.y)) * roundness)
    turn = 1 if here.along_x * here.out_y - here.along_y * here.out_x < 0 else 0
    return f"A{radius} {radius} 0 0 {turn} {number(there.x)} {number(there.y)}"


def _tuft(here: Spot, there: Spot, depth: float) -> str:
    """A pointed stroke. Fur falls downwards: the tip leans from the end that is lower."""
    n = number
    middle = (
        (here.x + there.x) / 2 + (here.out_x + there.out_x) / 2 * depth,
        (here.y + there.y) / 2 + (here.out_y + there.out_y) / 2 * depth,
    )
    end = f"{n(there.x)} {n(there.y)}"
    falls = here.along_y > -0.2
    root = there if falls else here
    tip = f"{n(root.x + root.out_x * depth * 0.75)} {n(root.y + root.out_y * depth * 0.75 + 4)}"
    bend = f"{n(middle[0])} {n(middle[1])}"
    return f"Q{bend} {tip}Q{end} {end}" if falls else f"L{tip}Q{bend} {end}"


def _bare(spots: list[Spot], i: int) -> str:
    n = len(spots)
    before, here, there, after = (
        (spot.x, spot.y) for spot in (spots[i - 1], spots[i], spots[(i + 1) % n], spots[(i + 2) % n])
    )
    return _curve(before, here, there, after, 1 / 6, 1 / 6)
