"""A request's date, place or kind corrected: teams keep their place, nobody is in two places, everybody is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from core.lifecycle import Refused
from core.tenancy import scope
from deployments.actions.deployments import check_in
from deployments.actions.moving import move_request_to
from deployments.inputs import WhenAndWhere
from deployments.models import Deployment, Offer, Request
from dogs.actions.commitments import book_time
from dogs.models import Commitment
from tests.conftest import Cast
from tests.factories.deployments import confirmed, forget, proposed, submitted, told, trail, triaged

VISITOR, HOST_LEAD, NUMBER = "vic@hostshire.example", "lead@hostshire.example", "07700 900123"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def by(cast: Cast) -> Iterator[User]:
    """The coordinator, in her own scope."""
    with scope(user=cast.coordinator.pk, national=True):
        yield cast.coordinator


@pytest.fixture
def running(cast: Cast, by: User, now: datetime, tomorrow: datetime) -> Request:
    """Northshire's team is booked, Southshire's has been asked."""
    request = triaged(cast.host, starts_at=tomorrow, by=by, now=now, places=2)
    north, _south = proposed(request, cast.north_team, cast.south_team, by=by, now=now)
    confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now)
    forget()
    request.refresh_from_db()
    return request


def later(request: Request, by: timedelta) -> WhenAndWhere:
    now = WhenAndWhere.of(request)
    return replace(now, starts_at=now.starts_at + by, ends_at=now.ends_at + by)


def test_booked_teams_are_busy_at_the_new_time_and_everybody_is_told(
    cast: Cast, by: User, now: datetime, running: Request
) -> None:
    to = replace(later(running, 3 * DAY), place="The fire station", kind="major_incident")
    request = move_request_to(request=running, to=to, asked_by="Vic", by=by, now=now)
    assert (request.place, request.starts_at, request.taken) == ("The fire station", to.starts_at, 1)
    busy = Commitment.objects.get(kind="deployment", cancelled_at=None)
    assert (busy.period.lower, busy.period.upper, busy.is_trauma) == (to.starts_at, to.ends_at, True)
    people = [f"{who}@{slug}.example" for slug in ("northshire", "southshire") for who in ("lead", "handler")]
    assert told() == {
        *(("request_moved", to) for to in [*people, HOST_LEAD, VISITOR]), ("text request_moved", NUMBER)
    }  # fmt: skip
    verb, *_rest = trail(request)[-1]
    assert verb == "moved"


def test_a_team_that_is_busy_then_stops_the_move_and_nothing_has_changed(
    cast: Cast, by: User, now: datetime, running: Request
) -> None:
    start = running.starts_at + 3 * DAY
    with scope(user=cast.north_handler.pk):
        book_time(team=cast.north_team, kind="leave", start=start, end=start + DAY, by=cast.north_handler, now=now)
    forget()
    was = WhenAndWhere.of(running)
    with pytest.raises(
        Refused, match=r"Bramble is already booked for some of that time: leave, .*\. Stand this team down first"
    ):
        move_request_to(request=running, to=later(running, 3 * DAY), by=by, now=now)
    assert WhenAndWhere.of(Request.objects.get(pk=running.pk)) == was
    assert Commitment.objects.get(kind="deployment").period.lower == was.starts_at
    assert told() == set()


def test_an_offer_waits_no_longer_than_the_new_start(by: User, now: datetime, running: Request) -> None:
    waiting = Offer.objects.get(request=running, status="proposed")
    was = waiting.answer_by
    move_request_to(request=running, to=later(running, DAY), by=by, now=now)
    waiting.refresh_from_db()
    assert waiting.answer_by == was
    sooner = replace(WhenAndWhere.of(running), starts_at=now + 2 * HOUR, ends_at=now + 5 * HOUR)
    move_request_to(request=running, to=sooner, by=by, now=now)
    waiting.refresh_from_db()
    assert waiting.answer_by == now + 2 * HOUR


def test_once_a_team_has_come_only_the_end_moves(cast: Cast, by: User, now: datetime, running: Request) -> None:
    at = running.starts_at
    with scope(user=cast.north_handler.pk):
        check_in(deployment=Deployment.objects.get(), by=cast.north_handler, now=at)
    forget()
    with pytest.raises(Refused, match="only its end can still be changed"):
        move_request_to(request=running, to=later(running, HOUR), by=by, now=at)
    was = WhenAndWhere.of(running)
    with pytest.raises(Refused, match="The end is in the past") as refused:
        move_request_to(request=running, to=was.ending(at + HOUR), by=by, now=at + 2 * HOUR)
    assert refused.value.field == "ends_at"
    request = move_request_to(request=running, to=was.ending(was.ends_at + 2 * HOUR), by=by, now=at + 2 * HOUR)
    assert request.ends_at == was.ends_at + 2 * HOUR
    assert Commitment.objects.get(kind="deployment").period.upper == request.ends_at


def test_what_stays_as_it_is_tells_nobody_and_what_can_not_be_is_refused(
    cast: Cast, by: User, now: datetime, running: Request
) -> None:
    move_request_to(request=running, to=WhenAndWhere.of(running), by=by, now=now)
    assert told() == set()
    backwards = replace(WhenAndWhere.of(running), ends_at=running.starts_at)
    with pytest.raises(Refused, match="The end must be after the start"):
        move_request_to(request=running, to=backwards, by=by, now=now)
    with pytest.raises(Refused, match="in the past"):
        move_request_to(request=running, to=later(running, -30 * DAY), by=by, now=now)
    with pytest.raises(PermissionDenied), scope(user=cast.host_lead.pk, forces=(cast.host.pk,)):
        move_request_to(request=running, to=later(running, DAY), by=cast.host_lead, now=now)


def test_before_triage_only_whoever_asked_is_told(cast: Cast, by: User, now: datetime, tomorrow: datetime) -> None:
    request = submitted(cast.host, starts_at=tomorrow, now=now)
    forget()
    move_request_to(request=request, to=later(request, DAY), by=by, now=now)
    assert told() == {("request_moved", VISITOR)}
