"""What is told of an offer, to the donor's leads, the handler and the coordinators."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.queries import concerned, coordinators, leads_of, people
from deployments.briefing import moment
from deployments.emails.facts import Page, digest, link_to, request_facts, way_facts
from deployments.models import Offer
from deployments.states import Side
from deployments.way import late_words
from notifications.outbox import Recipient, queue_mail, queue_text


def _about_offer(
    message: str,
    offer: Offer,
    to: Recipient,
    *,
    now: datetime,
    text: Callable[[], str] | None = None,
    page: Page | None = None,
    said: Callable[[], dict[str, Any]] = dict,
    which: str = "",
) -> None:
    """`said` adds to the facts; `which` keeps apart what may be told more than once for one offer."""
    leads_to = page or ("member_offer_detail", offer)

    def context() -> dict[str, Any]:
        return {
            **request_facts(offer.request),
            **way_facts(offer.team, offer.request),
            "comes_late": late_words(offer.team, offer.request, now=now),
            "dog": offer.team.dog.name,
            "handler": offer.team.handler.first_name,
            "answer_by": moment(offer.answer_by),
            "reason": (to.user_id == offer.handler_user_id and offer.reason_for_handler) or offer.reason,
            "link": link_to(leads_to),
            **said(),
        }

    key, is_urgent = f"offer:{offer.uuid}:{message}:{digest(which)}", text is not None
    queue_mail(to, f"deployments/{message}", key=key, context=context, now=now, urgent=is_urgent)
    if text is not None:
        queue_text(to, lambda: f"{text()} {link_to(leads_to)}", kind=message, key=key, now=now)


def _major(offer: Offer, text: Callable[[], str]) -> Callable[[], str] | None:
    """Only a major incident wakes anybody."""
    return text if offer.request.is_major else None


def _asked(offer: Offer) -> Callable[[], str] | None:
    return _major(
        offer,
        lambda: (
            _("OK9: can %(dog)s go to a major incident, %(postcode)s, %(host)s, %(starts)s? Answer by %(by)s.")
            % {
                "dog": offer.team.dog.name,
                "postcode": offer.request.postcode,
                "host": offer.request.force.name,
                "starts": moment(offer.request.starts_at),
                "by": moment(offer.answer_by),
            }
        ),
    )


def offer_to_lead(offer: Offer, to: Recipient, *, now: datetime) -> None:
    _about_offer("offer_to_lead", offer, to, now=now, text=_asked(offer))


def offer_to_handler(offer: Offer, to: Recipient, *, now: datetime) -> None:
    _about_offer("offer_to_handler", offer, to, now=now, text=_asked(offer))


def remind(offer: Offer, *, now: datetime) -> None:
    """The donor's leads until they have released the team, the handler until they have accepted: once a call."""
    if not offer.released_at:
        for lead in leads_of(offer.force_id):
            offer_reminder(offer, lead, now=now)
    if not offer.accepted_at:
        for handler in people([offer.handler_user_id]):
            offer_reminder(offer, handler, now=now, to_handler=True)


def offer_reminder(offer: Offer, to: Recipient, *, now: datetime, to_handler: bool = False) -> None:
    def text() -> str:
        words = {"dog": offer.team.dog.name, "host": offer.request.force.name, "by": moment(offer.answer_by)}
        return _("OK9: still no answer. Can %(dog)s go to a major incident in %(host)s? Answer by %(by)s.") % words

    def said() -> dict[str, bool]:
        other = offer.released_at if to_handler else offer.accepted_at
        return {"to_handler": to_handler, "other_said_yes": bool(other)}

    which = f"{now.isoformat()}{to_handler}"
    _about_offer("offer_reminder", offer, to, now=now, text=_major(offer, text), said=said, which=which)


