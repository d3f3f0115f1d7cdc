"""Asking for a second look at what teams are booked for, after a fact that their clearance stands on has changed."""

from celery import current_app
from django.db import transaction


def recheck_soon() -> None:
    """Once this commits, have every waiting offer and coming deployment judged again.

    If the broker is away, the beat's next look does it.
    """
    transaction.on_commit(_recheck, robust=True)


def _recheck() -> None:
    current_app.send_task("deployments.tasks.recheck_commitments", ignore_result=True, retry=False)
