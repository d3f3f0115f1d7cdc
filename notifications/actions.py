"""Sending what is owed. Only the processes that send import this, and with it the ways out of the house."""

import logging
from datetime import datetime

from core.tenancy import system_scope
from notifications.delivery import Carrier, CarrierDownError, CarrierSlowError, RefusedForGoodError, carrier_for
from notifications.models import Channel, Message
from notifications.queries import take_next, waiting
from notifications.rules import is_given_up, next_delay

logger = logging.getLogger(__name__)
BATCH = 100
# Texts first: each is urgent, and a slow mail server must not hold them up.
DRAINED = (Channel.TEXT, Channel.EMAIL)
# What is kept of a failure: enough to act on, never a page of it.
ERROR_LENGTH = 500


def drain(now: datetime) -> int:
    """Send up to a batch of each channel's due messages, urgent first; how many rows were worked on.

    Each row is locked, sent and committed by itself. A process that dies between the two sends one message again,
    with the same Message-ID; it never loses one. Another drain skips the rows that this one holds.
    """
    return sum(_drain_channel(channel, now) for channel in DRAINED)


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
    """Work on the first due row that nobody else holds; whether there was one.

    It is marked as sent while only this transaction can see that, and stands so once the carrier has taken it.
    """
    with system_scope():
        message = take_next(channel, now)
        if message is None:
            return False
        try:
            carrier.send(message)
        except CarrierDownError:
            raise  # and the mark is rolled back
        except CarrierSlowError as error:
            _put_off(message, error, now)  # so that the next batch begins with another
            logger.warning("No more %s is tried now, the carrier is too slow: %s", channel, error)
            return False
        except Exception as error:  # whatever is wrong with one message, the others go
            _put_off(message, error, now)
        return True


def _put_off(message: Message, error: Exception, now: datetime) -> None:
    message.sent_at = None
    message.error = f"{type(error).__name__}: {error}"[:ERROR_LENGTH].replace("\x00", "")
    if is_given_up(message.attempts, permanent=isinstance(error, RefusedForGoodError)):
        message.failed_at = now
    else:
        message.next_try_at = now + next_delay(message.attempts, message=message.uuid)
    message.save(update_fields=["sent_at", "failed_at", "next_try_at", "error"])
