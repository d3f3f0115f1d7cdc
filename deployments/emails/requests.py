"""What is told of a request, to whoever asked, the host and the coordinators."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.queries import concerned, coordinators, leads_of
from deployments.briefing import moment, period
from deployments.emails.facts import HOME, Page, beside, link_to, request_facts
from deployments.models import Deployment, Offer, Request
from deployments.way import late_words
from notifications.outbox import Recipient, queue_mail, queue_text


def _about_request(
    message: str,
    request: Request,
    to: Recipient,
    *,
    page: Page,
    now: datetime,
    urgent: bool = False,
    which: str = "",
    said: Callable[[], dict[str, Any]] = dict,
    **more: Any,
) -> None:
    """`which` keeps apart what is told more than once of one request; `said` is worded in the mail's language."""

    def context() -> dict[str, Any]:
        return {**request_facts(request), "link": link_to(page), **more, **said()}

    key = f"request:{request.uuid}:{message}{which and ':'}{which}"
    queue_mail(to, f"deployments/{message}", key=key, context=context, now=now, urgent=urgent)


def request_receipt(request: Request, to: Recipient, *, now: datetime) -> None:
    _about_request("request_receipt", request, to, page=HOME, now=now, urgent=True)


def request_new(request: Request, to: Recipient, *, now: datetime) -> None:
    page = ("coordinator_request_detail", request)

    def text() -> str:
        words = {
            "reference": request.reference,
            "host": request.force.name,
            "starts": moment(request.starts_at),
            "places": request.places,
            "link": link_to(page),
        }
        told = _("OK9: new major incident, %(reference)s, %(host)s, %(starts)s, teams: %(places)d. %(link)s")
        return told % words

    _about_request("request_new", request, to, page=page, now=now, urgent=request.is_major)
    if request.is_major:
        queue_text(to, text, kind="request_new", key=f"request:{request.uuid}:new", now=now)


def request_triaged(request: Request, to: Recipient, *, now: datetime) -> None:
    _about_request("request_triaged", request, to, page=("member_request_detail", request), now=now)


def request_declined(request: Request, to: Recipient, *, now: datetime) -> None:
    _about_request("request_declined", request, to, page=HOME, now=now, reason=request.closing_note)


def request_stood_down(request: Request, to: Recipient, *, now: datetime) -> None:
    def text() -> str:
        return _("OK9: %(reference)s is stood down. No team will come.") % {"reference": request.reference}

    _about_request("request_stood_down", request, to, page=HOME, now=now, urgent=True)
    queue_text(to, text, kind="request_stood_down", key=f"request:{request.uuid}:stood-down", now=now)


def request_cancelled(request: Request, to: Recipient, *, now: datetime, page: Page = HOME, asked_by: str = "") -> None:
    def text() -> str:
        return _("OK9: %(reference)s is cancelled. No team will come.") % {"reference": request.reference}

    said: dict[str, Any] = {"reason": request.closing_note, "asked_by": asked_by, "can_see": page != HOME}
    _about_request("request_cancelled", request, to, page=page, now=now, urgent=request.is_major, **said)
    if request.is_major:
        queue_text(to, text, kind="request_cancelled", key=f"request:{request.uuid}:cancelled", now=now)


def tell_of_cancellation(request: Request, *, by: int, asked_by: str, now: datetime) -> None:
    """Whoever asked; the host's leads, who know of it once it is triaged; the other coordinators."""
    hosts = leads_of(request.force_id) if request.triaged_at else []
    watching = [coordinator for coordinator in coordinators() if coordinator.user_id != by]
    for recipient in beside(hosts, request):
        request_cancelled(request, recipient, now=now, asked_by=asked_by)
    for recipients, name in ((hosts, "member_request_detail"), (watching, "coordinator_request_detail")):
        for recipient in recipients:
            request_cancelled(request, recipient, now=now, page=(name, request), asked_by=asked_by)


