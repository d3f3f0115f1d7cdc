"""When a reader is reminded, and who is asked to read. Pure: days and roles in, answers out."""

from collections.abc import Iterable
from datetime import date, timedelta

from network.rules import REMINDER_DAYS
from resources.states import ASKED

WEEKS_AFTER = 8
FARTHEST = timedelta(days=2 * 366)


def audiences_asked(roles: Iterable[str]) -> list[str]:
    """The audiences whose must-read resources are asked of somebody with these roles."""
    held = set(roles)
    return [audience for audience, asked in ASKED.items() if held & set(asked)]


def threshold(read_by: date, *, asked_on: date, today: date) -> int | None:
    """The reminder that is current today: days before the day, or minus the weeks after it. None when none is.

    A threshold that had passed when the reader was asked is not caught up: the asking itself was the reminder.
    """
    left = (read_by - today).days
    if left < 0:
        weeks = -left // 7
        return -weeks if 1 <= weeks <= WEEKS_AFTER else None
    crossed = [days for days in REMINDER_DAYS if left <= days and read_by - timedelta(days=days) > asked_on]
    return min(crossed, default=None)
