"""The outbox's clockwork."""

from celery import shared_task
from django.utils import timezone

from notifications.actions import BATCH, drain

# A task ends after this many full batches, so that a worker is free again; the next poll goes on.
_BATCHES = 10


@shared_task
def drain_outbox() -> int:
    """Send what is due; how many messages were worked on."""
    total = 0
    for _ in range(_BATCHES):
        worked = drain(timezone.now())
        total += worked
        if worked < BATCH:
            break
    return total
