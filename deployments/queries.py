"""Candidates for a request, and who hosts, offers and goes, joined for the pages."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, F, Max, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.functions import JSONObject
from django.utils.timezone import localdate

from accounts.models import KEEPER_ROLES, Role
from deployments.models import Deployment, Offer, Request
from deployments.rules import Asked, Candidate, rank_teams, why_here
from deployments.states import OPEN_REQUESTS, DeploymentStatus, OfferStatus, RequestStatus, Side
from dogs.facts import Need, Reason, TeamFacts
from dogs.queries import every_team_facts, limits, nearest_teams, team_facts
from dogs.rules import judge
from network.rules import Limits

# The page explains this many clear and this many other teams, nearest first: more than the network has today.
PAGE_CLEAR = 200
PAGE_OTHERS = 200
LATELY = timedelta(days=90)
# Requests on which somebody must still find teams.
SHORT = (RequestStatus.SUBMITTED, RequestStatus.TRIAGED, RequestStatus.SOURCING, RequestStatus.ACTIVE)


def need_of(request: Request, *, now: datetime) -> Need:
    """What the request asks of a team, judged today. `request.force` is read for its region."""
    return Need(
        kind=request.kind,
        starts_at=request.starts_at,
        ends_at=request.ends_at,
        today=localdate(now),
        lat=request.lat,
        lng=request.lng,
        setting=frozenset(request.setting),
        region=request.force.region,
        tier=request.tier,
    )


def without_own(facts: TeamFacts, request: Request, *, now: datetime) -> TeamFacts:
    """The facts of a team that is booked on the request: a deployment is no reason against itself, nor is its work."""
    own = ("deployment", request.starts_at, request.ends_at)
    days = need_of(request, now=now).days
    return replace(
        facts,
        busy=tuple(busy for busy in facts.busy if (busy.kind, busy.start, busy.end) != own),
        worked={day: done for day, done in facts.worked.items() if day not in days},
    )


def reasons_against(
    request: Request, booked: Collection[int], numbers: Limits, *, known: Iterable[TeamFacts] = (), now: datetime
) -> dict[int, list[str]]:
    """By team, why those that are booked on the request may not go any more. One with no reason is not in it.

    `known` are facts that were read already, of whatever teams.
    """
    need, found = need_of(request, now=now), {facts.team_id: facts for facts in known if facts.team_id in booked}
    if missing := set(booked) - found.keys():
        found |= {facts.team_id: facts for facts in team_facts(missing, need)}
    judged = {team: judge(without_own(facts, request, now=now), need, numbers).reasons for team, facts in found.items()}
    return {team: [reason.sentence for reason in reasons] for team, reasons in judged.items() if reasons}


def verdicts_on(team_ids: Collection[int], request: Request, *, now: datetime) -> dict[int, tuple[Reason, ...]]:
    """By team, why those that are to be asked or booked may not go; nothing of those that may."""
    need, numbers = need_of(request, now=now), limits()
    return {f.team_id: judge(f, need, numbers).reasons for f in team_facts(team_ids, need)}


def match_candidates(
    need: Need, limits: Limits, *, now: datetime, clear: int = PAGE_CLEAR, others: int = PAGE_OTHERS
) -> tuple[list[Candidate], list[Candidate]]:
    """The clear teams, best first, and the others, nearest first, each with its reasons.

    SQL narrows to the nearest; the rules judge each of those in full. Read in the network's scope.
    """
    return _judged(nearest_teams(need, limits, clear=clear, others=others), need, limits, now=now)


def all_candidates(need: Need, limits: Limits, *, now: datetime) -> tuple[list[Candidate], list[Candidate]]:
    """Like `match_candidates`, for every working team in the country."""
    return _judged(every_team_facts(need), need, limits, now=now)


def _judged(
    facts: list[TeamFacts], need: Need, limits: Limits, *, now: datetime
) -> tuple[list[Candidate], list[Candidate]]:
    asked = asked_lately([f.team_id for f in facts], now=now)
    return rank_teams(
        [
            Candidate(
                facts=f,
                verdict=judge(f, need, limits),
                km=f.road_km_to(need),
                asked=asked.get(f.team_id, Asked()),
                why=why_here(f, need),
            )
            for f in facts
        ],
        need,
    )


def asked_lately(team_ids: Iterable[int], *, now: datetime) -> dict[int, Asked]:
    """How often each team was asked in the last 90 days, and when last."""
    rows = (
        Offer.objects.filter(team_id__in=list(team_ids), proposed_at__gt=now - LATELY)
        .order_by()
        .values("team_id")
        .annotate(times=Count("pk"), last=Max("proposed_at"))
    )
    return {row["team_id"]: Asked(times=row["times"], last=row["last"]) for row in rows}


_LIVE_FIRST = Case(When(status=OfferStatus.CONFIRMED, then=0), When(status=OfferStatus.PROPOSED, then=1), default=2)


# Whom an offer's lines name, and the numbers to call.
_CALLED = ("team__dog", "team__handler", "force__membership", "handler_user__profile")


def with_keepers(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Offers with `keepers`: name, role and telephone of the force's lead and deputies."""
    held = Role.objects.filter(role__in=KEEPER_ROLES, user__is_active=True)
    told = JSONObject(name="user__profile__name", role="role", telephone="user__profile__telephone")
    keepers = held.filter(force_id=OuterRef("force_id")).order_by("pk").values(told=told)
    return offers.annotate(keepers=ArraySubquery(keepers))


