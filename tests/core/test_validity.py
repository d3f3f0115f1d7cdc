"""A last day, said as a fact; and months counted whole."""

from datetime import date

import pytest

from core.validity import months_between, validity

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("ends", "sentence", "kind"),
    [
        (date(2027, 3, 3), "Valid to 3 March 2027", "ok"),
        (date(2026, 12, 25), "Valid to 25 December 2026", "ok"),
        (date(2026, 12, 24), "Ends in 30 days", "warn"),
        (date(2026, 11, 30), "Ends in 6 days", "stop"),
        (date(2026, 11, 25), "Ends in 1 day", "stop"),
        (TODAY, "Ends today", "stop"),
        (date(2026, 11, 2), "Ended 2 November", "stop"),
        (date(2025, 11, 2), "Ended 2 November 2025", "stop"),
    ],
)
def test_what_is_said(ends: date, sentence: str, kind: str) -> None:
    said = validity(ends, TODAY)
    assert (said.sentence, said.kind) == (sentence, kind)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2024, 2, 29), date(2025, 2, 28), 11),  # a leap day's birthday is on 1 March
        (date(2024, 2, 29), date(2025, 3, 1), 12),
        (date(2025, 1, 31), date(2025, 2, 28), 0),
        (date(2025, 1, 31), date(2025, 3, 31), 2),
        (date(2025, 5, 5), date(2025, 5, 5), 0),
    ],
)
def test_whole_months_between(start: date, end: date, months: int) -> None:
    assert months_between(start, end) == months
