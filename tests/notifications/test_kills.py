"""Processes that drain the outbox are killed in the middle: nothing is lost, and a kill doubles one mail at most."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import LazySettings
from django.db import connection

from core.tenancy import system_scope
from notifications.actions import drain
from notifications.models import Message
from tests.notifications.test_delivery import free_port, owe

MAILS = 90
KILLS = 3
DRAIN = """
import django; django.setup()
from django.utils import timezone
from notifications.actions import drain
drain(timezone.now())
"""


class Counting:
    """A mail server that counts, and tells when it has taken as many as was asked."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.wanted, self.reached = 0, threading.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken[str(message_from_bytes(envelope.original_content or b"")["Message-ID"])] += 1
        if self.taken.total() >= self.wanted:
            self.reached.set()
        return "250 OK"


@pytest.fixture
def server(settings: LazySettings) -> Iterator[Counting]:
    made = Counting()
    controller = Controller(made, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    yield made
    controller.stop()


def start_drain(port: int) -> subprocess.Popen[bytes]:
    at = connection.settings_dict
    url = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port)}
    environment["DJANGO_SETTINGS_MODULE"] = "ok9.settings_test"
    return subprocess.Popen([sys.executable, "-c", DRAIN], env=environment)


@pytest.mark.django_db(transaction=True)
def test_kills_lose_nothing(server: Counting, settings: LazySettings, now: datetime) -> None:
    owed = [owe(f"person{number}@example.org", now) for number in range(MAILS)]
    for _ in range(KILLS):
        server.reached.clear()
        server.wanted = server.taken.total() + 5
        process = start_drain(settings.EMAIL_PORT)
        assert server.reached.wait(60)
        process.send_signal(signal.SIGKILL)
        process.wait()
        with system_scope():  # waits until the database has let go of the dead process's row
            list(Message.unscoped.filter(sent_at=None).select_for_update())
    while drain(now):
        pass
    assert set(server.taken) == {f"<{message.uuid}@ok9.example>" for message in owed}
    assert server.taken.total() - MAILS <= KILLS
    with system_scope():
        assert not Message.unscoped.filter(sent_at=None).exists()
