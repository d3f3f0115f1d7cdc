"""What the clock starts here."""

from celery import shared_task
from django.utils import timezone

from accounts.actions import forget_sessions as forget
from core.nightly import run_nightly


@shared_task
def forget_sessions() -> None:
    """Polled: works each night once, and the ones that were missed."""
    now = timezone.now()
    run_nightly("forget-sessions", lambda night: forget(night, now=now), now=now)
