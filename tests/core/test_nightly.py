"""Each night once: over clock changes, with two at once, after nights that were missed, and when a night fails."""

import threading
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO

import pytest
import time_machine
from django.conf import LazySettings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils.timezone import localtime

from core.models import Outcode, Run
from core.nightly import latest_night, run_night, run_nightly

DAY = timedelta(days=1)
POLL = timedelta(minutes=5)


def worked(job: str = "job") -> list[date]:
    return list(Run.objects.filter(job=job).order_by("date").values_list("date", flat=True))


@pytest.mark.parametrize(
    ("now", "night"),
    [
        (datetime(2026, 12, 24, 1, 59, tzinfo=UTC), date(2026, 12, 23)),
        (datetime(2026, 12, 24, 2, 0, tzinfo=UTC), date(2026, 12, 24)),
        (datetime(2026, 7, 1, 0, 59, tzinfo=UTC), date(2026, 6, 30)),  # 01:59 in summer time
        (datetime(2026, 7, 1, 1, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 10, 25, 0, 59, tzinfo=UTC), date(2026, 10, 24)),  # 01:59, for the first time
        (datetime(2026, 10, 25, 1, 59, tzinfo=UTC), date(2026, 10, 24)),  # 01:59, for the second time
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), date(2027, 3, 27)),  # 00:59 …
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), date(2027, 3, 28)),  # … is followed by 02:00
    ],
)
def test_a_night_begins_at_two_local_time(now: datetime, night: date) -> None:
    assert latest_night(now) == night


@pytest.mark.django_db
@pytest.mark.parametrize("change", [date(2026, 10, 25), date(2027, 3, 28)])
def test_polled_over_a_clock_change_each_night_is_worked_once(change: date) -> None:
    nights: list[date] = []
    start = datetime(change.year, change.month, change.day, 12, tzinfo=UTC) - DAY
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(int(2 * DAY / POLL)):
            run_nightly("job", nights.append, now=datetime.now(UTC))
            clock.shift(POLL)
    assert nights == [change - DAY, change, change + DAY]


@pytest.mark.django_db
def test_the_first_night_is_tonight_and_three_missed_ones_are_made_good() -> None:
    nights: list[date] = []
    now = datetime(2026, 12, 20, 12, tzinfo=UTC)
    assert run_nightly("job", nights.append, now=now) == [date(2026, 12, 20)]
    assert run_nightly("job", nights.append, now=now + 4 * DAY) == [date(2026, 12, day) for day in (21, 22, 23, 24)]
    assert run_nightly("job", nights.append, now=now + 4 * DAY) == []
    assert nights == [date(2026, 12, day) for day in (20, 21, 22, 23, 24)]


@pytest.mark.django_db
def test_no_more_than_seven_nights_are_made_good() -> None:
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    run_nightly("job", lambda night: None, now=now)
    assert run_nightly("job", lambda night: None, now=now + 20 * DAY) == [
        date(2026, 12, 21) - offset * DAY for offset in (6, 5, 4, 3, 2, 1, 0)
    ]


@pytest.mark.django_db
def test_a_failing_night_leaves_nothing_stops_no_other_and_is_tried_again() -> None:
    now, bad = datetime(2026, 12, 20, 12, tzinfo=UTC), date(2026, 12, 21)
    run_nightly("job", lambda night: None, now=now)

    def work(night: date) -> None:
        Outcode.objects.create(code=f"Z{night.day}", lat=0, lng=0)
        if night == bad:
            raise ValueError("no")

    with pytest.raises(ExceptionGroup) as failed:
        run_nightly("job", work, now=now + 2 * DAY)
    assert "2026-12-21" in failed.value.exceptions[0].__notes__[0]
    assert worked() == [date(2026, 12, 20), date(2026, 12, 22)]
    assert list(Outcode.objects.values_list("code", flat=True)) == ["Z22"]
    assert run_nightly("job", lambda night: None, now=now + 2 * DAY) == [bad]


