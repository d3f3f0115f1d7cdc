"""A request's early end: every offer and deployment on it ends too, and everybody on it is told."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import can
from accounts.models import User
from accounts.queries import leads_of
from core.lifecycle import Refused
from deployments import emails
from deployments.actions.deployments import stand_down_all
from deployments.actions.held import locked_request, move_request
from deployments.actions.offers import withdraw_waiting
from deployments.models import Request
from deployments.states import RequestStatus


@transaction.atomic
def stand_down_request(*, request: Request, reason: str, by: User, now: datetime) -> Request:
    """End a request early, also while its teams are there. Everybody on it is told at once; a second press is one."""
    if not can(by, "request.triage"):
        raise PermissionDenied
    request = locked_request(request.pk)
    if request.status == RequestStatus.STOOD_DOWN:
        return request
    _end(request, RequestStatus.STOOD_DOWN, reason=reason, by=by, now=now)
    for recipient in [*leads_of(request.force_id), emails.asker_of(request)]:
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
