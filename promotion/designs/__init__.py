"""The five layouts: for each shape a function from a copy to the blocks on the page."""

from collections.abc import Callable, Mapping

from promotion.designs.ball import BALL
from promotion.designs.night import NIGHT
from promotion.designs.parts import HEIGHTS, Block
from promotion.designs.speech import SPEECH
from promotion.designs.tiles import TILES
from promotion.designs.window import WINDOW
from promotion.states import Layout, Shape
from promotion.wording import Copy

__all__ = ["DESIGNS", "HEIGHTS", "Block"]

DESIGNS: dict[str, Mapping[Shape, Callable[[Copy], tuple[Block, ...]]]] = {
    Layout.BALL: BALL,
    Layout.WINDOW: WINDOW,
    Layout.NIGHT: NIGHT,
    Layout.SPEECH: SPEECH,
    Layout.TILES: TILES,
}
