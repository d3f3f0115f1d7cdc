"""What the coordinators' pages show, as finished values: templates ask nothing and judge nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.models import Record
from deployments.briefing import period, setting_words
from deployments.models import Offer, Request
from deployments.queries import match_candidates, need_of, offers_of
from deployments.rules import Candidate, answer_by, arrives_late, asked_words, rest_words, takes_offers
from deployments.states import TAKES_OFFERS, DeploymentStatus, OfferStatus, RequestStatus, Side
from dogs.facts import Need
from dogs.queries import limits

# The best clear teams are shown at once (twice as many as are short, if that is more), the others behind one press.
NEAR_CLEAR = 12
# Near teams that are not clear are shown with their reasons at once; the rest of the country is one press away.
NEAR_OTHERS = 10

REQUEST_KINDS = {
    RequestStatus.SUBMITTED: "stop",
    RequestStatus.TRIAGED: "warn",
    RequestStatus.SOURCING: "warn",
    RequestStatus.FILLED: "ok",
    RequestStatus.ACTIVE: "info",
    RequestStatus.COMPLETED: "info",
}


@dataclass(frozen=True)
class Line:
    """One team on the match page."""

    uuid: str
    dog: dict[str, Any]
    handler: str
    force: str
    miles: int
    travel: str
    rest: str
    asked: str
    why: tuple[dict[str, str], ...]
    helps: str
    telephones: tuple[tuple[str, str], ...]
    ticked: bool = False
    offered: str = ""
    rank: int = 0


def match_page(
    request: Request, *, now: datetime, ticked: Collection[str] = (), problem: str = "", everyone: bool = False
) -> dict[str, Any]:
    """The match page: teams clear and not clear, offers out, and the deadline that offers sent now would have.

    All near teams are judged and ranked. Drawn are the best of them and the ticked, or `everyone`.
    """
    need, numbers = need_of(request, now=now), limits()
    clear, others = match_candidates(need, numbers, now=now)
    offers = list(offers_of(request))
    standing = {str(o.team.uuid): said for o in reversed(offers) if (said := _standing(o))}
    best = max(NEAR_CLEAR, 2 * request.open_places)
    drawn = [
        _clear_line(rank, c, need, standing, ticked=c.facts.team_uuid in ticked, now=now)
        for rank, c in enumerate(clear, start=1)
        if everyone or rank <= best or c.facts.team_uuid in ticked
    ]
    near = others if everyone else others[:NEAR_OTHERS]
    return {
        "found": request,
        "when": period(request.starts_at, request.ends_at),
        "setting": setting_words(request),
        "request_kind": REQUEST_KINDS.get(RequestStatus(request.status), "mute"),
        "takes_offers": takes_offers(request.status, request.ends_at, now=now),
        "is_past": request.ends_at <= now,
        "clear_number": len(clear),
        "clear": drawn,
        "more_clear": len(clear) - len(drawn),
        "others_number": len(others),
        "others": [_other_line(c, need, standing) for c in near],
        "more_others": len(others) - len(near),
        "offers": [_offer_line(o, now=now) for o in offers],
        "deadline": answer_by(request.kind, request.starts_at, numbers, now=now),
        "short": request.open_places,
        "problem": problem,
        "now": now,
    }


def _standing(offer: Offer) -> str:
    """Why this team can't be ticked again on this request: a live offer, or a handler's no."""
    if offer.status in (OfferStatus.PROPOSED, OfferStatus.CONFIRMED):
        return str(offer.get_status_display())
    if offer.status == OfferStatus.DECLINED and offer.ended_side == Side.HANDLER:
        return _("Handler said no")
    return ""


def _clear_line(
    rank: int, candidate: Candidate, need: Need, standing: dict[str, str], *, ticked: bool, now: datetime
) -> Line:
    said: tuple[dict[str, str], ...] = ({"kind": "ok", "sentence": _("Clear %s") % _period(need)},)
    said += tuple({"kind": "info", "sentence": word} for word in candidate.why)
    said += tuple({"kind": "warn", "sentence": note} for note in candidate.verdict.notes)
    if arrives_late(candidate.km, need, now=now):
        words = {"travel": candidate.travel, "start": date_format(localtime(need.starts_at), "H:i")}
        said += ({"kind": "warn", "sentence": _("%(travel)s by road: would come after the start, %(start)s") % words},)
    return _line(candidate, need, said, standing, ticked=ticked, rank=rank)


def _other_line(candidate: Candidate, need: Need, standing: dict[str, str]) -> Line:
    said = tuple({"kind": "stop", "sentence": reason.sentence} for reason in candidate.verdict.reasons)
    clear_from = candidate.verdict.clear_from
    helps = _("Clear from %s") % date_format(localtime(clear_from), "j M, H:i") if clear_from else ""
    return _line(candidate, need, said, standing, helps=helps)


def _line(
    candidate: Candidate, need: Need, why: tuple[dict[str, str], ...], standing: dict[str, str], **more: Any
) -> Line:
    facts = candidate.facts
    numbers = (
        (facts.handler_name, facts.extra["handler_telephone"]),
        (facts.extra["duty_contact"], facts.extra["duty_telephone"]),
    )
    return Line(
        uuid=facts.team_uuid,
        dog={**facts.extra, "name": facts.dog_name},
        handler=facts.handler_name.split(" ")[0],
        force=facts.force_name,
        miles=candidate.miles,
        travel=candidate.travel,
        rest=rest_words(candidate, need),
        asked=asked_words(candidate.asked),
        why=why,
        telephones=tuple((str(name), str(number)) for name, number in numbers if number),
        offered=standing.get(facts.team_uuid, ""),
        **({"helps": ""} | more),
    )


def _period(need: Need) -> str:
    first, last = need.first_day, need.last_day
    if first == last:
        return date_format(first, "j M")
    return _("%(first)s to %(last)s") % {
        "first": date_format(first, "j" if first.month == last.month else "j M"),
        "last": date_format(last, "j M"),
    }


def _offer_line(offer: Offer, *, now: datetime) -> dict[str, Any]:
    kind, tag, detail = _offer_state(offer, now=now)
    return {
        "offer": offer,
        "dog": offer.team.dog,
        "kind": kind,
        "tag": tag,
        "detail": detail,
        "waiting": offer.status == OfferStatus.PROPOSED,
        "deployment": getattr(offer, "deployment", None),
    }


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
    if offer.status == OfferStatus.DECLINED and offer.ended_side == Side.HANDLER:
        return "mute", _("Declined"), _("handler's choice, no reason needed")
    return "mute", str(offer.get_status_display()), offer.reason


def _lapse_words(left: timedelta) -> str:
    minutes = int(left.total_seconds() // 60)
    if minutes < 1:
        return _("Lapses now")
    if minutes < 60:
        return ngettext("Lapses in %d minute", "Lapses in %d minutes", minutes) % minutes
    if minutes < 48 * 60:
        return _("Waiting, %(hours)d h %(minutes)02d left") % {"hours": minutes // 60, "minutes": minutes % 60}
    return ngettext("Waiting, %d day left", "Waiting, %d days left", minutes // 1440) % (minutes // 1440)


def request_page(request: Request, *, now: datetime) -> dict[str, Any]:
    """A request's own page: its facts, its offers and teams, its trail, and what can be done next."""
    offers = list(offers_of(request))
    things = [
        request.uuid,
        *(o.uuid for o in offers),
        *(d.uuid for o in offers if (d := getattr(o, "deployment", None))),
    ]
    trail = Record.objects.filter(Q(object_uuid__in=things)).order_by("-at", "-pk")[:60]
    status = RequestStatus(request.status)
    return {
        "found": request,
        "when": period(request.starts_at, request.ends_at),
        "setting": setting_words(request),
        "request_kind": REQUEST_KINDS.get(status, "mute"),
        "offers": [_offer_line(o, now=now) for o in offers],
        "trail": trail,
        "is_new": status == RequestStatus.SUBMITTED,
        "may_match": takes_offers(status, request.ends_at, now=now),
        "may_triage": status in (RequestStatus.SUBMITTED, *TAKES_OFFERS, RequestStatus.FILLED),
        "may_decline": status in (RequestStatus.SUBMITTED, RequestStatus.TRIAGED),
        "may_stand_down": status in (*TAKES_OFFERS, RequestStatus.FILLED),
        "may_close": status == RequestStatus.COMPLETED,
        "debriefs_missing": sum(
            1 for o in offers if (d := getattr(o, "deployment", None)) and d.status == DeploymentStatus.COMPLETED
        ),
        "now": now,
    }
