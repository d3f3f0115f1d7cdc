"""What the outbox holds: due, waiting, given up; and what stands in a person's inbox."""

from datetime import datetime

from django.db.models import QuerySet

from notifications.models import Message, Preference
from notifications.states import Delivery

# The first row of `waiting` that nobody else holds, marked as sent. One statement, because a drain asks for every mail.
TAKE_NEXT = """
update notifications_message set sent_at = %(now)s, attempts = attempts + 1, error = ''
where id = (
  select id from notifications_message
  where channel = %(channel)s and sent_at is null and failed_at is null and next_try_at <= %(now)s
    and delivery = 'at_once'
  order by urgent desc, next_try_at, id limit 1 for no key update skip locked)
returning *
"""


def waiting(channel: str, now: datetime) -> QuerySet[Message]:
    """What is due in a channel, in the order in which it goes. Read inside the system's scope."""
    due = Message.unscoped.filter(channel=channel, sent_at=None, failed_at=None, next_try_at__lte=now)
    due = due.filter(delivery=Delivery.AT_ONCE)
    return due.order_by("-urgent", "next_try_at", "pk")


def take_next(channel: str, now: datetime) -> Message | None:
    """Lock the first due row of a channel and mark it as sent; None where none is due. Inside the system's scope."""
    return next(iter(Message.unscoped.raw(TAKE_NEXT, {"channel": channel, "now": now})), None)


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
