"""Photos cut for the page: which part of a picture is shown, in which sizes, as which bytes. Pure, but for Pillow."""

import io
from dataclasses import dataclass

from PIL import Image

from dogs.states import Shape

WIDTHS = (400, 800, 1600)
# Where a picture can be seen through, the public site's paper shows.
PAPER = "#fffaf1"
RATIOS = {Shape.SQUARE: 1.0, Shape.UPRIGHT: 4 / 5, Shape.WIDE: 3 / 2}
FORMATS = {"avif": ("AVIF", {"quality": 55, "speed": 7}), "webp": ("WEBP", {"quality": 78}), "jpg": ("JPEG", {
    "quality": 80, "progressive": True, "optimize": True,
})}  # fmt: skip

Size = tuple[int, int]
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Framing:
    """What the picture shows, and which part of it is shown. The focus is in percent from the left and the top."""

    alt: str
    shape: str = Shape.AS_TAKEN
    focus: Size = (50, 50)


@dataclass(frozen=True)
class Copy:
    """One size of a photo: its bytes by ending."""

    width: int
    height: int
    content: dict[str, bytes]


def crop_box(size: Size, shape: str, focus: Size) -> Box:
    """The largest part of the picture that has the shape, as near the middle of interest as the edges let it."""
    width, height = size
    ratio = RATIOS.get(Shape(shape))
    if ratio is None:
        return 0, 0, width, height
    across, down = min(width, round(height * ratio)), min(height, round(width / ratio))
    left = min(max(round(width * focus[0] / 100 - across / 2), 0), width - across)
    top = min(max(round(height * focus[1] / 100 - down / 2), 0), height - down)
    return left, top, left + across, top + down


def focus_within(size: Size, shape: str, focus: Size) -> Size:
    """Where the middle of interest lies in the part that is shown, in percent."""
    left, top, right, bottom = crop_box(size, shape, focus)
    across, down = (size[0] * focus[0] / 100 - left) / (right - left), (size[1] * focus[1] / 100 - top) / (bottom - top)
    return min(max(round(across * 100), 0), 100), min(max(round(down * 100), 0), 100)


def widths_for(width: int) -> tuple[int, ...]:
    """The sizes that a picture of this width is worth; it is never made larger than it is."""
    return tuple(wanted for wanted in WIDTHS if wanted <= width) or (width,)


def cut(data: bytes, shape: str, focus: Size) -> list[Copy]:
    """The copies of a picture that `core.files` made safe, smallest first. Nothing but pixels goes into them."""
    with Image.open(io.BytesIO(data)) as picture:
        shown = _on_paper(picture).crop(crop_box(picture.size, shape, focus))
    copies = []
    for width in widths_for(shown.width):
        height = max(round(shown.height * width / shown.width), 1)
        sized = shown.resize((width, height), Image.Resampling.LANCZOS) if width != shown.width else shown
        copies.append(Copy(width, height, {ending: _bytes(sized, ending) for ending in FORMATS}))
    return copies


def size_of(data: bytes) -> Size:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.size


def _on_paper(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, PAPER)
    return Image.alpha_composite(paper, seen).convert("RGB")


def _bytes(picture: Image.Image, ending: str) -> bytes:
    kind, options = FORMATS[ending]
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()
