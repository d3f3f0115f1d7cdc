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
    when,
    where,
)
from promotion.states import Shape
from promotion.wording import Copy


def ball(copy: Copy, shape: str) -> tuple[Block, ...]:
    title = headline(*said(copy, "coming"), copy, ratio=0.26, leading=0.87)
    facts = (*when(copy), *where(copy), *handler(copy), *message(copy))
    bottom = HEIGHTS[Shape(shape)]
    if shape == Shape.BANNER:
        return (
            dog(copy, 70, bottom, 27),
            *brand(3, 2.6, 4.2),
            Block("headline", Box(3, 7.6, 66, 8), title, most=7, least=2),
            Block("facts plain", Box(3, 16.4, 66, 7), (*when(copy), *where(copy, ratio=0.8)), most=3.2, least=1),
        )
    if shape == Shape.SQUARE:
        return (
            *brand(5.5, 5, 8),
            network(copy, Box(55, 5.5, 39.5, 7), most=2.3, kind="right"),
            dog(copy, 45, 72, 58),
            Block("headline", Box(5, 17, 50, 53), title, most=13.5, least=3, anchor="middle"),
            shape_of("foot", 0, 72, 100, bottom - 72),
            Block("facts", Box(5.5, 74.5, 67, 23), facts, most=5.2, least=1.4, anchor="middle"),
            *code(copy, Box(76, 74.8, 19, 22.4)),
        )
    if shape == Shape.STORY:
        return (
            *brand(6, 14, 10),
            Block("headline", Box(5.5, 28, 89, 38), title, most=16.5, least=3),
            dog(copy, 5, 128, 90),
            shape_of("foot", 0, 128, 100, bottom - 128),
            Block("facts", Box(6, 132, 60, 32), facts, most=6.4, least=1.5),
            *code(copy, Box(70, 133, 24, 28.5)),
        )
    return (
        *brand(6, 5.6, 7.6),
        network(copy, Box(50, 6, 44, 7), most=2.1, kind="right"),
        Block("headline", Box(5.3, 17.2, 90, 38), title, most=16.6, least=3),
        dog(copy, 12.6, 111.7, 74.8),
        shape_of("foot", 0, 111.7, 100, bottom - 111.7),
        Block("facts", Box(6, 115, 65, 23), facts, most=5.8, least=1.4, anchor="middle"),
        *code(copy, Box(75, 115.4, 19, 22.6)),
    )
