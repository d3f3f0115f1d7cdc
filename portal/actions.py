"""The night's reminders and the daily mail; messages read, sent again, and how each kind is wanted."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import must
from accounts.models import User
from accounts.queries import coordinators, people
from audit.actions import record
from core.lifecycle import Refused
from core.models import Run
from core.tenancy import system_scope
from notifications.models import Message, Preference
from notifications.outbox import owe_again, queue_mails
from notifications.queries import inbox_of, preferences_of, waiting_for_digest
from notifications.states import ALLOWED
from portal.emails import daily_digest, expiry_digest
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
def send_daily_digests(on: date, *, now: datetime) -> int:
    """Send each person who asked for it one mail that lists what waited and is still unread; how many were mailed.

    Whatever it finds is marked in the same transaction, so doing a day again, or two days at once, lists nothing
    twice. Days that were missed become one mail.
    """
    day = max(on, localdate(now))
    with system_scope():
        waiting: dict[int, list[Message]] = defaultdict(list)
        for message in waiting_for_digest().defer("text", "html"):
            if message.user_id:
                waiting[message.user_id].append(message)
        unread = {user: [row for row in rows if row.read_at is None] for user, rows in waiting.items()}
        readers = people(waiting)
        letters = [daily_digest(to, rows, on=day) for to in readers if to.user_id and (rows := unread[to.user_id])]
        queue_mails(letters, now=now)
        gathered = [row.pk for to in readers if to.user_id for row in waiting[to.user_id]]
        Message.unscoped.filter(pk__in=gathered).update(digested_at=now)
    return len(letters)


@transaction.atomic
def read_message(*, message: Message, by: User, now: datetime) -> bool:
    """Note that `by` has opened a message of their own; whether it was unread. The first time stands."""
    if message.user_id != by.pk:
        raise PermissionDenied
    return bool(inbox_of(by.pk).filter(pk=message.pk, read_at=None).update(read_at=now))


@transaction.atomic
def read_messages(*, upto: Message, by: User, now: datetime) -> int:
    """Mark a message of one's own and every older one as read; how many were unread."""
    if upto.user_id != by.pk:
        raise PermissionDenied
    return inbox_of(by.pk).filter(queued_at__lte=upto.queued_at, read_at=None).update(read_at=now)


@transaction.atomic
def keep_preferences(*, chosen: Mapping[str, str], by: User, now: datetime) -> None:
    """Keep how `by` wants each topic. It counts for messages queued from now on; those that wait go as they were."""
    for topic, delivery in chosen.items():
        if delivery not in ALLOWED.get(topic, ()):
            raise Refused(_("These messages can’t be sent in that way."), field=topic)
    was = preferences_of(by.pk)
    changed = {topic: delivery for topic, delivery in chosen.items() if was.get(topic) != delivery}
    rows = [Preference(user_id=by.pk, topic=topic, delivery=delivery) for topic, delivery in changed.items()]
    Preference.unscoped.bulk_create(
        rows, update_conflicts=True, unique_fields=["user_id", "topic"], update_fields=["delivery"]
    )
    record("keep_preferences", by, by=by, now=now, changed=changed)


@transaction.atomic
def retry_message(*, message: Message, by: User, now: datetime) -> Message:
    """Send a message that was given up once more, from its first try."""
    must(by, "mail.watch")
    held = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
    owe_again(held, now=now)
    record("retry_message", held, by=by, now=now, moved=("given up", "waiting"))
    return held