@pytest.mark.django_db
def test_jobs_do_not_know_each_other() -> None:
    now = datetime(2026, 12, 20, 12, tzinfo=UTC)
    assert run_nightly("one", lambda night: None, now=now) == run_nightly("other", lambda night: None, now=now)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_works() -> None:
    night, now = date(2026, 12, 24), datetime(2026, 12, 24, 12, tzinfo=UTC)
    nights: list[date] = []
    inside, other_is_done = threading.Event(), threading.Event()

    def work_slowly(on: date) -> None:
        inside.set()
        assert other_is_done.wait(10)
        nights.append(on)

    def first() -> None:
        try:
            run_night("job", work_slowly, night, now=now)
        finally:
            connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(10)
    assert run_night("job", nights.append, night, now=now) is False
    other_is_done.set()
    thread.join()
    assert run_night("job", nights.append, night, now=now) is False
    assert nights == [night]


@pytest.mark.django_db(transaction=True)
def test_eight_beats_at_once_work_each_missed_night_once() -> None:
    now = datetime(2026, 12, 20, 12, tzinfo=UTC)
    run_nightly("job", lambda night: None, now=now)
    nights: list[date] = []
    start = threading.Barrier(8)

    def beat() -> None:
        start.wait()
        try:
            run_nightly("job", nights.append, now=now + 3 * DAY)
        finally:
            connection.close()

    threads = [threading.Thread(target=beat) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run_nightly("job", nights.append, now=now + 3 * DAY)
    assert sorted(nights) == [date(2026, 12, day) for day in (21, 22, 23)]


ASKED: list[date] = []


def remember(night: date, *, now: datetime) -> None:
    ASKED.append(night)


def fail(night: date, *, now: datetime) -> None:
    raise ValueError("no")


def say(*args: str) -> str:
    out = StringIO()
    call_command("run_nightly", *args, stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def jobs(settings: LazySettings) -> list[date]:
    settings.NIGHTLY_JOBS = {"remember": f"{__name__}.remember"}
    ASKED.clear()
    return ASKED


@pytest.mark.django_db
@time_machine.travel(datetime(2026, 12, 24, 12, tzinfo=UTC), tick=False)
def test_by_hand_a_night_is_done_once(jobs: list[date]) -> None:
    assert say("--on", "2026-12-24") == "remember: 2026-12-24"
    assert say("--on", "2026-12-24") == "remember: 2026-12-24 was done before"
    assert say() == "remember: nothing is missing"
    assert jobs == [date(2026, 12, 24)]


@pytest.mark.django_db
@time_machine.travel(datetime(2026, 11, 1, 12, tzinfo=UTC), tick=False)
def test_by_hand_a_night_ahead_of_time_is_not_ticked_off(jobs: list[date]) -> None:
    said = say("--on", "2026-12-24", "--job", "remember")
    assert said.splitlines()[0] == "remember: 2026-12-24, ahead of time"
    assert "not told again" in said
    assert worked("remember") == []
    assert jobs == [date(2026, 12, 24)]


@pytest.mark.django_db
@time_machine.travel(datetime(2026, 11, 1, 12, tzinfo=UTC), tick=False)
def test_by_hand_a_failure_is_said(settings: LazySettings) -> None:
    settings.NIGHTLY_JOBS = {"fail": f"{__name__}.fail"}
    with pytest.raises(CommandError, match="fail: 1 night"):
        say()


@pytest.mark.django_db
@pytest.mark.parametrize("change", [date(2026, 10, 25), date(2027, 3, 28)])
def test_a_job_that_begins_later_is_worked_once_a_day_at_its_local_hour(change: date, settings: LazySettings) -> None:
    settings.NIGHTLY_STARTS = {"morning": time(7)}
    began: list[tuple[date, str]] = []
    start = datetime(change.year, change.month, change.day, 12, tzinfo=UTC) - DAY

    def work(day: date) -> None:
        began.append((day, f"{localtime(datetime.now(UTC)):%H:%M}"))

    with time_machine.travel(start, tick=False) as clock:
        for _ in range(int(2 * DAY / POLL)):
            run_nightly("morning", work, now=datetime.now(UTC))
            clock.shift(POLL)
    assert began[1:] == [(change, "07:00"), (change + DAY, "07:00")]
