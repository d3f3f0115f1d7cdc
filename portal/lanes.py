"""The board on the coordinators' home: a card for each open request, with what it waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from deployments.briefing import span
from deployments.states import RequestStatus

SOON = timedelta(hours=24)
LANES = (
    (_lazy("Triage"), (RequestStatus.SUBMITTED,)),
    (_lazy("Sourcing"), (RequestStatus.TRIAGED, RequestStatus.SOURCING)),
    (_lazy("Filled"), (RequestStatus.FILLED,)),
    (_lazy("Active now"), (RequestStatus.ACTIVE, RequestStatus.COMPLETED)),
)
# Where somebody has to find teams, or sees who comes; the others are read on the request's own page.
MATCHED = (RequestStatus.TRIAGED, RequestStatus.SOURCING, RequestStatus.FILLED)


@dataclass(frozen=True)
class Card:
    """A request on the board. `kind` is stop where a coordinator is needed now, warn where soon."""

    found: Any
    href: str
    when: str
    kind: str
    tag: str
    detail: str


@dataclass(frozen=True)
class Lane:
    name: str
    cards: list[Card]


def lanes(requests: Iterable[Any], *, now: datetime) -> list[Lane]:
    """The open requests by state, what needs somebody now first; each with its counts of offers and teams
    (`deployments.queries.requests_in_view`).
    """
    rows = list(requests)
    return [
        Lane(str(name), sorted((card(row, now=now) for row in rows if row.status in states), key=_can_wait))
        for name, states in LANES
    ]


def _can_wait(card: Card) -> bool:
    return card.kind != "stop"


def card(found: Any, *, now: datetime) -> Card:
    kind, tag, detail = _facts(found, now=now)
    matched = found.status in MATCHED or (found.status == RequestStatus.ACTIVE and kind == "stop")
    page = "coordinator_request_match" if matched else "coordinator_request_detail"
    when = date_format(localtime(found.starts_at), "D j M, H:i")
    return Card(found, reverse(page, args=[found.uuid]), when, kind, tag, detail)


def _facts(found: Any, *, now: datetime) -> tuple[str, str, str]:
    """How urgent it is, the fact on the tag, and the grey line below."""
    if found.status == RequestStatus.SUBMITTED:
        asked = _("Submitted %s ago") % span(found.submitted_at or now, now)
        return ("stop" if found.is_major or found.starts_at < now + SOON else "warn"), _("New"), asked
    if found.unclear and found.ends_at > now:
        said = ngettext("%d booked team is not clear", "%d booked teams are not clear", found.unclear) % found.unclear
        if found.open_places:
            return "stop", said, f"{_upper_first(_short(found, now=now))}. {_offers(found)}"
        return "stop", said, _upper_first(_starts(found, now=now))
    if found.status in (RequestStatus.TRIAGED, RequestStatus.SOURCING):
        kind = "stop" if found.lapsing or found.starts_at < now + SOON else "warn"
        return kind, _short(found, now=now), _offers(found)
    if found.status == RequestStatus.FILLED:
        return "ok", _("Filled"), _upper_first(_starts(found, now=now))
    if found.status == RequestStatus.COMPLETED:
        return "info", _("Completed"), _("Close it when the debriefs are in")
    there = ngettext("%d team on scene", "%d teams on scene", found.on_scene) % found.on_scene
    if found.open_places and found.ends_at > now:
        return "stop", _short(found, now=now), f"{there}. {_offers(found)}"
    return "info", there, ""


def _upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]


def _short(found: Any, *, now: datetime) -> str:
    words = {"number": found.open_places, "starts": _starts(found, now=now)}
    return _("%(number)d short, %(starts)s") % words


def _starts(found: Any, *, now: datetime) -> str:
    if found.starts_at > now:
        return _("starts in %s") % span(now, found.starts_at)
    return _("began %s ago") % span(found.starts_at, now)


def _offers(found: Any) -> str:
    """'2 offers waiting, 1 about to lapse', or that nobody was asked."""
    if not found.waiting:
        return _("No offer is waiting")
    waiting = ngettext("%d offer waiting", "%d offers waiting", found.waiting) % found.waiting
    if not found.lapsing:
        return waiting
    return _("%(waiting)s, %(number)d about to lapse") % {"waiting": waiting, "number": found.lapsing}
