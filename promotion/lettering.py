"""How large words may be: measured with the fonts that the posters are set in. Pure but for reading the fonts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from unicodedata import bidirectional, category, combining

from django.conf import settings
from PIL import ImageFont

FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "fonts"
EM = 1000
# Which letters a file is asked for, in the order of static/css/faces.css. What is in no range is asked of the emoji.
LATIN = ((0x0020, 0x00FF), (0x2000, 0x200C), (0x200E, 0x206F), (0x20AC, 0x20AC), (0x2122, 0x2122))
LATIN_EXTENDED = ((0x0100, 0x02BA), (0x1E00, 0x1EFF))
ARABIC = ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))
HEBREW = ((0x0590, 0x05FF), (0xFB1D, 0xFB4F))
# The maker breaks lines a little differently from us: it kerns.
SPARE = 0.985
# What is left empty where a word is broken: at most about one wide letter, in em.
WASTE = 0.9
# Where a line may break: after spaces and hyphens, not at a space that holds.
_PIECE = re.compile(r"(?:[^\s-]|\xa0)*-+\s*|(?:[^\s-]|\xa0)+\s*")
STEP = 0.97
# An unseen letter that runs from left to right: a line that begins with it does so too, whatever follows.
LEFT_TO_RIGHT = "\u200e"
# What word processors put in place of ordinary signs, and our fonts lack.
_ORDINARY = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2212": "–", "′": "’", "″": "”", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff"}
)


@dataclass(frozen=True)
class Face:
    """A font as the posters use it; `tracking` is in em, as in poster.css."""

    family: str
    weight: int
    tracking: float = 0


FACES = {
    "display": Face("bricolage-grotesque", 800, -0.035),
    "title": Face("bricolage-grotesque", 800, -0.015),
    "text": Face("atkinson-hyperlegible-next", 400),
    "bold": Face("atkinson-hyperlegible-next", 700),
}


@dataclass(frozen=True)
class Line:
    """A paragraph of a stack. `ratio` is its size and `gap` the space above it, both in sizes of the stack."""

    text: str
    face: str = "text"
    ratio: float = 1
    leading: float = 1.25
    gap: float = 0
    tag: str = "p"
    lang: str = ""
    role: str = ""

    @property
    def style(self) -> str:
        """As CSS; the gap counts in sizes of the stack, so it is divided by the line's own."""
        return f"font-size:{self.ratio:.3f}em;line-height:{self.leading};margin-top:{self.gap / self.ratio:.3f}em"

    @property
    def runs_left(self) -> bool:
        """Do somebody's own words run from right to left? The first letter with a direction decides, as in HTML’s
        `auto`. A sentence of the house runs from left to right, whatever name stands in it.
        """
        if self.lang:
            return False
        known = (direction for letter in self.text if (direction := bidirectional(letter)) in ("L", "R", "AL"))
        return next(known, "L") != "L"


@dataclass(frozen=True)
class Fitted:
    """The size at which a stack fits its box, and the height that it then takes."""

    size: float
    height: float


def fit(lines: tuple[Line, ...], *, width: float, height: float, most: float, least: float) -> Fitted:
    """The largest size between `most` and `least` at which the lines stay inside.

    Words stay whole, but for one so long that breaking it lets everything be twice as large.
    """
    whole = _largest(lines, width, height, most, least, broken=False)
    if whole and whole.size * 2 > most:
        return whole
    parted = _largest(lines, width, height, most, least, broken=True)
    if whole and parted:
        return parted if parted.size > whole.size * 2 else whole
    return whole or parted or Fitted(least, height)


def _largest(
    lines: tuple[Line, ...], width: float, height: float, most: float, least: float, *, broken: bool
) -> Fitted | None:
    for size in _sizes(most, least):
        used = _height(lines, size, width * SPARE, broken=broken)
        if used is not None and used <= height:
            return Fitted(size, used)
    return None


