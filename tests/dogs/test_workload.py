"""Sessions of visits count in the workload like those of deployments, and too many are said."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from accounts.models import User
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from dogs.actions.clearance import look_at_workload
from dogs.actions.commitments import commit
from dogs.actions.work import log_session
from dogs.facts import Need
from dogs.inputs import Session
from dogs.models import Signpost
from dogs.queries import limits, team_facts
from dogs.rules import judge
from dogs.workload import workload_of_day
from network.rules import Limits
from tests.conftest import Cast

MONDAY = date(2026, 11, 23)


@pytest.fixture
def handler(cast: Cast) -> Iterator[User]:
    with scope(user=cast.north_handler.pk):
        yield cast.north_handler


def log(cast: Cast, on: date, minutes: int, now: datetime, **more: object) -> None:
    session = Session(on=on, minutes=minutes, people=3, **more)  # type: ignore[arg-type]
    log_session(team=cast.north_team, session=session, key=uuid4(), commitment=None, by=cast.north_handler, now=now)


def reasons(cast: Cast, start: datetime, now: datetime) -> set[str]:
    need = Need("force_visit", start, start + timedelta(hours=1), localdate(now), cast.north.lat, cast.north.lng)
    with system_scope():
        (facts,) = team_facts([cast.north_team.pk], need)
        return {reason.code for reason in judge(facts, need, limits()).reasons}


def test_the_minutes_of_an_unplanned_visit_fill_the_day(cast: Cast, handler: User, now: datetime) -> None:
    log(cast, localdate(now), 119, now)
    assert "minutes" not in reasons(cast, now, now)
    log(cast, localdate(now), 1, now)
    assert "minutes" in reasons(cast, now, now)


def test_the_minutes_of_a_planned_visit_fill_the_day_too(cast: Cast, handler: User, now: datetime) -> None:
    visit = commit(cast.north_team, kind="visit", start=now - timedelta(hours=3), end=now - timedelta(hours=1))
    session = Session(on=visit.local_days[0], minutes=120, people=3)
    log_session(team=cast.north_team, session=session, key=uuid4(), commitment=visit, by=handler, now=now)
    assert "minutes" in reasons(cast, visit.period.lower, now)


def test_three_sessions_fill_the_week(cast: Cast, handler: User, now: datetime) -> None:
    today = localdate(now)
    for _ in range(3):
        log(cast, today, 10, now)
    assert "sessions" in reasons(cast, now, now)


def test_over_the_limit_is_logged_and_said(cast: Cast, handler: User, now: datetime) -> None:
    today = localdate(now)
    log(cast, today, 90, now)
    assert look_at_workload(cast.north_team, today, by=handler).warnings == ()
    log(cast, today, 45, now)
    found = look_at_workload(cast.north_team, today, by=handler)
    assert (found.minutes, found.sessions) == (135, 2)
    assert "135 minutes of contact" in found.warnings[0]
    assert "at most 120" in found.warnings[0]


def test_the_limits_are_the_networks_numbers() -> None:
    week = {MONDAY: (2, 60), MONDAY + timedelta(days=2): (2, 60)}
    assert workload_of_day("Juno", MONDAY, week, Limits()).warnings == (
        "Juno has 4 sessions in that week; at most 3 are allowed. Let Juno rest.",
    )
    assert workload_of_day("Juno", MONDAY, week, Limits(sessions_a_week=4)).warnings == ()
    assert len(workload_of_day("Juno", MONDAY, week, Limits(contact_minutes_a_day=59)).warnings) == 2


@pytest.mark.parametrize(("days", "said"), [(1, "in the future"), (-61, "more than 60 days ago")])
def test_a_session_is_neither_to_come_nor_long_gone(
    cast: Cast, handler: User, now: datetime, days: int, said: str
) -> None:
    with pytest.raises(Refused, match=said) as refused:
        log(cast, localdate(now) + timedelta(days=days), 30, now)
    assert refused.value.field == "on"


def test_people_are_counted_by_kind_of_support(cast: Cast, handler: User, now: datetime) -> None:
    log(cast, localdate(now), 30, now, signposts={"gp": 1, "samaritans": 2, "other": 0}, place="Custody")
    found = Signpost.objects.order_by("kind").values_list("kind", "people", "session__signposted", "session__place")
    assert list(found) == [("gp", 1, 3, "Custody"), ("samaritans", 2, 3, "Custody")]


def test_a_visits_session_is_on_the_day_of_the_visit(cast: Cast, handler: User, now: datetime) -> None:
    start = now - timedelta(days=5)
    visit = commit(cast.north_team, kind="visit", start=start, end=start + timedelta(hours=1))
    session = Session(on=localdate(now), minutes=30, people=3)
    with pytest.raises(Refused, match="That visit was on another day"):
        log_session(team=cast.north_team, session=session, key=uuid4(), commitment=visit, by=handler, now=now)
