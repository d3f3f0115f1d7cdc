"""What the clock starts here."""

from celery import shared_task
from django.utils import timezone

from core.nightly import run_nightly
from resources.actions.reading import send_reading_reminders


@shared_task
def remind_reading() -> None:
    """Polled: works each night once, and the ones that were missed."""
    now = timezone.now()
    run_nightly("remind-reading", lambda night: send_reading_reminders(night, now=now), now=now)
