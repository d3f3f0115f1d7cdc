"""Making a team busy and free again: by hand, by a booking, and what the database refuses."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from dogs.actions.commitments import book_time, cancel_time, commit, finish, release
from dogs.models import Commitment, Team
from tests.conftest import UNTIL, Cast
from tests.factories.deployments import forget, told, trail
from tests.factories.dogs import make_team

HOUR = timedelta(hours=1)


@pytest.fixture
def handler(cast: Cast) -> Iterator[User]:
    with scope(user=cast.north_handler.pk):
        yield cast.north_handler


def book(team: Team, start: datetime, *, by: User, kind: str = "leave", hours: int = 4) -> Commitment:
    return book_time(team=team, kind=kind, start=start, end=start + hours * HOUR, note="Holiday", by=by, now=start)


def test_a_handler_enters_leave(cast: Cast, handler: User, tomorrow: datetime) -> None:
    made = book(cast.north_team, tomorrow, by=handler)
    assert (made.kind, made.period.lower, made.period.upper) == ("leave", tomorrow, tomorrow + 4 * HOUR)
    assert (made.dog_id, made.handler_user, made.cancelled_at) == (cast.north_team.dog_id, handler, None)
    assert trail(made)[0][0] == "booked time"
    assert trail(made)[0][3] == handler.pk


def test_the_same_time_again_is_the_time_that_stands(cast: Cast, handler: User, tomorrow: datetime) -> None:
    first = book(cast.north_team, tomorrow, by=handler)
    assert book(cast.north_team, tomorrow, by=handler) == first
    assert len(trail(first)) == 1
    cancel_time(commitment=first, by=handler, now=tomorrow)
    assert book(cast.north_team, tomorrow, by=handler) != first


@pytest.mark.parametrize("kind", ["leave", "season", "rest"])
def test_a_lead_and_a_coordinator_enter_time_too(cast: Cast, tomorrow: datetime, kind: str) -> None:
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        by_lead = book(cast.north_team, tomorrow, by=cast.north_lead, kind=kind)
    with scope(user=cast.coordinator.pk, national=True):
        by_coordinator = book(cast.south_team, tomorrow, by=cast.coordinator, kind=kind)
    for made, team, by in (
        (by_lead, cast.north_team, cast.north_lead), (by_coordinator, cast.south_team, cast.coordinator)
    ):  # fmt: skip
        assert (made.kind, made.team_id, made.force_id) == (kind, team.pk, team.force_id)
        assert [(row[0], row[3]) for row in trail(made)] == [("booked time", by.pk)]


def test_deployments_are_not_entered_by_hand(cast: Cast, handler: User, tomorrow: datetime) -> None:
    with pytest.raises(Refused) as refused:
        book(cast.north_team, tomorrow, by=handler, kind="deployment")
    assert refused.value.field == "kind"


@pytest.mark.parametrize("hours", [0, -1])
def test_the_end_is_after_the_start(cast: Cast, handler: User, tomorrow: datetime, hours: int) -> None:
    with pytest.raises(Refused) as refused:
        book(cast.north_team, tomorrow, by=handler, hours=hours)
    assert refused.value.field == "end"


@pytest.mark.parametrize("shift", [timedelta(0), 3 * HOUR, -3 * HOUR])
def test_a_dog_is_in_one_place(cast: Cast, handler: User, tomorrow: datetime, shift: timedelta) -> None:
    book(cast.north_team, tomorrow, by=handler)
    with pytest.raises(Refused, match="Bramble is already booked for some of that time"):
        book(cast.north_team, tomorrow + shift, by=handler, kind="rest")
    assert Commitment.objects.count() == 1


@pytest.mark.parametrize("shift", [4 * HOUR, -4 * HOUR])
def test_one_time_may_begin_as_another_ends(cast: Cast, handler: User, tomorrow: datetime, shift: timedelta) -> None:
    book(cast.north_team, tomorrow, by=handler)
    book(cast.north_team, tomorrow + shift, by=handler)
    assert Commitment.objects.count() == 2


def test_a_handler_with_two_dogs_is_in_one_place(cast: Cast, tomorrow: datetime) -> None:
    with system_scope():
        other = make_team(cast.north, cast.north_team.handler, by=cast.coordinator, until=UNTIL, name="Biscuit")
    with scope(user=cast.north_handler.pk):
        book(cast.north_team, tomorrow, by=cast.north_handler)
        with pytest.raises(Refused, match="Hari Northshire is already booked with another dog"):
            book(other, tomorrow, by=cast.north_handler)


def test_a_dog_with_two_handlers_is_in_one_place(cast: Cast, tomorrow: datetime) -> None:
    """The second handler may not even see the first one's time: the database answers, and names nobody else."""
    with system_scope():
        booked = commit(cast.north_team, kind="visit", start=tomorrow, end=tomorrow + HOUR)
        twin = Team.objects.get(pk=cast.north_team.pk)
        twin.handler_user = cast.south_handler
        with pytest.raises(Refused, match="Bramble is already booked"):
            commit(twin, kind="visit", start=tomorrow, end=tomorrow + HOUR)
        assert list(Commitment.objects.all()) == [booked]


