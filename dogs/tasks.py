"""The dogs' clockwork: photos are cut for the page, and devices that gave a paw are forgotten."""

from celery import shared_task
from django.utils import timezone

from core.nightly import run_nightly
from dogs.actions import kudos, photos


@shared_task
def cut_photos() -> int:
    return photos.cut_photos(now=timezone.now())


@shared_task
def forget_devices() -> None:
    """Polled: works each night once, and the ones that were missed."""
    now = timezone.now()
    run_nightly("forget-devices", lambda night: kudos.forget_devices(night, now=now), now=now)
