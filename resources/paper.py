"""A file for the library: checked, read for the search, kept under a new name."""

from dataclasses import dataclass

from core.files import CleanFile, store_upload
from core.pdf_words import Words, read_pdf
from resources.inputs import Content

AREA = "resources"


@dataclass(frozen=True)
class Paper:
    """A file that may be kept, with its words where it is a PDF."""

    file: CleanFile
    words: Words | None = None


def paper_of(file: CleanFile) -> Paper:
    """Read the file's words. Raises `Refused` with the reason why it can't be read."""
    return Paper(file, read_pdf(file.content) if file.ending == ".pdf" else None)


def store_paper(paper: Paper) -> Content:
    """Keep the file. Whoever is refused afterwards discards `Content.file` again."""
    words = paper.words
    return Content(
        file=store_upload(paper.file, AREA),
        size=len(paper.file.content),
        pages=words.pages if words else None,
        words=words.text if words else "",
    )
