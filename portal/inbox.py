"""A message as the inbox shows it: in the language of the page where it was written in it, and how it was sent."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from deployments.briefing import moment
from notifications.models import Message
from notifications.states import TOPICS, Delivery, Topic

# A line of its own: a few words, a colon, and an address of ours.
_LINK = re.compile(rf"^([^\n:]{{2,60}}): ({re.escape(settings.OK9_ADDRESS)}/\S*)$", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """The words in one language. `links` are the lines that lead to a page of ours: what they say, and where."""

    language: str
    subject: str
    body: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """One message in the list."""

    uuid: UUID
    subject: str
    language: str
    topic: str
    at: datetime
    is_unread: bool


@dataclass(frozen=True)
class Opened:
    """One message in full; its parts with the reader's language first."""

    subject: str
    language: str
    parts: list[Part]
    at: datetime
    sent: str

    @classmethod
    def of(cls, message: Message) -> "Opened":
        parts = [_with_links(part) for part in parts_of(message)]
        return cls(parts[0].subject, parts[0].language, parts, message.queued_at, _sent(message))


def line_of(message: Message) -> Line:
    first = parts_of(message)[0]
    topic = Topic(TOPICS.get(message.kind, Topic.SAFETY)).label
    return Line(message.uuid, first.subject, first.language, str(topic), message.queued_at, message.read_at is None)


def parts_of(message: Message) -> list[Part]:
    """Written in one language or in two. One from before there was an inbox has its text alone."""
    found = [Part(**part) for part in message.parts] or [Part("", message.subject, message.text)]
    return sorted(found, key=lambda part: part.language != get_language())


def _with_links(part: Part) -> Part:
    """'See it: https://ok9.example/member/…' becomes a link that says 'See it'."""
    found = re.findall(_LINK, part.body)
    return replace(part, body=re.sub(_LINK, "", part.body).strip(), links=tuple(found))


def _sent(message: Message) -> str:
    """How the message left the house, in a sentence."""
    if message.delivery == Delivery.OFF:
        return _("You asked for no mail about this, so it stands here alone.")
    if message.delivery == Delivery.DAILY and message.digested_at is None:
        return _("It waits for your daily mail at seven, if you have not read it by then.")
    if message.delivery == Delivery.DAILY:
        return _("It was in your daily mail.")
    if message.sent_at:
        return _("Mailed to %(to)s on %(at)s.") % {"to": message.to, "at": moment(message.sent_at)}
    if message.failed_at:
        return _("The mail to %(to)s could not be delivered.") % {"to": message.to}
    return _("The mail to %(to)s is on its way.") % {"to": message.to}