def test_cancelled_time_is_free_again_and_stays_on_record(
    cast: Cast, handler: User, tomorrow: datetime, now: datetime
) -> None:
    made = book(cast.north_team, tomorrow, by=handler)
    cancel_time(commitment=made, by=handler, now=now, why="Plans changed.")
    again = cancel_time(commitment=made, by=handler, now=now + HOUR)
    assert again.cancelled_at == now
    assert [row[0] for row in trail(made)] == ["booked time", "cancelled time"]
    book(cast.north_team, tomorrow, by=handler)


def test_a_deployments_time_is_not_cancelled_by_hand(cast: Cast, handler: User, tomorrow: datetime) -> None:
    made = commit(cast.north_team, kind="deployment", start=tomorrow, end=tomorrow + HOUR)
    with pytest.raises(Refused, match="Stand the deployment down instead"):
        cancel_time(commitment=made, by=handler, now=tomorrow)


def test_nobody_books_another_forces_team(cast: Cast, tomorrow: datetime) -> None:
    for user in (cast.north_lead, cast.north_handler, cast.assessor):
        with system_scope(), pytest.raises(PermissionDenied):
            book(cast.south_team, tomorrow, by=user)
    with scope(user=cast.south_handler.pk):
        made = book(cast.south_team, tomorrow, by=cast.south_handler)
    with system_scope(), pytest.raises(PermissionDenied):
        cancel_time(commitment=made, by=cast.north_lead, now=tomorrow)


def test_finishing_ends_the_time_when_the_work_ended(cast: Cast, handler: User, tomorrow: datetime) -> None:
    made = commit(cast.north_team, kind="deployment", start=tomorrow, end=tomorrow + 8 * HOUR)
    finish(made, now=tomorrow + 2 * HOUR)
    assert made.period.upper == tomorrow + 2 * HOUR
    finish(made, now=tomorrow + 3 * HOUR)  # rest counts from when it really ended
    assert made.period.upper == tomorrow + 3 * HOUR
    early = commit(cast.north_team, kind="deployment", start=tomorrow + 4 * HOUR, end=tomorrow + 8 * HOUR)
    finish(made, now=tomorrow + 5 * HOUR)  # it ran over into the next: both stay as they were
    made.refresh_from_db()
    assert made.period.upper == tomorrow + 3 * HOUR
    finish(early, now=tomorrow)  # left before it began
    early.refresh_from_db()
    assert early.period.upper == tomorrow + 4 * HOUR + timedelta(minutes=1)


def test_released_time_stays_as_a_row(cast: Cast, handler: User, tomorrow: datetime, now: datetime) -> None:
    made = commit(cast.north_team, kind="visit", start=tomorrow, end=tomorrow + HOUR)
    release(made, now=now)
    assert Commitment.objects.get().cancelled_at == now


def test_the_last_day_of_a_time_that_ends_at_midnight_is_the_day_before(cast: Cast, handler: User) -> None:
    start = datetime.fromisoformat("2027-01-10T09:00+00:00")
    made = commit(cast.north_team, kind="leave", start=start, end=datetime.fromisoformat("2027-01-12T00:00+00:00"))
    assert [day.day for day in made.local_days] == [10, 11]


@pytest.mark.parametrize("period", ["empty", "[2027-01-01,)", "(,2027-01-01]"])
def test_the_database_refuses_time_without_both_ends(
    cast: Cast, handler: User, tomorrow: datetime, period: str
) -> None:
    made = book(cast.north_team, tomorrow, by=handler)
    with pytest.raises(IntegrityError, match="commitment_has_both_ends"), transaction.atomic():
        Commitment.objects.filter(pk=made.pk).update(period=period)


def test_a_visit_is_planned_and_cancelled_as_a_visit(cast: Cast, handler: User, tomorrow: datetime) -> None:
    with pytest.raises(Refused, match="a visit is planned by the team"):
        book(cast.north_team, tomorrow, by=handler, kind="visit")
    planned = commit(cast.north_team, kind="visit", start=tomorrow, end=tomorrow + HOUR)
    with pytest.raises(Refused, match="on its own page"):
        cancel_time(commitment=planned, by=handler, now=tomorrow)
    assert Commitment.objects.get(pk=planned.pk).cancelled_at is None


def test_a_handler_is_told_of_time_that_somebody_else_enters_or_takes_back(cast: Cast, tomorrow: datetime) -> None:
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        made = book(cast.north_team, tomorrow, by=cast.north_lead)
        assert told() == {("time_settled", "handler@northshire.example")}
        forget()
        cancel_time(commitment=made, by=cast.north_lead, now=tomorrow)
    assert told() == {("time_settled", "handler@northshire.example")}
