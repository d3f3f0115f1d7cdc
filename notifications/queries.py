"""What the outbox holds: due, waiting, given up."""

from datetime import datetime

from django.db.models import QuerySet

from notifications.models import Message


def waiting(channel: str, now: datetime) -> QuerySet[Message]:
    """What is due in a channel, in the order in which it goes. Read inside the system's scope."""
    due = Message.unscoped.filter(channel=channel, sent_at=None, failed_at=None, next_try_at__lte=now)
    return due.order_by("-urgent", "next_try_at", "pk")


def given_up() -> QuerySet[Message]:
    return Message.objects.filter(failed_at__isnull=False).order_by("-failed_at", "-pk")


def not_yet_sent() -> QuerySet[Message]:
    return Message.objects.filter(sent_at=None, failed_at=None).order_by("queued_at", "pk")
