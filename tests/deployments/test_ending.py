"""A request's early end: what is on it ends too, and everybody concerned is told."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from deployments import emails
from deployments.actions.deployments import check_in, check_out
from deployments.actions.ending import cancel_request, stand_down_request
from deployments.models import Deployment, Offer, Request, RequestDetail
from deployments.states import CANCELLABLE, RequestStatus
from dogs.models import Commitment
from notifications.models import Message
from tests.conftest import Cast
from tests.factories.deployments import confirmed, forget, insert_request, proposed, submitted, told, trail, triaged

VISITOR, HOST_LEAD = "vic@hostshire.example", "lead@hostshire.example"
COORDINATOR, NUMBER = "coordinator@ok9.example", "07700 900123"


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
    assert told() == {
        *(("deployment_stood_down", to) for to in north_people), ("text deployment_stood_down", NUMBER),
        *(("offer_withdrawn", to) for to in south_people), ("text offer_withdrawn", NUMBER),
        ("request_stood_down", HOST_LEAD), ("request_stood_down", VISITOR), ("text request_stood_down", NUMBER),
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
    with pytest.raises(Refused, match="is new, so it can't become stood down"):
        stand_down_request(request=request, reason="Over.", by=by, now=now)


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "host_lead", "assessor"])
def test_only_coordinators_stand_down(cast: Cast, now: datetime, tomorrow: datetime, who: str) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now)
    user = getattr(cast, who)
    with scope(user=user.pk), pytest.raises(PermissionDenied):
        stand_down_request(request=request, reason="No.", by=user, now=now)


def test_standing_down_twice_tells_once(cast: Cast, by: User, now: datetime, tomorrow: datetime) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=by, now=now)
    stand_down_request(request=request, reason="Over.", by=by, now=now)
    forget()
    assert stand_down_request(request=request, reason="Over again.", by=by, now=now).closing_note == "Over."
    assert told() == set()


def cancelled(request: Request, by: User, now: datetime, **more: str) -> Request:
    """By a host's lead in her own scope."""
    with scope(user=by.pk, forces=(request.force_id,)):
        return cancel_request(request=request, reason="The roof holds after all.", by=by, now=now, **more)


def test_the_host_cancels_and_everybody_concerned_is_told_why(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now, places=2)
    north, south = proposed(request, cast.north_team, cast.south_team, by=cast.coordinator, now=now)
    confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now)
    forget()
    request = cancelled(request, cast.host_lead, now)
    assert (request.status, request.taken, request.closed_at) == ("cancelled", 0, now)
    assert request.closing_note == "The roof holds after all."
    with system_scope():
        assert set(Offer.objects.values_list("status", flat=True)) == {"withdrawn"}
        assert Deployment.objects.get().status == "stood_down"
        assert not Commitment.objects.filter(cancelled_at=None).exists()
        mails = Message.objects.filter(channel="email")
        assert all("The roof holds after all." in mail.text for mail in mails), [mail.kind for mail in mails]
        links = {mail.to: "/requests/" in mail.text for mail in mails.filter(kind="deployments/request_cancelled")}
    assert links == {VISITOR: False, HOST_LEAD: True, COORDINATOR: True}
    assert told() == {
        ("deployment_stood_down", "lead@northshire.example"), ("deployment_stood_down", "handler@northshire.example"),
        ("text deployment_stood_down", NUMBER),
        ("offer_withdrawn", "lead@southshire.example"), ("offer_withdrawn", "handler@southshire.example"),
        ("text offer_withdrawn", NUMBER),
        *(("request_cancelled", to) for to in (VISITOR, HOST_LEAD, COORDINATOR)), ("text request_cancelled", NUMBER),
    }  # fmt: skip
    assert trail(request)[-1] == ("cancelled", "sourcing", "cancelled", cast.host_lead.pk)
    assert trail(south)[-1][:3] == ("withdrawn", "proposed", "withdrawn")


def test_cancelling_what_is_not_urgent_wakes_nobody(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    later = tomorrow + timedelta(days=20)
    request = triaged(cast.host, starts_at=later, by=cast.coordinator, now=now, kind="national_event")
    proposed(request, cast.north_team, by=cast.coordinator, now=now)
    forget()
    cancelled(request, cast.host_lead, now)
    assert ("request_cancelled", VISITOR) in told()
    assert not any(kind.startswith("text") for kind, _to in told())


def test_a_coordinator_cancels_for_somebody_and_says_for_whom(
    cast: Cast, by: User, now: datetime, tomorrow: datetime
) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=by, now=now)
    with pytest.raises(Refused, match="Write who asked for it") as refused:
        cancel_request(request=request, reason="Not needed.", asked_by=" ", by=by, now=now)
    assert refused.value.field == "asked_by"
    forget()
    cancel_request(request=request, reason="Not needed.", asked_by="Sgt Smith", by=by, now=now)
    assert told() == {
        ("request_cancelled", VISITOR),
        ("request_cancelled", HOST_LEAD),
        ("text request_cancelled", NUMBER),
    }
    assert all("Sgt Smith asked for that." in mail.text for mail in Message.objects.filter(channel="email"))
    assert Record.objects.get(verb="cancelled").details == {"asked_by": "Sgt Smith"}


