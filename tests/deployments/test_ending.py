"""A request's early end: what is on it ends too, and everybody concerned is told."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from core.lifecycle import Refused
from core.tenancy import scope
from deployments.actions.deployments import check_in, check_out
from deployments.actions.ending import stand_down_request
from deployments.models import Deployment, Offer
from dogs.models import Commitment
from tests.conftest import Cast
from tests.factories.deployments import confirmed, forget, proposed, submitted, told, trail, triaged

VISITOR, HOST_LEAD = "vic@hostshire.example", "lead@hostshire.example"


@pytest.fixture
def by(cast: Cast) -> Iterator[User]:
    """The coordinator, in her own scope."""
    with scope(user=cast.coordinator.pk, national=True):
        yield cast.coordinator


def test_standing_down_ends_every_offer_and_deployment_and_tells_all(
    cast: Cast, by: User, now: datetime, tomorrow: datetime
) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=by, now=now, places=2)
    north, south = proposed(request, cast.north_team, cast.south_team, by=by, now=now)
    confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now)
    forget()
    request = stand_down_request(request=request, reason="The road is closed.", by=by, now=now)
    assert (request.status, request.taken, request.closing_note) == ("stood_down", 0, "The road is closed.")
    assert set(Offer.objects.values_list("status", flat=True)) == {"withdrawn"}
    assert Deployment.objects.get().status == "stood_down"
    assert not Commitment.objects.filter(cancelled_at=None).exists()
    north_people, south_people = (
        [f"{who}@{slug}.example" for who in ("lead", "handler")] for slug in ("northshire", "southshire")
    )
    number = "07700 900123"
    assert told() == {
        *(("deployment_stood_down", to) for to in north_people), ("text deployment_stood_down", number),
        *(("offer_withdrawn", to) for to in south_people), ("text offer_withdrawn", number),
        ("request_stood_down", HOST_LEAD), ("request_stood_down", VISITOR), ("text request_stood_down", number),
    }  # fmt: skip
    assert [row[:3] for row in trail(request)][-1] == ("stood down", "sourcing", "stood_down")
    assert trail(south)[-1][:3] == ("withdrawn", "proposed", "withdrawn")
    assert trail(north)[-1][:3] == ("withdrawn", "confirmed", "withdrawn")


def test_an_active_request_whose_first_team_has_left_can_be_stood_down(cast: Cast, by: User, now: datetime) -> None:
    request = triaged(cast.host, starts_at=now + timedelta(hours=1), by=by, now=now, places=2)
    offers = proposed(request, cast.north_team, cast.south_team, by=by, now=now)
    first = confirmed(offers[0], lead=cast.north_lead, handler=cast.north_handler, now=now)
    confirmed(offers[1], lead=cast.south_lead, handler=cast.south_handler, now=now)
    with scope(user=cast.north_handler.pk):
        check_in(deployment=first, by=cast.north_handler, now=now)
        check_out(deployment=first, by=cast.north_handler, now=now + timedelta(hours=2))
    later = now + timedelta(hours=3)
    assert stand_down_request(request=request, reason="Enough for today.", by=by, now=later).status == "stood_down"
    assert set(Deployment.objects.values_list("status", flat=True)) == {"completed", "stood_down"}


def test_standing_down_needs_a_reason_and_a_request_that_is_open(
    cast: Cast, by: User, now: datetime, tomorrow: datetime
) -> None:
    request = submitted(cast.host, starts_at=tomorrow, now=now)
    with pytest.raises(Refused, match="Say why"):
        stand_down_request(request=request, reason="", by=by, now=now)
    with pytest.raises(Refused, match="is submitted, so it can't become stood down"):
        stand_down_request(request=request, reason="Over.", by=by, now=now)


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "host_lead", "assessor"])
def test_only_coordinators_stand_down(cast: Cast, now: datetime, tomorrow: datetime, who: str) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now)
    user = getattr(cast, who)
    with scope(user=user.pk), pytest.raises(PermissionDenied):
        stand_down_request(request=request, reason="No.", by=user, now=now)
