"""Forces as dots on the map: as large as they have dogs, and moved aside so that none covers another. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import hypot, sqrt

from dogs.drawing.coast import HEIGHT, WIDTH, place, within

# In units of the map, which is about as wide as a phone: a thumb finds the smallest dot.
_SMALLEST, _LARGEST, _GAP = 12.0, 19.0, 1.5
_ROUNDS = 80


@dataclass(frozen=True)
class Marked:
    """A place with a number."""

    key: str
    lat: float
    lng: float
    number: int


@dataclass(frozen=True)
class Dot:
    """Where a place's dot is drawn."""

    key: str
    x: float
    y: float
    radius: float


@lru_cache(maxsize=16)
def dots(places: tuple[Marked, ...]) -> dict[str, Dot]:
    """A dot for each place, by its key. The same places always give the same dots."""
    radii = [min(_LARGEST, _SMALLEST - 2 + 2 * sqrt(marked.number)) for marked in places]
    spots = [list(place(marked.lat, marked.lng)) for marked in places]
    for _round in range(_ROUNDS):
        if not _part(spots, radii):
            break
    return {
        marked.key: Dot(marked.key, round(within(x, radius, WIDTH), 1), round(within(y, radius, HEIGHT), 1), radius)
        for marked, (x, y), radius in zip(places, spots, radii, strict=True)
    }


def _part(spots: Sequence[list[float]], radii: Sequence[float]) -> bool:
    """Push every two that overlap away from each other by half of what is missing; whether there were any."""
    moved = False
    for (number, one), (other_number, other) in combinations(enumerate(spots), 2):
        wanted = radii[number] + radii[other_number] + _GAP
        across, down = other[0] - one[0], other[1] - one[1]
        if abs(across) >= wanted or abs(down) >= wanted:
            continue
        apart = hypot(across, down)
        if apart >= wanted - 0.1:
            continue
        # Two headquarters in one town have no direction to part in: each pair gets one of its own.
        across, down = (across / apart, down / apart) if apart > 0.01 else ((1.0, 0.3) if number % 2 else (0.3, 1.0))
        push = (wanted - apart) / 2
        one[0], one[1] = one[0] - across * push, one[1] - down * push
        other[0], other[1] = other[0] + across * push, other[1] + down * push
        moved = True
    return moved
