"""Offers that are out: released by the lead and accepted by the handler, then confirmed; or ended.

A booking holds the request's row, then the handler's, then the dog's. Whoever comes second waits, looks again, and
gets a clear answer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import can, must
from accounts.models import User
from accounts.queries import concerned, coordinators
from audit.actions import for_the_record, record
from core.each import work_each
from core.lifecycle import Refused
from core.tenancy import network_scope, system_scope
from deployments import emails
from deployments.actions.deployments import complete_if_over, end_deployment
from deployments.actions.held import go_on, locked_request, settle_places
from deployments.models import Deployment, Offer, Request
from deployments.queries import verdicts_on, who_said_no
from deployments.rules import arrives_late, said_problem, takes_offers, told_to_handler
from deployments.states import OFFER, OFFER_OPEN, DeploymentStatus, OfferStatus, RequestStatus, Side
from deployments.way import km_to
from dogs.actions.commitments import commit, hold_pair
from dogs.facts import Reason
from dogs.models import Commitment


@dataclass(frozen=True)
class Told:
    """An answer that a coordinator was given by telephone: who said it, and when."""

    said_by: str
    said_at: datetime


def release_offer(
    *, offer: Offer, by: User, now: datetime, told: Told | None = None, asked_at: datetime | None = None
) -> Offer:
    """The donor's lead lets the team go. Confirms the offer if the handler has accepted.

    A coordinator may record it with `told`; the lead then gets a mail and can correct it. `asked_at` is when the offer
    was made that they read: a yes to what has changed since is none.
    """
    return _say_yes(offer, Side.LEAD, by=by, now=now, told=told, asked_at=asked_at)


def accept_offer(
    *, offer: Offer, by: User, now: datetime, told: Told | None = None, asked_at: datetime | None = None
) -> Offer:
    """The handler says yes. Confirms the offer if the lead has released the team."""
    return _say_yes(offer, Side.HANDLER, by=by, now=now, told=told, asked_at=asked_at)


def _may_answer(offer: Offer, side: str, by: User, told: Told | None) -> None:
    if told is not None:
        must(by, "offer.record_answer")
        if not told.said_by.strip():
            raise Refused(_("Write who said it on the telephone."), field="said_by")
        return
    if side == Side.LEAD:
        allowed = can(by, "offer.release", force=offer.force_id)
    else:
        allowed = by.pk == offer.handler_user_id and can(by, "offer.accept", force=offer.force_id)
    if not allowed:
        raise PermissionDenied


@transaction.atomic
def _say_yes(
    offer: Offer, side: str, *, by: User, now: datetime, told: Told | None, asked_at: datetime | None
) -> Offer:
    _may_answer(offer, side, by, told)
    with network_scope(user=by.pk, reason="an answer may take a place on another force's request"):
        request, offer = _held(offer)
        _must_make_sense(told, request.moved_at or request.submitted_at or offer.proposed_at, now=now)
        if asked_at and asked_at != offer.proposed_at and offer.status == OfferStatus.PROPOSED:
            changed = _("%s has changed since you opened this page. Look at when and where it is now, then answer.")
            raise Refused(changed % request.reference)
        already = offer.released_at if side == Side.LEAD else offer.accepted_at
        if already and offer.status in OFFER_OPEN:
            _must_be_the_same(told, offer, side)
            return offer  # a repeated tap
        if told and _may_be_taken_up(request, offer, told, now=now):
            _take_up_again(request, offer, by=by, now=now)
        _must_be_open(offer, side, at=told.said_at if told else now)
        said_by = told.said_by.strip() if told else ""
        if side == Side.LEAD:
            offer.released_at, offer.released_by, offer.released_said_by = now, by, said_by
        else:
            offer.accepted_at, offer.accepted_by, offer.accepted_said_by = now, by, said_by
        offer.save()
        record("released" if side == Side.LEAD else "accepted", offer, by=by, now=now, **_heard(told))
        if told:
            _tell_of_record(offer, now=now)
        if offer.released_at and offer.accepted_at:
            _confirm(request, offer, by=by, now=now)
    return offer


def _must_be_the_same(told: Told | None, offer: Offer, side: str) -> None:
    """A yes that stands is not written over: whoever records another one by telephone is told that it is there."""
    is_lead = side == Side.LEAD
    if told and told.said_by.strip() != (offer.released_said_by if is_lead else offer.accepted_said_by):
        words = {"dog": offer.team.dog.name, "force": offer.force.name, "handler": offer.team.handler.first_name}
        if is_lead:
            raise Refused(_("%(force)s has released %(dog)s already, so there is nothing to record.") % words)
        raise Refused(_("%(handler)s has said yes already, so there is nothing to record.") % words)


def _heard(told: Told | None) -> dict[str, Any]:
    """Of an answer by telephone, for the record: who said it, and when."""
    return {"said_by": told.said_by.strip(), "said_at": told.said_at.isoformat()} if told else {}


def _must_make_sense(told: Told | None, known_at: datetime, *, now: datetime) -> None:
    problem = said_problem(told.said_at, known_at, now=now) if told else ""
    if problem:
        raise Refused(problem, field="said_at")


def _held(offer: Offer) -> tuple[Request, Offer]:
    """The offer's request and then the offer, both rows held and fresh."""
    request = locked_request(offer.request_id)
    rows = Offer.objects.select_for_update(no_key=True, of=("self",))
    offer = rows.select_related("team__dog", "team__handler", "force").get(pk=offer.pk)
    offer.request = request  # the one that is held: what is done to it, the offer's end sees
    return request, offer


