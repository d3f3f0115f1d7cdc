"""Bright: big words on yellow, the dog in front of them, the facts on a night foot."""

from promotion.designs.parts import (
    HEIGHTS,
    Block,
    Box,
    brand,
    code,
    dog,
    handler,
    headline,
    message,
    network,
    said,
    shape_of,
    story_foot,
    when,
    where,
)
from promotion.lettering import Line
from promotion.states import Shape
from promotion.wording import Copy


def _paper(copy: Copy) -> tuple[Block, ...]:
    return (
        *brand(6, 5.6, 7.6),
        network(copy, Box(50, 6, 44, 7), most=2.1, kind="right"),
        Block("headline", Box(5.3, 16.4, 90, 30), _title(copy), most=16.6, least=3),
        dog(copy, 15, 111.7, 70, frame=Box(18, 49, 64, 62.7)),
        shape_of("foot", 0, 111.7, 100, HEIGHTS[Shape.PAPER] - 111.7),
        Block("facts", Box(6, 115, 65, 23), _facts(copy), most=5.8, least=1.4, anchor="middle"),
        *code(copy, Box(75, 115.4, 19, 22.6)),
    )


def _square(copy: Copy) -> tuple[Block, ...]:
    return (
        *brand(5.5, 5, 8),
        network(copy, Box(55, 5.5, 39.5, 7), most=2.3, kind="right"),
        dog(copy, 50, 72, 54, frame=Box(54, 24, 40, 48)),
        Block("headline", Box(5, 16, 47, 54), _title(copy), most=13.5, least=3, anchor="middle"),
        shape_of("foot", 0, 72, 100, HEIGHTS[Shape.SQUARE] - 72),
        Block("facts", Box(5.5, 74.5, 67, 23), _facts(copy), most=5.2, least=1.4, anchor="middle"),
        *code(copy, Box(76, 74.8, 19, 22.4)),
    )


def _story(copy: Copy) -> tuple[Block, ...]:
    return (
        *brand(6, 13, 10),
        Block("headline", Box(5.5, 26, 89, 27.5), _title(copy), most=16.5, least=3),
        dog(copy, 14, 120, 72, frame=Box(16, 56, 68, 64)),
        shape_of("foot", 0, 120, 100, HEIGHTS[Shape.STORY] - 120),
        *story_foot(copy, 124),
    )


def _banner(copy: Copy) -> tuple[Block, ...]:
    return (
        dog(copy, 70, HEIGHTS[Shape.BANNER], 27, frame=Box(72, 2, 24, 23)),
        *brand(3, 2.6, 4.2),
        Block("headline", Box(3, 7.6, 66, 8), _title(copy), most=7, least=2),
        Block(
            "facts plain", Box(3, 16.4, 66, 7), (*when(copy, second=0.9), *where(copy, ratio=0.8)), most=3.2, least=1
        ),
    )


def _title(copy: Copy) -> tuple[Line, ...]:
    return headline(*said(copy, "coming"), copy, ratio=0.26, leading=0.87)


def _facts(copy: Copy) -> tuple[Line, ...]:
    return (*when(copy), *where(copy), *handler(copy), *message(copy))


BALL = {Shape.PAPER: _paper, Shape.SQUARE: _square, Shape.STORY: _story, Shape.BANNER: _banner}
