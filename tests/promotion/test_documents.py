"""Posters and pictures: one page, everything inside, readable aloud, and only what may be said."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from promotion import documents
from promotion.code import qr_matrix
from promotion.designs import DESIGNS, HEIGHTS
from promotion.states import SHAPE_OF, Language, Layout, Size
from promotion.wording import Wishes, copy_for
from tests.core.test_pdf import accessibility_errors, fonts_in
from tests.factories.promotion import BISCUIT, wishes

HOSTILE = {
    "markup": {"place": "<h1>No</h1> & 'so' {{ 7 }}", "message": "<script>alert(1)</script>\n<img src=x>"},
    "one long word": {"place": "W" * 120, "message": "w" * 280},
    "many words": {"place": "The long corridor " * 6, "message": "Tea and a dog, " * 18},
    "lines": {"place": "Canteen", "message": "a\n" * 139},
    "Welsh": {"place": "Tŷ Gŵyr, Llanfairpwllgwyngyllgogerychwyrndrobwll", "message": "Ŵŷ ŶŴ âêîôû " * 20},
    "emoji": {"place": "🐕 Café 🎂", "message": "Tea ☕ and 🐾 " * 25},
    "right to left": {"place": "مقهى المدرسة", "message": "שלום. مرحبا بكم. " * 16},
    "what our fonts lack": {"place": "犬 Café", "message": "नमस्ते 犬 " * 20},
}
LONG_NAMED = replace(BISCUIT, name="Bartholomew-" * 5, handler="Wolfeschlegelsteinhausenbergerdorff")
EVERY = [(layout, size) for layout in Layout for size in Size]


def words(paper: bytes) -> str:
    with pypdfium2.PdfDocument(paper) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def letters_outside(paper: bytes) -> list[str]:
    """The letters that stand beyond the page's edge, and whether there is a second page."""
    with pypdfium2.PdfDocument(paper) as pdf:
        page, outside = pdf[0], ["second page"] * (len(pdf) - 1)
        width, height = page.get_size()
        text = page.get_textpage()
        for place in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(place)
            if left < -0.5 or bottom < -0.5 or right > width + 0.5 or top > height + 0.5:
                outside.append(text.get_text_range(place, 1))
    return outside


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("layout", Layout)
def test_every_poster_is_one_page_without_an_accessibility_error(layout: str, language: str, tmp_path: Path) -> None:
    paper = documents.poster(BISCUIT, wishes(layout=layout, language=language), Size.A4)
    assert letters_outside(paper) == []
    assert accessibility_errors(paper, tmp_path) == []
    said = " ".join(words(paper).split())
    for phrase in ("Biscuit", "the parade room", "26", "Hari"):
        assert phrase in said


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("layout", Layout)
def test_nothing_that_people_type_leaves_the_page(layout: str, name: str, tmp_path: Path) -> None:
    asked = wishes(layout=layout, language="both", **HOSTILE[name])
    paper = documents.poster(LONG_NAMED, asked, Size.A4)
    assert letters_outside(paper) == []
    if name != "what our fonts lack":  # the form refuses those; an old row may still have them
        assert accessibility_errors(paper, tmp_path) == []
        typed = asked.place + asked.message
        assert set("".join(typed.split())) <= set(words(paper))


def test_each_script_comes_from_the_font_that_is_measured_for_it() -> None:
    asked = wishes(place="Café 🐾", message="مرحبا שלום")
    fonts = {name.partition("+")[2] for name in fonts_in(documents.poster(BISCUIT, asked, Size.A4))}
    for family in ("Noto-Emoji", "Vazirmatn", "Noto-Sans-Hebrew"):
        assert any(name.startswith(family) for name in fonts), fonts


@pytest.mark.parametrize(("layout", "size"), EVERY)
@pytest.mark.parametrize("name", [*HOSTILE, ""])
def test_every_stack_fits_its_box(layout: str, size: Size, name: str) -> None:
    shape = SHAPE_OF[size]
    copy = copy_for(LONG_NAMED if name else BISCUIT, wishes(layout=layout, language="both", **HOSTILE.get(name, {})))
    for block in DESIGNS[layout][shape](copy):
        if block.lines:
            assert block.fitted.height <= block.box.h + 0.01, (block.kind, block.lines)
            assert block.box.x >= 0
            assert block.box.x + block.box.w <= 100
            assert block.box.y + block.box.h <= HEIGHTS[shape]


