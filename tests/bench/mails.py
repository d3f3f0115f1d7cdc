"""The outbox's drain, against one connection a mail, over TLS to a local SMTP server in a process of its own."""

import time
from datetime import datetime
from typing import Any

from django.core.mail import get_connection
from django.test import override_settings
from django.utils import timezone

from core.tenancy import system_scope
from notifications.actions import drain
from notifications.delivery import as_mail
from notifications.models import Message
from notifications.queries import waiting
from ok9.local.home import LOOPBACK
from tests.bench.figures import Figure
from tests.bench.network_of_size import Network
from tests.bench.sink import smtp_sink

MAILS = 1_000
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def measure(network: Network, found: dict[str, Figure]) -> list[Figure]:
    return figures_of(MAILS)


def figures_of(mails: int) -> list[Figure]:
    now = timezone.now()
    with smtp_sink() as (port, taken), override_settings(EMAIL_HOST=LOOPBACK, EMAIL_PORT=port, EMAIL_USE_TLS=True):
        _queue("naive", mails, now)
        naive = mails / _seconds(lambda: _one_connection_each(now))
        _queue("drain", mails, now)
        drained = mails / _seconds(lambda: _drain_all(now))
        lost = 2 * mails - len(set(taken()))
    reference = {"reference": naive, "reference_is": "one connection a mail"}
    return [
        Figure("mails, drain", drained, "a second", **reference, target=2.5, at_least=True, of_ratio=True),  # type: ignore[arg-type]
        Figure("mails, lost", lost, "mails", target=0),
    ]


def _seconds(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _queue(name: str, mails: int, now: datetime) -> None:
    with system_scope():
        rows = [
            Message(
                key=f"bench:{name}:{number}",
                kind="bench",
                to=f"{name}-{number}@ok9.example",
                subject="Custard is wanted at a national event",
                text="Please answer by noon.\n" * 20,
                html="<p>Please answer by noon.</p>\n" * 40,
                queued_at=now,
                next_try_at=now,
            )
            for number in range(mails)
        ]
        Message.unscoped.bulk_create(rows)


def _one_connection_each(now: datetime) -> None:
    """The same rows, each sent over a connection of its own and marked."""
    while True:
        with system_scope():
            message = waiting("email", now).select_for_update(skip_locked=True, no_key=True).first()
            if message is None:
                return
            get_connection(SMTP).send_messages([as_mail(message)])
            message.sent_at, message.attempts = now, 1
            message.save(update_fields=["sent_at", "attempts"])


def _drain_all(now: datetime) -> None:
    while drain(now):
        pass
