"""The papers of promotion: posters, pictures for social media, the pack of all, the blank templates."""

import io
import zipfile
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import get_language, override

from core.pdf import render_pdf, render_png
from dogs.portrait import Words, picture
from promotion import brand
from promotion.code import qr_picture
from promotion.designs import DESIGNS
from promotion.designs.parts import brand as logo
from promotion.marks import TAILS, bare_mark, mark
from promotion.states import FILES, HUNDREDTHS, PAGES, PAPERS, PIXELS, SHAPE_OF, Size
from promotion.wording import Copy, Subject, Wishes, copy_for

TEMPLATE, STYLE = "pdf/promotion/sheet.html", "css/poster.css"
# A ZIP's oldest moment: the same pack gives the same bytes whenever it is made.
BEGINNING = (1980, 1, 1, 0, 0, 0)

KINDS = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png", "zip": "application/zip"}
# How many drawings a file takes, where it takes more than one.
COSTS = {"all": len(Size)}
PREVIEW_WIDTH, SAMPLE_WIDTH = 640, 320
# Who stands on a blank template.
ANY_DOG = Subject("", "", "", Words("labrador", "yellow", "drop", "lamp", "smile"), "sky")


@dataclass(frozen=True)
class File:
    """A file to hand out, its name safe on every system."""

    name: str
    kind: str
    content: bytes


def file_of(subject: Subject, wishes: Wishes, name: str, *, country: str) -> File:
    """A pack's file by its name in `FILES`."""
    day = f"-{localdate(wishes.starts_at)}" if wishes.starts_at else ""
    stem = f"ok9-{slugify(subject.name)[:40].strip('-') or 'dog'}{day}"
    if name == "all":
        content = pack(subject, wishes, stem=stem, country=country)
    elif name == "preview":
        content = preview(subject, wishes, country=country)
    else:
        content = poster(subject, wishes, name, country=country)
    return File(f"{stem}-{name}.{FILES[name]}", KINDS[FILES[name]], content)


def poster(subject: Subject, wishes: Wishes, size: str, *, country: str = "") -> bytes:
    """One sheet: a tagged PDF for paper, a PNG for a screen. The same wishes give the same bytes."""
    return sheet(subject, copy_for(subject, wishes, country=country), wishes.layout, size)


def sheet(subject: Subject, copy: Copy, layout: str, size: str) -> bytes:
    is_paper = size in PAPERS
    paper = _render(subject, copy, layout, size, tagged=is_paper)
    return paper if is_paper else render_png(paper, width=PIXELS[Size(size)])


def preview(subject: Subject, wishes: Wishes, *, width: int = PREVIEW_WIDTH, country: str = "") -> bytes:
    """The A4 poster as a small picture for a page."""
    copy = copy_for(subject, wishes, country=country)
    return render_png(_render(subject, copy, wishes.layout, Size.A4, tagged=False), width=width)


def blank_template(layout: str, size: str) -> bytes:
    """A layout without a dog's name or a day, to be written on by hand. In the language that is active."""
    language = "cy" if get_language() == "cy" else "en-gb"
    return poster(ANY_DOG, Wishes(layout, language), size)


def brand_kit() -> bytes:
    """The brand on paper, in the language that is active."""
    drawn = {f"mark-{on}": mark(ink, "ink" if on == "night" else on) for on, (ink, _colour) in brand.GROUNDS.items()}
    context = {
        "grounds": brand.GROUNDS.items(), "colours": brand.COLOURS, "type": brand.TYPE, "voice": brand.VOICE,
        "do": brand.DO, "dont": brand.DONT,
    }  # fmt: skip
    return render_pdf("pdf/promotion/brand.html", context, drawn=drawn)


@lru_cache(maxsize=64)
def brand_file(name: str, language: str) -> File:
    """A file of the brand kit by its name in `brand.FILES`, in this language where it has words."""
    kind, *how = brand.FILES[name]
    with override(language):
        if kind == "kit":
            content = brand_kit()
        elif kind == "blank":
            content = blank_template(*how)
        elif kind == "sample":
            content = preview(ANY_DOG, Wishes(how[0], language), width=SAMPLE_WIDTH)
        elif kind == "svg":
            content = bare_mark(how[0])
        else:
            content = _logo(kind, *how)
    return File(name, KINDS[name.rpartition(".")[2]], content)


def _logo(kind: str, on: str, width: str) -> bytes:
    """The mark, or the mark with its name, on a ground: a picture of so many pixels."""
    ink, colour = brand.GROUNDS[on]
    ground = "ink" if on == "night" else on
    blocks = logo(10, 16, 68, ink=ink, on=ground)[:1] if kind == "mark" else logo(8, 8, 24, ink=ink, on=ground)
    size = "800px 800px" if kind == "mark" else "800px 320px"
    page = f"@page{{size:{size};margin:0;background:{colour}}}html{{font-size:8px}}"
    context = {"lang": "en-gb", "title": "OK9", "layout": "logo", "shape": kind, "blocks": blocks, "page": page}
    drawn = {block.picture: mark(ink, ground) for block in blocks if block.picture}
    return render_png(render_pdf(TEMPLATE, context, style=STYLE, drawn=drawn, tagged=False), width=int(width))


def _render(subject: Subject, copy: Copy, layout: str, size: str, *, tagged: bool) -> bytes:
    width, height = PAGES[Size(size)]
    shape = SHAPE_OF[Size(size)]
    blocks = DESIGNS[layout][shape](copy)
    context = {
        "lang": copy.first.lang,
        "title": copy.first.meet,
        "layout": layout,
        "shape": shape,
        "blanket": subject.blanket,
        "blocks": blocks,
        "focus": subject.photo.focus if subject.photo else (),
        "page": f"@page{{size:{width} {height};margin:0}}html{{font-size:{HUNDREDTHS[Size(size)]}}}",
    }

    drawn = {block.picture: _draw(block.picture, subject, copy) for block in blocks if block.picture}
    languages = [line.lang or copy.first.lang for block in blocks for line in block.lines] if tagged else []
    return render_pdf(TEMPLATE, context, style=STYLE, drawn=drawn, languages=languages, tagged=tagged)


def _draw(name: str, subject: Subject, copy: Copy) -> bytes:
    """A picture by the name that a design gives it: `code`, `dog-hero`, `mark-ink-ball`."""
    kind, *how = name.split("-")
    if kind == "mark":
        return mark(*(subject.blanket if colour == "own" else colour for colour in how))
    if subject.photo and kind == "photo":
        return subject.photo.content
    if kind == "tail":
        return TAILS[how[0]]
    return qr_picture(copy.address) if kind == "code" else picture(replace(subject.portrait, frame=how[0]))


def pack(subject: Subject, wishes: Wishes, *, stem: str, country: str = "") -> bytes:
    """Every file of a visit in one ZIP. `stem` begins each name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for size in Size:
            member = zipfile.ZipInfo(f"{stem}-{size}.{FILES[size]}", BEGINNING)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, poster(subject, wishes, size, country=country))
    return target.getvalue()
