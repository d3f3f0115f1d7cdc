"""How a message reaches its reader, when one that could not be sent is tried again, and when it is given up."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from notifications.states import ALLOWED, TOPICS, Delivery, Topic

GIVE_UP_AFTER = 12
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=6)


def next_delay(attempts: int, *, message: UUID) -> timedelta:
    """How long to wait after the try number `attempts`: doubling from one minute to six hours.

    Up to a quarter is added, each message's own, so that a thousand which failed together don't return together.
    """
    doubled = FIRST_DELAY * 2 ** min(attempts - 1, 20)
    spread = 1 + (message.int % 1000) / 4000
    return min(doubled * spread, LONGEST_DELAY)


def is_given_up(attempts: int, *, permanent: bool) -> bool:
    """A receiver's final no is believed at once; anything else twelve times."""
    return permanent or attempts >= GIVE_UP_AFTER


def delivery_of(message: str, chosen: Mapping[str, str], *, urgent: bool) -> Delivery:
    """How `message` goes to somebody who has chosen so by topic; at once, where nothing is chosen or allowed."""
    topic = Topic.SAFETY if urgent else TOPICS.get(message, Topic.SAFETY)
    wanted = chosen.get(topic, Delivery.AT_ONCE)
    return Delivery(wanted) if wanted in ALLOWED[topic] else Delivery.AT_ONCE
