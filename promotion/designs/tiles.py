"""Tiles: a quilt of facts, each on its own patch of colour."""

from promotion.designs.parts import (
    Block,
    Box,
    brand,
    code,
    dog,
    handler,
    headline,
    message,
    month_lines,
    network,
    numeral,
    said,
    shape_of,
    where,
)
from promotion.lettering import Line
from promotion.states import Shape
from promotion.wording import Copy


def _paper(copy: Copy) -> tuple[Block, ...]:
    return (
        shape_of("tile own", 5, 5, 57, 66),
        dog(copy, 3.5, 71, 60, frame=Box(5, 5, 57, 66)),
        shape_of("tile ink", 64.5, 5, 30.5, 24),
        *brand(68, 8.6, 8.4, ink="paper", on="ink"),
        network(copy, Box(68, 18.5, 25, 8.5), most=2.1, anchor="top"),
        shape_of("tile sun", 64.5, 31.5, 30.5, 39.5),
        Block("numeral", Box(67.5, 33, 25, 18), numeral(copy), most=26, least=3, anchor="middle"),
        Block("month", Box(68, 52, 24.5, 17), month_lines(copy), most=5, least=1.4),
        shape_of("tile lamp", 5, 73.5, 90, 25),
        Block("headline", Box(9, 75.5, 82, 21), _title(copy), most=13, least=2.6, anchor="middle"),
        shape_of("tile mint", 5, 101, 57, 35.4),
        Block("facts", Box(9, 103.5, 49.5, 30.4), _facts(copy), most=4.4, least=1.4, anchor="middle"),
        shape_of("tile blush", 64.5, 101, 30.5, 35.4),
        *code(copy, Box(68.5, 104, 22.5, 28.5)),
    )


def _square(copy: Copy) -> tuple[Block, ...]:
    return (
        shape_of("tile own", 4, 4, 46, 58),
        dog(copy, 3.5, 62, 47, frame=Box(4, 4, 46, 58)),
        shape_of("tile ink", 52, 4, 44, 16),
        *brand(56, 7.5, 9, ink="paper", on="ink"),
        shape_of("tile sun", 52, 22, 44, 40),
        Block("numeral", Box(55, 23.5, 38, 22), numeral(copy), most=32, least=3, anchor="middle"),
        Block("month", Box(56, 46, 37, 14), month_lines(copy), most=6, least=1.6),
        shape_of("tile lamp", 4, 64, 34, 32),
        Block("headline", Box(7, 66, 29, 28), _title(copy), most=9.6, least=2, anchor="middle"),
        shape_of("tile mint", 40, 64, 56, 32),
        Block("facts", Box(43, 66, 32.5, 28), _facts(copy), most=4, least=1.2, anchor="middle"),
        *code(copy, Box(77, 70.5, 16, 19)),
    )


def _story(copy: Copy) -> tuple[Block, ...]:
    return (
        shape_of("tile ink", 5, 13, 90, 17),
        *brand(10, 16.5, 10, ink="paper", on="ink"),
        shape_of("tile own", 5, 32, 90, 62),
        dog(copy, 17, 94, 66, frame=Box(5, 32, 90, 62)),
        shape_of("tile sun", 5, 96, 36, 34),
        Block("numeral", Box(8, 97, 30, 19), numeral(copy), most=28, least=3, anchor="middle"),
        Block("month", Box(9, 116, 29, 12.5), month_lines(copy), most=5.2, least=1.6),
        shape_of("tile lamp", 43, 96, 52, 34),
        Block("headline", Box(47, 98, 44, 30), _title(copy), most=10.5, least=2.4, anchor="middle"),
        shape_of("tile mint", 5, 132, 90, 32),
        Block("facts", Box(9, 134, 55, 28), _facts(copy), most=4.6, least=1.4, anchor="middle"),
        *code(copy, Box(68, 134.5, 22.5, 27)),
    )


def _banner(copy: Copy) -> tuple[Block, ...]:
    return (
        shape_of("tile own", 1, 1, 24, 23),
        dog(copy, 1.6, 24, 22.8, frame=Box(1, 1, 24, 23)),
        shape_of("tile lamp", 26, 1, 45, 11),
        Block("headline", Box(28, 2.2, 41, 8.6), _title(copy), most=6, least=1.8, anchor="middle"),
        shape_of("tile mint", 26, 13, 45, 11),
        Block("facts", Box(28, 14, 41, 9), where(copy, ratio=1, gap=0), most=3.2, least=1, anchor="middle"),
        shape_of("tile sun", 72, 1, 27, 14.5),
        Block("numeral middle", Box(73, 1.6, 25, 8.4), numeral(copy), most=9, least=2, anchor="middle"),
        Block("month middle", Box(73, 10, 25, 5), month_lines(copy, flat=True), most=2.4, least=0.9, anchor="middle"),
        shape_of("tile ink", 72, 16.5, 27, 7.5),
        *brand(78.5, 18, 4.6, ink="paper", on="ink"),
    )


def _title(copy: Copy) -> tuple[Line, ...]:
    return headline(*said(copy, "coming"), copy, ratio=0.45, leading=0.92)


def _facts(copy: Copy) -> tuple[Line, ...]:
    return (*where(copy, ratio=1, gap=0), *handler(copy, ratio=0.74), *message(copy, ratio=0.7, gap=0.5))


TILES = {Shape.PAPER: _paper, Shape.SQUARE: _square, Shape.STORY: _story, Shape.BANNER: _banner}
