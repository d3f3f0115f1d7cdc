"""What the coordinators' pages show, as finished values: templates ask nothing and judge nothing."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from deployments.briefing import day_and_time, period, setting_words, span
from deployments.models import Offer, Request
from deployments.pages_map import request_map
from deployments.pages_offers import is_booked, offer_out, reminder
from deployments.pages_teams import clear_line, other_line, standing
from deployments.pages_trail import trail_of
from deployments.queries import debriefs_left, match_candidates, need_of, offers_of, reasons_against
from deployments.rules import LEAST_TO_ANSWER, Candidate, answer_by, may_be_cancelled, most_days_in_a_week, takes_offers
from deployments.states import MOVABLE, TAKES_OFFERS, DeploymentStatus, OfferStatus, RequestStatus, Side, Tier
from dogs.models import Team
from dogs.queries import limits
from network.rules import Limits

# The best clear teams are shown at once (twice as many as are short, if that is more), the others behind one press.
NEAR_CLEAR = 12
# Near teams that are not clear are shown with their reasons at once; the rest of the country is one press away.
NEAR_OTHERS = 10

MAY_STAND_DOWN = (*TAKES_OFFERS, RequestStatus.FILLED)
REQUEST_KINDS = {
    RequestStatus.SUBMITTED: "stop",
    RequestStatus.TRIAGED: "warn",
    RequestStatus.SOURCING: "warn",
    RequestStatus.FILLED: "ok",
    RequestStatus.ACTIVE: "info",
    RequestStatus.COMPLETED: "info",
}


def match_page(
    request: Request, *, now: datetime, ticked: Collection[str] = (), problem: str = "", everyone: bool = False
) -> dict[str, Any]:
    """The match page: teams clear and not clear, offers out, and the deadline that offers sent now would have.

    All near teams are judged and ranked. Drawn are the best of them and the ticked, or `everyone`.
    """
    need, numbers = need_of(request, now=now), limits()
    clear, others = match_candidates(need, numbers, now=now)
    offers = list(offers_of(request))
    asked = {str(o.team.uuid): said for o in reversed(offers) if (said := standing(o))}
    asked = {**_said_no(offers), **asked}
    best = max(NEAR_CLEAR, 2 * request.open_places)
    drawn = [
        clear_line(rank, c, need, asked, host=request.force_id, ticked=c.facts.team_uuid in ticked, now=now)
        for rank, c in enumerate(clear, start=1)
        if everyone or rank <= best or c.facts.team_uuid in ticked
    ]
    sent, others = _parted(others, {str(o.team.uuid) for o in offers if o.status == OfferStatus.CONFIRMED})
    booked = [offer.team_id for offer in offers if is_booked(offer)]
    trouble = reasons_against(request, booked, numbers, known=[c.facts for c in sent], now=now)
    near = others if everyone else others[:NEAR_OTHERS]
    return {
        **_shared(request, offers, trouble, now=now),
        "too_long": days if (days := most_days_in_a_week(need)) > numbers.sessions_a_week else 0,
        "days_a_week": numbers.sessions_a_week,
        "is_past": request.ends_at <= now,
        "clear_number": len(clear),
        "clear": drawn,
        "more_clear": len(clear) - len(drawn),
        "next_clear": best + 1,
        "first_tick": next((line.rank for line in drawn if not line.offered), None),
        "others_number": len(others),
        "others": [other_line(c, need, asked) for c in near],
        "more_others": len(others) - len(near),
        "map": request_map(request, clear, others, sent),
        "deadline": _deadline(request, numbers, now=now),
        "wider": request.tier + 1 if request.tier and request.tier < Tier.NATIONAL else None,
        "short": request.open_places,
        "problem": problem,
    }


def _shared(
    request: Request, offers: list[Offer], trouble: Mapping[int, list[str]], *, now: datetime
) -> dict[str, Any]:
    """What the match page and the request's own page both say. `trouble` is why booked teams may not go any more."""
    return {
        "found": request,
        "when": period(request.starts_at, request.ends_at),
        "setting": setting_words(request),
        "request_kind": REQUEST_KINDS.get(RequestStatus(request.status), "mute"),
        "offers": [offer_out(o, trouble, now=now) for o in offers],
        "unclear": _unclear(request, offers, trouble, now=now),
        "reminder": reminder(offers, now=now),
        "waiting": sum(o.status == OfferStatus.PROPOSED for o in offers),
        "takes_offers": takes_offers(request.status, request.ends_at, now=now),
        "may_move": request.status in MOVABLE,
        "may_cancel": may_be_cancelled(request.status, request.ends_at, now=now),
        "may_stand_down": request.status in MAY_STAND_DOWN,
        "asked_ago": _asked_ago(request, now=now),
        "now": now,
    }


