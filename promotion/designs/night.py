"""Night: the date in lights, a moon, and the dog looking over the wall."""

from promotion.designs.parts import (
    HEIGHTS,
    Block,
    Box,
    brand,
    code,
    dog_at_wall,
    handler,
    headline,
    message,
    month_lines,
    network,
    numeral,
    said,
    shape_of,
    story_foot,
    where,
)
from promotion.lettering import Line
from promotion.states import Shape
from promotion.wording import Copy


def _paper(copy: Copy) -> tuple[Block, ...]:
    return (
        *brand(6, 5.6, 7.6, ink="paper", on="ink"),
        network(copy, Box(50, 6, 44, 7), most=2.1, kind="right"),
        Block("headline", Box(6, 17, 88, 13), _title(copy), most=10.4, least=3),
        Block("numeral", Box(5, 30, 64, 34), numeral(copy), most=43, least=5),
        Block("month", Box(6, 70, 36, 38), month_lines(copy), most=9.4, least=2.4),
        shape_of("moon", 46, 62, 49, 49),
        shape_of("wall", 0, 112, 100, 1.4),
        shape_of("below", 0, 113.4, 100, HEIGHTS[Shape.PAPER] - 113.4),
        dog_at_wall(copy, 43.5, 112, 54, frame=Box(46, 62, 49, 49)),
        Block("facts", Box(6, 117, 65, 20.4), _facts(copy), most=4, least=1.4, anchor="middle"),
        *code(copy, Box(76, 116.4, 18, 21.6)),
    )


def _square(copy: Copy) -> tuple[Block, ...]:
    return (
        *brand(5.5, 5, 7.4, ink="paper", on="ink"),
        network(copy, Box(55, 5.4, 39.5, 7), most=2.3, kind="right"),
        Block("headline", Box(5.5, 15.5, 89, 9), _title(copy), most=8, least=2.4),
        shape_of("moon", 50, 27, 44, 44),
        Block("numeral", Box(5, 27, 44, 27), numeral(copy), most=38, least=4, anchor="middle"),
        Block("month", Box(5.5, 55, 43, 17), month_lines(copy), most=7.6, least=2),
        shape_of("wall", 0, 74, 100, 1.2),
        shape_of("below", 0, 75.2, 100, HEIGHTS[Shape.SQUARE] - 75.2),
        dog_at_wall(copy, 49, 74, 46, frame=Box(50, 27, 44, 44)),
        Block("facts", Box(5.5, 77.5, 69, 20), _facts(copy), most=3.8, least=1.3, anchor="middle"),
        *code(copy, Box(78, 77.2, 16.5, 19.8)),
    )


def _story(copy: Copy) -> tuple[Block, ...]:
    return (
        *brand(6, 13, 9, ink="paper", on="ink"),
        Block("headline", Box(6, 25, 88, 13), _title(copy), most=11, least=3),
        Block("numeral", Box(5, 39, 60, 33), numeral(copy), most=41, least=4),
        Block("month", Box(6, 77, 35, 36), month_lines(copy), most=9, least=2.4),
        shape_of("moon", 45.5, 69, 50, 50),
        shape_of("wall", 0, 120, 100, 1.4),
        shape_of("below", 0, 121.4, 100, HEIGHTS[Shape.STORY] - 121.4),
        dog_at_wall(copy, 43, 120, 55, frame=Box(45.5, 69, 50, 50)),
        *story_foot(copy, 126, dated=False),
    )


def _banner(copy: Copy) -> tuple[Block, ...]:
    return (
        shape_of("moon", 74, 1.4, 22, 22),
        shape_of("wall", 0, 22.8, 100, 0.7),
        shape_of("below", 0, 23.5, 100, 1.5),
        dog_at_wall(copy, 73.5, 22.8, 23, frame=Box(74, 1.4, 22, 22)),
        Block("numeral", Box(2.6, 2.2, 21, 19), numeral(copy), most=21, least=4, anchor="middle"),
        Block("headline", Box(25.5, 3, 48, 7), _title(copy), most=5.2, least=1.6),
        Block(
            "facts",
            Box(25.5, 10.6, 47, 10.6),
            (*month_lines(copy, flat=True), *where(copy, ratio=0.85)),
            most=3.2,
            least=1,
        ),
    )


def _title(copy: Copy) -> tuple[Line, ...]:
    return headline(*said(copy, "visit"), copy, ratio=0.5, leading=0.95)


def _facts(copy: Copy) -> tuple[Line, ...]:
    return (*where(copy, ratio=1, gap=0), *handler(copy, ratio=0.72), *message(copy, ratio=0.66, gap=0.4))


NIGHT = {Shape.PAPER: _paper, Shape.SQUARE: _square, Shape.STORY: _story, Shape.BANNER: _banner}