def request_closed(request: Request, to: Recipient, *, now: datetime) -> None:
    _about_request("request_closed", request, to, page=HOME, now=now)


def request_filled(request: Request, to: Recipient, *, now: datetime) -> None:
    """Each time that the last place is taken, also after a team has dropped out."""
    page = ("coordinator_request_detail", request)
    _about_request("request_filled", request, to, page=page, now=now, which=now.isoformat())


def request_completed(request: Request, to: Recipient, *, now: datetime) -> None:
    """Each time that its last team has left: another may have come after the first had."""
    page = ("coordinator_request_detail", request)
    _about_request("request_completed", request, to, page=page, now=now, which=now.isoformat())


def tell_of_move(request: Request, things: Sequence[Offer | Deployment], *, by: int, now: datetime) -> None:
    """The people of every team that was asked or is coming; the host's leads once they know of it; whoever asked.

    Of what is a major incident the other coordinators are told as well.
    """
    hosts = leads_of(request.force_id) if request.triaged_at else []
    people_of: dict[int | None, tuple[Recipient, list[Offer | Deployment]]] = {}
    for thing in things:
        thing.request = request
        for recipient in concerned([thing.handler_user_id], thing.force_id):
            theirs = people_of.setdefault(recipient.user_id, (recipient, []))[1]
            if thing not in theirs:
                theirs.append(thing)
    for recipient, theirs in people_of.values():
        _moved(request, recipient, things=theirs, asked=bool(things), now=now)
    page = ("member_request_detail", request)
    for lead in (lead for lead in hosts if lead.user_id not in people_of):
        _moved(request, lead, page=page, asked=bool(things), now=now)
    for asker in beside(hosts, request):
        _moved(request, asker, asked=bool(things), now=now)
    page = ("coordinator_request_detail", request)
    for watching in (c for c in (coordinators() if request.is_major else []) if c.user_id != by):
        _moved(request, watching, page=page, asked=bool(things), now=now)


def _moved(
    request: Request,
    to: Recipient,
    *,
    now: datetime,
    asked: bool,
    things: Sequence[Offer | Deployment] = (),
    page: Page = HOME,
) -> None:
    """One message a person, whichever teams of theirs it concerns. `asked`: whether any team was asked at all.

    By text message too to a team that is coming, which may be about to set off, and to all in a major incident.
    The place is for those who sign in: what somebody typed is repeated to nobody whom we don't know.
    """
    booked = [thing for thing in things if isinstance(thing, Deployment)]
    waiting = [thing for thing in things if isinstance(thing, Offer)]
    if things:
        page = ("member_deployment_detail", booked[0]) if booked else ("member_offer_detail", waiting[0])

    def text() -> str:
        words = {"reference": request.reference, "when": period(request.starts_at, request.ends_at)}
        words |= {"place": f"{request.place}, {request.postcode}", "link": link_to(page)}
        return _("OK9: %(reference)s has changed. Now %(when)s, %(place)s. %(link)s") % words

    def said() -> dict[str, Any]:
        part: dict[str, Any] = {"can_see": page != HOME, "was_asked": asked}
        part["booked"] = ", ".join(thing.dog_name for thing in booked)
        part["waiting"] = ", ".join(thing.team.dog.name for thing in waiting)
        to_come = [
            *(offer.team for offer in waiting),
            *(deployment.team for deployment in booked if deployment.is_late),
        ]
        part["late"] = [words for team in to_come if (words := late_words(team, request, now=now))]
        if page != HOME:
            part["place"] = f"{request.place}, {request.postcode}"
        if waiting:
            part["answer_by"] = moment(min(thing.answer_by for thing in waiting))
        return part

    which = now.isoformat()
    _about_request("request_moved", request, to, page=page, now=now, urgent=True, which=which, said=said)
    if booked or (things and request.is_major):
        queue_text(to, text, kind="request_moved", key=f"request:{request.uuid}:moved:{which}", now=now)
