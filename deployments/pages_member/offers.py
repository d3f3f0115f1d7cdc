"""Offers as the people who may answer them see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from deployments.actions.offers import offer_over_sentence
from deployments.briefing import moment, period
from deployments.models import Deployment, Offer
from deployments.pages_member.requests import donor_facts
from deployments.queries import need_of
from deployments.rules import handler_reasons
from deployments.states import OFFER_OPEN, DeploymentStatus, OfferStatus, Side
from deployments.way import late_words
from dogs.queries import limits, team_facts
from dogs.rules import judge

KINDS = {OfferStatus.PROPOSED: "warn", OfferStatus.CONFIRMED: "ok"}


@dataclass(frozen=True)
class Answer:
    """One side's answer as a fact. `recorded` says so where a coordinator took it down by telephone."""

    side: str
    who: str
    said: str
    kind: str = "mute"
    recorded: str = ""


def own_sides(offer: Offer, user_id: int, leads: Collection[int]) -> tuple[str, ...]:
    """The sides of an offer that this person may answer for."""
    sides = [Side.LEAD] if offer.force_id in leads else []
    if offer.handler_user_id == user_id:
        sides.append(Side.HANDLER)
    return tuple(sides)


def answers(offer: Offer, sides: Collection[str]) -> list[Answer]:
    """What the force and the handler have said, in this order."""
    handler = offer.team.handler.first_name
    lead_who = _("Your force") if Side.LEAD in sides else offer.force.name
    handler_who = _("You") if Side.HANDLER in sides else handler
    return [
        _answer(offer, Side.LEAD, lead_who, _("Released"), offer.released_at, offer.released_said_by),
        _answer(offer, Side.HANDLER, handler_who, _("Accepted"), offer.accepted_at, offer.accepted_said_by),
    ]


def _answer(offer: Offer, side: str, who: str, verb: str, at: datetime | None, said_by: str) -> Answer:
    if offer.status == OfferStatus.DECLINED and offer.ended_side == side and offer.ended_at:
        said = _("Said no on %(at)s") % {"at": moment(offer.ended_at)}
        by_somebody_else = side == Side.HANDLER and offer.ended_by_id != offer.handler_user_id
        taken_down = _("Taken down by a coordinator on the telephone.") if by_somebody_else else ""
        return Answer(side, who, said, "stop", recorded=taken_down)
    if at is None:
        return Answer(side, who, _("No answer yet") if offer.status == OfferStatus.PROPOSED else _("No answer"))
    said = _("%(verb)s on %(at)s") % {"verb": verb, "at": moment(at)}
    taken_down = _("Taken down by a coordinator, said by %(name)s on the telephone.") % {"name": said_by}
    return Answer(side, who, said, "ok", recorded=taken_down if said_by else "")


def over_sentence(offer: Offer, sides: Collection[str]) -> str:
    """Why the offer takes no more answers, as who answers for `sides` may know. A handler's no is without a reason."""
    if offer.status in OFFER_OPEN:
        return ""
    if offer.status == OfferStatus.DECLINED and offer.ended_side == Side.HANDLER:
        return _("%(name)s said no, and that stands. Nobody will ask why.") % {"name": offer.team.handler.first_name}
    return offer_over_sentence(offer, to_handler=Side.LEAD not in sides)


def offer_page(offer: Offer, user_id: int, leads: Collection[int], *, now: datetime) -> dict[str, Any]:
    """The offer's page for the people who may answer it."""
    sides = own_sides(offer, user_id, leads)
    is_late = offer.status == OfferStatus.PROPOSED and offer.answer_by < now
    may_yes = offer.status == OfferStatus.PROPOSED and not is_late
    deployment = Deployment.objects.filter(offer=offer).first() if offer.status == OfferStatus.CONFIRMED else None
    going = deployment is not None and deployment.status != DeploymentStatus.SCHEDULED
    return {
        "offer": offer,
        "dog": offer.team.dog,
        "facts": donor_facts(offer.team, offer.request, limits()),
        "answers": answers(offer, sides),
        "handler_telephone": offer.handler_user.profile.telephone if Side.HANDLER not in sides else "",
        "clearance": _clearance(offer, leads, now=now) if offer.status == OfferStatus.PROPOSED else None,
        "can_release": may_yes and Side.LEAD in sides and not offer.released_at,
        "can_accept": may_yes and Side.HANDLER in sides and not offer.accepted_at,
        "can_decline": bool(sides) and offer.status in OFFER_OPEN and not going,
        "sides": sides,
        "deadline": moment(offer.answer_by),
        "is_late": is_late,
        "comes_late": late_words(offer.team, offer.request, now=now) if may_yes else "",
        "over": over_sentence(offer, sides),
        "deployment": deployment,
        "title": offer_question(offer, sides),
    }


