"""Who is asked, and on which days they are reminded."""

from datetime import date, timedelta

import pytest

from resources.rules import audiences_asked, threshold

READ_BY = date(2026, 12, 24)


def reminders(asked_on: date) -> list[tuple[int, int]]:
    """Every day from the asking to ten weeks after the last day on which another reminder becomes current."""
    found, last = list[tuple[int, int]](), None
    for ahead in range((READ_BY - asked_on).days + 70):
        today = asked_on + timedelta(days=ahead)
        current = threshold(READ_BY, asked_on=asked_on, today=today)
        if current is not None and current != last:
            found.append(((READ_BY - today).days, current))
        last = current if current is not None else last
    return found


def test_each_reminder_comes_on_its_day_then_weekly_eight_times() -> None:
    before = [(days, days) for days in (30, 14, 7, 1, 0)]
    after = [(-7 * week, -week) for week in range(1, 9)]
    assert reminders(READ_BY - timedelta(days=45)) == before + after


def test_whoever_is_asked_late_is_not_reminded_of_what_had_passed() -> None:
    assert [days for days, _ in reminders(READ_BY - timedelta(days=10))][:3] == [7, 1, 0]
    assert threshold(READ_BY, asked_on=READ_BY - timedelta(days=7), today=READ_BY - timedelta(days=7)) is None


def test_a_night_that_was_missed_is_made_good_by_the_next() -> None:
    asked = READ_BY - timedelta(days=45)
    assert threshold(READ_BY, asked_on=asked, today=READ_BY - timedelta(days=12)) == 14


@pytest.mark.parametrize(
    ("roles", "audiences"),
    [
        (["handler"], ["public", "members", "handlers"]),
        (["deputy"], ["public", "members", "leads"]),
        (["assessor"], ["public", "members"]),
        (["coordinator"], ["coordinators"]),
        (["lead", "handler"], ["public", "members", "handlers", "leads"]),
        ([], []),
    ],
)
def test_who_is_asked_to_read_what(roles: list[str], audiences: list[str]) -> None:
    assert audiences_asked(roles) == audiences