@pytest.mark.parametrize("size", [Size.SQUARE, Size.STORY, Size.BANNER])
@pytest.mark.parametrize("layout", Layout)
def test_pictures_have_their_size(layout: str, size: Size) -> None:
    drawn = documents.poster(BISCUIT, wishes(layout=layout), size)
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.size == {"square": (1080, 1080), "story": (1080, 1920), "banner": (600, 150)}[size]
        assert picture.mode == "RGB"
        assert len(picture.resize((32, 32)).getcolors(2000)) > 8


def test_paper_has_its_size() -> None:
    for size, points in ((Size.A4, (595, 842)), (Size.A3, (842, 1191))):
        with pypdfium2.PdfDocument(documents.poster(BISCUIT, wishes(), size)) as pdf:
            assert tuple(map(round, pdf[0].get_size())) == points


def test_only_our_fonts_go_in() -> None:
    fonts = fonts_in(documents.poster(BISCUIT, wishes(place="Tŷ Gŵyr", language="both"), Size.A4))
    assert all("+" in name and ("Atkinson" in name or "Bricolage" in name) for name in fonts)


@pytest.mark.parametrize("size", [Size.A4, Size.SQUARE])
def test_the_same_wishes_give_the_same_bytes(size: Size) -> None:
    assert documents.poster(BISCUIT, wishes(), size) == documents.poster(BISCUIT, wishes(), size)


def test_a_surname_is_nowhere_in_the_file() -> None:
    subject = replace(BISCUIT, handler="Hari Featherstonehaugh")
    for layout in Layout:
        paper = documents.poster(subject, wishes(layout=layout), Size.A4)
        assert "Hari" in words(paper)
        assert "Featherstone" not in words(paper)
        with pikepdf.open(io.BytesIO(paper)) as pdf, pdf.open_metadata() as metadata:
            everything = f"{dict(pdf.docinfo)}{metadata}" + "".join(
                str(part) for part in pdf.objects if isinstance(part, pikepdf.Dictionary)
            )
            assert "Featherstone" not in everything
            assert str(pdf.docinfo["/Title"]) == "Come and meet Biscuit – OK9"
            assert "/Author" not in pdf.docinfo


def test_the_language_of_each_phrase_is_marked() -> None:
    with pikepdf.open(io.BytesIO(documents.poster(BISCUIT, wishes(language="both"), Size.A4))) as pdf:
        parts = [part for part in pdf.objects if isinstance(part, pikepdf.Dictionary)]
        said = [str(part.Lang) for part in parts if part.get("/S") in ("/P", "/H1")]
    assert set(said) == {"en-gb", "cy"}


def test_the_code_on_the_paper_is_the_pages_own() -> None:
    """Read back from the picture of the poster, square by square."""
    asked, copy = wishes(), copy_for(BISCUIT, wishes())
    rows = qr_matrix(copy.address)
    block = next(b for b in DESIGNS[asked.layout][SHAPE_OF[Size.SQUARE]](copy) if b.picture == "code")
    with Image.open(io.BytesIO(documents.poster(BISCUIT, asked, Size.SQUARE))) as picture:
        side, pixels = len(rows) + 8, picture.convert("L")
        step, left, top = block.box.w * 10.8 / side, block.box.x * 10.8, block.box.y * 10.8
        seen = tuple(
            bytes(
                pixels.getpixel((int(left + (x + 4.5) * step), int(top + (y + 4.5) * step))) < 128  # type: ignore[operator]
                for x in range(len(rows))
            )
            for y in range(len(rows))
        )
    assert seen == rows


@pytest.mark.parametrize("name", ["Biscuit", "../../etc/passwd", "Ŵŷ & <b>", "🐕", "CON", "x" * 60])
def test_names_in_the_zip_are_safe(name: str) -> None:
    file = documents.file_of(replace(BISCUIT, name=name), wishes(), "all", country="England")
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert len(names) == len(Size)
    for found in (*names, file.name):
        assert found.replace("-", "").replace(".", "").isalnum(), found
        assert found.isascii()
        assert found.startswith("ok9-")
        assert len(found) < 80


def test_a_zip_is_the_same_each_time() -> None:
    first, second = (documents.pack(BISCUIT, wishes(), stem="ok9") for _ in range(2))
    assert first == second


def test_files_are_called_after_the_dog_and_the_day() -> None:
    file = documents.file_of(BISCUIT, wishes(), "square", country="England")
    assert (file.name, file.kind) == ("ok9-biscuit-2026-11-26-square.png", "image/png")
    blank = Wishes("ball", "en-gb")
    assert documents.file_of(BISCUIT, blank, "preview", country="").name == "ok9-biscuit-preview.png"