def test_of_a_request_that_is_not_triaged_only_whoever_asked_is_told(
    cast: Cast, by: User, now: datetime, tomorrow: datetime
) -> None:
    request = submitted(cast.host, starts_at=tomorrow, now=now)
    forget()
    assert cancel_request(request=request, reason="A mistake.", asked_by="Vic", by=by, now=now).status == "cancelled"
    assert told() == {("request_cancelled", VISITOR)}


def test_a_lead_who_asked_herself_is_told_once(cast: Cast, by: User, now: datetime, tomorrow: datetime) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=by, now=now, email=HOST_LEAD.title())
    forget()
    cancel_request(request=request, reason="Not needed.", asked_by="Hope", by=by, now=now)
    assert Message.objects.filter(channel="email").count() == 1


def test_a_second_press_cancels_once(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now)
    cancelled(request, cast.host_lead, now)
    forget()
    assert cancelled(request, cast.host_lead, now + timedelta(minutes=1)).closed_at == now
    assert told() == set()
    assert [row[0] for row in trail(request)].count("cancelled") == 1


def test_once_a_team_has_come_it_can_only_be_stood_down(cast: Cast, now: datetime) -> None:
    request = triaged(cast.host, starts_at=now + timedelta(hours=1), by=cast.coordinator, now=now)
    (offer,) = proposed(request, cast.north_team, by=cast.coordinator, now=now)
    deployment = confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
    with scope(user=cast.north_handler.pk):
        check_in(deployment=deployment, by=cast.north_handler, now=now)
    with pytest.raises(Refused, match="A team has come to"):
        cancelled(request, cast.host_lead, now)
    with system_scope():
        assert Deployment.objects.get().status == "on_scene"


def test_once_its_time_is_over_it_is_not_cancelled(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    """A team may have been there and not have checked in."""
    request = triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now)
    (offer,) = proposed(request, cast.north_team, by=cast.coordinator, now=now)
    confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
    with pytest.raises(Refused, match="is over"):
        cancelled(request, cast.host_lead, request.ends_at)
    with system_scope():
        assert Deployment.objects.get().status == "scheduled"
    assert cancelled(request, cast.host_lead, request.ends_at - timedelta(minutes=1)).status == "cancelled"


@pytest.mark.parametrize("status", [*RequestStatus.values])
def test_a_request_is_cancelled_from_the_states_of_the_table_alone(
    cast: Cast, by: User, now: datetime, tomorrow: datetime, status: str
) -> None:
    request = insert_request(cast.host, by=by, starts_at=tomorrow, now=now)
    Request.objects.filter(pk=request.pk).delete()
    request.status = status
    request.save(force_insert=True)
    RequestDetail.objects.create(request=request, force=cast.host, name="Vic", email=VISITOR)
    if status in (*CANCELLABLE, "cancelled"):
        assert cancel_request(request=request, reason="No.", asked_by="Vic", by=by, now=now).status == "cancelled"
        return
    with pytest.raises(Refused):
        cancel_request(request=request, reason="No.", asked_by="Vic", by=by, now=now)
    assert Request.objects.get().status == status


def test_cancelling_needs_a_reason(cast: Cast, by: User, now: datetime, tomorrow: datetime) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=by, now=now)
    with pytest.raises(Refused, match="Say why"):
        cancel_request(request=request, reason=" ", asked_by="Vic", by=by, now=now)


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "assessor"])
def test_only_the_host_and_coordinators_cancel(cast: Cast, now: datetime, tomorrow: datetime, who: str) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now)
    user = getattr(cast, who)
    with scope(user=user.pk), pytest.raises(PermissionDenied):
        cancel_request(request=request, reason="No.", asked_by="Vic", by=user, now=now)


def test_a_fault_halfway_cancels_nothing(
    cast: Cast, now: datetime, tomorrow: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now)
    (offer,) = proposed(request, cast.north_team, by=cast.coordinator, now=now)
    confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
    forget()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the template is broken")

    monkeypatch.setattr(emails, "tell_of_cancellation", broken)
    with pytest.raises(RuntimeError):
        cancelled(request, cast.host_lead, now)
    with system_scope():
        assert (Request.objects.get().status, Deployment.objects.get().status) == ("filled", "scheduled")
    assert told() == set()