def _must_be_open(offer: Offer, side: str, *, at: datetime) -> None:
    """It waits still, and the answer was given in time: one by telephone when it was said, not when it is typed."""
    if offer.status != OfferStatus.PROPOSED:
        raise Refused(offer_over_sentence(offer, to_handler=side == Side.HANDLER))
    if offer.answer_by < at:
        raise Refused(_("The time to answer has passed. Ring the coordinators if the team can still go."))


def _may_be_taken_up(request: Request, offer: Offer, told: Told, *, now: datetime) -> bool:
    """Whether the lapsed offer had its answer by telephone in time, neither the team nor its dog or handler in another
    has been asked since, and its handler has not said no to the request, with this dog or another.
    """
    if offer.status != OfferStatus.LAPSED or told.said_at > offer.answer_by:
        return False
    newer = Offer.objects.filter(request=request, team_id=offer.team_id, proposed_at__gt=offer.proposed_at)
    same = Q(team__dog_id=offer.team.dog_id) | Q(handler_user_id=offer.handler_user_id)
    other = Offer.objects.filter(same, request=request, status__in=OFFER_OPEN)
    if newer.exists() or other.exists() or offer.handler_user_id in who_said_no(request):
        return False
    return takes_offers(request.status, request.ends_at, now=now)


def _take_up_again(request: Request, offer: Offer, *, by: User, now: datetime) -> None:
    OFFER.check(offer.status, OfferStatus.PROPOSED, thing=str(offer))
    offer.status, offer.ended_at, offer.reason = OfferStatus.PROPOSED, None, ""
    record("taken up again", offer, by=by, now=now, moved=(OfferStatus.LAPSED, OfferStatus.PROPOSED))
    if request.status == RequestStatus.COMPLETED:
        go_on(request, by=by, now=now)


def said_together(reasons: Iterable[Reason]) -> str:
    return "; ".join(reason.sentence for reason in reasons) + "."


def offer_over_sentence(offer: Offer, *, to_handler: bool = False) -> str:
    """Why an offer no longer takes an answer, for the person who came to answer it."""
    said = {
        OfferStatus.CONFIRMED: _("This offer is confirmed already."),
        OfferStatus.DECLINED: _("This offer was declined."),
        OfferStatus.LAPSED: _("This offer has lapsed: the time to answer has passed."),
        OfferStatus.WITHDRAWN: _("This offer was withdrawn."),
    }[OfferStatus(offer.status)]
    return f"{said} {(to_handler and offer.reason_for_handler) or offer.reason}".strip()


def _confirm(request: Request, offer: Offer, *, by: User, now: datetime) -> None:
    """Both have said yes: take the place, or end the offer with the reason why it can't be taken."""
    with for_the_record():
        _take_or_end(request, offer, by=by, now=now)


