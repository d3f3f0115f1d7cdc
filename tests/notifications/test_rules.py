"""Delays grow from a minute to six hours, and differ from message to message."""

from datetime import timedelta
from uuid import UUID, uuid4

from notifications.rules import GIVE_UP_AFTER, LONGEST_DELAY, is_given_up, next_delay


def test_delays_double_from_a_minute_to_six_hours() -> None:
    zero = UUID(int=0)
    delays = [next_delay(attempts, message=zero) for attempts in range(1, GIVE_UP_AFTER)]
    assert delays[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert delays == sorted(delays)
    assert delays[-1] == LONGEST_DELAY


def test_messages_that_fail_together_do_not_return_together() -> None:
    assert len({next_delay(5, message=uuid4()) for _ in range(50)}) > 10


def test_a_final_no_is_believed_at_once_and_anything_else_twelve_times() -> None:
    assert is_given_up(1, permanent=True)
    assert not is_given_up(GIVE_UP_AFTER - 1, permanent=False)
    assert is_given_up(GIVE_UP_AFTER, permanent=False)
