"""What the outbox holds: due, waiting, given up; and what stands in a person's inbox."""

from datetime import datetime

from django.db.models import QuerySet

from notifications.models import Message, Preference
from notifications.states import Delivery


def waiting(channel: str, now: datetime) -> QuerySet[Message]:
    """What is due in a channel, in the order in which it goes. Read inside the system's scope."""
    due = Message.unscoped.filter(channel=channel, sent_at=None, failed_at=None, next_try_at__lte=now)
    due = due.filter(delivery=Delivery.AT_ONCE)
    return due.order_by("-urgent", "next_try_at", "pk")


def given_up() -> QuerySet[Message]:
    return Message.objects.filter(failed_at__isnull=False).order_by("-failed_at", "-pk")


def not_yet_sent() -> QuerySet[Message]:
    return Message.objects.filter(sent_at=None, failed_at=None, delivery=Delivery.AT_ONCE).order_by("queued_at", "pk")


def inbox_of(user_id: int) -> QuerySet[Message]:
    """A person's own messages, the newest first; also for coordinators, whose wall lets through everybody's."""
    return Message.objects.filter(user_id=user_id, in_inbox=True).order_by("-queued_at", "-pk")


def preferences_of(user_id: int) -> dict[str, str]:
    """What a person has chosen, by topic."""
    return dict(Preference.objects.filter(user_id=user_id).values_list("topic", "delivery"))


def waiting_for_digest() -> QuerySet[Message]:
    """What waits for the daily mail, held until the transaction ends. Read inside the system's scope."""
    rows = Message.unscoped.filter(delivery=Delivery.DAILY, digested_at=None)
    return rows.select_for_update(no_key=True).order_by("user_id", "pk")
