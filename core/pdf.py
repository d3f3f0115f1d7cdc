"""Pages as tagged PDFs (PDF/UA-1) that a screen reader can read, or as pictures. Only our own files go in."""

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from mimetypes import guess_type
from typing import Any

import pydyf
import pypdfium2
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# Addresses in a PDF's template are relative to this place, which exists nowhere but in the fetcher below.
STATIC = "https://static.invalid/"
# What was drawn for this one paper, by the name that its template calls it.
DRAWN = f"{STATIC}drawn/"
NOTHING_DRAWN: Mapping[str, bytes] = {}


class RefusedAddressError(ValueError):
    """A PDF asked for something that is not one of our static files."""


class StaticFetcher(URLFetcher):
    """Reads static files by their path, and what was drawn for the paper: no network, no other file of the machine."""

    def __init__(self, drawn: Mapping[str, bytes] = NOTHING_DRAWN) -> None:
        super().__init__()
        self.drawn = drawn

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(STATIC):
            raise RefusedAddressError(url)
        if url.startswith(DRAWN) and url.removeprefix(DRAWN) in self.drawn:
            return URLFetcherResponse(url, body=self.drawn[url.removeprefix(DRAWN)])
        try:
            path = finders.find(url.removeprefix(STATIC))
        except SuspiciousFileOperation as error:
            raise RefusedAddressError(url) from error
        if not path:
            raise RefusedAddressError(url)
        kind = guess_type(path)[0] or "application/octet-stream"
        with open(path, "rb") as file:
            return URLFetcherResponse(url, body=file.read(), headers={"Content-Type": kind})


@lru_cache(maxsize=8)
def _fonts(style: str) -> tuple[FontConfiguration, CSS]:
    """A style sheet and its fonts, read once a process: most of a PDF's time is reading them."""
    fonts = FontConfiguration()
    return fonts, CSS(url=f"{STATIC}{style}", url_fetcher=StaticFetcher(), font_config=fonts)


def render_pdf(
    template: str,
    context: dict[str, Any],
    *,
    style: str = "css/pdf.css",
    drawn: Mapping[str, bytes] = NOTHING_DRAWN,
    languages: Sequence[str] = (),
    tagged: bool = True,
) -> bytes:
    """The template as a PDF. It needs `lang`, a `title` and headings in order, as every page does.

    `drawn` are pictures that no file holds; the template finds them under `drawn/`. `languages` are those of the
    paragraphs and first headings in their order, where a paper speaks more than one.
    """
    fonts, sheet = _fonts(style)
    page = HTML(string=render_to_string(template, context), base_url=STATIC, url_fetcher=StaticFetcher(drawn))
    how: dict[str, Any] = {}
    if tagged:
        finisher = partial(_tell_more, languages=languages)
        how = {"pdf_variant": "pdf/ua-1", "pdf_tags": True, "finisher": finisher}
    return bytes(page.write_pdf(stylesheets=[sheet], font_config=fonts, **how) or b"")


def _tell_more(document: object, pdf: pydyf.PDF, *, languages: Sequence[str]) -> None:
    """What a reader aloud needs and the maker leaves out: what a table's header is of, where the language changes."""
    parts = [part for part in pdf.objects if isinstance(part, pydyf.Dictionary) and "S" in part]
    kinds = {part.reference: part for part in parts}
    for header in (part for part in parts if part["S"] == "/TH"):
        rows = kinds[kinds[header["P"]]["P"]]
        header["A"]["Scope"] = "/Column" if rows["S"] == "/THead" else "/Row"
    if languages:
        said = [part for part in parts if part["S"] in ("/P", "/H1")]
        for part, language in zip(said, languages, strict=True):
            part["Lang"] = pydyf.String(language)


def render_png(paper: bytes, *, width: int) -> bytes:
    """The first page of a PDF as a picture, `width` pixels wide."""
    with pypdfium2.PdfDocument(paper) as pdf:
        page = pdf[0]
        picture = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    target = io.BytesIO()
    picture.save(target, "PNG", compress_level=6)
    return target.getvalue()
