"""The night's reminders of everything that is about to lapse, and messages that a coordinator sends again."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Max
from django.utils.timezone import localdate

from accounts.access import can
from accounts.models import User
from accounts.queries import coordinators, people
from audit.actions import record
from core.models import Run
from core.tenancy import system_scope
from notifications.actions import owe_again
from notifications.models import Message
from notifications.outbox import queue_mails
from portal.emails import expiry_digest
from portal.queries import take_lapsing

# How far the scan has read, kept as the nights that it has read up to.
WATERMARK = "expiry-scanned"
# Held while a night is worked, so that two nights at once follow each other.
LOCK = 20_210_901


@transaction.atomic
def send_expiry_reminders(on: date, *, now: datetime) -> int:
    """Remind each person once, in one mail, of what crossed a threshold up to the night `on`; how many were mailed.

    Nights that were missed are caught up at once: a night before today reads up to today, so that what the mail says
    is true when it is read, and the nights that follow find nothing left. Doing a night again does nothing.
    """
    today = localdate(now)
    upto = max(on, today)
    with system_scope():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        read = Run.objects.filter(job=WATERMARK, date__lt=upto).aggregate(last=Max("date"))["last"]
        lapsing = take_lapsing(after=read or min(on, today) - timedelta(days=1), upto=upto)
        national = {to.user_id for to in coordinators()}
        letters = [
            expiry_digest(to, lapsing[to.user_id], on=upto, is_coordinator=to.user_id in national)
            for to in people(lapsing)
            if to.user_id
        ]
        queue_mails(letters, now=now)
        Run.objects.update_or_create(job=WATERMARK, date=upto, defaults={"finished_at": now})
    return len(letters)


@transaction.atomic
def retry_message(*, message: Message, by: User, now: datetime) -> Message:
    """Send a message that was given up once more, from its first try."""
    if not can(by, "mail.watch"):
        raise PermissionDenied
    held = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
    owe_again(held, now=now)
    record("retry_message", held, by=by, now=now, moved=("given up", "waiting"))
    return held
