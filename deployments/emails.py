"""What mutual aid tells whom: one function a message. The urgent ones also go as a text message.

Nothing here repeats what a visitor typed: a mail names the reference, the kind, the dates, and links to the page.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.queries import coordinators, leads_of, people
from deployments.models import Deployment, Offer, Request, RequestDetail
from deployments.states import Side
from notifications.outbox import Recipient, queue_mail, queue_text

# The page that a mail leads to: its name and, where it is about one, the thing.
Page = tuple[str, Any]
_HOME: Page = ("", None)


def _link(page: Page) -> str:
    """The page's address in the language that is being written."""
    name, thing = page
    return settings.OK9_ADDRESS + reverse(name, args=[thing.uuid]) if name else settings.OK9_ADDRESS


def _digest(words: str) -> str:
    """Words of any length as the short end of a key."""
    return sha256(words.encode()).hexdigest()[:16] if words else ""


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "D j M, H:i")


def asker_of(request: Request) -> Recipient:
    """Whoever asked, who may be nobody that signs in. Read inside a network scope."""
    detail = RequestDetail.objects.get(request_id=request.pk)
    return Recipient(email=detail.email, is_of_wales=request.force.is_welsh)


def host_side(request: Request) -> list[Recipient]:
    """The host's leads and whoever asked, who may be one of them. Read inside a network scope."""
    hosts = leads_of(request.force_id)
    return [*hosts, *_beside(hosts, request)]


def _beside(hosts: list[Recipient], request: Request) -> list[Recipient]:
    """Whoever asked, unless the host's leads are told anyway and they are one of those."""
    asker = asker_of(request)
    return [asker] if asker.email.lower() not in {lead.email.lower() for lead in hosts} else []


def _request_facts(request: Request) -> dict[str, Any]:
    return {
        "reference": request.reference,
        "kind": request.get_kind_display(),
        "host": request.force.name,
        "starts": _moment(request.starts_at),
        "ends": _moment(request.ends_at),
        "places": request.places,
        "telephone": settings.OK9_COORDINATORS_TELEPHONE,
    }


def _about_request(
    message: str, request: Request, to: Recipient, *, page: Page, now: datetime, urgent: bool = False, **more: Any
) -> None:
    def context() -> dict[str, Any]:
        return {**_request_facts(request), "link": _link(page), **more}

    key = f"request:{request.uuid}:{message}"
    queue_mail(to, f"deployments/{message}", key=key, context=context, now=now, urgent=urgent)


def request_receipt(request: Request, to: Recipient, *, now: datetime) -> None:
    _about_request("request_receipt", request, to, page=_HOME, now=now, urgent=True)


def request_new(request: Request, to: Recipient, *, now: datetime) -> None:
    page = ("coordinator_request_detail", request)

    def text() -> str:
        words = {"reference": request.reference, "host": request.force.name, "link": _link(page)}
        return _("OK9: new major incident, %(reference)s, %(host)s. %(link)s") % words

    _about_request("request_new", request, to, page=page, now=now, urgent=request.is_major)
    if request.is_major:
        queue_text(to, text, kind="request_new", key=f"request:{request.uuid}:new", now=now)


def request_triaged(request: Request, to: Recipient, *, now: datetime) -> None:
    _about_request("request_triaged", request, to, page=("member_request_detail", request), now=now)


def request_declined(request: Request, to: Recipient, *, now: datetime) -> None:
    _about_request("request_declined", request, to, page=_HOME, now=now, reason=request.closing_note)


def request_stood_down(request: Request, to: Recipient, *, now: datetime) -> None:
    def text() -> str:
        return _("OK9: %(reference)s is stood down. No team will come.") % {"reference": request.reference}

    _about_request("request_stood_down", request, to, page=_HOME, now=now, urgent=True)
    queue_text(to, text, kind="request_stood_down", key=f"request:{request.uuid}:stood-down", now=now)


def request_cancelled(
    request: Request, to: Recipient, *, now: datetime, page: Page = _HOME, asked_by: str = ""
) -> None:
    def text() -> str:
        return _("OK9: %(reference)s is cancelled. No team will come.") % {"reference": request.reference}

    said = {"reason": request.closing_note, "asked_by": asked_by, "can_see": page != _HOME}
    _about_request("request_cancelled", request, to, page=page, now=now, urgent=request.is_major, **said)
    if request.is_major:
        queue_text(to, text, kind="request_cancelled", key=f"request:{request.uuid}:cancelled", now=now)


def tell_of_cancellation(request: Request, *, by: int, asked_by: str, now: datetime) -> None:
    """Whoever asked; the host's leads, who know of it once it is triaged; the other coordinators."""
    hosts = leads_of(request.force_id) if request.triaged_at else []
    watching = [coordinator for coordinator in coordinators() if coordinator.user_id != by]
    for recipient in _beside(hosts, request):
        request_cancelled(request, recipient, now=now, asked_by=asked_by)
    for recipients, name in ((hosts, "member_request_detail"), (watching, "coordinator_request_detail")):
        for recipient in recipients:
            request_cancelled(request, recipient, now=now, page=(name, request), asked_by=asked_by)