def offer_question(offer: Offer, sides: Collection[str]) -> str:
    """What this person is asked, as long as they are; then what it is about."""
    words = {"dog": offer.team.dog.name, "handler": offer.team.handler.first_name, "place": offer.request.place}
    if offer.status == OfferStatus.PROPOSED:
        if Side.HANDLER in sides and not offer.accepted_at:
            return _("Can you and %(dog)s go to %(place)s?") % words
        if Side.LEAD in sides and not offer.released_at:
            return _("Release %(dog)s and %(handler)s for %(place)s?") % words
    return _("%(dog)s and %(handler)s for %(place)s") % words


@dataclass(frozen=True)
class Clearance:
    """Whether the team may go, with every reason why not, as the reader may know it."""

    clear: bool
    sentence: str
    reasons: tuple[str, ...] = ()


def _clearance(offer: Offer, leads: Collection[int], *, now: datetime) -> Clearance:
    """Judged now for the request's days. The lead sees every reason, the handler those that are not the force's."""
    team, need = offer.team, need_of(offer.request, now=now)
    verdict = judge(team_facts([team.pk], need)[0], need, limits())
    reasons, words = verdict.reasons, {"dog": team.dog.name}
    if offer.force_id not in leads:
        reasons = handler_reasons(reasons, team.cleared_until, need.last_day)
    if not reasons:
        return Clearance(True, _("%(dog)s is clear for all of it.") % words, verdict.notes)
    said = _("%(dog)s is not clear now. The offer can't be confirmed until this is put right:") % words
    return Clearance(False, said, tuple(reason.sentence for reason in reasons))


def own_offers(user_id: int, leads: Collection[int]) -> QuerySet[Offer]:
    """The offers that this person may answer, those that wait first, the soonest deadline first."""
    waiting = Case(When(status=OfferStatus.PROPOSED, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Offer.objects.filter(Q(force_id__in=leads) | Q(handler_user_id=user_id))
    rows = rows.select_related("request__force", "team__dog", "team__handler", "force")
    by_deadline = Case(When(status=OfferStatus.PROPOSED, then=F("answer_by")))
    return rows.order_by(waiting, by_deadline, "-proposed_at", "pk")


@dataclass(frozen=True)
class OfferLine:
    """One offer in a list: who is asked for what, and what this person can do about it."""

    offer: Offer
    sentence: str
    detail: str
    tag: str
    kind: str
    button: str = ""
    needs_me: bool = False


def offer_line(offer: Offer, user_id: int, leads: Collection[int], *, now: datetime) -> OfferLine:
    sides = own_sides(offer, user_id, leads)
    request = offer.request
    detail = f"{request.get_kind_display()}, {request.force.name}, {period(request.starts_at, request.ends_at)}."
    if offer.status != OfferStatus.PROPOSED:
        kind = KINDS.get(OfferStatus(offer.status), "mute")
        words = {"team": str(offer.team), "place": request.place}
        return OfferLine(offer, _("%(team)s for %(place)s") % words, detail, offer.get_status_display(), kind)
    if offer.answer_by < now:
        return OfferLine(offer, offer_question(offer, sides), detail, _("The time to answer has passed"), "mute")
    needs_me = (Side.LEAD in sides and not offer.released_at) or (Side.HANDLER in sides and not offer.accepted_at)
    said = [detail]
    if Side.LEAD in sides and offer.accepted_at:
        said.append(_("%(name)s has accepted.") % {"name": offer.team.handler.first_name})
    if Side.HANDLER in sides and offer.released_at:
        said.append(_("Your force has released you."))
    if not needs_me:
        return OfferLine(offer, offer_question(offer, sides), " ".join(said), _("Waiting for the other answer"), "info")
    tag = _("Answer by %(at)s") % {"at": moment(offer.answer_by)}
    is_urgent = request.is_major or (offer.answer_by - now).days < 1
    kind = "stop" if is_urgent else "warn"
    return OfferLine(offer, offer_question(offer, sides), " ".join(said), tag, kind, _("Answer"), needs_me=True)
