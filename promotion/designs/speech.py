"""Speech: the dog says it. A bubble as large as the message needs, on the dog's own colour."""

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
    when,
    where,
)
from promotion.lettering import Line
from promotion.states import Shape
from promotion.wording import Copy


def _paper(copy: Copy) -> tuple[Block, ...]:
    return (
        *brand(6, 5.6, 7.6, on="own"),
        network(copy, Box(50, 6, 44, 7), most=2.1, kind="right"),
        shape_of("bubble", 6, 17, 88, 52),
        Block("tail", Box(27, 68.6, 14, 10), picture="tail-down"),
        Block("headline", Box(12, 21, 76, 44), _words(copy), most=13, least=1.8, anchor="middle"),
        dog(copy, -8, HEIGHTS[Shape.PAPER], 74, frame=Box(6, 82, 48, 48)),
        Block("facts", Box(58, 74, 36, 34), _facts(copy), most=5.6, least=1.3),
        *code(copy, Box(71, 109.6, 23, 27)),
    )


def _square(copy: Copy) -> tuple[Block, ...]:
    return (
        shape_of("bubble", 5, 5, 90, 44),
        Block("tail", Box(24, 48.6, 12, 9), picture="tail-down"),
        Block("headline", Box(10, 9, 80, 36), _words(copy), most=11, least=1.6, anchor="middle"),
        dog(copy, -3, HEIGHTS[Shape.SQUARE], 54, frame=Box(7, 57, 38, 38)),
        Block("facts", Box(53, 53, 42, 20), _facts(copy), most=4.9, least=1.3),
        *code(copy, Box(53, 75.4, 16.5, 19.6)),
        *brand(73.5, 77, 7.4, on="own"),
    )


def _story(copy: Copy) -> tuple[Block, ...]:
    return (
        shape_of("bubble", 6, 14, 88, 59),
        Block("tail", Box(28, 72.6, 14, 10), picture="tail-down"),
        Block("headline", Box(12, 17.5, 76, 52), _words(copy), most=15, least=2, anchor="middle"),
        dog(copy, -6, 144, 72, frame=Box(8, 85, 54, 54)),
        *code(copy, Box(70, 94, 24, 28.5)),
        shape_of("foot", 0, 144, 100, HEIGHTS[Shape.STORY] - 144),
        Block("facts", Box(6, 147, 62, 18), _facts(copy), most=6.6, least=1.4, anchor="middle"),
        *brand(72, 151, 7.6, ink="paper", on="ink"),
    )


def _banner(copy: Copy) -> tuple[Block, ...]:
    return (
        dog(copy, 0, HEIGHTS[Shape.BANNER], 25, frame=Box(2.5, 2, 21, 21)),
        shape_of("bubble", 28, 2.4, 69.5, 20.2),
        Block("tail", Box(24.4, 8.5, 4, 6), picture="tail-left"),
        Block("headline", Box(31, 3.8, 52, 8.4), _hello(copy), most=6, least=1.8),
        Block("facts", Box(31, 12.8, 64, 8.6), (*when(copy, second=0.9), *where(copy, ratio=0.85)), most=3.1, least=1),
        *brand(85.5, 4.4, 3.7, on="white"),
    )


def _hello(copy: Copy) -> tuple[Line, ...]:
    return headline(*said(copy, "hello"), copy, ratio=0.5, leading=0.95)


def _words(copy: Copy) -> tuple[Line, ...]:
    return (*_hello(copy), *message(copy, ratio=0.42, gap=0.3))


def _facts(copy: Copy) -> tuple[Line, ...]:
    return (*when(copy, second=0.8), *where(copy, ratio=0.62, gap=0.25), *handler(copy, ratio=0.5, gap=0.2))


SPEECH = {Shape.PAPER: _paper, Shape.SQUARE: _square, Shape.STORY: _story, Shape.BANNER: _banner}
