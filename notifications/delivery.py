"""How a message leaves the house: by SMTP, by GOV.UK Notify, or in the demonstration as a file."""

import smtplib
from email.utils import parseaddr
from http import HTTPStatus
from types import TracebackType
from typing import Protocol, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from notifications.models import Channel, Message

_FINAL = 500  # a reply code of SMTP from here on is the server's last word
_NOT_THE_MESSAGE = {HTTPStatus.FORBIDDEN, HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS}


class CarrierDownError(Exception):
    """The way out is closed: nothing is said about any message, and all of them wait."""


class CarrierSlowError(Exception):
    """The way out did not answer in time about this message; another batch may find it awake."""


class RefusedForGoodError(Exception):
    """The receiving side will never take this message."""


class Carrier(Protocol):
    """A way out, open for a batch. `send` returns when the message is taken, and raises when it is not."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def send(self, message: Message) -> None: ...


class SmtpCarrier:
    """One SMTP connection for a batch; it is opened again when the server drops it."""

    def __init__(self) -> None:
        self._backend = EmailBackend()

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._backend.fail_silently = True  # what was taken is taken, however the goodbye goes
        self._backend.close()

    def send(self, message: Message) -> None:
        self._open()
        mail = as_mail(message)
        try:
            self._backend.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            if codes and min(codes) >= _FINAL:
                raise RefusedForGoodError(_spoken(refused)) from refused
            raise
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
                raise CarrierSlowError(str(error)) from error
            raise

    def _open(self) -> None:
        try:
            self._backend.open()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise CarrierDownError(str(error)) from error

    def _drop(self) -> None:
        self._backend.connection = None


class NotifyCarrier:
    """GOV.UK Notify, with one template whose only field is the text."""

    def __init__(self) -> None:
        self._client = NotificationsAPIClient(settings.NOTIFY_API_KEY)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is held open."""

    def send(self, message: Message) -> None:
        try:
            self._client.send_sms_notification(
                phone_number=message.to,
                template_id=settings.NOTIFY_TEXT_TEMPLATE,
                personalisation={"text": message.text},
                reference=str(message.uuid),
            )
        except HTTPError as error:
            if error.response is None or error.status_code in _NOT_THE_MESSAGE:
                raise CarrierDownError(str(error)) from error
            if error.status_code == HTTPStatus.BAD_REQUEST:
                raise RefusedForGoodError(str(error)) from error
            raise


class FolderCarrier:
    """The demonstration's text messages: a file each, whose first lines are the number and the moment."""

    def __enter__(self) -> Self:
        settings.DEMO_TEXTS_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is held open."""

    def send(self, message: Message) -> None:
        """The name is the message's own: written again after a crash, it is still one."""
        microseconds = int(message.queued_at.timestamp() * 1_000_000)
        name = f"{microseconds:020d}-{message.uuid.hex[:8]}"
        draft = settings.DEMO_TEXTS_DIR / f".{name}"
        draft.write_text(f"{message.to}\n{message.queued_at.isoformat()}\n{message.text}", encoding="utf-8")
        draft.replace(settings.DEMO_TEXTS_DIR / f"{name}.txt")


def carrier_for(channel: str) -> Carrier:
    """The way out that the settings name. Without one for texts, they wait and are seen to wait."""
    if channel == Channel.EMAIL:
        return SmtpCarrier()
    if settings.NOTIFY_API_KEY:
        return NotifyCarrier()
    if settings.OK9_DEMO:
        return FolderCarrier()
    raise CarrierDownError("NOTIFY_API_KEY is not set")


def as_mail(message: Message) -> EmailMultiAlternatives:
    """The same message has the same Message-ID at every try, so that a mail program shows it once."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{message.uuid}@{domain}>", "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(message.subject, message.text, to=[message.to], headers=headers)
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _spoken(refused: smtplib.SMTPRecipientsRefused) -> str:
    return "; ".join(f"{code} {reply.decode(errors='replace')}" for code, reply in refused.recipients.values())
