"""A confirmed team's way: check in, check out, debrief; stood down, or not come."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction
from django.utils.timezone import localdate

from accounts.models import Role, User
from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from deployments.actions.aftercare import send_aftercare
from deployments.actions.deployments import (
    Account,
    Attendance,
    check_in,
    check_out,
    mark_absent,
    record_attendance,
    stand_down_deployment,
    write_debrief,
)
from deployments.actions.leaving import leave_scheme
from deployments.actions.offers import Told, accept_offer, decline_offer, lapse_offers, release_offer, withdraw_offer
from deployments.models import Aftercare, Debrief, Deployment, Offer, Request
from deployments.queries import reasons_against
from deployments.states import DEPLOYMENT, DeploymentStatus
from dogs.actions.work import log_session
from dogs.inputs import Session
from dogs.models import Commitment, Document
from dogs.queries import limits
from notifications.models import Message
from tests.conftest import Cast, SignedIn
from tests.factories.deployments import confirmed, forget, proposed, told, trail, triaged

NORTH_LEAD, NORTH_HANDLER = "lead@northshire.example", "handler@northshire.example"
COORDINATOR, HOST_LEAD, NUMBER = "coordinator@ok9.example", "lead@hostshire.example", "07700 900123"
VISITOR = "vic@hostshire.example"
ACCOUNT = Account(went_well="The quiet room.", change="", dog_after="Tired and well.", needs_follow_up=False)


@pytest.fixture
def start(now: datetime) -> datetime:
    return (now + timedelta(days=2)).replace(hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture
def both(cast: Cast, now: datetime, start: datetime) -> tuple[Deployment, Deployment]:
    """The two teams' deployments on one request that is filled."""
    request = triaged(cast.host, starts_at=start, by=cast.coordinator, now=now, places=2)
    north, south = proposed(request, cast.north_team, cast.south_team, by=cast.coordinator, now=now)
    made = (
        confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now),
        confirmed(south, lead=cast.south_lead, handler=cast.south_handler, now=now),
    )
    forget()
    return made


@pytest.fixture
def deployment(both: tuple[Deployment, Deployment]) -> Deployment:
    return both[0]


@pytest.fixture
def by(cast: Cast) -> Iterator[User]:
    with scope(user=cast.coordinator.pk, national=True):
        yield cast.coordinator


def works(cast: Cast, act: Callable[..., object], deployment: Deployment, now: datetime, **more: object) -> Deployment:
    """The deployment's own handler does it; the row as it stands then."""
    handler = cast.north_handler if deployment.handler_user_id == cast.north_handler.pk else cast.south_handler
    with scope(user=handler.pk):
        act(deployment=deployment, by=handler, now=now, **more)
    return fresh(deployment)


def fresh(deployment: Deployment) -> Deployment:
    with system_scope():
        return Deployment.objects.select_related("commitment", "request", "offer").get(pk=deployment.pk)


def test_the_first_check_in_makes_the_request_active(cast: Cast, deployment: Deployment, start: datetime) -> None:
    arrived = works(cast, check_in, deployment, start)
    assert (arrived.status, arrived.checked_in_at, arrived.request.status) == ("on_scene", start, "active")
    assert told() == {("team_arrived", HOST_LEAD), ("team_arrived", VISITOR)}
    with system_scope():
        mails = {row.to: row.text for row in Message.objects.all()}
    assert "See who is here" in mails[HOST_LEAD]
    assert "/member/" not in mails[VISITOR]
    assert "If anything is wrong, ring" in mails[VISITOR]
    assert trail(deployment)[-1] == ("checked in", "scheduled", "on_scene", cast.north_handler.pk)
    assert trail(arrived.request)[-1][:3] == ("active", "filled", "active")


