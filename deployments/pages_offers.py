"""The offers that are out, as the coordinators' pages show them, and who of them may be reminded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import RoleName
from deployments.briefing import moment
from deployments.models import Offer
from deployments.rules import not_again_before, remind_from
from deployments.states import DeploymentStatus, OfferStatus, Side
from deployments.way import km_to, late_tag

GOING = (DeploymentStatus.SCHEDULED, DeploymentStatus.ON_SCENE)


@dataclass(frozen=True)
class Reminder:
    """Whether those who have not answered may be reminded: the button's words, or when they may be again."""

    button: str = ""
    not_yet: str = ""


def reminder(offers: Iterable[Offer], *, now: datetime) -> Reminder:
    waiting = [offer for offer in offers if offer.status == OfferStatus.PROPOSED and offer.answer_by >= now]
    times = [remind_from(offer.proposed_at, offer.reminded_at) for offer in waiting]
    due = sum(time <= now for time in times)
    if due:
        few = {1: _("Remind the one waiting"), 2: _("Remind the two waiting")}
        return Reminder(button=few.get(due) or _("Remind the %d waiting") % due)
    return Reminder(not_yet=not_again_before(min(times)) if times else "")


def offer_out(offer: Offer, trouble: Mapping[int, list[str]], *, now: datetime) -> dict[str, Any]:
    """One line. `trouble` has, by team, why it may not go any more although it is booked."""
    kind, tag, detail = _offer_state(offer, now=now)
    deployment = getattr(offer, "deployment", None)
    against = trouble.get(offer.team_id, ()) if is_booked(offer) else ()
    return {
        "offer": offer,
        "dog": offer.team.dog,
        "kind": "mute" if against else kind,
        "tag": tag,
        "detail": detail,
        "waiting": (waiting := offer.status == OfferStatus.PROPOSED),
        "lapsed": offer.status == OfferStatus.LAPSED,
        "reminded": moment(offer.reminded_at) if waiting and offer.reminded_at else "",
        "deployment": deployment if not waiting else None,
        "telephones": numbers_of(offer),
        "trouble": against,
        "late": _late(offer) if deployment and deployment.status == DeploymentStatus.SCHEDULED else "",
        "debrief": (debrief := getattr(deployment, "debrief", None)),
        "call": _to_call(offer) if debrief and debrief.needs_follow_up else "",
    }


def _late(offer: Offer) -> str:
    return late_tag(km_to(offer.team, offer.request), offer.request.starts_at) if offer.deployment.is_late else ""


def is_booked(offer: Offer) -> bool:
    """Whether its team is to come, or is there."""
    deployment = getattr(offer, "deployment", None)
    return offer.status == OfferStatus.CONFIRMED and deployment is not None and deployment.status in GOING


def numbers_of(offer: Offer) -> tuple[tuple[str, str], ...]:
    """Whom to ring: of a waiting offer those who have not answered yet, of a team that comes both sides; else nobody.

    The handler's number; the force's duty contact's, then its lead's and deputies'.
    """
    if not (offer.status == OfferStatus.PROPOSED or is_booked(offer)):
        return ()
    membership, profile = getattr(offer.force, "membership", None), getattr(offer.handler_user, "profile", None)
    found = []
    if profile and (not offer.accepted_at or is_booked(offer)):
        found.append((profile.name, profile.telephone))
    if membership and (not offer.released_at or is_booked(offer)):
        found.append((membership.duty_contact or offer.force.name, membership.duty_telephone))
    if not offer.released_at:
        for keeper in getattr(offer, "keepers", ()):
            name = f"{keeper['name']}, {str(RoleName(keeper['role']).label).lower()}"
            found.append((name, keeper["telephone"]))
    return tuple((name, number) for name, number in found if number)


def _to_call(offer: Offer) -> str:
    """The handler's number."""
    profile = getattr(offer.handler_user, "profile", None)
    return profile.telephone if profile else ""


def _offer_state(offer: Offer, *, now: datetime) -> tuple[str, str, str]:
    """The tag's kind, the fact on it, and the grey line below."""
    if offer.status == OfferStatus.PROPOSED:
        left = offer.answer_by - now
        released, accepted = bool(offer.released_at), bool(offer.accepted_at)
        if released:
            detail = _("force released, handler not yet")
        elif accepted:
            detail = _("handler accepted, force not yet")
        else:
            detail = _("nobody has answered yet")
        urgent = left < timedelta(hours=1)
        return ("warn" if urgent else "info"), _lapse_words(left), detail
    if offer.status == OfferStatus.CONFIRMED:
        deployment = getattr(offer, "deployment", None)
        said = DeploymentStatus(deployment.status).label if deployment else ""
        return "ok", _("Confirmed"), str(said)
    deployment = getattr(offer, "deployment", None)
    if offer.status == OfferStatus.WITHDRAWN and deployment:
        return "mute", str(deployment.get_status_display()), deployment.reason
    if offer.status == OfferStatus.DECLINED and offer.ended_side == Side.HANDLER:
        return "mute", _("Declined"), _("handler's choice, no reason needed")
    return "mute", str(offer.get_status_display()), offer.reason


def _lapse_words(left: timedelta) -> str:
    minutes = int(left.total_seconds() // 60)
    if minutes < 1:
        return _("Lapses now")
    if minutes < 60:
        return _("Lapses in %d min") % minutes
    if minutes < 48 * 60:
        return _("Waiting, %(hours)d h %(minutes)02d left") % {"hours": minutes // 60, "minutes": minutes % 60}
    return ngettext("Waiting, %d day left", "Waiting, %d days left", minutes // 1440) % (minutes // 1440)