def offer_filled(offer: Offer, to: Recipient, *, now: datetime) -> None:
    """Whoever was asked by a text message for a major incident must not go on getting ready: they get another."""
    words = {"reference": offer.request.reference, "dog": offer.team.dog.name}
    text = _major(offer, lambda: _("OK9: %(reference)s is filled. %(dog)s is not needed. Thank you.") % words)
    _about_offer("offer_filled", offer, to, now=now, text=text)


def offer_withdrawn(offer: Offer, to: Recipient, *, now: datetime) -> None:
    text = _major(
        offer,
        lambda: (
            _("OK9: the offer for %(dog)s has been taken back. Please don’t set off.") % {"dog": offer.team.dog.name}
        ),
    )
    _about_offer("offer_withdrawn", offer, to, now=now, text=text)


def answer_recorded(offer: Offer, to: Recipient, *, now: datetime) -> None:
    """What a coordinator wrote down after a telephone call, to both people, with a link to correct it.

    It may be told more than once for one offer: for the lead's answer and for the handler's, and of one asked anew.
    """

    def said() -> dict[str, Any]:
        found = []
        if offer.released_said_by:
            found.append(_("%s released the team") % offer.released_said_by)
        if offer.accepted_said_by:
            found.append(_("%s accepted") % offer.accepted_said_by)
        if offer.ended_at:
            found.append(_("the answer is no"))
        return {"what": "; ".join(found), "ended": bool(offer.ended_at)}

    which = f"{offer.proposed_at}|{offer.released_said_by}|{offer.accepted_said_by}|{offer.ended_at}|{offer.ended_side}"
    _about_offer("answer_recorded", offer, to, now=now, said=said, which=which)


def tell_parties(offer: Offer, message: Callable[..., None], *, now: datetime) -> None:
    """The donor's leads and the handler of an offer."""
    for recipient in concerned([offer.handler_user_id], offer.force_id):
        message(offer, recipient, now=now)


def tell_of_decline(offer: Offer, *, was_confirmed: bool = False, now: datetime) -> None:
    """The coordinators, and the other side of the donor. A handler's no is passed on without a reason.

    A team that was coming leaves a hole: of a major incident the coordinators are woken. A handler whose force takes
    the team back may be on the road already, so that is a text message too.
    """
    by_handler = offer.ended_side == Side.HANDLER

    def said() -> dict[str, bool]:
        return {"by_handler": by_handler, "was_coming": was_confirmed}

    def text() -> str:
        words = {"team": offer.team, "reference": offer.request.reference, "free": offer.request.open_places}
        return _("OK9: %(team)s can't come to %(reference)s after all. Places free: %(free)d.") % words

    def turn_back() -> str:
        words = {"dog": offer.team.dog.name, "reference": offer.request.reference}
        return _("OK9: please don’t set off. Your force can’t release %(dog)s to %(reference)s after all.") % words

    others = leads_of(offer.force_id) if by_handler else people([offer.handler_user_id])
    for recipient in others:
        woken = turn_back if was_confirmed and not by_handler else None
        _about_offer("offer_declined", offer, recipient, now=now, said=said, text=woken)
    for coordinator in coordinators():
        page = ("coordinator_request_match", offer.request)
        woken = _major(offer, text) if was_confirmed else None
        _about_offer("offer_declined", offer, coordinator, now=now, said=said, page=page, text=woken)


def tell_of_lapse(offer: Offer, *, now: datetime) -> None:
    tell_parties(offer, offer_lapsed, now=now)
    for coordinator in coordinators():
        page = ("coordinator_request_match", offer.request)
        _about_offer("offer_lapsed", offer, coordinator, now=now, page=page, which=_yes_so_far(offer))


def _yes_so_far(offer: Offer) -> str:
    return f"{offer.released_at or ''}{offer.accepted_at or ''}"


def offer_lapsed(offer: Offer, to: Recipient, *, now: datetime) -> None:
    """It may lapse again, after an answer by telephone had taken it up and the other side's did not come."""
    _about_offer("offer_lapsed", offer, to, now=now, which=_yes_so_far(offer))