def test_a_second_tap_keeps_the_first_time(cast: Cast, deployment: Deployment, start: datetime) -> None:
    works(cast, check_in, deployment, start)
    forget()
    assert works(cast, check_in, deployment, start + timedelta(minutes=9)).checked_in_at == start
    assert told() == set()


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (timedelta(hours=-4, seconds=-1), "You can check in from 4 hours before the start"),
        (timedelta(hours=8), "This deployment's time is over"),
    ],
)
def test_checking_in_has_its_time(
    cast: Cast, deployment: Deployment, start: datetime, after: timedelta, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        works(cast, check_in, deployment, start + after)


@pytest.mark.parametrize("after", [timedelta(hours=-4), timedelta(hours=8, seconds=-1)])
def test_checking_in_at_the_edges(cast: Cast, deployment: Deployment, start: datetime, after: timedelta) -> None:
    assert works(cast, check_in, deployment, start + after).status == "on_scene"


def test_checking_out_ends_the_dogs_time_now(cast: Cast, deployment: Deployment, start: datetime) -> None:
    works(cast, check_in, deployment, start)
    forget()
    left = works(cast, check_out, deployment, start + timedelta(hours=3))
    assert (left.status, left.checked_out_at) == ("completed", start + timedelta(hours=3))
    assert (left.commitment.period.upper, left.commitment.cancelled_at) == (start + timedelta(hours=3), None)
    assert left.request.status == "active"  # another team is still to come
    assert told() == {("team_left", NORTH_LEAD)}


def test_the_last_check_out_completes_the_request(
    cast: Cast, both: tuple[Deployment, Deployment], start: datetime
) -> None:
    for one in both:
        works(cast, check_in, one, start)
    works(cast, check_out, both[0], start + timedelta(hours=3))
    forget()
    left = works(cast, check_out, both[1], start + timedelta(hours=4))
    assert left.request.status == "completed"
    assert told() == {("team_left", "lead@southshire.example"), ("request_completed", COORDINATOR)}
    again = works(cast, check_out, both[1], start + timedelta(hours=5))
    assert again.checked_out_at == start + timedelta(hours=4)


def test_checking_out_comes_after_checking_in(cast: Cast, deployment: Deployment, start: datetime) -> None:
    with pytest.raises(Refused, match="is scheduled, so it can't become completed"):
        works(cast, check_out, deployment, start)
    assert fresh(deployment).checked_out_at is None


def test_the_debrief_is_written_once(cast: Cast, deployment: Deployment, start: datetime) -> None:
    with pytest.raises(Refused, match="is scheduled, so it can't become debriefed"):
        works(cast, write_debrief, deployment, start, account=ACCOUNT)
    works(cast, check_in, deployment, start)
    works(cast, check_out, deployment, start + timedelta(hours=3))
    forget()
    assert works(cast, write_debrief, deployment, start + timedelta(hours=4), account=ACCOUNT).status == "debriefed"
    second = Account(went_well="Other.", change="", dog_after="Other.", needs_follow_up=True)
    works(cast, write_debrief, deployment, start + timedelta(hours=5), account=second)
    with system_scope():
        assert Debrief.objects.get().went_well == "The quiet room."
    assert told() == {("debrief_written", COORDINATOR), ("debrief_written", NORTH_LEAD)}
    assert trail(deployment)[-1][:3] == ("debriefed", "completed", "debriefed")


def test_a_handler_who_wants_a_call_is_heard(cast: Cast, deployment: Deployment, start: datetime) -> None:
    works(cast, check_in, deployment, start)
    works(cast, check_out, deployment, start + timedelta(hours=3))
    forget()
    account = Account(went_well="", change="", dog_after="Well.", needs_follow_up=True)
    works(cast, write_debrief, deployment, start + timedelta(hours=4), account=account)
    assert told() == {("follow_up_wanted", COORDINATOR), ("follow_up_wanted", NORTH_LEAD)}


def test_standing_a_team_down_frees_it_and_tells_everybody(
    cast: Cast, deployment: Deployment, by: User, now: datetime
) -> None:
    stand_down_deployment(deployment=deployment, reason="The road is closed.", by=by, now=now)
    ended = fresh(deployment)
    assert (ended.status, ended.ended_at, ended.reason) == ("stood_down", now, "The road is closed.")
    assert (ended.commitment.cancelled_at, ended.offer.status) == (now, "withdrawn")
    assert (ended.request.taken, ended.request.status) == (1, "sourcing")
    assert told() == {
        ("deployment_stood_down", NORTH_LEAD), ("deployment_stood_down", NORTH_HANDLER),
        ("text deployment_stood_down", NUMBER), ("team_not_coming", HOST_LEAD), ("place_lost", VISITOR),
    }  # fmt: skip
    assert trail(deployment)[-1] == ("stood down", "scheduled", "stood_down", by.pk)
    forget()
    stand_down_deployment(deployment=deployment, reason="Again.", by=by, now=now)
    assert (told(), fresh(deployment).reason) == (set(), "The road is closed.")


def test_a_team_on_scene_that_is_stood_down_still_needs_its_rest(
    cast: Cast, deployment: Deployment, by: User, start: datetime
) -> None:
    works(cast, check_in, deployment, start)
    stand_down_deployment(deployment=deployment, reason="Enough.", by=by, now=start + timedelta(hours=1))
    time = fresh(deployment).commitment
    assert (time.cancelled_at, time.period.upper) == (None, start + timedelta(hours=1))


def test_the_last_team_stood_down_completes_what_others_have_done(
    cast: Cast, both: tuple[Deployment, Deployment], by: User, start: datetime
) -> None:
    works(cast, check_in, both[0], start)
    works(cast, check_out, both[0], start + timedelta(hours=2))
    stand_down_deployment(deployment=both[1], reason="Enough.", by=by, now=start + timedelta(hours=2))
    assert Request.objects.get().status == "completed"


def test_a_team_that_left_early_is_followed_by_another(cast: Cast, by: User, start: datetime, now: datetime) -> None:
    """As after a bite: the only team has gone, and hours are left."""
    made = triaged(cast.host, starts_at=start, by=by, now=now)
    (first,) = proposed(made, cast.north_team, by=by, now=now)
    deployment = confirmed(first, lead=cast.north_lead, handler=cast.north_handler, now=now)
    works(cast, check_in, deployment, start)
    works(cast, check_out, deployment, start + timedelta(hours=1))
    request = Request.objects.select_related("force").get()
    assert request.status == "completed"
    later = start + timedelta(hours=1)
    (offer,) = proposed(request, cast.south_team, by=by, now=later)
    request.refresh_from_db()
    assert (request.status, request.places, request.taken) == ("active", 2, 1)
    assert trail(request)[-1][:3] == ("active again", "completed", "active")
    second = confirmed(offer, lead=cast.south_lead, handler=cast.south_handler, now=later)
    with scope(user=cast.south_handler.pk):
        check_in(deployment=second, by=cast.south_handler, now=later)
        check_out(deployment=second, by=cast.south_handler, now=later + timedelta(hours=1))
    assert Message.objects.filter(kind="deployments/request_completed", to=COORDINATOR).count() == 2
    with pytest.raises(Refused, match="does not take offers now"):
        proposed(request, cast.north_team, by=by, now=request.ends_at)


def test_a_team_that_was_there_when_all_was_called_off_is_cared_for(
    cast: Cast, both: tuple[Deployment, Deployment], by: User, start: datetime, now: datetime
) -> None:
    works(cast, check_in, both[0], start)
    ended_at = start + timedelta(hours=1)
    stand_down_deployment(deployment=both[0], reason="False alarm.", by=by, now=ended_at)
    assert fresh(both[0]).checked_out_at == ended_at
    assert send_aftercare(now=ended_at + timedelta(hours=72)) == 1
    stand_down_deployment(deployment=both[1], reason="False alarm.", by=by, now=ended_at)
    assert fresh(both[1]).checked_out_at is None


@pytest.mark.parametrize("end", ["decline", "lapse", "withdraw"])
def test_a_request_lasts_while_another_team_is_asked(
    cast: Cast, start: datetime, by: User, now: datetime, *, end: str
) -> None:
    request = triaged(cast.host, starts_at=start, by=by, now=now, places=2)
    first, waiting = proposed(request, cast.north_team, cast.south_team, by=by, now=now)
    gone = confirmed(first, lead=cast.north_lead, handler=cast.north_handler, now=now)
    works(cast, check_in, gone, start)
    works(cast, check_out, gone, start + timedelta(hours=2))
    assert Request.objects.get().status == "active"
    forget()
    later = start + timedelta(hours=3)
    if end == "decline":
        with scope(user=cast.south_handler.pk):
            decline_offer(offer=waiting, side="handler", by=cast.south_handler, now=later)
    elif end == "lapse":
        assert lapse_offers(now=later) == 1
    else:
        withdraw_offer(offer=waiting, reason="", by=by, now=later)
    assert Request.objects.get().status == "completed"
    assert ("request_completed", COORDINATOR) in told()


def test_a_completed_request_whose_taken_up_team_can_not_go_is_completed_again(
    cast: Cast, start: datetime, by: User, now: datetime
) -> None:
    request = triaged(cast.host, starts_at=start, by=by, now=now, places=2)
    first, late = proposed(request, cast.north_team, cast.south_team, by=by, now=now)
    gone = confirmed(first, lead=cast.north_lead, handler=cast.north_handler, now=now)
    with scope(user=cast.south_handler.pk):
        accept_offer(offer=late, by=cast.south_handler, now=now)
    lapse_offers(now=late.answer_by + timedelta(minutes=1))
    works(cast, check_in, gone, start)
    works(cast, check_out, gone, start + timedelta(hours=1))
    assert Request.objects.get().status == "completed"
    with system_scope():
        Document.objects.filter(dog=cast.south_team.dog, kind="vet_check").update(status="replaced")
    heard = Told("Lee", late.answer_by - timedelta(minutes=5))
    assert release_offer(offer=late, by=by, told=heard, now=start + timedelta(hours=2)).status == "withdrawn"
    assert Request.objects.get().status == "completed"


def test_what_a_team_has_logged_there_is_no_reason_against_its_being_there(
    cast: Cast, by: User, now: datetime, start: datetime
) -> None:
    monday = start + timedelta(days=7 - start.weekday())
    request = triaged(cast.host, starts_at=monday, by=by, now=now, ends_at=monday + timedelta(days=2, hours=8))
    (offer,) = proposed(request, cast.north_team, by=by, now=now)
    deployment = confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
    works(cast, check_in, deployment, monday)
    with scope(user=cast.north_handler.pk):
        session = Session(on=localdate(monday), minutes=30, people=5)
        about = {"commitment": deployment.commitment, "by": cast.north_handler, "now": monday + timedelta(hours=2)}
        log_session(team=cast.north_team, session=session, key=uuid4(), **about)
    with system_scope():
        numbers, later = limits(), monday + timedelta(hours=3)
        assert reasons_against(request, [cast.north_team.pk], numbers, now=later) == {}


def test_a_team_that_has_left_is_not_stood_down(cast: Cast, deployment: Deployment, by: User, start: datetime) -> None:
    works(cast, check_in, deployment, start)
    works(cast, check_out, deployment, start + timedelta(hours=1))
    with pytest.raises(Refused, match="is completed, so it can't become stood down"):
        stand_down_deployment(deployment=deployment, reason="Late.", by=by, now=start + timedelta(hours=2))


def test_a_team_that_did_not_come_is_free_again(deployment: Deployment, by: User, start: datetime) -> None:
    mark_absent(deployment=deployment, reason="A puncture.", by=by, now=start)
    assert (fresh(deployment).status, fresh(deployment).commitment.cancelled_at) == ("did_not_attend", start)
    assert trail(deployment)[-1][:3] == ("did not attend", "scheduled", "did_not_attend")
    with system_scope():
        assert Deployment.objects.select_related("request").get(pk=deployment.pk).request.taken == 1  # of two
    before = trail(deployment)
    mark_absent(deployment=deployment, reason="Again.", by=by, now=start)
    assert trail(deployment) == before


def attended(
    deployment: Deployment, by: User, now: datetime, *, came: datetime | None = None, left: datetime | None = None
) -> Deployment:
    record_attendance(deployment=deployment, told=Attendance(came, left, "Sgt Jo"), by=by, now=now)
    return fresh(deployment)


def test_a_team_that_forgot_to_check_in_is_recorded_and_goes_on_as_any_other(
    cast: Cast, deployment: Deployment, by: User, start: datetime
) -> None:
    left, later = start + timedelta(hours=2), deployment.request.ends_at + timedelta(hours=9)
    forget()
    for _press in range(2):
        made = attended(deployment, by, later, came=start, left=left)
    assert (made.status, made.checked_in_at, made.checked_out_at) == ("completed", start, left)
    assert made.commitment.period.upper == left
    assert made.request.status == "active"  # the other team's end is not known
    assert [row[0] for row in trail(deployment)][-2:] == ["checked in", "checked out"]
    assert told() == {("attendance_recorded", NORTH_LEAD), ("attendance_recorded", NORTH_HANDLER)}
    assert works(cast, write_debrief, deployment, later, account=ACCOUNT).status == "debriefed"


def test_a_team_that_is_there_checks_out_itself(cast: Cast, deployment: Deployment, by: User, start: datetime) -> None:
    here = attended(deployment, by, start + timedelta(minutes=20), came=start)
    assert (here.status, here.checked_in_at, here.request.status) == ("on_scene", start, "active")
    assert works(cast, check_out, deployment, start + timedelta(hours=1)).status == "completed"


def test_of_a_team_that_has_checked_in_only_its_leaving_is_recorded(
    cast: Cast, deployment: Deployment, by: User, start: datetime
) -> None:
    works(cast, check_in, deployment, start)
    left = start + timedelta(hours=1)
    made = attended(deployment, by, start + timedelta(hours=8), came=start + timedelta(minutes=30), left=left)
    assert (made.checked_in_at, made.checked_out_at) == (start, left)
    assert works(cast, check_out, deployment, start + timedelta(hours=9)).checked_out_at == left


@pytest.mark.parametrize(
    ("came", "left", "hours", "field"),
    [
        (None, 1, 2, "arrived_at"),
        (3, None, 2, "arrived_at"),
        (-30, 1, 2, "arrived_at"),
        (400, 401, 500, "arrived_at"),
        (0, 3, 2, "left_at"),
        (1, 1, 2, "left_at"),
        (0, None, 400, "left_at"),
    ],
    ids=["never", "in the future", "too early", "too late", "left in the future", "left before", "still there"],
)
def test_times_that_can_not_be_are_refused(
    deployment: Deployment, by: User, start: datetime, came: int | None, left: int | None, hours: int, field: str
) -> None:
    times = [None if hour is None else start + timedelta(hours=hour) for hour in (came, left)]
    with pytest.raises(Refused) as refused:
        attended(deployment, by, start + timedelta(hours=hours), came=times[0], left=times[1])
    assert refused.value.field == field
    assert fresh(deployment).status == "scheduled"


def test_a_team_that_was_stood_down_was_not_there(deployment: Deployment, by: User, start: datetime) -> None:
    stand_down_deployment(deployment=deployment, reason="Full.", by=by, now=start)
    with pytest.raises(Refused):
        attended(deployment, by, start + timedelta(hours=1), came=start)


def test_only_coordinators_record_attendance(cast: Cast, deployment: Deployment, start: datetime) -> None:
    for user in (cast.north_lead, cast.north_handler, cast.host_lead):
        with scope(user=user.pk), pytest.raises(PermissionDenied):
            attended(deployment, user, start, came=start)


def test_only_the_own_handler_works_a_deployment(cast: Cast, deployment: Deployment, start: datetime) -> None:
    for who in ("north_lead", "south_handler", "coordinator", "host_lead"):
        user = getattr(cast, who)
        with scope(user=user.pk, national=True):
            for act in (
                lambda user=user: check_in(deployment=deployment, by=user, now=start),
                lambda user=user: check_out(deployment=deployment, by=user, now=start),
                lambda user=user: write_debrief(deployment=deployment, account=ACCOUNT, by=user, now=start),
            ):
                with pytest.raises(PermissionDenied):
                    act()


def test_nobody_is_absent_before_the_beginning(deployment: Deployment, by: User, start: datetime) -> None:
    early = start - timedelta(minutes=1)
    with pytest.raises(Refused, match="has not begun yet"):
        mark_absent(deployment=deployment, reason="No.", by=by, now=early)
    assert fresh(deployment).status == "scheduled"


def test_only_coordinators_stand_down(cast: Cast, deployment: Deployment, now: datetime) -> None:
    for user in (cast.north_lead, cast.north_handler, cast.host_lead):
        with scope(user=user.pk):
            for act in (stand_down_deployment, mark_absent):
                with pytest.raises(PermissionDenied):
                    act(deployment=deployment, reason="No.", by=user, now=now)


def test_a_short_request_that_has_not_begun_is_not_completed_when_a_team_is_stood_down(
    cast: Cast, by: User, now: datetime
) -> None:
    """One team came early and has left, the other is not to come: there is time to ask others."""
    start = now + timedelta(hours=1)
    request = triaged(cast.host, starts_at=start, by=by, now=now, places=2)
    north, south = proposed(request, cast.north_team, cast.south_team, by=by, now=now)
    early = confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now)
    other = confirmed(south, lead=cast.south_lead, handler=cast.south_handler, now=now)
    works(cast, check_in, early, now)
    works(cast, check_out, early, now + timedelta(minutes=10))
    stand_down_deployment(deployment=other, reason="Flat tyre.", by=by, now=now + timedelta(minutes=20))
    request.refresh_from_db()
    assert (request.status, request.taken) == ("active", 1)