def _take_or_end(request: Request, offer: Offer, *, by: User, now: datetime) -> None:
    if request.taken >= request.places:
        _end(offer, OfferStatus.WITHDRAWN, reason=_filled(request), by=by, now=now)
        emails.tell_parties(offer, emails.offer_filled, now=now)
        return
    if not takes_offers(request.status, request.ends_at, now=now):
        _end(offer, OfferStatus.WITHDRAWN, reason=_("%s is over.") % request.reference, by=by, now=now)
        emails.tell_parties(offer, emails.offer_withdrawn, now=now)
        return
    hold_pair(offer.team)  # judged by what is booked, also by whoever books it for another day just now
    reasons = verdicts_on([offer.team_id], request, now=now)[offer.team_id]
    try:
        if reasons:
            raise Refused(said_together(reasons))
        commitment = commit(
            offer.team,
            kind="deployment",
            start=request.starts_at,
            end=request.ends_at,
            is_trauma=request.is_major,
            note=request.reference,
        )
    except Refused as refused:
        can_not = _("The team can't go now: %s")
        offer.reason_for_handler = (can_not % said_together(told_to_handler(reasons)))[:300] if reasons else ""
        _end(offer, OfferStatus.WITHDRAWN, reason=can_not % refused, by=by, now=now)
        emails.tell_parties(offer, emails.offer_withdrawn, now=now)
        return
    _take_place(request, offer, commitment, by=by, now=now)


def _take_place(request: Request, offer: Offer, commitment: Commitment, *, by: User, now: datetime) -> None:
    OFFER.check(offer.status, OfferStatus.CONFIRMED, thing=str(offer))
    offer.status = OfferStatus.CONFIRMED
    offer.save(update_fields=["status"])
    record("confirmed", offer, by=by, now=now, moved=(OfferStatus.PROPOSED, OfferStatus.CONFIRMED))
    deployment = Deployment.objects.create(
        request=request,
        offer=offer,
        force_id=offer.force_id,
        host_force_id=offer.host_force_id,
        team=offer.team,
        dog_id=offer.team.dog_id,
        handler_id=offer.team.handler_id,
        handler_user_id=offer.handler_user_id,
        dog_name=offer.team.dog.name,
        handler_name=offer.team.handler.name,
        commitment=commitment,
        confirmed_at=now,
        is_late=arrives_late(km_to(offer.team, request), request.starts_at, now=now),
    )
    record("scheduled", deployment, by=by, now=now, moved=("", DeploymentStatus.SCHEDULED))
    request.taken += 1
    request.save(update_fields=["taken"])
    emails.tell_of_confirmation(deployment, now=now)
    settle_places(request, by=by, now=now)
    if request.taken == request.places:
        tell_the_rest(request, by=by, now=now)


def _filled(request: Request) -> str:
    words = {"reference": request.reference, "places": request.places}
    with for_the_record():
        sentence = ngettext(
            "%(reference)s is filled: its %(places)d team is confirmed.",
            "%(reference)s is filled: all %(places)d teams are confirmed.",
            request.places,
        )
    return sentence % words


def tell_the_rest(request: Request, *, by: User, now: datetime) -> None:
    """The last place is taken: the offers still waiting end, and their people are told that it is filled."""
    withdraw_waiting(request, emails.offer_filled, reason=_filled(request), by=by, now=now)
    for coordinator in coordinators():
        emails.request_filled(request, coordinator, now=now)


def withdraw_waiting(request: Request, message: Callable[..., None], *, reason: str, by: User, now: datetime) -> None:
    """End the held request's offers that still wait; their people get `message`. Inside a network scope."""
    for offer in waiting_offers(request):
        _end(offer, OfferStatus.WITHDRAWN, reason=reason, by=by, now=now)
        emails.tell_parties(offer, message, now=now)


def waiting_offers(request: Request) -> QuerySet[Offer]:
    """The held request's offers that still wait for an answer, their rows to be held."""
    rows = Offer.objects.select_for_update(no_key=True, of=("self",))
    rows = rows.filter(request=request, status=OfferStatus.PROPOSED)
    return rows.select_related("request__force", "team__dog", "team__handler").order_by("pk")


def _end(
    offer: Offer, to: str, *, reason: str, by: User | None, now: datetime, side: str = "", told: Told | None = None
) -> None:
    OFFER.check(offer.status, to, thing=str(offer))
    from_state, offer.status = offer.status, to
    offer.ended_at, offer.ended_by, offer.ended_side, offer.reason = now, by, side, reason[:300]
    offer.save(update_fields=["status", "ended_at", "ended_by", "ended_side", "reason", "reason_for_handler"])
    record(to, offer, by=by, now=now, moved=(from_state, to), why=reason, **_heard(told))
    complete_if_over(offer.request, by=by, now=now)


