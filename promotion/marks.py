"""Small drawings that designs use: the OK9 mark in two colours, the tail of a speech bubble."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

COLOURS = {
    "ink": "#14243d", "paper": "#fffaf1", "ball": "#dcea4e", "lamp": "#2347c5", "white": "#ffffff",
    "sky": "#cfe2f8", "lime": "#f0f5a8", "blush": "#fbd6cb", "mint": "#cfe9d8", "lilac": "#e0dbf6",
    "biscuit": "#fbe6bd",
}  # fmt: skip
_EAR = "M31 16C19 8 8 13 4 28-1 46-1 66 8 69c9 2 11-10 13-21 2-10 6-16 11-20 4-4 3-9-1-12Z"
_OTHER_EAR = "M65 16c12-8 23-3 27 12 5 18 5 38-4 41-9 2-11-10-13-21-2-10-6-16-11-20-4-4-3-9 1-12Z"
_HEAD = "M48 11c24 0 35 18 35 40 0 23-14 37-35 37S13 74 13 51c0-22 11-40 35-40Z"
_MUZZLE = "M48 49c11 0 18 8 18 17s-8 16-18 16-18-7-18-16 7-17 18-17Z"
_NOSE = "M38.5 60c0-5 5-7 9.5-7s9.5 2 9.5 7-6 9-9.5 9-9.5-4-9.5-9Z"
_MOUTH = "M48 66v5.500m-8 0c4 4 8 2 8-.5 0 2.500 4 4.500 8 .5"

_TAIL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {}"><path fill="#fff" d="{}"/></svg>'
TAILS = {
    "down": _TAIL.format("14 10", "M0 0h14C11 6 7 9 1 10 4 7 4 3 0 0Z").encode(),
    "left": _TAIL.format("4 6", "M4 0v6C2 5 1 4 0 1 2 2 3 2 4 0Z").encode(),
}


def bare_mark(ink: str) -> bytes:
    """The mark with nothing behind it, its gaps cut out: for whoever puts it on a ground of their own."""
    drawn = (Path(settings.BASE_DIR) / "static" / "img" / "ok9-mark.svg").read_text("utf-8")
    return drawn.replace('color="#14243d"', f'color="{COLOURS[ink]}"').encode()


@lru_cache(maxsize=16)
def mark(ink: str, ground: str) -> bytes:
    """The mark, 96 to 84, on a ground of one colour: the PDF maker draws no masks, so the gaps are painted."""
    colour, ground = COLOURS[ink], COLOURS[ground]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 6 96 84">'
        f'<path fill="{colour}" d="{_HEAD}"/>'
        f'<path fill="none" stroke="{ground}" stroke-width="8" d="{_EAR}{_OTHER_EAR}"/>'
        f'<path fill="{colour}" d="{_EAR}{_OTHER_EAR}"/>'
        f'<path fill="{ground}" d="M32.4 43a4.6 4.6 0 1 0 9.2 0a4.6 4.6 0 1 0-9.2 0Zm22 0a4.6 4.6 0 1 0 9.2 0a4.6 4.6'
        f' 0 1 0-9.2 0Z{_MUZZLE}"/><path fill="{colour}" d="{_NOSE}"/>'
        f'<path fill="none" stroke="{colour}" stroke-width="3.4" stroke-linecap="round" d="{_MOUTH}"/></svg>'
    ).encode()
