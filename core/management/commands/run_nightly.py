"""`manage.py run_nightly --on 2026-12-24`: the work of a given night, by hand."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.module_loading import import_string

from core.nightly import latest_night, run_night, run_nightly
from core.tenancy import system_scope


class Command(BaseCommand):
    help = "Do the nightly jobs: the given night's, or every night's that is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="The night, as 2026-12-24")
        parser.add_argument("--job", choices=sorted(settings.NIGHTLY_JOBS), help="One job only")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        jobs = [options["job"]] if options["job"] else sorted(settings.NIGHTLY_JOBS)
        try:
            for job in jobs:
                self.stdout.write(f"{job}: {_worked(job, options['on'], now)}")
        except ExceptionGroup as failed:
            raise CommandError("; ".join([str(failed), *map(str, failed.exceptions)])) from failed
        if options["on"] and any(options["on"] > latest_night(now, job) for job in jobs):
            self.stdout.write("Whoever was told now is not told again when the nights until then come.")


def _worked(job: str, night: date | None, now: datetime) -> str:
    """Do it, and say it in a few words.

    A night that has not come is worked but not ticked off: when it comes it is worked with what is true then, and
    each job knows by itself whom it has told already.
    """
    action: Callable[..., object] = import_string(settings.NIGHTLY_JOBS[job])

    def work(on: date) -> object:
        return action(on, now=now)

    if night is None:
        done = run_nightly(job, work, now=now)
        return ", ".join(map(str, done)) or "nothing is missing"
    if night > latest_night(now, job):
        with system_scope():
            work(night)
        return f"{night}, ahead of time"
    return f"{night}" if run_night(job, work, night, now=now) else f"{night} was done before"
