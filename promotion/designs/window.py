"""Not drawn yet."""

from promotion.designs.ball import ball
from promotion.designs.parts import Block
from promotion.wording import Copy


def window(copy: Copy, shape: str) -> tuple[Block, ...]:
    return ball(copy, shape)