def request_closed(request: Request, to: Recipient, *, now: datetime) -> None:
    _about_request("request_closed", request, to, page=_HOME, now=now)


def request_filled(request: Request, to: Recipient, *, now: datetime) -> None:
    _about_request("request_filled", request, to, page=("coordinator_request_detail", request), now=now)


def request_completed(request: Request, to: Recipient, *, now: datetime) -> None:
    _about_request("request_completed", request, to, page=("coordinator_request_detail", request), now=now)


def _about_offer(
    message: str,
    offer: Offer,
    to: Recipient,
    *,
    now: datetime,
    text: Callable[[], str] | None = None,
    page: Page | None = None,
    said: Callable[[], dict[str, Any]] = dict,
    told: str = "",
) -> None:
    """`said` adds to the facts; `told` keeps apart what may be told more than once for one offer."""
    leads_to = page or ("member_offer_detail", offer)

    def context() -> dict[str, Any]:
        return {
            **_request_facts(offer.request),
            "place": offer.request.place,
            "dog": offer.team.dog.name,
            "handler": offer.team.handler.first_name,
            "answer_by": _moment(offer.answer_by),
            "reason": offer.reason,
            "link": _link(leads_to),
            **said(),
        }

    key, is_urgent = f"offer:{offer.uuid}:{message}:{_digest(told)}", text is not None
    queue_mail(to, f"deployments/{message}", key=key, context=context, now=now, urgent=is_urgent)
    if text is not None:
        queue_text(to, lambda: f"{text()} {_link(leads_to)}", kind=message, key=key, now=now)


def _major(offer: Offer, text: Callable[[], str]) -> Callable[[], str] | None:
    """Only a major incident wakes anybody."""
    return text if offer.request.is_major else None


def _asked(offer: Offer) -> Callable[[], str] | None:
    return _major(
        offer,
        lambda: (
            _("OK9: can %(dog)s go to a major incident in %(host)s, %(starts)s? Answer by %(by)s.")
            % {
                "dog": offer.team.dog.name,
                "host": offer.request.force.name,
                "starts": _moment(offer.request.starts_at),
                "by": _moment(offer.answer_by),
            }
        ),
    )


def offer_to_lead(offer: Offer, to: Recipient, *, now: datetime) -> None:
    _about_offer("offer_to_lead", offer, to, now=now, text=_asked(offer))


def offer_to_handler(offer: Offer, to: Recipient, *, now: datetime) -> None:
    _about_offer("offer_to_handler", offer, to, now=now, text=_asked(offer))


def offer_filled(offer: Offer, to: Recipient, *, now: datetime) -> None:
    _about_offer("offer_filled", offer, to, now=now)


def offer_withdrawn(offer: Offer, to: Recipient, *, now: datetime) -> None:
    text = _major(offer, lambda: _("OK9: %(dog)s is not needed after all.") % {"dog": offer.team.dog.name})
    _about_offer("offer_withdrawn", offer, to, now=now, text=text)


def answer_recorded(offer: Offer, to: Recipient, *, now: datetime) -> None:
    """What a coordinator wrote down after a telephone call, to both people, with a link to correct it.

    It may be told more than once for one offer: for the lead's answer and for the handler's.
    """

    def said() -> dict[str, str]:
        found = []
        if offer.released_said_by:
            found.append(_("%s released the team") % offer.released_said_by)
        if offer.accepted_said_by:
            found.append(_("%s accepted") % offer.accepted_said_by)
        if offer.ended_at:
            found.append(_("the answer is no"))
        return {"what": "; ".join(found)}

    told = f"{offer.released_said_by}|{offer.accepted_said_by}|{offer.ended_at}"
    _about_offer("answer_recorded", offer, to, now=now, said=said, told=told)


def tell_parties(offer: Offer, message: Callable[..., None], *, now: datetime) -> None:
    """The donor's leads and the handler of an offer."""
    recipients = {r.user_id: r for r in [*leads_of(offer.force_id), *people([offer.handler_user_id])]}
    for recipient in recipients.values():
        message(offer, recipient, now=now)


def tell_of_decline(offer: Offer, *, now: datetime) -> None:
    """The coordinators, and the other side of the donor. A handler's no is passed on without a reason."""
    by_handler = offer.ended_side == Side.HANDLER

    def said() -> dict[str, bool]:
        return {"by_handler": by_handler}

    others = leads_of(offer.force_id) if by_handler else people([offer.handler_user_id])
    for recipient in others:
        _about_offer("offer_declined", offer, recipient, now=now, said=said)
    for coordinator in coordinators():
        page = ("coordinator_request_match", offer.request)
        _about_offer("offer_declined", offer, coordinator, now=now, said=said, page=page)


