"""When a person is reminded of something that lapses. Pure: days in, thresholds out."""

from datetime import date

from network.rules import REMINDER_DAYS

WEEKS_AFTER = 52
# What a threshold is called, and how many days before the last day it lies: 90 … 0, then -1, -2 … are weeks after it.
THRESHOLDS: dict[int, int] = {
    **{days: days for days in REMINDER_DAYS},
    **{-week: -7 * week for week in range(1, WEEKS_AFTER + 1)},
}


def crossed(expires_on: date, *, after: date, upto: date) -> list[int]:
    """The thresholds of `expires_on` that lie later than `after` and not later than `upto`, the farthest first.

    So nights that follow each other share none and leave none out. The scan in `portal.queries` says the same in SQL.
    """
    first, last = (expires_on - upto).days, (expires_on - after).days
    return [threshold for threshold, days in THRESHOLDS.items() if first <= days < last]
