"""Pages as tagged PDFs (PDF/UA-1) that a screen reader can read. Only our own static files go in."""

from functools import lru_cache
from mimetypes import guess_type
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# Addresses in a PDF's template are relative to this place, which exists nowhere but in the fetcher below.
STATIC = "https://static.invalid/"


class RefusedAddressError(ValueError):
    """A PDF asked for something that is not one of our static files."""


class StaticFetcher(URLFetcher):
    """Reads static files by their path, and nothing else: no network, no other file of the machine."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(STATIC):
            raise RefusedAddressError(url)
        try:
            path = finders.find(url.removeprefix(STATIC))
        except SuspiciousFileOperation as error:
            raise RefusedAddressError(url) from error
        if not path:
            raise RefusedAddressError(url)
        kind = guess_type(path)[0] or "application/octet-stream"
        with open(path, "rb") as file:
            return URLFetcherResponse(url, body=file.read(), headers={"Content-Type": kind})


@lru_cache(maxsize=1)
def _fonts() -> tuple[FontConfiguration, CSS]:
    """The fonts and the style sheet, read once a process: most of a PDF's time is reading them."""
    fonts = FontConfiguration()
    return fonts, CSS(url=f"{STATIC}css/pdf.css", url_fetcher=StaticFetcher(), font_config=fonts)


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """The template as a PDF. It needs `lang`, a `title` and headings in order, as every page does."""
    fonts, style = _fonts()
    page = HTML(string=render_to_string(template, context), base_url=STATIC, url_fetcher=StaticFetcher())
    return bytes(page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True) or b"")
