"""The words inside a PDF, for a search: as many as fit the limits, read page by page. Knows no domain word."""

from dataclasses import dataclass
from time import monotonic

import pypdfium2
from django.utils.translation import gettext as _

from core.lifecycle import Refused
from core.typed import tidy_lines

MOST_PAGES = 300
MOST_CHARACTERS = 200_000
MOST_SECONDS = 8.0


@dataclass(frozen=True)
class Words:
    """A PDF's length, and its text up to the limits."""

    pages: int
    text: str


def read_pdf(content: bytes, *, field: str = "file") -> Words:
    """Count the pages and read the words. Raises `Refused` where the file can't be opened as a PDF.

    A long or slow file is read as far as the limits go: the search then knows its beginning.
    """
    try:
        with pypdfium2.PdfDocument(content) as pdf:
            pages = len(pdf)
            text = _read(pdf, pages)
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise Refused(_("The PDF can't be read. Print it to a new PDF and choose that."), field=field) from error
    return Words(pages=pages, text=tidy_lines(text.replace("\0", " "))[:MOST_CHARACTERS])


def _read(pdf: pypdfium2.PdfDocument, pages: int) -> str:
    began, parts, left = monotonic(), list[str](), MOST_CHARACTERS
    for number in range(min(pages, MOST_PAGES)):
        if left <= 0 or monotonic() - began > MOST_SECONDS:
            break
        page = pdf[number]
        letters = page.get_textpage()
        parts.append(letters.get_text_range(0, min(left, letters.count_chars())) if letters.count_chars() else "")
        left -= len(parts[-1])
        letters.close()
        page.close()
    return "\n".join(parts)
