"""What the clock starts here."""

from celery import shared_task
from django.utils import timezone

from core.nightly import run_nightly
from portal.actions import send_daily_digests, send_expiry_reminders


@shared_task
def remind_expiring() -> None:
    """Polled: works each night once, and the ones that were missed."""
    now = timezone.now()
    run_nightly("remind-expiring", lambda night: send_expiry_reminders(night, now=now), now=now)


@shared_task
def send_digests() -> None:
    """Polled like the reminders: each morning's mail once."""
    now = timezone.now()
    run_nightly("daily-digest", lambda day: send_daily_digests(day, now=now), now=now)
