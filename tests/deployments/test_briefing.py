"""Times and spans as people say them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deployments.briefing import day_and_time, span

NOW = datetime(2026, 11, 23, 23, 12, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-5, "0 minutes"), (1, "1 minute"), (59, "59 minutes"), (60, "1 hour"), (31 * 60 + 5, "31 hours"),
        (48 * 60, "2 days"), (8 * 1440, "8 days"),
    ],
)  # fmt: skip
def test_a_span_is_said_in_the_unit_that_helps(minutes: int, said: str) -> None:
    assert span(NOW, NOW + timedelta(minutes=minutes)) == said


def test_a_deadline_is_today_tomorrow_or_a_day() -> None:
    hours = {0.5: "today 23:42", 4: "tomorrow 03:12", 30: "Wed 25 Nov, 05:12"}
    assert {after: day_and_time(NOW + timedelta(hours=after), now=NOW) for after in hours} == hours
