"""What the clock starts here."""

from celery import shared_task
from django.utils import timezone

from core.nightly import run_nightly
from pages.actions import enquiries


@shared_task
def forget_enquiries() -> None:
    """Polled: works each night once, and the ones that were missed."""
    now = timezone.now()
    run_nightly("forget-enquiries", lambda night: enquiries.forget_enquiries(night, now=now), now=now)
