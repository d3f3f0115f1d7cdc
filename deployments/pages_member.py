"""What the members' pages of mutual aid show, as finished values: templates ask nothing and judge nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from deployments.actions.offers import offer_over_sentence
from deployments.briefing import moment, period, setting_words
from deployments.models import DebriefDraft, Deployment, Offer, Request
from deployments.queries import need_of
from deployments.rules import CHECK_IN_EARLY, may_check_in
from deployments.states import DEPLOYMENT_OVER, DeploymentStatus, OfferStatus, RequestStatus, Side
from dogs.facts import Reason
from dogs.models import Incident, SessionLog
from dogs.queries import limits, team_facts
from dogs.rules import OF_FORCE, judge
from dogs.states import DogStatus

PAGE = 50
OFFER_OPEN = (OfferStatus.PROPOSED, OfferStatus.CONFIRMED)
KINDS = {
    OfferStatus.PROPOSED: "warn",
    OfferStatus.CONFIRMED: "ok",
    DeploymentStatus.SCHEDULED: "info",
    DeploymentStatus.ON_SCENE: "ok",
    DeploymentStatus.COMPLETED: "warn",
    DeploymentStatus.DEBRIEFED: "mute",
    DeploymentStatus.STOOD_DOWN: "stop",
    DeploymentStatus.DID_NOT_ATTEND: "stop",
}
SEEN_BY_HOST = (
    RequestStatus.TRIAGED,
    RequestStatus.SOURCING,
    RequestStatus.FILLED,
    RequestStatus.ACTIVE,
    RequestStatus.COMPLETED,
)


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


def over_sentence(offer: Offer) -> str:
    """Why the offer takes no more answers. A handler's no is told without a reason."""
    if offer.status in OFFER_OPEN:
        return ""
    if offer.status == OfferStatus.DECLINED and offer.ended_side == Side.HANDLER:
        return _("%(name)s said no, and that stands. Nobody will ask why.") % {"name": offer.team.handler.first_name}
    return offer_over_sentence(offer)


def request_facts(request: Request) -> list[tuple[str, str]]:
    """What a donor may know of a request."""
    teams = _("%(taken)d of %(places)d confirmed") % {"taken": request.taken, "places": request.places}
    return [
        (_("Kind"), str(request.get_kind_display())),
        (_("For"), request.force.name),
        (_("Where"), f"{request.place}, {request.postcode}"),
        (_("When"), period(request.starts_at, request.ends_at)),
        (_("The setting has"), setting_words(request)),
        (_("People expected"), str(request.people) if request.people else _("Not known")),
        (_("Teams"), teams),
        (_("Reference"), request.reference),
    ]


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
        "facts": request_facts(offer.request),
        "answers": answers(offer, sides),
        "clearance": _clearance(offer, leads, now=now) if offer.status == OfferStatus.PROPOSED else None,
        "can_release": may_yes and Side.LEAD in sides and not offer.released_at,
        "can_accept": may_yes and Side.HANDLER in sides and not offer.accepted_at,
        "can_decline": bool(sides) and offer.status in OFFER_OPEN and not going,
        "sides": sides,
        "deadline": moment(offer.answer_by),
        "is_late": is_late,
        "over": over_sentence(offer),
        "deployment": deployment,
        "title": offer_question(offer, sides),
    }


def offer_question(offer: Offer, sides: Collection[str]) -> str:
    words = {"dog": offer.team.dog.name, "handler": offer.team.handler.first_name, "place": offer.request.place}
    if offer.status != OfferStatus.PROPOSED:
        return _("%(dog)s and %(handler)s for %(place)s") % words
    if Side.HANDLER in sides:
        return _("Can you and %(dog)s go to %(place)s?") % words
    return _("Release %(dog)s and %(handler)s for %(place)s?") % words


@dataclass(frozen=True)
class Clearance:
    """Whether the team may go, with every reason why not, as the reader may know it."""

    clear: bool
    sentence: str
    reasons: tuple[str, ...] = ()


def handler_reasons(found: Collection[Reason], cleared_until: date | None, last_day: date) -> tuple[Reason, ...]:
    """Why a team may not go, as its handler may know it: the force's own papers are one sentence, without details."""
    own = tuple(reason for reason in found if reason.code not in OF_FORCE)
    explained = any(reason.until is None for reason in own)
    if not explained and (cleared_until is None or cleared_until < last_day):
        return (*own, Reason("force", _("Something of your force's has ended or is missing; your lead sees what")))
    return own


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