def test_aftercare_is_sent_at_its_times_to_the_handler_alone(
    cast: Cast, deployment: Deployment, start: datetime
) -> None:
    works(cast, check_in, deployment, start)
    left = start + timedelta(hours=3)
    works(cast, check_out, deployment, left)
    forget()
    assert send_aftercare(now=left + timedelta(hours=71)) == 0
    assert send_aftercare(now=left + timedelta(hours=72)) == 1
    assert send_aftercare(now=left + timedelta(hours=73)) == 0
    assert send_aftercare(now=left + timedelta(days=30)) == 1
    with system_scope():
        assert list(Message.objects.values_list("to", flat=True)) == [NORTH_HANDLER] * 2
        assert not Aftercare.objects.exists()
    with scope(user=cast.north_handler.pk):
        assert Aftercare.objects.count() == 2
    for who, force, knows in ((cast.north_lead, cast.north, 2), (cast.host_lead, cast.host, 0)):
        with scope(user=who.pk, forces=(force.pk,)):
            assert Record.objects.filter(verb="aftercare sent").count() == knows
    page = f"/member/deployments/{deployment.uuid}/"
    for who, is_told in ((cast.north_lead, True), (cast.coordinator, True), (cast.north_handler, False)):
        assert ("Aftercare sent to Hari: " in SignedIn().sign_in(who).get(page).content.decode()) == is_told
    assert SignedIn().sign_in(cast.host_lead).get(page).status_code == 404


