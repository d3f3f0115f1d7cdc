"""Which reminders lie between two days, whatever the days are."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.rules import THRESHOLDS, WEEKS_AFTER, crossed

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
SPANS = st.integers(0, 900)


def test_the_days_that_are_promised() -> None:
    before = {threshold: days for threshold, days in THRESHOLDS.items() if threshold >= 0}
    assert list(before) == list(before.values()) == [90, 60, 30, 14, 7, 1, 0]
    assert THRESHOLDS[-1] == -7
    assert THRESHOLDS[-52] == -364
    assert len(THRESHOLDS) == 7 + WEEKS_AFTER


def test_the_night_of_a_threshold_and_no_other() -> None:
    ends = date(2026, 12, 24)
    nights = {ends + timedelta(days=n): crossed(ends, after=ends + timedelta(days=n - 1), upto=ends + timedelta(days=n))
              for n in range(-100, 400)}  # fmt: skip
    assert nights[date(2026, 11, 24)] == [30]
    assert nights[ends] == [0]
    assert nights[date(2026, 12, 25)] == []
    assert nights[date(2026, 12, 31)] == [-1]
    assert [t for found in nights.values() for t in found] == list(THRESHOLDS)


@given(DAYS, DAYS, SPANS, SPANS)
def test_nights_that_follow_share_none_and_leave_none_out(ends: date, start: date, first: int, second: int) -> None:
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    parts = crossed(ends, after=start, upto=middle) + crossed(ends, after=middle, upto=end)
    assert parts == crossed(ends, after=start, upto=end)
    assert len(set(parts)) == len(parts)


@given(DAYS, DAYS, SPANS)
def test_a_threshold_is_crossed_on_its_own_day(ends: date, start: date, span: int) -> None:
    upto = start + timedelta(days=span)
    days = {threshold: ends - timedelta(days=before) for threshold, before in THRESHOLDS.items()}
    assert set(crossed(ends, after=start, upto=upto)) == {t for t, day in days.items() if start < day <= upto}


@given(DAYS, DAYS)
def test_a_night_that_was_read_already_holds_nothing(ends: date, night: date) -> None:
    assert crossed(ends, after=night, upto=night) == []