@transaction.atomic
def decline_offer(
    *, offer: Offer, side: str, by: User, now: datetime, reason: str = "", told: Told | None = None
) -> Offer:
    """Say no for one side. The force says why; a handler's no needs no reason and always stands, until they check in,
    also where the offer has lapsed.

    After a confirmation it stands the deployment down and frees the place.
    """
    _may_answer(offer, side, by, told)
    with network_scope(user=by.pk, reason="a no may free a place on another force's request"):
        request, offer = _held(offer)
        _must_make_sense(told, request.submitted_at or offer.proposed_at, now=now)  # a no stands also where it is moved
        if offer.status == OfferStatus.DECLINED:
            return _declined_again(offer, side, reason=reason, told=told, by=by, now=now)
        lapsed_to_handler = offer.status == OfferStatus.LAPSED and side == Side.HANDLER
        if offer.status not in OFFER_OPEN and not lapsed_to_handler:
            raise Refused(offer_over_sentence(offer, to_handler=side == Side.HANDLER))
        if side == Side.LEAD and not reason.strip():
            raise Refused(_("Say why not: it helps to find another team."), field="reason")
        if was_confirmed := offer.status == OfferStatus.CONFIRMED:
            _free_the_place(request, offer, by=by, now=now)
        _end(offer, OfferStatus.DECLINED, reason=reason, by=by, now=now, side=side, told=told)
        if told:
            _tell_of_record(offer, now=now)
        emails.tell_of_decline(offer, was_confirmed=was_confirmed, now=now)
    return offer


def _declined_again(offer: Offer, side: str, *, reason: str, told: Told | None, by: User, now: datetime) -> Offer:
    """A second no: of the same side it is a repeated tap, of the handler after the force it stands as the handler's."""
    if side == offer.ended_side:
        if reason.strip() and not offer.reason:
            offer.reason = reason[:300]
            offer.save(update_fields=["reason"])
    elif side == Side.HANDLER:
        offer.ended_side = Side.HANDLER
        offer.save(update_fields=["ended_side"])
        record("declined too", offer, by=by, now=now, side=side, **_heard(told))
        if told:
            _tell_of_record(offer, now=now)
    return offer


def _free_the_place(request: Request, offer: Offer, *, by: User, now: datetime) -> None:
    """The reason stays on the offer, which is the donor's: the host reads the deployment and its trail."""
    deployment = Deployment.objects.select_for_update(no_key=True, of=("self",)).get(offer=offer)
    if deployment.status != DeploymentStatus.SCHEDULED:
        raise Refused(_("The team has checked in already. Ring the coordinators."))
    end_deployment(deployment, DeploymentStatus.STOOD_DOWN, reason="", by=by, now=now)
    request.taken -= 1
    request.save(update_fields=["taken"])
    settle_places(request, by=by, now=now)
    deployment.request = request
    emails.tell_of_absence(deployment, now=now)


@transaction.atomic
def withdraw_offer(*, offer: Offer, reason: str, by: User | None, now: datetime, reason_for_handler: str = "") -> Offer:
    """Take a waiting offer back, and tell the people who were asked."""
    if by is not None:
        must(by, "offer.propose")
    with network_scope(user=by.pk if by else None, reason="an offer's people are of the donor force"):
        _request, offer = _held(offer)
        if offer.status == OfferStatus.WITHDRAWN:
            return offer
        if offer.status != OfferStatus.PROPOSED:
            raise Refused(offer_over_sentence(offer))
        offer.reason_for_handler = reason_for_handler[:300]
        _end(offer, OfferStatus.WITHDRAWN, reason=reason, by=by, now=now)
        emails.tell_parties(offer, emails.offer_withdrawn, now=now)
    return offer


def lapse_offers(*, now: datetime) -> int:
    """End the offers whose time to answer has passed, each in its own transaction; how many ended."""
    with system_scope():
        overdue = list(Offer.objects.filter(status=OfferStatus.PROPOSED, answer_by__lt=now).order_by("answer_by"))
    return sum(work_each(overdue, partial(_lapse, now=now), what="lapsing offers"))


def _lapse(waiting: Offer, *, now: datetime) -> bool:
    with system_scope():
        _request, offer = _held(waiting)
        if offer.status != OfferStatus.PROPOSED or offer.answer_by >= now:
            return False
        _end(offer, OfferStatus.LAPSED, reason=_("Nobody answered in time."), by=None, now=now)
        emails.tell_of_lapse(offer, now=now)
    return True


def _tell_of_record(offer: Offer, *, now: datetime) -> None:
    """Both people get a mail of what was recorded for them, with a link to correct it."""
    for recipient in concerned([offer.handler_user_id], offer.force_id):
        emails.answer_recorded(offer, recipient, now=now)