def offers_of(request: Request) -> QuerySet[Offer]:
    """A request's offers with what the page shows of each, the live ones first."""
    going = Prefetch("deployment", queryset=Deployment.objects.select_related("debrief"))
    rows = request.offers.select_related(*_CALLED).prefetch_related(going)
    return with_keepers(rows).order_by(_LIVE_FIRST, "proposed_at", "pk")


def debriefs_left(teams: Iterable[Deployment]) -> tuple[int, list[Deployment]]:
    """How many debriefs are still to be written, and the teams whose handler asks in theirs to be called."""
    known = list(teams)
    missing = sum(team.status == DeploymentStatus.COMPLETED for team in known)
    return missing, [team for team in known if (it := getattr(team, "debrief", None)) and it.needs_follow_up]


def who_said_no(request: Request) -> set[int]:
    """The handlers whose no stands for this request, with whichever of their dogs (domain: a no stands)."""
    said_no = Offer.objects.filter(request=request, status=OfferStatus.DECLINED, ended_side=Side.HANDLER)
    return set(said_no.values_list("handler_user_id", flat=True))


def every_waiting_offer() -> QuerySet[Offer]:
    """The offers of every request that wait for an answer, the soonest deadline first."""
    rows = Offer.objects.filter(status=OfferStatus.PROPOSED)
    rows = rows.select_related("request__force", "deployment__debrief", *_CALLED)
    return with_keepers(rows).order_by("answer_by", "pk")


def requests_in_view(show: str, *, now: datetime) -> QuerySet[Request]:
    """The coordinators' list, narrowed to those that are new, unfilled, active or ended; else to the open ones.

    Each with its offers `waiting`, those `lapsing` within the hour, its teams `on_scene`, and those that are booked
    and `unclear`.
    """
    waiting = Q(offers__status=OfferStatus.PROPOSED)
    unclear = Q(deployments__status=DeploymentStatus.SCHEDULED, deployments__unclear_since__isnull=False)
    rows = Request.objects.select_related("force").order_by("starts_at", "pk")
    rows = rows.annotate(
        waiting=Count("offers", filter=waiting, distinct=True),
        lapsing=Count("offers", filter=waiting & Q(offers__answer_by__lt=now + timedelta(hours=1)), distinct=True),
        unclear=Count("deployments", filter=unclear, distinct=True),
        on_scene=Count("deployments", filter=Q(deployments__status=DeploymentStatus.ON_SCENE), distinct=True),
    )
    narrowed = {
        "new": rows.filter(status=RequestStatus.SUBMITTED),
        "unfilled": rows.filter(_short(now)),
        "active": rows.filter(status__in=[RequestStatus.ACTIVE, RequestStatus.COMPLETED]),
        "ended": rows.exclude(status__in=OPEN_REQUESTS).order_by("-starts_at", "-pk"),
    }
    return narrowed.get(show, rows.filter(status__in=OPEN_REQUESTS))[:200]


def _short(now: datetime) -> Q:
    """Requests that begin within 24 hours, or have begun and are not over, and for which teams are still missing."""
    soon = {"starts_at__lt": now + timedelta(hours=24), "ends_at__gt": now}
    return Q(status__in=SHORT, taken__lt=F("places"), **soon)


def home_counts(*, now: datetime) -> dict[str, int]:
    """The coordinators' home in one query: new requests, offers waiting, and requests short within 24 hours."""
    waiting = Q(offers__status=OfferStatus.PROPOSED)
    return Request.objects.aggregate(
        new=Count("pk", filter=Q(status=RequestStatus.SUBMITTED), distinct=True),
        unfilled=Count("pk", filter=_short(now), distinct=True),
        waiting=Count("offers", filter=waiting),
        soon=Count("offers", filter=waiting & Q(offers__answer_by__lt=now + timedelta(hours=1))),
    )
