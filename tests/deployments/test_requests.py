"""A request from the visitor's form to its close: who is told, what is kept, what is refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction

from accounts.models import User
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from deployments import emails
from deployments.actions.requests import (
    change_tier,
    close_request,
    decline_request,
    submit_request,
    triage_request,
)
from deployments.models import Request
from deployments.states import REQUEST, RequestStatus
from notifications.models import Message
from tests.conftest import Cast
from tests.factories.deployments import (
    STORY,
    forget,
    insert_offer,
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
    with pytest.raises(Refused, match=f"{first.reference} was saved already"):
        submit_request(new=replace(new, places=4), key=key, by=None, now=now)
    assert told() == set()
    assert len(trail(first)) == 1


def test_the_very_same_words_within_the_hour_are_one_request(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    new = typed_request(cast.host, starts_at=tomorrow, setting=("crowds", "stairs"))
    first = submit_request(new=new, key=uuid4(), by=None, now=now)
    forget()
    again = submit_request(new=new, key=uuid4(), by=None, now=now + timedelta(minutes=2))
    assert (again, told()) == (first, set())
    corrected = replace(new, story="It was the other gate.")
    assert submit_request(new=corrected, key=uuid4(), by=None, now=now + timedelta(minutes=3)) != first
    assert submit_request(new=new, key=uuid4(), by=None, now=now + timedelta(hours=2)) != first


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


@pytest.mark.parametrize("status", ["sourcing", "active"])
def test_that_it_is_filled_is_told_when_it_becomes_so_and_not_again(
    cast: Cast, by: User, now: datetime, tomorrow: datetime, status: str
) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=by, now=now, places=2)
    insert_offer(request, cast.south_team, by=by, now=now)
    for step in ("sourcing", "filled", status) if status == "active" else ("sourcing",):
        Request.objects.filter(pk=request.pk).update(taken=1, status=step)
    forget()
    triage_request(request=request, triage=typed_triage(places=1), by=by, now=now)
    assert {kind.removeprefix("text ") for kind, _to in told()} == {"request_filled", "offer_filled"}
    forget()
    triage_request(request=request, triage=typed_triage(places=1), by=by, now=now)
    assert told() == set()


def test_fewer_places_than_confirmed_teams_are_refused(cast: Cast, by: User, now: datetime, tomorrow: datetime) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=by, now=now, places=2)
    Request.objects.filter(pk=request.pk).update(taken=2)
    with pytest.raises(Refused, match="2 teams are confirmed already") as refused:
        triage_request(request=request, triage=typed_triage(places=1), by=by, now=now)
    assert refused.value.field == "places"


def test_another_tier_is_one_press_and_one_record(cast: Cast, by: User, now: datetime, tomorrow: datetime) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=by, now=now)
    forget()
    for _press in range(2):
        assert change_tier(request=request, tier=1, by=by, now=now).tier == 1
    assert [row[:3] for row in trail(request)][2:] == [("changed tier", "tier 3", "tier 1")]
    assert told() == set()
    with pytest.raises(Refused, match="Choose tier 1, 2 or 3"):
        change_tier(request=request, tier=4, by=by, now=now)


def test_what_is_not_being_matched_keeps_its_tier(cast: Cast, by: User, now: datetime, tomorrow: datetime) -> None:
    request = submitted(cast.host, starts_at=tomorrow, now=now)
    with pytest.raises(Refused, match="is not being matched"):
        change_tier(request=request, tier=2, by=by, now=now)


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


def test_a_host_that_was_told_of_a_request_is_told_that_it_is_declined(
    cast: Cast, by: User, now: datetime, tomorrow: datetime
) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=by, now=now)
    forget()
    decline_request(request=request, reason="No dog is free.", by=by, now=now)
    assert told() == {("request_declined", VISITOR), ("request_declined", HOST_LEAD)}


def test_a_request_with_offers_is_stood_down_and_not_declined(
    cast: Cast, by: User, now: datetime, tomorrow: datetime
) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=by, now=now)
    proposed(request, cast.north_team, by=by, now=now)
    with pytest.raises(Refused, match="Teams have been asked already"):
        decline_request(request=request, reason="No.", by=by, now=now)


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
            lambda: change_tier(request=request, tier=1, by=user, now=now),
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
