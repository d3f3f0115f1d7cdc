"""Queueing: the one way by which a mail or a text message comes to be owed to somebody, or owed again."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import uuid4

from celery import current_app
from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.lifecycle import Refused
from core.tenancy import current_scope, network_scope
from notifications.letters import Context, Letter, Recipient, said_in_each, write
from notifications.models import Channel, Message, Preference
from notifications.rules import delivery_of
from notifications.states import MAIL_ONLY

__all__ = ["Letter", "Recipient", "owe_again", "queue_mail", "queue_mails", "queue_text", "queue_written"]
# A text message in one language; longer ones cost as two.
TEXT_LENGTH = 300


def queue_mail(to: Recipient, message: str, *, key: str, context: Context, now: datetime, urgent: bool = False) -> None:
    """Owe `to` the mail `message` ('<app>/<name>', its templates under emails/), once for each `key` and person.

    Queueing the same key again does nothing. The row commits with the transaction of what it tells. How it reaches
    its reader (at once, in the daily mail, in the inbox alone) is decided here; an urgent one goes at once.
    """
    _add([_written(Letter(to, message, key, context), now=now, urgent=urgent)])


def queue_mails(letters: Iterable[Letter], *, now: datetime) -> None:
    """Owe many mails at once, with the promise of `queue_mail` for each."""
    _add([_written(letter, now=now) for letter in letters])


def _written(letter: Letter, *, now: datetime, urgent: bool = False) -> Message:
    to, written = letter.to, write(letter)
    return Message(
        key=f"{letter.key}:{to.user_id or to.email}"[:200],
        kind=letter.message,
        channel=Channel.EMAIL,
        to=to.email,
        subject=written.subject[:250],
        text=written.text,
        html=written.html,
        parts=written.parts,
        in_inbox=to.user_id is not None and letter.message not in MAIL_ONLY,
        urgent=urgent,
        user_id=to.user_id,
        force_id=to.force_id,
        queued_at=now,
        next_try_at=now,
    )


def queue_text(to: Recipient, text: str | Callable[[], str], *, kind: str, key: str, now: datetime) -> None:
    """Owe `to` an urgent text message of under 300 characters, if they have a telephone and take texts.

    As a function, `text` is asked in each of the reader's languages.
    """
    if not (to.telephone and to.texts):
        return
    said = said_in_each(to, text) if callable(text) else [text]
    _add(
        [
            Message(
                key=f"text:{key}:{to.user_id or to.email}"[:200],
                kind=kind,
                channel=Channel.TEXT,
                to=to.telephone,
                text="\n".join(words[:TEXT_LENGTH] for words in said),
                urgent=True,
                user_id=to.user_id,
                force_id=to.force_id,
                queued_at=now,
                next_try_at=now,
            )
        ]
    )


def queue_written(address: str, *, subject: str, text: str, now: datetime) -> None:
    """Owe a mail that something else has written, in plain text. Each call is one more mail."""
    _add(
        [
            Message(
                key=f"written:{uuid4()}",
                kind="written",
                channel=Channel.EMAIL,
                to=address,
                subject=" ".join(subject.split())[:250],
                text=text,
                queued_at=now,
                next_try_at=now,
            )
        ]
    )


def owe_again(message: Message, *, now: datetime) -> None:
    """Put a given-up message back, as if it had never been tried. The caller has locked it and keeps the trail."""
    if message.failed_at is None:
        raise Refused(_("This message is not given up. Somebody may have been quicker."))
    message.failed_at, message.attempts, message.next_try_at = None, 0, now
    message.save(update_fields=["failed_at", "attempts", "next_try_at"])


def _add(messages: list[Message]) -> None:
    here = current_scope()
    if here and here.national:
        _insert(messages)
    else:
        with network_scope(user=None, reason="a recipient may be of any force or none"):
            _insert(messages)
    if connection.in_atomic_block:
        transaction.on_commit(_wake, robust=True)


def _insert(messages: list[Message]) -> None:
    chosen: dict[int | None, dict[str, str]] = defaultdict(dict)
    readers = {message.user_id for message in messages if message.in_inbox and not message.urgent}
    for user_id, topic, delivery in Preference.unscoped.filter(user_id__in=readers).values_list(
        "user_id", "topic", "delivery"
    ):
        chosen[user_id][topic] = delivery
    for message in messages:
        message.delivery = delivery_of(message.kind, chosen[message.user_id], urgent=message.urgent)
    Message.unscoped.bulk_create(messages, ignore_conflicts=True, batch_size=1000)


def _wake() -> None:
    """Ask for a drain now. If the broker is away, the beat's next poll does it: Redis holds no truth."""
    current_app.send_task("notifications.tasks.drain_outbox", ignore_result=True, retry=False)
