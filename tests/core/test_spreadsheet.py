"""Tables to take away: what a spreadsheet would run is only text in them."""

import csv
import io

import pytest

from core.spreadsheet import csv_response, defused

FORMULAS = ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", '=HYPERLINK("http://evil")', "\uff1dcmd"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["Bramble", "a=b", "", 12, -3, "3 - 4"])
def test_anything_else_stays_as_it_is(cell: object) -> None:
    assert defused(cell) == str(cell)


def test_a_file_opens_as_it_was_meant() -> None:
    answer = csv_response("ok9-session", ["Dog", "Place"], [["Cŵn", 'Hall "B", north'], ["=1", "two\nlines"]])
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows == [["Dog", "Place"], ["Cŵn", 'Hall "B", north'], ["'=1", "two\nlines"]]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ok9-session.csv"'
    assert answer.headers["Cache-Control"] == "private, no-store"
