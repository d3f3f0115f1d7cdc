"""A piece of the map: framed on what is marked, to scale, and no mark covers another."""

from itertools import combinations
from math import hypot

import pytest

from dogs.drawing.chart import Thing, chart, wind

NEWPORT, LEEDS, BRISTOL = (51.58, -3.0), (53.8, -1.55), (51.45, -2.59)


def thing(at: tuple[float, float], kind: str = "clear", **more: float) -> Thing:
    return Thing(*at, kind, "A team", **more)


def test_the_frame_holds_everything_inside_its_margin() -> None:
    drawn = chart([thing(at, radius=2) for at in (NEWPORT, LEEDS, BRISTOL)], width=300, height=200, margin=20)
    newport, leeds, bristol = drawn.marks
    assert (leeds.y, max(newport.y, bristol.y)) == (20, 180)
    assert leeds.x > bristol.x > newport.x
    assert all(20 <= mark.x <= 280 for mark in drawn.marks)


def test_alone_it_is_in_the_middle_and_not_enlarged_without_end() -> None:
    drawn = chart([thing(NEWPORT)], width=300, height=200, margin=20)
    assert [(mark.x, mark.y) for mark in drawn.marks] == [(150, 100)]
    assert "scale(4.500)" in drawn.land
    assert drawn.line == round(1 / 4.5, 3)


def test_a_mark_that_rises_leaves_its_foot_on_its_place() -> None:
    (mark,) = chart([thing(NEWPORT, rise=18)], width=300, height=200, margin=20).marks
    assert (mark.y, mark.foot) == (82, 100)


def test_no_mark_covers_another_and_the_first_keep_their_places() -> None:
    drawn = chart([thing(NEWPORT) for _ in range(22)], width=300, height=200, margin=20)
    assert (drawn.marks[0].x, drawn.marks[0].y) == (150, 100)
    for one, other in combinations(drawn.marks, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius
    assert all(10 < mark.x < 290 and 10 < mark.y < 190 for mark in drawn.marks)


def test_the_whole_country_is_framed_whatever_is_marked() -> None:
    one = chart([thing(NEWPORT)], width=230, height=400, margin=0, whole=True)
    two = chart([thing(NEWPORT), thing(LEEDS)], width=230, height=400, margin=0, whole=True)
    assert one.land == two.land
    assert one.marks[0] == two.marks[0]


@pytest.mark.parametrize(
    ("there", "direction"),
    [((53.0, -3.0), 0), ((51.58, 0.0), 2), ((50.0, -3.0), 4), ((51.58, -5.0), 6), (LEEDS, 0), (BRISTOL, 3)],
)
def test_the_wind_is_one_of_eight(there: tuple[float, float], direction: int) -> None:
    assert wind(NEWPORT, there) == direction
