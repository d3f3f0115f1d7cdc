"""The Celery application and its clock: what beat starts, and how often."""

import os
from importlib import import_module

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ok9.settings")

app = Celery("ok9")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Nightly jobs are polled, not timed: each takes its own `Run` row for the local date, so a missed poll,
# a second beat or a clock change neither loses a night nor works one twice (see core.nightly).
POLLED = {
    "notifications.tasks.drain_outbox": 10.0,
    "deployments.tasks.lapse_offers": 60.0,
    "deployments.tasks.recheck_commitments": 900.0,
    "deployments.tasks.send_aftercare": 1800.0,
    "dogs.tasks.cut_photos": 60.0,
    "pages.tasks.forget_enquiries": 300.0,
    "portal.tasks.remind_expiring": 300.0,
    "portal.tasks.send_digests": 300.0,
    "resources.tasks.remind_reading": 300.0,
    "accounts.tasks.forget_sessions": 300.0,
    "dogs.tasks.forget_devices": 300.0,
}
# What waits longer than until the next poll is dropped: behind a backlog, one poll does the work of many.
app.conf.beat_schedule = {
    task: {"task": task, "schedule": seconds, "options": {"expires": seconds}} for task, seconds in POLLED.items()
}


@worker_init.connect
def refuse_strong_role(**_: object) -> None:
    """A worker no more than a web process may run with a role that climbs the tenant wall."""
    # Looked up by name: models can't be imported before Django is set up, which it is when a worker begins.
    import_module("core.tenancy").refuse_strong_role()
