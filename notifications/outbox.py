"""Queueing: the one way by which a mail or a text message comes to be owed to somebody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from celery import current_app
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import translation

from core.tenancy import current_scope, network_scope
from notifications.models import Channel, Message


@dataclass(frozen=True)
class Recipient:
    """One person to tell. `user_id` is None for somebody who does not sign in."""

    email: str
    name: str = ""
    user_id: int | None = None
    force_id: int | None = None
    telephone: str = ""
    texts: bool = True
    language: str = "en-gb"

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Recipient":
        """From a row whose name, telephone, texts and language may be null where there is no profile yet."""
        return cls(
            email=row["email"],
            name=row["name"] or row["email"],
            user_id=row["user_id"],
            force_id=row["force_id"],
            telephone=row["telephone"] or "",
            texts=row["texts"] is not False,
            language=row["language"] or "en-gb",
        )


@dataclass(frozen=True)
class Letter:
    """A mail to be owed: whom, which message ('<app>/<name>', three templates under emails/), and what it names."""

    to: Recipient
    message: str
    key: str
    context: Mapping[str, Any]


def queue_mail(
    to: Recipient, message: str, *, key: str, context: Mapping[str, Any], now: datetime, urgent: bool = False
) -> None:
    """Owe `to` the mail `message` ('<app>/<name>', three templates under emails/), once for each `key` and person.

    Queueing the same key again does nothing. The row commits with the transaction of what it tells.
    """
    _add([_written(Letter(to, message, key, context), now=now, urgent=urgent)])


def queue_mails(letters: Iterable[Letter], *, now: datetime) -> None:
    """Owe many mails at once, with the promise of `queue_mail` for each."""
    _add([_written(letter, now=now) for letter in letters])


def _written(letter: Letter, *, now: datetime, urgent: bool = False) -> Message:
    to, context = letter.to, letter.context
    with translation.override(to.language):
        subject = " ".join(_render(letter.message, "subject.txt", to, context).split())
        body, html = _render(letter.message, "txt", to, context), _render(letter.message, "html", to, context)
        text = render_to_string("emails/base.txt", {"to": to, "body": body.strip()})
    return Message(
        key=f"{letter.key}:{to.user_id or to.email}"[:200],
        kind=letter.message,
        channel=Channel.EMAIL,
        to=to.email,
        subject=subject[:250],
        text=text,
        html=html,
        urgent=urgent,
        user_id=to.user_id,
        force_id=to.force_id,
        queued_at=now,
        next_try_at=now,
    )


def queue_text(to: Recipient, text: str, *, kind: str, key: str, now: datetime) -> None:
    """Owe `to` an urgent text message of under 300 characters, if they have a telephone and take texts."""
    if not (to.telephone and to.texts):
        return
    _add(
        [
            Message(
                key=f"text:{key}:{to.user_id or to.email}"[:200],
                kind=kind,
                channel=Channel.TEXT,
                to=to.telephone,
                text=text[:300],
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


def _render(message: str, part: str, to: Recipient, context: Mapping[str, Any]) -> str:
    return render_to_string(f"emails/{message}.{part}", {"to": to, **context})


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
    Message.unscoped.bulk_create(messages, ignore_conflicts=True, batch_size=1000)


def _wake() -> None:
    """Ask for a drain now. If the broker is away, the beat's next poll does it: Redis holds no truth."""
    current_app.send_task("notifications.tasks.drain_outbox", ignore_result=True, retry=False)
