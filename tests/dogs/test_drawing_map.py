"""The map: the coast is whole and small, places lie on it, and no dot covers another."""

import json
from itertools import combinations
from math import hypot
from pathlib import Path

from dogs.drawing.coast import HEIGHT, WIDTH, draw_coast, place
from dogs.drawing.dots import Marked, dots

LONDON, LEEDS = (51.5, -0.12), (53.8, -1.55)


def test_the_committed_coast_is_what_the_script_draws() -> None:
    drawn = draw_coast(json.loads(Path("data/uk-councils.topo.json").read_text("utf-8")))
    assert Path("static/img/uk.svg").read_text("utf-8") == drawn
    assert len(drawn) < 25_000


def test_places_lie_on_the_drawing_north_up() -> None:
    for corner in ((49.9, -6.3), (60.8, -0.8), (52.5, 1.75), (54.3, -8.1)):
        x, y = place(*corner)
        assert 0 < x < WIDTH
        assert 0 < y < HEIGHT
    assert place(*LEEDS)[1] < place(*LONDON)[1]


def test_no_dot_covers_another_and_none_wanders_far() -> None:
    crowd = [Marked(f"force-{n}", 53.8 + n % 3 * 0.02, -1.55 + n % 5 * 0.02, 1 + n) for n in range(12)]
    alone = Marked("alone", 51.5, -0.12, 1)
    drawn = dots((*crowd, alone))
    for one, other in combinations(drawn.values(), 2):
        assert hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius - 0.5
    x, y = place(alone.lat, alone.lng)
    assert hypot(drawn["alone"].x - x, drawn["alone"].y - y) < 1
    assert all(dot.radius >= 12 for dot in drawn.values())