def tell_of_lapse(offer: Offer, *, now: datetime) -> None:
    tell_parties(offer, offer_lapsed, now=now)
    for coordinator in coordinators():
        _about_offer("offer_lapsed", offer, coordinator, now=now, page=("coordinator_request_match", offer.request))


def offer_lapsed(offer: Offer, to: Recipient, *, now: datetime) -> None:
    _about_offer("offer_lapsed", offer, to, now=now)


def _about_deployment(
    message: str,
    deployment: Deployment,
    to: Recipient,
    *,
    now: datetime,
    urgent: bool = False,
    text: Callable[[], str] | None = None,
    page: Page | None = None,
    told: str = "",
    **more: Any,
) -> None:
    """`told` keeps apart what is told more than once for one deployment."""

    def context() -> dict[str, Any]:
        return {
            **_request_facts(deployment.request),
            "place": deployment.request.place,
            "dog": deployment.dog_name,
            "handler": deployment.handler_name.split(" ")[0],
            "reason": deployment.reason,
            "link": _link(page or ("member_deployment_detail", deployment)),
            **more,
        }

    key = f"deployment:{deployment.uuid}:{message}:{told}"
    queue_mail(to, f"deployments/{message}", key=key, context=context, now=now, urgent=urgent)
    if text is not None:
        queue_text(to, text, kind=message, key=key, now=now)


def tell_of_confirmation(deployment: Deployment, *, now: datetime) -> None:
    """The handler and the donor's leads, with the briefing; the host's leads, with who is coming; whoever asked."""
    going = {r.user_id: r for r in [*people([deployment.handler_user_id]), *leads_of(deployment.force_id)]}
    for recipient in going.values():
        _about_deployment("deployment_confirmed", deployment, recipient, now=now, urgent=deployment.request.is_major)
    hosts = leads_of(deployment.host_force_id)
    for lead in hosts:
        page = ("member_request_detail", deployment.request)
        _about_deployment("team_coming", deployment, lead, now=now, page=page)
    for asker in _beside(hosts, deployment.request):
        place_taken(deployment, asker, now=now)


def place_taken(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    """For whoever asked, who may be nobody we know: that one more team is confirmed, and not whose."""
    _about_deployment("place_taken", deployment, to, now=now, taken=deployment.request.taken)


def deployment_stood_down(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    def text() -> str:
        return _("OK9: stand down. %(dog)s is not needed at %(place)s. %(reason)s") % {
            "dog": deployment.dog_name,
            "place": deployment.request.reference,
            "reason": deployment.reason,
        }

    _about_deployment("deployment_stood_down", deployment, to, now=now, urgent=True, text=text)


def team_arrived(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    _about_deployment("team_arrived", deployment, to, now=now, page=("member_request_detail", deployment.request))


def team_left(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    _about_deployment("team_left", deployment, to, now=now)


def debrief_written(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    _about_deployment("debrief_written", deployment, to, now=now)


def follow_up_wanted(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    _about_deployment("follow_up_wanted", deployment, to, now=now, urgent=True)


def deployment_marked_absent(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    _about_deployment("deployment_marked_absent", deployment, to, now=now)


def tell_of_absence(deployment: Deployment, *, now: datetime) -> None:
    """The host's leads, and whoever asked: both were told that the team comes."""
    hosts = leads_of(deployment.host_force_id)
    for lead in hosts:
        team_not_coming(deployment, lead, now=now)
    for asker in _beside(hosts, deployment.request):
        place_lost(deployment, asker, now=now)


def place_lost(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    """For whoever asked: that one team fewer comes, and not whose. `taken` is what is left."""
    _about_deployment("place_lost", deployment, to, now=now, urgent=True, taken=deployment.request.taken, reason="")


def team_not_coming(deployment: Deployment, to: Recipient, *, now: datetime) -> None:
    """For the host's leads, who were told that it comes. The reason is the donor's and is not passed on."""
    page = ("member_request_detail", deployment.request)
    _about_deployment("team_not_coming", deployment, to, now=now, urgent=True, page=page, reason="")


def no_longer_clear(
    deployment: Deployment, to: Recipient, reasons: Callable[[], list[str]], *, now: datetime, can_match: bool
) -> None:
    """A team that is booked may no longer go: whoever can put it right is told, with every reason."""
    page = ("coordinator_request_match", deployment.request) if can_match else ("member_deployment_detail", deployment)

    def context() -> dict[str, Any]:
        return {
            **_request_facts(deployment.request),
            "dog": deployment.dog_name,
            "handler": deployment.handler_name,
            "reasons": reasons(),
            "link": _link(page),
        }

    told = _digest("|".join(sorted(reasons())))
    key = f"deployment:{deployment.uuid}:not-clear:{told}"
    queue_mail(to, "deployments/no_longer_clear", key=key, context=context, now=now, urgent=True)


def aftercare(deployment: Deployment, to: Recipient, *, days: int, now: datetime) -> None:
    """To the handler alone, some days after a trauma deployment. It asks nothing back."""
    _about_deployment("aftercare", deployment, to, now=now, told=str(days), days=days)
