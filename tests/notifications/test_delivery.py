"""The drain over real SMTP: one of each, urgent first, refusals, outages, crashes, and two at once."""

import asyncio
import smtplib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import LazySettings
from django.db import connection

from core.tenancy import system_scope
from notifications import delivery
from notifications.actions import drain
from notifications.delivery import SmtpCarrier
from notifications.models import Channel, Message
from notifications.rules import GIVE_UP_AFTER
from notifications.tasks import drain_outbox


@dataclass
class Server:
    """A mail server that keeps what it takes, and refuses the addresses that it was told to."""

    taken: list[EmailMessage] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    connections: int = 0
    hang_up_on: str = ""
    fall_silent_on: str = ""

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        if address == self.hang_up_on:
            server.transport.close()
        if address == self.fall_silent_on:
            await asyncio.sleep(5)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(message_from_bytes(envelope.original_content or b"", policy=policy.default))
        return "250 OK"

    @property
    def addresses(self) -> list[str]:
        return [str(mail["To"]) for mail in self.taken]


@pytest.fixture
def server(settings: LazySettings) -> Iterator[Server]:
    made = Server()
    controller = Controller(made, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    yield made
    controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def owe(to: str, now: datetime, *, channel: str = Channel.EMAIL, **told: object) -> Message:
    fields = {"subject": "A subject", "text": "Some text", "kind": "test/message", **told}
    with system_scope():
        return Message.unscoped.create(
            key=f"test:{to}", channel=channel, to=to, queued_at=now, next_try_at=now, **fields
        )


def again(message: Message) -> Message:
    with system_scope():
        return Message.unscoped.get(pk=message.pk)


@pytest.mark.django_db
def test_each_message_is_sent_once_over_one_connection(server: Server, now: datetime) -> None:
    owed = [owe(f"person{number}@example.org", now, html="<p>Hello</p>") for number in range(5)]
    assert drain(now) == 5
    assert drain(now) == 0
    assert sorted(server.addresses) == sorted(message.to for message in owed)
    assert server.connections == 1
    sent = again(owed[0])
    assert (sent.sent_at, sent.attempts, sent.error) == (now, 1, "")
    mail = next(mail for mail in server.taken if mail["To"] == owed[0].to)
    assert mail["Message-ID"] == f"<{owed[0].uuid}@ok9.example>"
    assert {part.get_content_type() for part in mail.iter_parts()} == {"text/plain", "text/html"}


@pytest.mark.django_db
def test_urgent_messages_go_first_and_later_ones_wait(server: Server, now: datetime) -> None:
    owe("slow@example.org", now - timedelta(hours=1))
    owe("urgent@example.org", now, urgent=True)
    owe("later@example.org", now + timedelta(minutes=5))
    drain(now)
    assert server.addresses == ["urgent@example.org", "slow@example.org"]


@pytest.mark.django_db
def test_a_refused_recipient_is_given_up_at_once(server: Server, now: datetime) -> None:
    server.refused["gone@example.org"] = "550 No such person"
    gone, good = owe("gone@example.org", now, urgent=True), owe("good@example.org", now)
    drain(now)
    assert again(gone).failed_at == now
    assert "550 No such person" in again(gone).error
    assert again(good).sent_at == now


@pytest.mark.django_db
def test_a_recipient_refused_for_now_is_tried_later_and_given_up_in_the_end(server: Server, now: datetime) -> None:
    server.refused["full@example.org"] = "452 Mailbox full"
    full = owe("full@example.org", now)
    at = now
    for attempt in range(1, GIVE_UP_AFTER + 1):
        assert again(full).failed_at is None
        drain(at)
        assert again(full).attempts == attempt
        at = max(at, again(full).next_try_at)
    assert again(full).failed_at is not None
    assert again(full).sent_at is None


@pytest.mark.django_db
def test_a_poisoned_message_blocks_nobody(server: Server, now: datetime) -> None:
    poisoned = owe("bad\naddress@example.org", now, urgent=True)
    good = owe("good@example.org", now)
    drain(now)
    assert again(poisoned).attempts == 1
    assert again(poisoned).error
    assert again(good).sent_at == now


@pytest.mark.django_db
def test_a_message_on_which_the_server_hangs_up_blocks_nobody(server: Server, now: datetime) -> None:
    server.hang_up_on = "crash@example.org"
    crash, good = owe("crash@example.org", now, urgent=True), owe("good@example.org", now)
    drain(now)
    assert again(crash).attempts == 1
    assert server.addresses == [good.to]


@pytest.mark.django_db
def test_a_server_that_falls_silent_holds_nobody_up_for_a_whole_batch(
    server: Server, settings: LazySettings, now: datetime
) -> None:
    settings.EMAIL_TIMEOUT = 1
    server.fall_silent_on = "slow@example.org"
    slow, good = owe("slow@example.org", now, urgent=True), owe("good@example.org", now)
    assert drain(now) == 0
    assert (again(slow).attempts, again(good).attempts) == (1, 0)
    assert again(slow).next_try_at > now
    drain(now)
    assert server.addresses == [good.to]


@pytest.mark.django_db
def test_while_the_server_is_away_nothing_is_blamed_and_texts_still_go(
    settings: LazySettings, now: datetime, tmp_path: object
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.DEMO_TEXTS_DIR = "127.0.0.1", 1, tmp_path
    mail = owe("person@example.org", now)
    text = owe("07700 900123", now, channel=Channel.TEXT, text="Come now")
    assert drain(now) == 1
    assert again(mail).attempts == 0
    assert again(mail).error == ""
    assert again(text).sent_at == now


@pytest.mark.django_db
def test_a_text_is_a_file_that_is_one_however_often_it_is_written(
    settings: LazySettings, now: datetime, tmp_path: object
) -> None:
    settings.DEMO_TEXTS_DIR = tmp_path
    text = owe("07700 900123", now, channel=Channel.TEXT, text="Come now\nplease")
    with delivery.carrier_for(Channel.TEXT) as carrier:
        carrier.send(text)
        carrier.send(text)
    (file,) = tmp_path.glob("*.txt")  # type: ignore[attr-defined]
    assert file.read_text() == f"07700 900123\n{now.isoformat()}\nCome now\nplease"


@pytest.mark.django_db
def test_without_a_way_for_texts_they_wait(settings: LazySettings, now: datetime) -> None:
    settings.OK9_DEMO = False
    text = owe("07700 900123", now, channel=Channel.TEXT)
    assert drain(now) == 0
    assert again(text).attempts == 0


@pytest.mark.django_db
def test_a_drain_that_dies_after_the_server_took_it_sends_the_same_message_again(
    server: Server, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The only double that can be: the receiver sees one Message-ID twice."""
    owed = owe("person@example.org", now)

    class KilledError(BaseException):
        """As sudden as a kill, but the test goes on."""

    send = SmtpCarrier.send

    def send_and_die(carrier: SmtpCarrier, message: Message) -> None:
        send(carrier, message)
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(SmtpCarrier, "send", send_and_die)
        with pytest.raises(KilledError):
            drain(now)
    assert again(owed).sent_at is None
    drain(now)
    assert again(owed).sent_at == now
    assert [mail["Message-ID"] for mail in server.taken] == [f"<{owed.uuid}@ok9.example>"] * 2


@pytest.mark.django_db(transaction=True)
def test_many_drains_at_once_send_each_message_once(server: Server, now: datetime) -> None:
    owed = [owe(f"person{number}@example.org", now) for number in range(60)]
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        try:
            drain(now)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    drain(now)
    assert sorted(server.addresses) == sorted(message.to for message in owed)


@pytest.mark.django_db
def test_the_task_goes_on_until_nothing_is_due(server: Server, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notifications.actions.BATCH", 3)
    monkeypatch.setattr("notifications.tasks.BATCH", 3)
    for number in range(7):
        owe(f"person{number}@example.org", now)
    assert drain_outbox() == 7
    assert len(server.taken) == 7


@pytest.mark.django_db
def test_a_dropped_connection_at_goodbye_loses_nothing(
    server: Server, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    goodbyes = []

    def drop(self: smtplib.SMTP) -> None:
        goodbyes.append(self)
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(smtplib.SMTP, "quit", drop)
    owed = owe("person@example.org", now)
    assert (drain(now), drain(now)) == (1, 0)
    assert goodbyes
    assert server.addresses == [owed.to]
    assert again(owed).sent_at == now
