"""Window: the dog's name as large as it goes, the dog on the sill of an arch in its own colour."""

from promotion.designs.parts import (
    HEIGHTS,
    Block,
    Box,
    brand,
    code,
    dog,
    handler,
    message,
    name_lines,
    network,
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
        *brand(6, 5.6, 7.6, on="paper"),
        network(copy, Box(50, 6, 44, 7), most=2.1, kind="right"),
        Block("headline", Box(6, 16.6, 88, 27.5), _title(copy), most=25, least=4, anchor="bottom"),
        shape_of("arch", 14, 46.5, 72, 61.5),
        dog(copy, 15, 108, 70, frame=Box(14, 46.5, 72, 61.5)),
        shape_of("sill", 6, 108, 88, 0.9),
        Block("facts", Box(6, 112.4, 64, 24.4), _facts(copy), most=5.8, least=1.4),
        *code(copy, Box(75, 112.6, 19, 22.6)),
    )


def _square(copy: Copy) -> tuple[Block, ...]:
    return (
        *brand(5, 5, 7.4, on="paper"),
        network(copy, Box(55, 5.4, 40, 7), most=2.3, kind="right"),
        shape_of("arch", 5, 24, 50, 76),
        dog(copy, 0, HEIGHTS[Shape.SQUARE], 60, frame=Box(5, 24, 50, 76)),
        Block("headline", Box(59, 20, 37, 21), _title(copy), most=13, least=3, anchor="bottom"),
        Block("facts", Box(59, 44, 37, 31), _facts(copy), most=5.8, least=1.4),
        *code(copy, Box(59, 77, 16, 18.6)),
    )


def _story(copy: Copy) -> tuple[Block, ...]:
    return (
        *brand(6, 13, 9, on="paper"),
        Block("headline", Box(6, 25, 88, 27), _title(copy), most=24, least=4, anchor="bottom"),
        shape_of("arch", 13, 56, 74, 64),
        dog(copy, 14, 120, 72, frame=Box(13, 56, 74, 64)),
        shape_of("sill", 6, 120, 88, 1),
        *story_foot(copy, 124),
    )


def _banner(copy: Copy) -> tuple[Block, ...]:
    return (
        shape_of("arch", 2, 2.5, 24, HEIGHTS[Shape.BANNER] - 2.5),
        dog(copy, 1.5, HEIGHTS[Shape.BANNER], 25, frame=Box(2, 2.5, 24, 22.5)),
        *brand(87.5, 2.6, 3.6, on="paper"),
        Block("headline", Box(29, 2.4, 56, 11), _title(copy), most=7.4, least=2),
        Block("facts", Box(29, 14.4, 67, 8.6), (*when(copy, second=0.9), *where(copy, ratio=0.8)), most=3.6, least=1),
    )


def _title(copy: Copy) -> tuple[Line, ...]:
    return name_lines(copy)


def _facts(copy: Copy) -> tuple[Line, ...]:
    return (*when(copy), *where(copy, ratio=0.56), *handler(copy), *message(copy))


WINDOW = {Shape.PAPER: _paper, Shape.SQUARE: _square, Shape.STORY: _story, Shape.BANNER: _banner}
