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
app.conf.beat_schedule = {
    "drain-outbox": {"task": "notifications.tasks.drain_outbox", "schedule": 10.0},
    "lapse-offers": {"task": "deployments.tasks.lapse_offers", "schedule": 60.0},
    "recheck-commitments": {"task": "deployments.tasks.recheck_commitments", "schedule": 900.0},
    "send-aftercare": {"task": "deployments.tasks.send_aftercare", "schedule": 1800.0},
    "cut-photos": {"task": "dogs.tasks.cut_photos", "schedule": 60.0},
    "forget-enquiries": {"task": "pages.tasks.forget_enquiries", "schedule": 300.0},
    "remind-expiring": {"task": "portal.tasks.remind_expiring", "schedule": 300.0},
    "daily-digest": {"task": "portal.tasks.send_digests", "schedule": 300.0},
    "remind-reading": {"task": "resources.tasks.remind_reading", "schedule": 300.0},
    "forget-devices": {"task": "dogs.tasks.forget_devices", "schedule": 300.0},
}


@worker_init.connect
def refuse_strong_role(**_: object) -> None:
    """A worker no more than a web process may run with a role that climbs the tenant wall."""
    # Looked up by name: models can't be imported before Django is set up, which it is when a worker begins.
    import_module("core.tenancy").refuse_strong_role()
