"""A request's date, place or kind corrected after it was sent; the teams that were asked or booked keep their place."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.access import must
from accounts.models import User
from audit.actions import for_the_record, record
from core.bookings import recheck_soon
from core.lifecycle import Refused
from core.tenancy import network_scope
from deployments import emails
from deployments.actions.held import locked_request
from deployments.briefing import period
from deployments.inputs import WhenAndWhere
from deployments.models import Briefing, Deployment, Offer, Request
from deployments.rules import answer_by, arrives_late, period_problems
from deployments.states import MOVABLE, DeploymentStatus, OfferStatus, RequestKind, RequestStatus
from deployments.way import km_to, late_words
from dogs.actions.commitments import move_commitments
from dogs.queries import limits


@dataclass(frozen=True)
class Moved:
    """What came of it: whether anything is another now, and why booked teams will not be there at the start."""

    request: Request
    is_changed: bool
    late: tuple[str, ...] = ()


@transaction.atomic
def move_request_to(*, request: Request, to: WhenAndWhere, by: User, now: datetime, asked_by: str = "") -> Moved:
    """Change when, where or as what the request takes place; `asked_by` is whoever asked the coordinator for it.

    Offers that wait are asked anew where another time, kind or town is: what was said was said of something else, and
    there is the usual time to answer.
    Booked teams are busy at the new time instead: where one of them can't be, nothing changes and the refusal says
    which. One that can't be there by the new start stays booked: that it comes late is told to it and comes back.
    Where the place is another, the briefing leads there. Everybody who was asked or is coming is told, the host
    and whoever asked too, and all bookings are judged again at once. Once a team has come, only the end moves.
    """
    must(by, "request.triage")
    with network_scope(user=by.pk, reason="the teams that were asked are of other forces, and so is who is told"):
        request = locked_request(request.pk)
        before = WhenAndWhere.of(request)
        to = to.beside(before)
        if to == before:
            return Moved(request, is_changed=False)
        _check(request, before, to, now=now)
        for name, value in to.columns().items():
            setattr(request, name, value)
        if to.asks_something_else(before):
            request.moved_at = now
        request.save(update_fields=[*to.columns(), "moved_at"])
        if to.is_elsewhere(before):
            Briefing.objects.filter(request=request).update(meeting_point=to.place)
        record(
            "moved", request, by=by, now=now, why=_was(before), asked_by=asked_by.strip(), changes=to.changes(before)
        )
        going = _move_bookings(request, is_harder=to.is_harder_to_reach(before), by=by, now=now)
        waiting = list(_waiting(request))
        if to.asks_something_else(before):
            _ask_anew(request, waiting, by=by, now=now)
        emails.tell_of_move(request, [*waiting, *going], by=by.pk, now=now)
        recheck_soon()
        late = tuple(late_words(team.team, request, now=now) for team in going if team.is_late)
    return Moved(request, is_changed=True, late=late)


def _waiting(request: Request) -> QuerySet[Offer]:
    rows = Offer.objects.select_related("team__dog").filter(request=request, status=OfferStatus.PROPOSED)
    return rows.order_by("pk")


def _was(before: WhenAndWhere) -> str:
    with for_the_record():
        kind = RequestKind(before.kind).label
        return (
            _("It was: %s") % f"{kind}, {period(before.starts_at, before.ends_at)}, {before.place}, {before.postcode}"
        )


def _move_bookings(request: Request, *, is_harder: bool, by: User, now: datetime) -> list[Deployment]:
    rows = Deployment.objects.select_related("commitment", "team__dog", "team__handler")
    going = [DeploymentStatus.SCHEDULED, DeploymentStatus.ON_SCENE]
    deployments = list(rows.filter(request=request, status__in=going).order_by("pk"))
    booked = [deployment.commitment for deployment in deployments]
    move_commitments(booked, start=request.starts_at, end=request.ends_at, is_trauma=request.is_major)
    for deployment in deployments:
        would_be = arrives_late(km_to(deployment.team, request), request.starts_at, now=now)
        # (A later start helps whoever was late; whoever is on the road to the same place is no later than they were.)
        deployment.is_late = would_be and (is_harder or deployment.is_late) and not deployment.checked_in_at
        deployment.save(update_fields=["is_late"])
        record("moved", deployment, by=by, now=now)
    return deployments


def _ask_anew(request: Request, offers: list[Offer], *, by: User, now: datetime) -> None:
    numbers = limits()
    for offer in offers:
        offer.proposed_at, offer.proposed_by = now, by
        km = km_to(offer.team, request)
        offer.answer_by = answer_by(request.kind, request.starts_at, numbers, now=now, km=km)
        offer.released_at = offer.released_by = offer.accepted_at = offer.accepted_by = None
        offer.released_said_by = offer.accepted_said_by = ""
        offer.save()
        record("asked anew", offer, by=by, now=now)


def _check(request: Request, before: WhenAndWhere, to: WhenAndWhere, *, now: datetime) -> None:
    """Raise `Refused` where the request can't be moved, or not there."""
    if request.status not in MOVABLE:
        raise Refused(_("%s is over, so it can't be moved.") % request.reference)
    for problem in period_problems(to.starts_at, to.ends_at, now=now):
        if problem.field == "ends_at" or to.starts_at != before.starts_at:
            raise Refused(problem.sentence, field=problem.field)
    if request.status == RequestStatus.ACTIVE and to != before.ending(to.ends_at):
        raise Refused(_("A team has come to %s already: only its end can still be changed.") % request.reference)
