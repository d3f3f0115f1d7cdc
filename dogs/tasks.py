"""The dogs' clockwork: photos are cut for the page."""

from celery import shared_task
from django.utils import timezone

from dogs.actions import photos


@shared_task
def cut_photos() -> int:
    return photos.cut_photos(now=timezone.now())
