"""Planned visits: who plans them, what refuses them, and that the team is then busy."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from dogs.actions.visits import cancel_visit, plan_visit
from dogs.actions.work import log_session
from dogs.inputs import PlannedVisit, Session
from dogs.models import Commitment, Dog
from network.models import Agreement
from tests.conftest import Cast
from tests.factories.deployments import told, trail

HOUR = timedelta(hours=1)


def plan(cast: Cast, by: User, start: datetime, now: datetime, *, hours: int = 2) -> Commitment:
    forces = (cast.north.pk,) if by == cast.north_lead else ()
    with scope(user=by.pk, forces=forces):
        visit = PlannedVisit(start, start + hours * HOUR, "Control room", "Ask for Sam")
        return plan_visit(team=cast.north_team, visit=visit, by=by, now=now)


def test_a_handler_plans_a_visit_and_the_team_is_busy(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    visit = plan(cast, cast.north_handler, tomorrow, now)
    assert (visit.kind, visit.place, visit.note) == ("visit", "Control room", "Ask for Sam")
    assert trail(visit) == [("planned visit", "", "", cast.north_handler.pk)]
    assert told() == set()
    with pytest.raises(Refused, match="Visit in own force from"):
        plan(cast, cast.north_handler, tomorrow + HOUR, now)


def test_a_lead_plans_it_and_the_handler_is_told(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    plan(cast, cast.north_lead, tomorrow, now)
    assert told() == {("visit_settled", "handler@northshire.example")}


def test_a_repeated_tap_plans_one_visit(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    assert plan(cast, cast.north_lead, tomorrow, now) == plan(cast, cast.north_lead, tomorrow, now)
    with system_scope():
        assert Commitment.objects.count() == 1


def test_nobody_else_plans_for_the_team(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    for user in (cast.south_lead, cast.south_handler, cast.coordinator, cast.assessor):
        with pytest.raises(PermissionDenied):
            plan(cast, user, tomorrow, now)


@pytest.mark.parametrize(
    ("offset", "hours", "said"),
    [(-3 * HOUR, 2, "over already"), (HOUR, 0, "after the start"), (HOUR, 13, "at most 12 hours"),
     (timedelta(days=400), 2, "more than a year ahead")],
)  # fmt: skip
def test_what_can_not_be_is_refused(cast: Cast, now: datetime, offset: timedelta, hours: int, said: str) -> None:
    with pytest.raises(Refused, match=said):
        plan(cast, cast.north_handler, now + offset, now, hours=hours)


def test_a_suspended_dog_visits_nobody(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    with system_scope():
        Dog.objects.filter(pk=cast.north_team.dog_id).update(status="suspended")
    with pytest.raises(Refused, match="Bramble is not accredited now: suspended"):
        plan(cast, cast.north_handler, tomorrow, now)


def test_a_week_that_is_full_takes_no_fourth_visit(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    monday = tomorrow + timedelta(days=7 - tomorrow.weekday())
    for days in range(3):
        plan(cast, cast.north_handler, monday + timedelta(days=days), now)
    with pytest.raises(Refused, match="3 sessions done or booked"):
        plan(cast, cast.north_handler, monday + timedelta(days=3), now)


def test_the_force_s_papers_are_the_leads_business(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    with system_scope():
        Agreement.objects.filter(force=cast.north).update(expires_on=now.date() - timedelta(days=1))
    with pytest.raises(Refused, match="your lead sees what") as hidden:
        plan(cast, cast.north_handler, tomorrow, now)
    assert "greement" not in str(hidden.value)
    with pytest.raises(Refused, match="agreement ended on"):
        plan(cast, cast.north_lead, tomorrow, now)


def test_a_cancelled_visit_frees_the_team(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    visit = plan(cast, cast.north_lead, tomorrow, now)
    with scope(user=cast.north_handler.pk):
        assert cancel_visit(visit=visit, by=cast.north_handler, now=now).cancelled_at == now
        assert cancel_visit(visit=visit, by=cast.north_handler, now=now + HOUR).cancelled_at == now
    assert [verb for verb, *_rest in trail(visit)] == ["planned visit", "cancelled visit"]
    plan(cast, cast.north_lead, tomorrow, now)


def test_a_visit_with_a_session_stays(cast: Cast, now: datetime) -> None:
    with scope(user=cast.north_handler.pk):
        visit = plan(cast, cast.north_handler, now - HOUR, now)
        session = Session(on=visit.local_days[0], minutes=30, people=3)
        log_session(
            team=cast.north_team, session=session, key=uuid4(), commitment=visit, by=cast.north_handler, now=now
        )
        with pytest.raises(Refused, match="is logged already"):
            cancel_visit(visit=visit, by=cast.north_handler, now=now)
