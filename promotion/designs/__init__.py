"""The five layouts, each a function from a copy and a shape to blocks."""

from collections.abc import Callable

from promotion.designs.ball import ball
from promotion.designs.night import night
from promotion.designs.parts import HEIGHTS, Block
from promotion.designs.speech import speech
from promotion.designs.tiles import tiles
from promotion.designs.window import window
from promotion.states import Layout
from promotion.wording import Copy

__all__ = ["DESIGNS", "HEIGHTS", "Block"]

DESIGNS: dict[str, Callable[[Copy, str], tuple[Block, ...]]] = {
    Layout.BALL: ball,
    Layout.WINDOW: window,
    Layout.NIGHT: night,
    Layout.SPEECH: speech,
    Layout.TILES: tiles,
}
