"""The nightly mail of what lapses, and the daily mail of what waited: one for each person. Links are made here."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.validity import said_day, validity
from dogs.states import DocumentKind
from network.states import CertificateKind
from notifications.models import Message
from notifications.outbox import Letter, Recipient
from portal.inbox import parts_of
from portal.queries import Lapsing

# A mail that lists more than this helps nobody: the rest is on the page that it links to.
MOST_LINES = 60


class Line(NamedTuple):
    """What the mail says of one thing."""

    name: str
    state: str
    note: str
    link: str


class Group(NamedTuple):
    title: str
    lines: list[Line]


def expiry_digest(to: Recipient, lapsing: list[Lapsing], *, on: date, is_coordinator: bool) -> Letter:
    """`to`'s one mail of the night `on`. Coordinators get the list's page, everybody else the page that renews each."""

    def context() -> dict[str, Any]:
        lines = sorted(lapsing, key=lambda line: (_title(line, is_coordinator), line.expires_on))
        shown = groupby(lines[:MOST_LINES], key=lambda line: _title(line, is_coordinator))
        groups = [Group(title, [_line(line, on, is_coordinator) for line in same]) for title, same in shown]
        return {
            "groups": groups,
            "count": len(lapsing),
            "more": max(0, len(lapsing) - MOST_LINES),
            "only": groups[0] if len(lapsing) == 1 else None,
            "page": _page("coordinator_expiring" if is_coordinator else "member_document_list"),
        }

    key = f"portal-expiry:{min(line.first_id for line in lapsing)}"
    return Letter(to=to, message="portal/expiry_digest", key=key, context=context)


def _title(line: Lapsing, is_coordinator: bool) -> str:
    return (
        line.thing.force_name
        if is_coordinator
        else line.thing.dog_name or line.thing.handler_name or line.thing.force_name
    )


def _line(line: Lapsing, on: date, is_coordinator: bool) -> Line:
    name = thing_name(line.kind, line.thing.sort_of)
    whose = line.thing.dog_name or line.thing.handler_name
    return Line(
        name=f"{name}, {whose}" if is_coordinator and whose else name,
        state=validity(line.expires_on, on).sentence,
        note=_note(line, on),
        link="" if is_coordinator or line.thing.waiting_since else _renewal(line),
    )


def thing_name(kind: str, sort_of: str) -> str:
    """'Vet check', 'Suitability assessment', 'Service Level Agreement'."""
    if kind == "document":
        return str(DocumentKind(sort_of).label)
    if kind == "certificate":
        return str(CertificateKind(sort_of).label)
    return _("Suitability assessment") if kind == "assessment" else _("Service Level Agreement")


def _note(line: Lapsing, on: date) -> str:
    if line.thing.waiting_since:
        day = said_day(localdate(line.thing.waiting_since), on)
        return _("A new one was sent on %(day)s. It waits for a coordinator, there is nothing to do.") % {"day": day}
    if line.thing.booked_on:
        return _("The next assessment is on %(day)s.") % {"day": said_day(line.thing.booked_on, on)}
    return ""


def _renewal(line: Lapsing) -> str:
    """The page on which this thing is renewed; assessments and agreements are renewed with the coordinators."""
    if line.kind == "document":
        about: Iterable[tuple[str, Any]] = [
            ("dog", line.thing.dog_uuid) if line.thing.dog_uuid else ("force", line.thing.force_uuid)
        ]
        return f"{_page('member_document_add')}?{urlencode([('kind', line.thing.sort_of), *about])}"
    if line.kind == "certificate":
        query = urlencode({"kind": line.thing.sort_of, "handler": line.thing.handler_uuid})
        return f"{_page('member_certificate_add')}?{query}"
    return _page("member_document_list")


def _page(name: str) -> str:
    return settings.OK9_ADDRESS + reverse(name)


class Waited(NamedTuple):
    """What the daily mail says of one message."""

    subject: str
    link: str


def daily_digest(to: Recipient, messages: list[Message], *, on: date) -> Letter:
    """`to`'s one mail of the day `on`: the subjects of what waited, each with its page in the inbox."""

    def context() -> dict[str, Any]:
        return {
            "count": len(messages),
            "day": date_format(on, "l j F"),
            "lines": [_waited(message) for message in messages[:MOST_LINES]],
            "more": max(0, len(messages) - MOST_LINES),
            "page": _page("member_inbox"),
            "preferences": _page("member_preferences"),
        }

    return Letter(to=to, message="portal/daily_digest", key=f"portal-digest:{messages[0].pk}", context=context)


def _waited(message: Message) -> Waited:
    link = settings.OK9_ADDRESS + reverse("member_inbox_detail", args=[message.uuid])
    return Waited(parts_of(message)[0].subject, link)
