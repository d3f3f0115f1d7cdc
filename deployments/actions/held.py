"""A request's held row: the first lock of the house's order (request, handler, dog), and its moves."""

from datetime import datetime

from accounts.models import User
from audit.actions import record
from deployments.models import Request
from deployments.states import REQUEST, RequestStatus


def locked_request(pk: int) -> Request:
    """The request with its host force, its row held until the transaction ends."""
    return Request.objects.select_for_update(no_key=True, of=("self",)).select_related("force").get(pk=pk)


def move_request(
    request: Request, to: str, *, verb: str, by: User | None, now: datetime, why: str = "", **details: str
) -> None:
    """Change a held request's state, with its record."""
    from_state = request.status
    REQUEST.check(from_state, to, thing=request.reference)
    request.status = to
    request.save(update_fields=["status"])
    record(verb, request, by=by, now=now, moved=(from_state, to), why=why, **details)


def settle_places(request: Request, *, by: User | None, now: datetime) -> None:
    """Filled when every place is taken, sourcing again when one is free. An active request stays active."""
    if request.status == RequestStatus.SOURCING and request.taken == request.places:
        move_request(request, RequestStatus.FILLED, verb="filled", by=by, now=now)
    elif request.status == RequestStatus.FILLED and request.taken < request.places:
        move_request(request, RequestStatus.SOURCING, verb="short again", by=by, now=now)


def go_on(request: Request, *, by: User, now: datetime) -> None:
    """Its teams have left and its time is not over: with another team it is active again, and has a place."""
    request.places = max(request.places, request.taken + 1)
    request.save(update_fields=["places"])
    move_request(request, RequestStatus.ACTIVE, verb="active again", by=by, now=now)
