"""A likeness with its parts at hand, and the strokes that the drawing is made of."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from dogs.drawing.outline import mirrored, number

KIT: dict[str, Any] = json.loads((Path(__file__).parent.parent / "data" / "dog-kit.json").read_text("utf-8"))
SHADE = tuple(KIT["shade"])
PALE = ("blaze", "merle")  # coats with a white chest and muzzle
BOTH = (-1, 1)


@dataclass(frozen=True)
class Likeness:
    """What one dog looks like. `bandana` is a colour or empty; a patch is always over the eye on the right."""

    head: str
    coat: str
    ears: str
    bandana: str = "#dcea4e"
    mood: str = "soft"


@dataclass
class Easel:
    """A likeness with its parts at hand, and ids that are unique in the picture."""

    likeness: Likeness
    ids: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.head: dict[str, Any] = KIT["heads"][self.likeness.head]
        self.coat: dict[str, str] = KIT["coats"][self.likeness.coat]
        self.ear: dict[str, Any] = KIT["ears"].get(self.likeness.ears) or {"z": "none", "o": []}
        self.pattern = self.coat.get("pattern", "solid")
        self.mark = self.coat.get("mark", self.coat["light"])
        self.fur: str = self.head["fur"]
        self.skull = mirrored(self.head["skull"])

    @property
    def marked_chest(self) -> bool:
        return self.pattern in (*PALE, "tan")

    def new_id(self) -> str:
        return f"k{next(self.ids)}"

    def lit(self, outline: str, base: str, shade: str, by: tuple[float, float] | None = None, inside: str = "") -> str:
        """Two tones: the shape in its shade, and the lit side clipped to it, with `inside` drawn in the same clip."""
        name, (dx, dy) = self.new_id(), by or SHADE
        light = shape(outline, base, f'transform="translate({dx} {dy})"')
        return (
            f'<clipPath id="{name}"><path d="{outline}"/></clipPath>'
            f'<g clip-path="url(#{name})">{shape(outline, shade)}{light}{inside}</g>'
        )


def shape(outline: str, fill: str, more: str = "") -> str:
    return f'<path d="{outline}" fill="{fill}" {more}/>'


def stroke(outline: str, colour: str, width: float, more: str = "") -> str:
    return f'<path d="{outline}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" {more}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, more: str = "") -> str:
    return f'<ellipse cx="{number(x)}" cy="{number(y)}" rx="{number(rx)}" ry="{number(ry)}" fill="{fill}" {more}/>'


def mix(one: str, other: str, share: float) -> str:
    """The colour `share` of the way from one to the other."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def turned(angle: float, x: float, y: float) -> str:
    return f'transform="rotate({angle} {number(x)} {number(y)})"'
