"""A request's date, place or kind corrected after it was sent; the teams that were asked or booked keep their place."""

from datetime import datetime, timedelta

from django.db import transaction
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
from deployments.models import Deployment, Offer, Request
from deployments.rules import period_problem
from deployments.states import MOVABLE, DeploymentStatus, OfferStatus, RequestStatus
from dogs.actions.commitments import move_commitments


@transaction.atomic
def move_request_to(*, request: Request, to: WhenAndWhere, by: User, now: datetime, asked_by: str = "") -> Request:
    """Change when, where or as what the request takes place; `asked_by` is whoever asked the coordinator for it.

    Offers stand, and wait no longer than the new start. Booked teams are busy at the new time instead: where one of
    them can't be, nothing changes and the refusal says which. Everybody who was asked or is coming is told, the host
    and whoever asked too, and all bookings are judged again at once. Once a team has come, only the end moves.
    """
    must(by, "request.triage")
    with network_scope(user=by.pk, reason="the teams that were asked are of other forces, and so is who is told"):
        request = locked_request(request.pk)
        before = WhenAndWhere.of(request)
        if to == before:
            return request
        _check(request, before, to, now=now)
        for name, value in to.columns().items():
            setattr(request, name, value)
        request.save(update_fields=list(to.columns()))
        going = [DeploymentStatus.SCHEDULED, DeploymentStatus.ON_SCENE]
        deployments = Deployment.objects.select_related("commitment", "team__dog", "team__handler").filter(
            request=request, status__in=going
        )
        booked = [deployment.commitment for deployment in deployments]
        move_commitments(booked, start=to.starts_at, end=to.ends_at, is_trauma=request.is_major)
        offers = list(Offer.objects.filter(request=request, status=OfferStatus.PROPOSED).select_related("request"))
        for offer in offers:
            offer.answer_by = min(offer.answer_by, max(to.starts_at, now + timedelta(hours=1)))
            offer.save(update_fields=["answer_by"])
        with for_the_record():
            was = f"{period(before.starts_at, before.ends_at)}, {before.place}, {before.postcode}"
            why = _("It was: %s") % was
        record("moved", request, by=by, now=now, why=why, asked_by=asked_by.strip())
        emails.tell_of_move(request, [*offers, *deployments], now=now)
        recheck_soon()
    return request


def _check(request: Request, before: WhenAndWhere, to: WhenAndWhere, *, now: datetime) -> None:
    """Raise `Refused` where the request can't be moved, or not there."""
    if request.status not in MOVABLE:
        raise Refused(_("%s is over, so it can't be moved.") % request.reference)
    problem = period_problem(to.starts_at, to.ends_at, now=now)
    if problem and not (problem.field == "starts_at" and to.starts_at == before.starts_at):
        raise Refused(problem.sentence, field=problem.field)
    if to.ends_at <= now:
        raise Refused(_("The end is in the past."), field="ends_at")
    if request.status == RequestStatus.ACTIVE and to != before.ending(to.ends_at):
        raise Refused(_("A team has come to %s already: only its end can still be changed.") % request.reference)
