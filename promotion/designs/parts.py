"""What designs are put together from. All measures are hundredths of the page's width, from its upper left corner."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from promotion.lettering import LEFT_TO_RIGHT, Fitted, Line, fit
from promotion.states import Shape
from promotion.wording import Copy

HEIGHTS = {Shape.PAPER: 141.43, Shape.SQUARE: 100.0, Shape.STORY: 177.78, Shape.BANNER: 25.0}
# Letters from which on a message is set larger beside the date, so that it is not set too small with it.
LONG = 140
ANCHORS = {"top": 0.0, "middle": 0.5, "bottom": 1.0}
# The frame of a drawing in which the dog is seen to the chest, width to height.
HERO = 448 / 418
# The frame in which it looks over a wall, and how much of that stands above the wall's edge.
WALL, ABOVE_WALL = 400 / 420, 399 / 420


@dataclass(frozen=True)
class Box:
    """A place on the page."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class Block:
    """A box with a stack of lines that fits it, or with a picture, or with nothing but its colour.

    A picture with words (`alt`) is read out; one without is a background.
    """

    kind: str
    box: Box
    lines: tuple[Line, ...] = ()
    most: float = 0
    least: float = 1
    anchor: str = "top"
    picture: str = ""
    alt: str = ""

    @property
    def fitted(self) -> Fitted:
        return fit(self.lines, width=self.box.w, height=self.box.h, most=self.most, least=self.least)

    @property
    def style(self) -> str:
        """The box as CSS; a stack is moved down to its anchor."""
        box = self.box
        if not self.lines:
            return f"left:{box.x:.2f}rem;top:{box.y:.2f}rem;width:{box.w:.2f}rem;height:{box.h:.2f}rem"
        fitted = self.fitted
        down = max(0.0, box.h - fitted.height) * ANCHORS[self.anchor]
        return (
            f"left:{box.x:.2f}rem;top:{box.y + down:.2f}rem;width:{box.w:.2f}rem;height:{box.h - down:.2f}rem;"
            f"font-size:{fitted.size:.3f}rem"
        )


def shape_of(kind: str, x: float, y: float, w: float, h: float) -> Block:
    """A field of colour."""
    return Block(kind, Box(x, y, w, h))


def brand(x: float, y: float, h: float, *, ink: str = "ink", on: str = "ball") -> tuple[Block, ...]:
    """Mark and name, in one colour on another. `h` is the mark's height."""
    mark = Block("mark", Box(x, y, h * 96 / 84, h), picture=f"mark-{ink}-{on}")
    size = h * 0.74
    name = Box(x + h * 1.24, y + h * 0.08, size * 2.2, size * 1.15)
    return mark, Block(f"logo {ink}", name, (Line("OK9", "display", leading=1.15),), most=size, least=size)


def network(copy: Copy, box: Box, *, most: float, anchor: str = "middle", kind: str = "") -> Block:
    """What OK9 is, in a line for each language."""
    lines = tuple(Line(voice.network, "text", leading=1.3, lang=voice.lang) for voice in copy.voices)
    return Block(f"network {kind}", box, lines, most=most, least=1, anchor=anchor)


def headline(first: str, second: str, copy: Copy, *, ratio: float = 0.3, leading: float = 0.88) -> tuple[Line, ...]:
    """The heading and, where both languages are wanted, the same in the other below it."""
    lines: tuple[Line, ...] = (Line(first, "display", leading=leading, tag="h1", lang=copy.first.lang),)
    if copy.second:
        ratio = max(ratio, min(0.6, len(first) / 60))  # a long name makes both small, and the second too small
        lines += (Line(second, "title", ratio=ratio, leading=1.1, gap=0.2, lang=copy.second.lang),)
    return lines


def said(copy: Copy, phrase: str) -> tuple[str, str]:
    """A phrase of the house in the first and in the second language."""
    return getattr(copy.first, phrase), getattr(copy.second, phrase) if copy.second else ""


def when(copy: Copy, *, ratio: float = 1, second: float = 0.75) -> tuple[Line, ...]:
    """The day, in each language."""
    if copy.is_blank:
        return written(copy, _("Day and time"), ratio)
    lines: tuple[Line, ...] = (Line(copy.first.date, "title", ratio, 1.02, lang=copy.first.lang, role="when"),)
    if copy.second:
        other = copy.second
        lines += (Line(other.date, "title", ratio * second, 1.1, 0.08, lang=other.lang, role="when"),)
    return lines


def where(copy: Copy, *, ratio: float = 0.5, gap: float = 0.17) -> tuple[Line, ...]:
    """From when to when, and where. The house's words begin it, so that the clock is never read backwards."""
    if copy.is_blank:
        return written(copy, _("Place"), ratio * 2)
    return (Line(f"{LEFT_TO_RIGHT}{copy.times}, {copy.place}", "bold", ratio, 1.25, gap, role="where"),)


