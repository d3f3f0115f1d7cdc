"""Texts kept as Markdown files: the title is the first line, and the Welsh stands beside the English."""

from pathlib import Path

from pages.inputs import Words


def read_words(english: Path) -> Words:
    """The words of `name.en.md`, and those of `name.cy.md` where there is one."""
    welsh = english.with_name(english.name.replace(".en.md", ".cy.md"))
    return Words(*_read(english), *(_read(welsh) if welsh.exists() else ()))


def _read(path: Path) -> tuple[str, str]:
    title, _line_end, body = path.read_text(encoding="utf-8").partition("\n")
    return title.removeprefix("#").strip(), body.strip()
