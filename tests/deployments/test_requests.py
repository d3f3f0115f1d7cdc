"""A request from the visitor's form to its close: who is told, what is kept, what is refused."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction

from accounts.models import User
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from deployments import emails
from deployments.actions.deployments import check_in, check_out
from deployments.actions.requests import (
    close_request,
    decline_request,
    stand_down_request,
    submit_request,
    triage_request,
)
from deployments.models import Deployment, Offer, Request
from deployments.states import REQUEST, RequestStatus
from dogs.models import Commitment
from notifications.models import Message
from tests.conftest import Cast
from tests.factories.deployments import (
    STORY,
    confirmed,
    forget,
    insert_request,
    proposed,
    submitted,
    told,
    trail,
    triaged,
    typed_request,
    typed_triage,
)

COORDINATOR, VISITOR, HOST_LEAD = "coordinator@ok9.example", "vic@hostshire.example", "lead@hostshire.example"


@pytest.fixture
def by(cast: Cast) -> Iterator[User]:
    """The coordinator, in her own scope."""
    with scope(user=cast.coordinator.pk, national=True):
        yield cast.coordinator


def test_a_visitor_asks_and_only_the_coordinators_are_told(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    request = submitted(cast.host, starts_at=tomorrow, now=now)
    assert (request.status, request.taken, request.submitted_at) == ("submitted", 0, now)
    assert told() == {
        ("request_receipt", VISITOR), ("request_new", COORDINATOR), ("text request_new", "07700 900123"),
    }  # fmt: skip
    assert trail(request) == [("submitted", "draft", "submitted", None)]


def test_only_a_major_incident_wakes_anybody(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    submitted(cast.host, starts_at=tomorrow, now=now, kind="training")
    assert told() == {("request_receipt", VISITOR), ("request_new", COORDINATOR)}


def test_no_mail_repeats_what_a_stranger_typed(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    words = {"name": "Evil <script>", "place": "Click http://evil.example", "story": "PAY NOW"}
    submitted(cast.host, starts_at=tomorrow, now=now, **words)
    with system_scope():
        for message in Message.objects.all():
            written = message.subject + message.text + message.html
            assert not any(typed in written for typed in ("Evil", "evil.example", "PAY NOW", STORY)), message.kind
        receipt = Message.objects.get(kind="deployments/request_receipt")
        assert Request.objects.get().reference in receipt.text


def test_the_same_key_again_returns_the_request_that_stands(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    key, new = uuid4(), typed_request(cast.host, starts_at=tomorrow)
    first = submit_request(new=new, key=key, by=None, now=now)
    forget()
    assert submit_request(new=new, key=key, by=None, now=now) == first
    assert told() == set()
    assert len(trail(first)) == 1


@pytest.mark.parametrize(
    ("starts", "lasts", "field"),
    [
        (timedelta(days=1), timedelta(0), "ends_at"),
        (timedelta(days=1), timedelta(days=22), "ends_at"),
        (timedelta(days=-2), timedelta(hours=8), "starts_at"),
        (timedelta(days=600), timedelta(hours=8), "starts_at"),
    ],
)
def test_a_period_that_cannot_be_meant_is_refused(
    cast: Cast, now: datetime, starts: timedelta, lasts: timedelta, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        submitted(cast.host, starts_at=now + starts, now=now, ends_at=now + starts + lasts)
    assert refused.value.field == field
    assert told() == set()


def test_a_fault_halfway_leaves_nothing(
    cast: Cast, now: datetime, tomorrow: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the template is broken")

    monkeypatch.setattr(emails, "request_new", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        submitted(cast.host, starts_at=tomorrow, now=now)
    with system_scope():
        assert not Request.objects.exists()
    assert told() == set()


def test_triage_tells_the_host_and_keeps_the_briefing(cast: Cast, by: User, now: datetime, tomorrow: datetime) -> None:
    request = submitted(cast.host, starts_at=tomorrow, now=now)
    forget()
    request = triage_request(request=request, triage=typed_triage(tier=2, places=3), by=by, now=now)
    assert (request.status, request.tier, request.places, request.triaged_by) == ("triaged", 2, 3, by)
    assert (request.briefing.meeting_point, request.detail.triage_note) == ("Front desk", "Rang back at once.")
    assert told() == {("request_triaged", HOST_LEAD)}
    assert trail(request)[-1] == ("triaged", "submitted", "triaged", by.pk)


def test_triage_again_changes_the_numbers_and_tells_nobody(
    cast: Cast, by: User, now: datetime, tomorrow: datetime
) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=by, now=now)
    forget()
    request = triage_request(request=request, triage=typed_triage(tier=1, places=4), by=by, now=now)
    assert (request.status, request.tier, request.places) == ("triaged", 1, 4)
    assert told() == set()
    assert [row[0] for row in trail(request)] == ["submitted", "triaged", "changed triage"]


def test_fewer_places_than_confirmed_teams_are_refused(cast: Cast, by: User, now: datetime, tomorrow: datetime) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=by, now=now, places=2)
    Request.objects.filter(pk=request.pk).update(taken=2)
    with pytest.raises(Refused, match="2 teams are confirmed already") as refused:
        triage_request(request=request, triage=typed_triage(places=1), by=by, now=now)
    assert refused.value.field == "places"


def test_a_filled_request_that_needs_more_is_sourcing_again(
    cast: Cast, by: User, now: datetime, tomorrow: datetime
) -> None:
    request = insert_request(cast.host, by=by, starts_at=tomorrow, now=now)
    Request.objects.filter(pk=request.pk).update(taken=1, status="filled")
    assert triage_request(request=request, triage=typed_triage(places=2), by=by, now=now).status == "sourcing"


def test_a_request_that_is_over_cannot_be_triaged(cast: Cast, by: User, now: datetime, tomorrow: datetime) -> None:
    request = submitted(cast.host, starts_at=tomorrow, now=now)
    decline_request(request=request, reason="No dog is free.", by=by, now=now)
    with pytest.raises(Refused, match="is over"):
        triage_request(request=request, triage=typed_triage(), by=by, now=now)


def test_declining_says_why_to_whoever_asked(cast: Cast, by: User, now: datetime, tomorrow: datetime) -> None:
    request = submitted(cast.host, starts_at=tomorrow, now=now)
    forget()
    with pytest.raises(Refused, match="Say why"):
        decline_request(request=request, reason="  ", by=by, now=now)
    request = decline_request(request=request, reason="No dog is free.", by=by, now=now)
    assert (request.status, request.closed_at, request.closing_note) == ("declined", now, "No dog is free.")
    assert told() == {("request_declined", VISITOR)}
    assert "No dog is free." in Message.objects.get().text


def test_a_request_with_offers_is_stood_down_and_not_declined(
    cast: Cast, by: User, now: datetime, tomorrow: datetime
) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=by, now=now)
    proposed(request, cast.north_team, by=by, now=now)
    with pytest.raises(Refused, match="Teams have been asked already"):
        decline_request(request=request, reason="No.", by=by, now=now)


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


def test_closing_thanks_whoever_asked_once_the_teams_have_left(
    cast: Cast, by: User, now: datetime, tomorrow: datetime
) -> None:
    request = insert_request(cast.host, by=by, starts_at=tomorrow, now=now)
    with pytest.raises(Refused, match="is sourcing, so it can't become closed"):
        close_request(request=request, note="", by=by, now=now)
    for status in ("active", "completed"):
        Request.objects.filter(pk=request.pk).update(status=status)
    request = close_request(request=request, note="All went well.", by=by, now=now)
    assert (request.status, request.closed_at) == ("closed", now)
    assert told() == {("request_closed", HOST_LEAD), ("request_closed", VISITOR)}
    assert trail(request)[-1] == ("closed", "completed", "closed", by.pk)


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "host_lead", "assessor"])
def test_only_coordinators_work_on_requests(cast: Cast, now: datetime, tomorrow: datetime, who: str) -> None:
    request = submitted(cast.host, starts_at=tomorrow, now=now)
    user = getattr(cast, who)
    with scope(user=user.pk):
        for act in (
            lambda: triage_request(request=request, triage=typed_triage(), by=user, now=now),
            lambda: decline_request(request=request, reason="No.", by=user, now=now),
            lambda: stand_down_request(request=request, reason="No.", by=user, now=now),
            lambda: close_request(request=request, note="", by=user, now=now),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_the_database_refuses_every_move_that_is_not_in_the_table(
    cast: Cast, by: User, now: datetime, tomorrow: datetime
) -> None:
    for old in RequestStatus.values:
        request = insert_request(cast.host, by=by, starts_at=tomorrow, now=now)
        moved = Request.objects.filter(pk=_in_state(request, old).pk)
        for new in set(RequestStatus.values) - {old}:
            if new in REQUEST.moves.get(old, ()):
                continue
            with pytest.raises(InternalError, match="Invalid transition"), transaction.atomic():
                moved.update(status=new)


def _in_state(request: Request, status: str) -> Request:
    """A copy of the row that starts its life in the state."""
    request.pk, request.uuid, request.key, request.reference = None, uuid4(), uuid4(), uuid4().hex[:12]
    request.status = status
    request.save(force_insert=True)
    return request


@pytest.mark.parametrize(
    "broken",
    [
        {"places": 0}, {"places": 51}, {"taken": 2}, {"ends_at": datetime.fromisoformat("2020-01-01T00:00Z")},
        {"triaged_by": None},
    ],
)  # fmt: skip
def test_the_database_refuses_impossible_requests(
    cast: Cast, by: User, now: datetime, tomorrow: datetime, broken: dict[str, object]
) -> None:
    request = insert_request(cast.host, by=by, starts_at=tomorrow, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=request.pk).update(**broken)
