"""The library's own papers: all that a new library begins with, and what ill will would make of one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.pdf_words import read_pdf
from network.rules import Limits
from resources.documents import sheet_pdf
from resources.starting.sheets import CATEGORIES, Sheet, starting_sheets
from tests.core.test_pdf import accessibility_errors

SHEETS = starting_sheets(Limits())


def paper_of(sheet: Sheet) -> bytes:
    return sheet_pdf(title=sheet.title, summary=sheet.summary, markdown=sheet.markdown, on=date(2026, 11, 24))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_every_paper_can_be_read_by_a_screen_reader(sheet: Sheet, tmp_path: Path) -> None:
    paper = paper_of(sheet)
    assert accessibility_errors(paper, tmp_path) == []
    words = read_pdf(paper)
    assert words.pages <= 2
    assert sheet.title.split()[-1] in words.text


def test_the_sheets_fit_the_library() -> None:
    assert len(SHEETS) >= 12
    assert {sheet.category for sheet in SHEETS} == set(CATEGORIES)
    assert len({sheet.title for sheet in SHEETS}) == len(SHEETS)
    assert all(len(sheet.title) <= 160 and len(sheet.summary) <= 500 for sheet in SHEETS)


def test_the_networks_numbers_stand_in_them() -> None:
    changed = replace(Limits(), contact_minutes_a_day=95, rest_hours_after_trauma=72, travel_stop_hours=1)
    texts = {sheet.title: sheet.markdown for sheet in starting_sheets(changed)}
    assert "95 minutes" in texts["Handler’s day checklist"]
    assert "rests for 72 hours" in texts["Recovery and rest after a trauma deployment"]
    assert "one at least every hour" in texts["Before you travel checklist"]
    assert "£10,000,000" in texts["Standard operating procedure, template"]
    assert not [title for title, text in texts.items() if "$" in text]


def test_markup_long_words_and_emoji_stay_text(tmp_path: Path) -> None:
    evil = "<h1>No</h1> & 'so' 🐕 <script>x</script> " + "w" * 3000
    paper = sheet_pdf(title=evil[:160], summary=evil[:500], markdown=evil, on=date(2026, 11, 24))
    assert accessibility_errors(paper, tmp_path) == []
    assert "<h1>No</h1> & 'so'" in read_pdf(paper).text