def ordinary(text: str) -> str:
    """`text` with the plain signs of our fonts for those that word processors make of them."""
    return text.translate(_ORDINARY)


def unprintable(text: str) -> list[str]:
    """What our fonts can't draw of `text`, each letter once, in their order; an accent stands on a ring."""
    missing = dict.fromkeys(letter for letter in text if not letter.isspace() and not is_printable(letter))
    return [f"◌{letter}" if combining(letter) else letter for letter in missing]


@lru_cache(maxsize=4096)
def is_printable(letter: str) -> bool:
    """Do the fonts in which people's words are set have this letter?"""
    return all(_has(FACES[name], letter) for name in ("text", "bold"))


def _sizes(most: float, least: float) -> Iterator[float]:
    size = most
    while size > least:
        yield round(size, 3)
        size *= STEP
    yield least


def _height(lines: tuple[Line, ...], size: float, width: float, *, broken: bool) -> float | None:
    """How high the stack is at this size; None when a word is too long and may not be broken."""
    total = 0.0
    for place, line in enumerate(lines):
        rows = _rows(line, width / (size * line.ratio), broken=broken)
        if rows is None:
            return None
        total += rows * line.ratio * line.leading * size + (line.gap * size if place else 0)
    return total


def _rows(line: Line, width: float, *, broken: bool) -> int | None:
    """How many rows the paragraph takes in `width` em."""
    rows = 0
    for part in line.text.split("\n"):
        found = _rows_of(part, FACES[line.face], width, broken=broken)
        if found is None:
            return None
        rows += found
    return rows


def _rows_of(text: str, face: Face, width: float, *, broken: bool) -> int | None:
    rows, left = 1, width
    for word in _PIECE.findall(text):
        length = _width(word.rstrip(), face)
        if length > width and not broken:
            return None
        if length > left and left < width:
            rows, left = rows + 1, width
        while length > left:  # a word longer than a row goes on in the next
            rows, length = rows + 1, length - left + WASTE
        left -= length + _width(word[len(word.rstrip()) :], face)
    return rows


def _width(text: str, face: Face) -> float:
    """The width of words in em."""
    return sum(
        sum(advance(letter, face) for letter in run) if file.startswith(face.family) else _shaped(file, "".join(run))
        for file, run in groupby(text, lambda letter: file_of(letter, face))
    )


@lru_cache(maxsize=1024)
def _shaped(file: str, run: str) -> float:
    """The width in em of letters that join, or of the parts of one emoji: only together do they have one."""
    return float(_font(file, ImageFont.Layout.RAQM).getlength(run)) / EM


@lru_cache(maxsize=8192)
def advance(letter: str, face: Face) -> float:
    """The width of a letter in em, standing alone; what is never seen has none."""
    if category(letter) == "Cf":
        return 0
    return float(_font(file_of(letter, face)).getlength(letter)) / EM + face.tracking


def file_of(letter: str, face: Face) -> str:
    """The file that has the letter, if any has it."""
    point = ord(letter)
    for part, ranges in (("latin", LATIN), ("latin-ext", LATIN_EXTENDED)):
        if _within(point, ranges):
            return f"{face.family}/{face.family}-{part}-{face.weight}"
    for family, ranges in (("vazirmatn", ARABIC), ("noto-sans-hebrew", HEBREW)):
        if _within(point, ranges):
            return f"{family}/{family}-{min(face.weight, 700)}"
    return "noto-emoji/noto-emoji-400"


def _within(point: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= point <= last for first, last in ranges)


@lru_cache(maxsize=16)
def _font(file: str, layout: ImageFont.Layout = ImageFont.Layout.BASIC) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{file}.woff2", EM, layout_engine=layout)


def _has(face: Face, letter: str) -> bool:
    """A letter that a font lacks is drawn as its empty box."""
    font = _font(file_of(letter, face))
    return bytes(font.getmask(letter)) != bytes(font.getmask("\U0010fffe"))