def handler(copy: Copy, *, ratio: float = 0.4, gap: float = 0.1) -> tuple[Line, ...]:
    """Who brings the dog, where the handler has agreed to be named."""
    return tuple(
        Line(voice.alone, "text", ratio, 1.3, gap if first else 0, lang=voice.lang)
        for first, voice in zip((True, False), copy.voices, strict=False)
        if voice.alone
    )


def message(copy: Copy, *, ratio: float = 0.42, gap: float = 0.26) -> tuple[Line, ...]:
    """The handler's own words, or the house's in each language."""
    if copy.message:
        ratio *= 1.3 if len(copy.message) > LONG else 1
        return (Line(copy.message, "text", ratio, 1.4, gap, role="message"),)
    lines = [Line(voice.welcome, "text", ratio, 1.4, gap / 2, lang=voice.lang) for voice in copy.voices]
    return (replace(lines[0], gap=gap), *lines[1:])


def written(copy: Copy, label: str, ratio: float) -> tuple[Line, ...]:
    """An empty line to write on, under a small label."""
    return (Line(label, "text", ratio * 0.42, 3.4, 0, lang=copy.first.lang, role="write"),)


def code(copy: Copy, box: Box, *, kind: str = "") -> tuple[Block, ...]:
    """The code on its card with what it is for. The card is as wide as the box and a little higher."""
    words = tuple(
        Line(voice.scan, "bold", 1 if number == 0 else 0.85, 1.2, lang=voice.lang)
        for number, voice in enumerate(copy.voices)
    )
    edge = box.w * 0.03
    square = Box(box.x + edge, box.y + edge, box.w - 2 * edge, box.w - 2 * edge)
    under = Box(box.x + edge, box.y + box.w - edge, box.w - 2 * edge, box.h - box.w)
    return (
        shape_of(f"card {kind}", box.x, box.y, box.w, box.h),
        Block(f"code {kind}", square, picture="code", alt=copy.first.code),
        Block(f"scan {kind}", under, words, most=box.w * 0.105, least=box.w * 0.05, anchor="middle"),
    )


def dog(copy: Copy, x: float, bottom: float, w: float, *, frame: Box) -> Block:
    """The dog to the chest, standing on the line `bottom`; its photo, where there is one, in `frame` instead."""
    height = w / HERO
    return _likeness(copy, "dog-hero", Box(x, bottom - height, w, height), frame)


def dog_at_wall(copy: Copy, x: float, wall: float, w: float, *, frame: Box) -> Block:
    """The dog looking over a wall, its paws on the edge; its photo, where there is one, in `frame` instead."""
    height = w / WALL
    return _likeness(copy, "dog-wall", Box(x, wall - height * ABOVE_WALL, w, height), frame)


def _likeness(copy: Copy, drawing: str, box: Box, frame: Box) -> Block:
    if copy.photo:
        return Block("photo", frame, picture="photo", alt=copy.photo)
    return Block("dog", box, picture=drawing, alt=copy.first.drawing)


def name_lines(copy: Copy) -> tuple[Line, ...]:
    """'Come and meet', in each language, and the name below as the heading."""
    if not copy.name:
        return headline(*said(copy, "meet"), copy)
    come = tuple(Line(voice.come, "title", 0.3, 1.2, lang=voice.lang) for voice in copy.voices)
    return (*come, Line(copy.name, "display", 1, 0.9, 0.02, tag="h1"))


def numeral(copy: Copy) -> tuple[Line, ...]:
    """The day of the month alone; on a blank poster a place to write it."""
    if copy.is_blank:
        return (Line(_("Day and time"), "text", 0.075, 9, lang=copy.first.lang, role="write"),)
    return (Line(copy.first.day, "display", 1, 0.8, role="when"),)


def month_lines(copy: Copy, *, flat: bool = False) -> tuple[Line, ...]:
    """The weekday and the month around the numeral, in each language; `flat` puts both into one row."""
    if copy.is_blank:
        return ()
    first, *others = copy.voices
    if flat:
        return tuple(Line(f"{v.weekday}, {v.month}", "title", lang=v.lang, role="when") for v in copy.voices)
    lines = (
        Line(first.weekday, "title", 1, 1.02, lang=first.lang, role="when"),
        Line(first.month, "title", 1, 1.02, lang=first.lang, role="when"),
    )
    return lines + tuple(
        Line(f"{voice.weekday}, {voice.month}", "title", 0.58, 1.1, 0.2, lang=voice.lang, role="when")
        for voice in others
    )


def story_foot(copy: Copy, y: float, *, dated: bool = True) -> tuple[Block, ...]:
    """The facts over the whole width, below them the code with the message beside it."""
    day = when(copy) if dated else ()
    facts = (*day, *where(copy, ratio=0.64 if dated else 0.9), *handler(copy, ratio=0.5))
    return (
        Block("facts", Box(6, y, 88, 21), facts, most=7.6, least=1.6),
        *code(copy, Box(6, y + 23, 19, 22.6)),
        Block("facts", Box(29, y + 23, 65, 22.6), message(copy, ratio=1), most=3, least=1.4, anchor="middle"),
    )
