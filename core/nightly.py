"""Nightly work: each job once for each local night, whatever happens to clocks, beats and servers."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Min
from django.utils import timezone

from core.models import Run
from core.tenancy import system_scope

# A night's work begins at two in the morning, local time. That hour is there once on every day of the year: in March
# the clock jumps from one to two, in October it falls from two to one and passes two only when the hour is over.
STARTS_AT = time(2)
CATCH_UP = 7

Work = Callable[[date], object]


def run_nightly(job: str, work: Work, *, now: datetime, catch_up: int = CATCH_UP) -> list[date]:
    """Do `work(night)` for each night not done yet, oldest first; the nights done.

    The job's first night ever is the current one; after that up to `catch_up` nights are made good. A night's work
    and its `Run` row commit together, so a night that fails leaves nothing, is tried at the next poll, and does not
    stop the nights after it; all the failures are raised together at the end.
    """
    done, failures = [], []
    for night in _missing(job, now=now, catch_up=catch_up):
        try:
            if run_night(job, work, night, now=now):
                done.append(night)
        except Exception as error:  # whatever is wrong with one night, the others are worked
            error.add_note(f"{job}, the night of {night}")
            failures.append(error)
    if failures:
        raise ExceptionGroup(f"{job}: {len(failures)} nights failed", failures)
    return done


def run_night(job: str, work: Work, night: date, *, now: datetime) -> bool:
    """Do one night, unless it is done or somebody is at it; whether we did it."""
    with system_scope():
        if not _alone(job, night) or Run.objects.filter(job=job, date=night).exists():
            return False
        work(night)
        Run.objects.create(job=job, date=night, finished_at=now)
    return True


def latest_night(now: datetime, job: str = "") -> date:
    """The last local date whose night has begun. A job may begin at a later hour, which the settings say."""
    local = timezone.localtime(now)
    return (
        local.date()
        if local.time() >= settings.NIGHTLY_STARTS.get(job, STARTS_AT)
        else local.date() - timedelta(days=1)
    )


def _missing(job: str, *, now: datetime, catch_up: int) -> list[date]:
    latest = latest_night(now, job)
    runs = Run.objects.filter(job=job, date__lte=latest)
    began = runs.aggregate(began=Min("date"))["began"] or latest
    first = latest - timedelta(days=catch_up - 1)
    known = set(runs.filter(date__gte=first).values_list("date", flat=True))
    nights = (first + timedelta(days=offset) for offset in range(catch_up))
    return [night for night in nights if night >= began and night not in known]


def _alone(job: str, night: date) -> bool:
    """Take the night until the transaction ends; False when another process has it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"nightly:{job}:{night}"])
        return bool(cursor.fetchone()[0])
