"""A request's early end: cancelled while nobody has gone yet, because it is no longer needed; or stood down.

Either way every offer and deployment on it ends too, and everybody concerned is told.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import can, must
from accounts.models import User
from core.lifecycle import Refused
from core.tenancy import network_scope
from deployments import emails
from deployments.actions.deployments import stand_down_all
from deployments.actions.held import locked_request, move_request
from deployments.actions.offers import withdraw_waiting
from deployments.models import Request
from deployments.rules import may_be_cancelled
from deployments.states import CANCELLABLE, RequestStatus


@transaction.atomic
def cancel_request(*, request: Request, reason: str, by: User, now: datetime, asked_by: str = "") -> Request:
    """End a request that is no longer needed, before any team has come and its time is over. A second press is one.

    The host's lead or deputy does it, or a coordinator for whoever asked for it (`asked_by`). Whoever asked for the
    support is told, the host's leads too once they know of the request, and the coordinators.
    """
    _may_cancel(request, asked_by, by)
    with network_scope(user=by.pk, reason="the teams that were asked are of other forces, and so is who is told"):
        request = locked_request(request.pk)
        if request.status == RequestStatus.CANCELLED:
            return request
        if request.status == RequestStatus.ACTIVE:
            told = _("A team has come to %s already, so it can't be cancelled. A coordinator can stand it down.")
            raise Refused(told % request.reference)
        if request.status in CANCELLABLE and not may_be_cancelled(request.status, request.ends_at, now=now):
            told = _("The time of %s is over. If nobody came, or nobody was needed, a coordinator stands it down.")
            raise Refused(told % request.reference)
        details = {"asked_by": asked_by.strip()} if asked_by.strip() else {}
        _end(request, RequestStatus.CANCELLED, reason=reason, by=by, now=now, **details)
        emails.tell_of_cancellation(request, by=by.pk, asked_by=asked_by.strip(), now=now)
    return request


def _may_cancel(request: Request, asked_by: str, by: User) -> None:
    if can(by, "request.host", force=request.force_id):
        return
    must(by, "request.triage")
    if not asked_by.strip():
        raise Refused(_("Write who asked for it."), field="asked_by")


@transaction.atomic
def stand_down_request(*, request: Request, reason: str, by: User, now: datetime) -> Request:
    """End a request early, also while its teams are there. Everybody on it is told at once; a second press is one."""
    must(by, "request.triage")
    request = locked_request(request.pk)
    if request.status == RequestStatus.STOOD_DOWN:
        return request
    _end(request, RequestStatus.STOOD_DOWN, reason=reason, by=by, now=now)
    for recipient in emails.host_side(request):
        emails.request_stood_down(request, recipient, now=now)
    return request


def _end(request: Request, to: str, *, reason: str, by: User, now: datetime, **details: str) -> None:
    """Move the held request to its early end; what is on it ends with it. Inside a network scope."""
    if not reason.strip():
        raise Refused(_("Say why, in a sentence that the teams can read."), field="reason")
    # First of all: what ends on it below neither completes the request nor opens its places again.
    move_request(request, to, verb=to.replace("_", " "), by=by, now=now, why=reason, **details)
    withdraw_waiting(request, emails.offer_withdrawn, reason=reason, by=by, now=now)
    stand_down_all(request, reason=reason, by=by, now=now)
    request.closed_at, request.closing_note = now, reason
    request.save(update_fields=["closed_at", "closing_note"])