def _unclear(
    request: Request, offers: list[Offer], trouble: Mapping[int, list[str]], *, now: datetime
) -> tuple[int, str]:
    """How many teams are to come and may not go as things are, and their dogs' names."""
    to_come = [o for o in offers if is_booked(o) and o.deployment.status == DeploymentStatus.SCHEDULED]
    names = [o.team.dog.name for o in to_come if o.team_id in trouble and request.ends_at > now]
    return len(names), ", ".join(names)


def _deadline(request: Request, numbers: Limits, *, now: datetime) -> str:
    """Until when offers that are sent now must be answered, of those who need not drive for hours."""
    end = answer_by(request.kind, request.starts_at, numbers, now=now)
    told = _("Deadline %(at)s, sooner for whoever has to set off before.")
    if end <= now + LEAST_TO_ANSWER:
        told = _("Deadline %(at)s.")
    return told % {"at": day_and_time(end, now=now)}


def _parted(others: list[Candidate], going: Collection[str]) -> tuple[list[Candidate], list[Candidate]]:
    """Of the teams that are not clear, those that are going to this very request, and the rest."""
    sent = [candidate for candidate in others if candidate.facts.team_uuid in going]
    return sent, [candidate for candidate in others if candidate.facts.team_uuid not in going]


def _said_no(offers: list[Offer]) -> dict[str, str]:
    """Every team of a handler who said no, with whichever dog: a no stands for the whole request."""
    said_no = {o.handler_user_id: standing(o) for o in offers if o.ended_side == Side.HANDLER and standing(o)}
    if not said_no:
        return {}
    teams = Team.objects.filter(handler_user_id__in=said_no, is_active=True).values_list("uuid", "handler_user_id")
    return {str(uuid): said_no[handler] for uuid, handler in teams}


def _asked_ago(request: Request, *, now: datetime) -> str:
    """'Submitted 38 minutes ago by Gwent Police'."""
    since = request.submitted_at or now
    words = {"span": span(since, now), "host": request.force.name}
    if now - since < timedelta(minutes=1):
        return _("Submitted just now by %(host)s") % words
    return _("Submitted %(span)s ago by %(host)s") % words


def request_page(request: Request, *, now: datetime) -> dict[str, Any]:
    """A request's own page: its facts, its offers and teams, its trail, and what can be done next."""
    offers = list(offers_of(request))
    things = [
        request.uuid,
        *(o.uuid for o in offers),
        *(d.uuid for o in offers if (d := getattr(o, "deployment", None))),
    ]
    status = RequestStatus(request.status)
    booked = [offer.team_id for offer in offers if is_booked(offer)]
    trouble = reasons_against(request, booked, limits(), now=now) if booked else {}
    return {
        **_shared(request, offers, trouble, now=now),
        "trail": trail_of(things, asker=request.detail.name),
        "is_new": status == RequestStatus.SUBMITTED,
        "may_triage": status in (RequestStatus.SUBMITTED, *TAKES_OFFERS, RequestStatus.FILLED),
        "may_decline": status in (RequestStatus.SUBMITTED, RequestStatus.TRIAGED),
        "may_close": status == RequestStatus.COMPLETED,
        "debriefs_missing": debriefs_left(d for o in offers if (d := getattr(o, "deployment", None)))[0],
    }
