"""A request's date, place or kind corrected: teams keep their place, nobody is in two places, everybody is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localtime

from accounts.models import User
from audit.models import Record
from core.geo import travel_hours
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from deployments.actions.deployments import check_in
from deployments.actions.moving import move_request_to
from deployments.actions.offers import Told, accept_offer, decline_offer, release_offer
from deployments.inputs import WhenAndWhere
from deployments.models import Briefing, Deployment, Offer, Request
from deployments.pages import request_page
from deployments.rules import arrives_late
from deployments.way import km_to
from dogs.actions.commitments import book_time
from dogs.models import Commitment
from notifications.models import Message
from tests.conftest import Cast
from tests.factories.accounts import make_user
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
    request = move_request_to(request=running, to=to, asked_by="Vic", by=by, now=now).request
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


def test_who_waits_is_asked_anew_and_a_yes_for_the_old_date_counts_no_more(
    cast: Cast, by: User, now: datetime, running: Request
) -> None:
    waiting = Offer.objects.get(request=running, status="proposed")
    with scope(user=cast.south_lead.pk, forces=(cast.south.pk,)):
        release_offer(offer=waiting, by=cast.south_lead, now=now)
    later_on = now + HOUR
    to = replace(later(running, DAY), kind="national_event")
    move_request_to(request=running, to=to, by=by, now=later_on)
    waiting.refresh_from_db()
    assert (waiting.released_at, waiting.accepted_at, waiting.proposed_at) == (None, None, later_on)
    told_before = Told(said_by="Hari", said_at=now + HOUR / 2)
    with pytest.raises(Refused, match="before the request was as it is now"):
        accept_offer(offer=waiting, told=told_before, by=by, now=later_on)
    with transaction.atomic():
        declined = decline_offer(offer=waiting, side="handler", told=told_before, by=by, now=later_on)
        assert declined.status == "declined"  # a no stands also where it is moved
        transaction.set_rollback(True)
    assert [row[0] for row in trail(waiting)][-1] == "asked anew"
    sooner = replace(WhenAndWhere.of(Request.objects.get()), starts_at=now + 10 * HOUR, ends_at=now + 12 * HOUR)
    move_request_to(request=running, to=sooner, by=by, now=later_on)
    waiting.refresh_from_db()
    drive = timedelta(hours=travel_hours(km_to(cast.south_team, Request.objects.get())))
    assert waiting.answer_by == now + 10 * HOUR - drive


def test_an_answer_by_telephone_is_told_again_when_it_is_given_again(
    cast: Cast, by: User, now: datetime, running: Request
) -> None:
    waiting = Offer.objects.get(request=running, status="proposed")
    for times in (1, 2):
        at = now + times * HOUR
        move_request_to(request=running, to=later(Request.objects.get(), DAY), by=by, now=at)
        release_offer(offer=waiting, told=Told(said_by="Lee", said_at=at), by=by, now=at)
        assert Message.objects.filter(kind="deployments/answer_recorded", to="lead@southshire.example").count() == times


def test_another_place_is_in_the_mails_of_members_and_in_the_briefing(
    by: User, now: datetime, running: Request
) -> None:
    to = replace(WhenAndWhere.of(running), place="Cardiff Arms Park", postcode="CF10", lat=51.48, lng=-3.18)
    request = move_request_to(request=running, to=to, by=by, now=now).request
    assert Briefing.objects.get(request=request).meeting_point == "Cardiff Arms Park"
    written = Message.objects.filter(kind__contains="request_moved")
    at_home = {message.to: "Cardiff Arms Park, CF10" in message.text for message in written if message.subject}
    assert at_home == {**dict.fromkeys(at_home, True), VISITOR: False}
    texts = [text.text for text in written.filter(channel="text")]
    assert [("Cardiff Arms Park, CF10" in text) for text in texts] == [True] * len(texts) != []
    kept = Record.objects.get(verb="moved", object_uuid=request.uuid)
    assert kept.details["changes"]["postcode"] == ["S1", "CF10"]
    assert Record.objects.filter(verb="moved", object_type="deployment").count() == 1


def test_what_a_form_can_not_say_does_not_move(by: User, now: datetime, running: Request) -> None:
    """Seconds, and the degrees of a postcode that have been corrected since."""
    Request.objects.filter(pk=running.pk).update(starts_at=running.starts_at.replace(second=38))
    running.refresh_from_db()
    was = WhenAndWhere.of(running)
    typed = replace(was, starts_at=was.starts_at.replace(second=0, microsecond=0), lat=was.lat + 0.01)
    move_request_to(request=running, to=typed, by=by, now=now)
    assert (WhenAndWhere.of(Request.objects.get()), told()) == (was, set())


def test_a_booked_team_that_can_not_be_there_in_time_is_said_to_all_who_can_do_something(
    by: User, now: datetime, running: Request
) -> None:
    to = replace(WhenAndWhere.of(running), place="Cardiff", postcode="CF10", lat=51.48, lng=-3.18)
    assert move_request_to(request=running, to=to, by=by, now=now).late == ()
    soon = replace(to, starts_at=now + HOUR, ends_at=now + 8 * HOUR)
    forget()
    moved = move_request_to(request=running, to=soon, by=by, now=now + timedelta(minutes=5))
    start = f"{localtime(soon.starts_at):%H:%M}"
    late = [f"{dog} would come after the start, {start}." for dog in ("Bramble", "Custard")]
    assert [sentence.endswith(late[0]) for sentence in moved.late] == [True]
    mails = {message.to: message.text for message in Message.objects.filter(kind="deployments/request_moved")}
    comes_late = {to: [dog in " ".join(text.split()) for dog in late] for to, text in mails.items()}
    assert comes_late == {
        **{f"{who}@northshire.example": [True, False] for who in ("lead", "handler")},
        **{f"{who}@southshire.example": [False, True] for who in ("lead", "handler")},
        **{to: [False, False] for to in (HOST_LEAD, VISITOR)},
    }
    shown = {line["dog"].name: line["late"] for line in request_page(moved.request, now=now)["offers"]}
    assert shown["Bramble"].endswith(f"by road: would come after the start, {start}")
    assert shown["Custard"] == ""


def test_a_team_on_the_road_is_not_called_late_because_the_end_moves(by: User, now: datetime, running: Request) -> None:
    """Nor because it is another door of the same town, nor when it is to begin later."""
    at, was = running.starts_at - timedelta(minutes=5), WhenAndWhere.of(running)
    assert arrives_late(km_to(Deployment.objects.get().team, running), running.starts_at, now=at)
    for to in (was.ending(was.ends_at + HOUR), replace(was, place="The back door"), later(running, HOUR)):
        forget()
        assert move_request_to(request=running, to=to, by=by, now=at).late == ()
        booked = Message.objects.filter(to__endswith="@northshire.example")
        assert booked.count() == 2
        assert not [mail.to for mail in booked if "after the start" in mail.text]
    assert not Deployment.objects.get().is_late


def test_a_major_incident_wakes_who_was_asked_and_the_other_coordinators(
    cast: Cast, by: User, now: datetime, running: Request
) -> None:
    with system_scope():
        make_user("second@ok9.example", "Sid Second", ("coordinator", None))
    move_request_to(request=running, to=later(running, DAY), by=by, now=now)
    assert ("request_moved", "second@ok9.example") in told()
    people = {"lead@southshire.example", "handler@southshire.example"}
    texted = Message.objects.filter(channel="text", user_id__in=[cast.south_lead.pk, cast.south_handler.pk])
    assert (running.kind, texted.count()) == ("major_incident", len(people))


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
    request = move_request_to(request=running, to=was.ending(was.ends_at + 2 * HOUR), by=by, now=at + 2 * HOUR).request
    assert request.ends_at == was.ends_at + 2 * HOUR
    assert Commitment.objects.get(kind="deployment").period.upper == request.ends_at


def test_what_stays_as_it_is_tells_nobody_and_what_can_not_be_is_refused(
    cast: Cast, by: User, now: datetime, running: Request
) -> None:
    assert not move_request_to(request=running, to=WhenAndWhere.of(running), by=by, now=now).is_changed
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
