"""What an outcome must say, and how long a pass holds."""

from datetime import date

import pytest

from assessments.rules import Outcome, check_outcome, retest_from
from core.lifecycle import Refused
from core.validity import valid_until


@pytest.mark.parametrize(
    ("passed_on", "months", "until"),
    [
        (date(2026, 3, 10), 24, date(2028, 3, 9)),
        (date(2026, 1, 1), 24, date(2027, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
    ],
)
def test_a_pass_holds_to_the_day_before_the_same_day(passed_on: date, months: int, until: date) -> None:
    assert valid_until(passed_on, months) == until


def test_a_retest_waits_whole_weeks() -> None:
    assert retest_from(date(2026, 12, 1), 8) == date(2027, 1, 26)


@pytest.mark.parametrize(
    ("outcome", "field"),
    [
        (Outcome("booked"), "result"),
        (Outcome("passed_restricted"), "restrictions"),
        (Outcome("passed", restrictions=("noise",)), "restrictions"),
        (Outcome("passed_restricted", restrictions=("gravity",)), "restrictions"),
        (Outcome("referred", findings="Startled."), "retest_weeks"),
        (Outcome("referred", retest_weeks=99, findings="Startled."), "retest_weeks"),
        (Outcome("failed"), "findings"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(outcome: Outcome, field: str) -> None:
    with pytest.raises(Refused) as refused:
        check_outcome(outcome)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome("passed"),
        Outcome("passed_restricted", restrictions=("noise", "stairs")),
        Outcome("referred", retest_weeks=8, findings="Startled."),
        Outcome("failed", findings="Growled."),
    ],
)
def test_what_is_whole_passes(outcome: Outcome) -> None:
    check_outcome(outcome)