def test_aftercare_that_nobody_gets_is_not_called_sent(cast: Cast, deployment: Deployment, start: datetime) -> None:
    works(cast, check_in, deployment, start)
    left = start + timedelta(hours=3)
    works(cast, check_out, deployment, left)
    with system_scope():
        Role.objects.filter(user=cast.north_handler).delete()
    assert send_aftercare(now=left + timedelta(hours=72)) == 0
    with scope(user=cast.north_handler.pk):
        assert not Aftercare.objects.exists()


def test_the_database_refuses_every_move_that_is_not_in_the_table(
    cast: Cast, deployment: Deployment, by: User, now: datetime
) -> None:
    row = Deployment.objects.filter(pk=deployment.pk)
    row.update(checked_in_at=now)
    paths = {
        "scheduled": (), "on_scene": ("on_scene",), "completed": ("completed",), "debriefed": ("debriefed",),
    }  # fmt: skip
    for state, steps in paths.items():
        for step in steps:
            row.update(status=step)
        for new in set(DeploymentStatus.values) - {state, *DEPLOYMENT.moves.get(state, ())}:
            with pytest.raises(InternalError, match="Invalid transition"), transaction.atomic():
                row.update(status=new)


@pytest.mark.parametrize("broken", [{"status": "on_scene"}, {"checked_out_before": True}])
def test_the_database_refuses_impossible_deployments(
    deployment: Deployment, by: User, now: datetime, broken: dict[str, object]
) -> None:
    if "checked_out_before" in broken:
        broken = {"checked_in_at": now, "checked_out_at": now - timedelta(minutes=1)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Deployment.objects.filter(pk=deployment.pk).update(**broken)


def test_one_offer_has_one_deployment_and_one_commitment(deployment: Deployment, by: User) -> None:
    assert Offer.objects.filter(deployment=deployment).count() == 1
    assert Commitment.objects.filter(deployment=deployment, cancelled_at=None).count() == 1


def test_nobody_leaves_the_scheme_from_a_scene(cast: Cast, deployment: Deployment, start: datetime) -> None:
    works(cast, check_in, deployment, start)
    with (
        scope(user=cast.coordinator.pk, national=True),
        pytest.raises(Refused, match="Bramble is on scene at Hostshire headquarters"),
    ):
        leave_scheme(handler=cast.north_team.handler, by=cast.coordinator, now=start)
    with system_scope():
        cast.north_team.handler.refresh_from_db()
        assert (cast.north_team.handler.status, Deployment.objects.get(pk=deployment.pk).status) == (
            "active",
            "on_scene",
        )