def own_deployments(user_id: int, leads: Collection[int]) -> QuerySet[Deployment]:
    """The deployments of this person's force or of themselves, the open ones first, the soonest first."""
    over = Case(When(status__in=DEPLOYMENT_OVER, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = Deployment.objects.filter(Q(force_id__in=leads) | Q(handler_user_id=user_id))
    rows = rows.select_related("request__force", "team__dog")
    coming = Case(When(~Q(status__in=DEPLOYMENT_OVER), then=F("request__starts_at")))
    return rows.order_by(over, coming, "-request__starts_at", "pk")


@dataclass(frozen=True)
class DeploymentLine:
    deployment: Deployment
    sentence: str
    detail: str
    tag: str
    kind: str


def deployment_line(deployment: Deployment) -> DeploymentLine:
    request = deployment.request
    words = {"team": str(deployment), "place": request.place}
    detail = f"{request.get_kind_display()}, {request.force.name}, {period(request.starts_at, request.ends_at)}."
    tag, kind = str(deployment.get_status_display()), KINDS[DeploymentStatus(deployment.status)]
    if deployment.status == DeploymentStatus.COMPLETED:
        tag = _("Debrief not written yet")
    return DeploymentLine(deployment, _("%(team)s at %(place)s") % words, detail, tag, kind)


# A team that is to work, or works.
WORKS = (DeploymentStatus.SCHEDULED, DeploymentStatus.ON_SCENE)


def day_page(deployment: Deployment, user_id: int, *, now: datetime) -> dict[str, Any]:
    """A deployment's page: what has been done, and what comes next for its handler."""
    request, numbers, today = deployment.request, limits(), localdate(now)
    logged = list(
        SessionLog.objects.filter(Q(commitment_id=deployment.commitment_id) | Q(dog_id=deployment.dog_id, on=today))
        .order_by("on", "logged_at", "pk")
    )  # fmt: skip
    sessions = [row for row in logged if row.commitment_id == deployment.commitment_id]
    minutes = sum(row.minutes for row in logged if row.on == today)
    last = [row.logged_at for row in sessions if row.on == today]
    began = deployment.checked_in_at
    since = max(last) if last else (began if began and localdate(began) == today else None)
    days = working_days(deployment, today=today)
    return {
        "deployment": deployment,
        "found": request,
        "dog": deployment.team.dog,
        "is_mine": deployment.handler_user_id == user_id,
        "must_stop": str(deployment.status) not in DEPLOYMENT_OVER
        and deployment.team.dog.status == DogStatus.SUSPENDED,
        "status": str(deployment.status),
        "tag": deployment_line(deployment),
        "period": period(request.starts_at, request.ends_at),
        "facts": request_facts(request),
        "sessions": sessions,
        "people": sum(row.people for row in sessions),
        "minutes": minutes,
        "limit": numbers.contact_minutes_a_day,
        "left": max(numbers.contact_minutes_a_day - minutes, 0),
        "break_every": numbers.break_every_minutes,
        "since": since,
        "keep": f"session-{deployment.uuid}-{len(sessions)}",
        "days": days,
        "day_words": _day_words(deployment, today=today),
        "many_days": len(all_days(deployment)) > 1 and today < all_days(deployment)[-1],
        "may_check_in": may_check_in(request.starts_at, request.ends_at, now=now),
        "check_in_from": moment(request.starts_at - CHECK_IN_EARLY),
        "is_late": now >= request.ends_at,
        "incidents": list(
            Incident.objects.filter(commitment_id=deployment.commitment_id).order_by("happened_at", "pk")
        ),
        "debrief": getattr(deployment, "debrief", None),
    }


def drafted(deployment: Deployment) -> dict[str, Any]:
    """What the handler's own draft of a debrief holds; nothing where there is none."""
    rows = DebriefDraft.objects.filter(deployment=deployment)
    return rows.values("went_well", "change", "dog_after", "needs_follow_up").first() or {}


def all_days(deployment: Deployment) -> list[date]:
    """The days of a deployment in London; those after an early check-out are gone."""
    first, last = deployment.commitment.local_days
    return [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]


def working_days(deployment: Deployment, *, today: date) -> list[date]:
    """The days for which a session can be logged: those up to today; the first, for a team that came the eve."""
    days = all_days(deployment)
    return [day for day in days if day <= today] or days[:1]


def _day_words(deployment: Deployment, *, today: date) -> str:
    days = all_days(deployment)
    if len(days) < 2 or today not in days:
        return ""
    return _("day %(number)d of %(count)d") % {"number": days.index(today) + 1, "count": len(days)}


def hosted_requests(leads: Collection[int]) -> QuerySet[Request]:
    """The requests that these forces host, once a coordinator has triaged them; the open ones first."""
    is_open = Case(When(status__in=SEEN_BY_HOST, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Request.objects.filter(force_id__in=leads).exclude(status__in=[RequestStatus.DRAFT, RequestStatus.SUBMITTED])
    return rows.select_related("force").order_by(is_open, "starts_at", "pk")


@dataclass(frozen=True)
class Coming:
    """A team on its way to a host: the dog's name, the handler's, the force, and nothing else of the donor's."""

    dog: str
    handler: str
    force: str
    state: str
    kind: str


def teams_coming(request: Request) -> list[Coming]:
    rows = Deployment.objects.filter(request=request).select_related("force").order_by("confirmed_at", "pk")
    return [
        Coming(row.dog_name, row.handler_name, row.force.name, _state_for_host(row), _kind_for_host(row))
        for row in rows
    ]


def _state_for_host(deployment: Deployment) -> str:
    if deployment.status == DeploymentStatus.SCHEDULED:
        return _("Coming")
    if deployment.status == DeploymentStatus.ON_SCENE and deployment.checked_in_at:
        return _("Arrived %(at)s") % {"at": moment(deployment.checked_in_at)}
    if deployment.checked_out_at:
        return _("Left %(at)s") % {"at": moment(deployment.checked_out_at)}
    return str(deployment.get_status_display())


def _kind_for_host(deployment: Deployment) -> str:
    if deployment.status == DeploymentStatus.DEBRIEFED:
        return "mute"
    return "mute" if deployment.status == DeploymentStatus.COMPLETED else KINDS[DeploymentStatus(deployment.status)]
