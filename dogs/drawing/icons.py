"""The site's icons and the picture of its own pages, drawn from the mark and the kit (`bin/icons` makes them anew)."""

import sys
from pathlib import Path

import django
from PIL import Image

django.setup()

from dogs.drawing.mark import mark  # noqa: E402
from dogs.portrait import Words, picture  # noqa: E402
from dogs.social import SIZE, paint  # noqa: E402

BALL = "#dcea4e"
# Sizes that browsers and phones ask for. A phone may cut a maskable icon into a circle: its mark is smaller.
ICONS = {
    "apple-touch-icon.png": (180, 0.72),
    "icon-192.png": (192, 0.72),
    "icon-512.png": (512, 0.72),
    "icon-maskable.png": (512, 0.54),
}
DOGS = (
    Words("golden", "golden", "feather", "lamp", "smile", "hero"),
    Words("labrador", "chocolate", "drop", "ball", "smile", "hero"),
    Words("spaniel", "liver-white", "long-wavy", "tongue", "smile", "hero"),
)


def draw_icons(folder: Path) -> None:
    for name, (size, share) in ICONS.items():
        _icon(size, share).save(folder / name, optimize=True)
    _icon(48, 0.78).save(folder / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])
    _cover().quantize(256).save(folder / "social.png", optimize=True)


def _icon(size: int, share: float) -> Image.Image:
    """The ink mark on a tile of ball yellow, `share` of it wide. Larger first, then smaller: the lines stay clean."""
    large = size * 4
    width, height = large * share, large * share * 84 / 96
    html = (
        f"<style>@page {{ size: {large}px {large}px; margin: 0; @bottom-right {{ content: none }} }}"
        f" body {{ margin: 0; background: {BALL} }} img {{ position: absolute; left: {(large - width) / 2}px;"
        f" top: {(large - height) / 2}px; width: {width}px; height: {height}px }}</style><img src='drawn/mark.svg'>"
    )
    return paint(html, (large, large), {"mark.svg": mark(BALL)}).resize((size, size), Image.Resampling.LANCZOS)


def _cover() -> Image.Image:
    """Three dogs and what the site says first."""
    pictures = {f"dog{number}.svg": picture(words) for number, words in enumerate(DOGS)}
    dogs = "".join(f"<img class='cover-dog dog-{number}' src='drawn/dog{number}.svg'>" for number in range(len(DOGS)))
    html = f"<div class='card cover'><h1>Good dogs<br>for hard days.</h1>{dogs}</div>"
    return paint(html, SIZE, pictures)


if __name__ == "__main__":
    draw_icons(Path(sys.argv[1]))
