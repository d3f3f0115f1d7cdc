"""Sending what is owed, and putting back what was given up."""

import logging
from datetime import datetime

from django.utils.translation import gettext as _

from core.lifecycle import Refused
from core.tenancy import system_scope
from notifications.delivery import Carrier, CarrierDownError, RefusedForGoodError, carrier_for
from notifications.models import Channel, Message
from notifications.queries import waiting
from notifications.rules import is_given_up, next_delay

logger = logging.getLogger(__name__)
BATCH = 100
# What is kept of a failure: enough to act on, never a page of it.
ERROR_LENGTH = 500


def drain(now: datetime) -> int:
    """Send up to a batch of each channel's due messages, urgent first; how many rows were worked on.

    Each row is locked, sent and committed by itself. A process that dies between the two sends one message again,
    with the same Message-ID; it never loses one. Another drain skips the rows that this one holds.
    """
    return sum(_drain_channel(channel, now) for channel in Channel.values)


def _drain_channel(channel: str, now: datetime) -> int:
    with system_scope():
        if not waiting(channel, now).exists():
            return 0
    worked = 0
    try:
        with carrier_for(channel) as carrier:
            while worked < BATCH and _send_next(carrier, channel, now):
                worked += 1
    except CarrierDownError as error:
        logger.warning("No %s can be sent now, all of them wait: %s", channel, error)
    return worked


def _send_next(carrier: Carrier, channel: str, now: datetime) -> bool:
    """Work on the first due row that nobody else holds; whether there was one."""
    with system_scope():
        message = waiting(channel, now).select_for_update(skip_locked=True, no_key=True).first()
        if message is None:
            return False
        try:
            carrier.send(message)
        except CarrierDownError:
            raise
        except Exception as error:  # whatever is wrong with one message, the others go
            _put_off(message, error, now)
        else:
            message.sent_at, message.attempts, message.error = now, message.attempts + 1, ""
        message.save(update_fields=["sent_at", "failed_at", "attempts", "next_try_at", "error"])
        return True


def _put_off(message: Message, error: Exception, now: datetime) -> None:
    message.attempts += 1
    message.error = f"{type(error).__name__}: {error}"[:ERROR_LENGTH].replace("\x00", "")
    if is_given_up(message.attempts, permanent=isinstance(error, RefusedForGoodError)):
        message.failed_at = now
    else:
        message.next_try_at = now + next_delay(message.attempts, message=message.uuid)


def owe_again(message: Message, *, now: datetime) -> None:
    """Put a given-up message back, as if it had never been tried. The caller has locked it and keeps the trail."""
    if message.failed_at is None:
        raise Refused(_("This message is not given up. Somebody may have been quicker."))
    message.failed_at, message.attempts, message.next_try_at = None, 0, now
    message.save(update_fields=["failed_at", "attempts", "next_try_at"])
