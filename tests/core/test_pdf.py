"""PDFs: readable by a screen reader, and made of our own files alone."""

import io
from pathlib import Path

import outloud
import pikepdf
import pypdfium2
import pytest
from weasyprint.urls import URLFetchingError, fetch

from core.pdf import STATIC, RefusedAddressError, StaticFetcher, render_pdf

CONTEXT = {
    "reference": "R-1001",
    "kind": "Major incident",
    "host": "Heddlu Ŵyn",
    "team": "Haf with Siôn",
    "force": "Northshire Police",
    "groups": [
        {"title": "When", "facts": [("From and to", "Wed 25 Nov, 09:00 to 17:00")]},
        {"title": "More to know", "text": "A quiet room.\n<img src='file:///etc/passwd'><script>x</script>"},
    ],
    "telephone": "07700 900999",
    "made": "24 November 2026, 10:04",
}


@pytest.fixture(scope="module")
def paper() -> bytes:
    return render_pdf("pdf/deployments/briefing.html", CONTEXT)


def accessibility_errors(paper: bytes, folder: Path) -> list[str]:
    """What an independent PDF/UA-1 checker finds wrong; a file that it can't read is wrong too."""
    path = folder / "paper.pdf"
    path.write_bytes(paper)
    result = outloud.check(str(path))
    unread = [result.error] if result.error or not result.stats.get("tagged") else []
    return [*unread, *(found.message for found in result.findings if found.severity == "error")]


def test_a_pdf_has_no_accessibility_error(paper: bytes, tmp_path: Path) -> None:
    assert accessibility_errors(paper, tmp_path) == []


def test_the_checker_would_find_an_error(tmp_path: Path) -> None:
    with pikepdf.new() as bare:
        bare.add_blank_page()
        bare.save(tmp_path / "bare.pdf")
    assert accessibility_errors((tmp_path / "bare.pdf").read_bytes(), tmp_path)


def test_a_pdf_says_that_it_is_tagged_and_in_which_language(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-gb"
        assert pdf.docinfo["/Title"] == "Briefing R-1001 – OK9"


def fonts_in(paper: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        parts = [part for part in pdf.objects if isinstance(part, pikepdf.Dictionary)]
        return {str(part.BaseFont) for part in parts if part.get("/Type") == "/Font"}


def test_our_fonts_go_in_and_no_other(paper: bytes) -> None:
    fonts = fonts_in(paper)
    assert fonts
    assert all("Atkinson" in name or "Bricolage" in name for name in fonts)
    assert all("+" in name for name in fonts)  # only the letters used


def test_welsh_letters_come_from_the_other_half_of_the_font(paper: bytes) -> None:
    english = render_pdf("pdf/deployments/briefing.html", CONTEXT | {"host": "Heddlu"})
    assert len(fonts_in(paper)) > len(fonts_in(english))
    with pypdfium2.PdfDocument(paper) as pdf:
        assert "Heddlu Ŵyn" in pdf[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:8000/member/",
        "https://example.com/picture.png",
        "data:text/plain,hello",
        f"{STATIC}../../etc/passwd",
        f"{STATIC}%2e%2e/ok9/settings.py",
        f"{STATIC}/etc/passwd",
        f"{STATIC}css/no-such-file.css",
    ],
)
def test_an_address_outside_our_static_files_is_refused(address: str) -> None:
    with pytest.raises(RefusedAddressError):
        StaticFetcher().fetch(address)


def test_a_refused_address_reaches_the_maker_as_a_failed_fetch() -> None:
    with pytest.raises(URLFetchingError), fetch(StaticFetcher(), "file:///etc/hostname"):
        raise AssertionError("it was read")


def test_a_static_file_is_read() -> None:
    assert b"@font-face" in StaticFetcher().fetch(f"{STATIC}css/faces.css").read()
