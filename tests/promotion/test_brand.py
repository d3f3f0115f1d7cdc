"""The brand kit: honest figures, papers that can be read aloud, files that are what they are called."""

import io
from pathlib import Path

import pytest
from PIL import Image

from promotion import brand, documents
from promotion.states import Layout
from tests.core.test_pdf import accessibility_errors
from tests.promotion.test_documents import letters_outside, words


def test_every_ink_can_be_read_on_its_colour() -> None:
    assert {colour.key: colour.contrast for colour in brand.COLOURS}["ball"] == 11.8
    assert all(colour.contrast >= 4.5 for colour in brand.COLOURS)


def test_the_kit_has_no_accessibility_error(tmp_path: Path) -> None:
    paper = documents.brand_kit()
    assert accessibility_errors(paper, tmp_path) == []
    assert "#dcea4e" in words(paper)


@pytest.mark.parametrize("layout", Layout)
def test_a_blank_poster_is_one_page_to_write_on(layout: str, tmp_path: Path) -> None:
    paper = documents.blank_template(layout, "a4")
    assert letters_outside(paper) == []
    assert accessibility_errors(paper, tmp_path) == []
    assert "Place" in words(paper)
    assert "Meet our dogs" in words(paper)


@pytest.mark.parametrize(
    ("name", "size"),
    [("ok9-mark-on-night-64.png", (64, 64)), ("ok9-logo-on-ball-300.png", (300, 120))],
)
def test_pictures_of_the_mark_have_their_size_and_ground(name: str, size: tuple[int, int]) -> None:
    file = documents.brand_file(name, "en-gb")
    with Image.open(io.BytesIO(file.content)) as picture:
        assert picture.size == size
        corner = {"night": (20, 36, 61), "ball": (220, 234, 78)}[name.split("-")[3]]
        assert picture.getpixel((0, 0)) == corner


def test_the_bare_mark_comes_in_two_colours() -> None:
    for ink, colour in (("ink", b"#14243d"), ("paper", b"#fffaf1")):
        assert colour in documents.brand_file(f"ok9-mark-{ink}.svg", "en-gb").content
