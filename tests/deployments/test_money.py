"""Pounds and pence, as people type them and read them."""

import pytest

from deployments.money import read_pence, said_pounds


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("72.50", 7250), ("72.5", 7250), ("£1,072", 107200), ("1072", 107200), ("0.01", 1), (" 5 ", 500), ("£ 3.20", 320)],
)
def test_an_amount_is_read(typed: str, pence: int) -> None:
    assert read_pence(typed) == pence


@pytest.mark.parametrize("typed", ["", "x", "-5", "1.234", "1e3", "²", "٣", "9" * 400, "5,0", "=5", "£", "5 6"])
def test_what_is_none_is_not_read(typed: str) -> None:
    assert read_pence(typed) is None


def test_an_amount_is_said() -> None:
    assert [said_pounds(pence) for pence in (0, 5, 7250, 123456789)] == ["£0.00", "£0.05", "£72.50", "£1,234,567.89"]
