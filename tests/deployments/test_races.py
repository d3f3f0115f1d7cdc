"""Fifty at once, over real connections: one wins, the others get a clear answer, nobody waits for nobody."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import pairwise
from threading import Barrier
from typing import TypeVar
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import User
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from deployments.actions.offers import accept_offer
from deployments.actions.requests import submit_request
from deployments.models import Deployment, Offer, Request
from dogs.actions.dogs import suspend_dog
from dogs.actions.drafts import open_profile
from dogs.actions.work import log_session, report_incident
from dogs.inputs import IncidentReport, Session
from dogs.models import Commitment, Dog, Incident, SessionLog, Team
from network.models import NetworkNumbers
from notifications.models import Message
from tests.conftest import UNTIL, Cast, build_cast
from tests.factories.accounts import make_user
from tests.factories.deployments import insert_offer, insert_request, typed_request
from tests.factories.dogs import make_dog, make_team
from tests.factories.network import make_handler

MANY = 50
T = TypeVar("T")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    NetworkNumbers.objects.get_or_create(pk=1)  # a transactional test before this one emptied every table
    return build_cast()


def at_once(jobs: list[Callable[[], T]]) -> list[T]:
    """Run every job in a thread and a connection of its own, all starting together. A job's exception is raised."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], T]) -> T:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=30)
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, job) for job in jobs]]


def accepting(offer: Offer, now: datetime) -> Callable[[], str]:
    """The handler of `offer` accepts it; what they are told: the state, or the sentence of a refusal."""

    def job() -> str:
        handler = User.objects.get(pk=offer.handler_user_id)
        try:
            with scope(user=handler.pk):
                found = accept_offer(offer=Offer.objects.get(pk=offer.pk), by=handler, now=now)
        except Refused as refused:
            return str(refused)
        return found.status if found.status == "confirmed" else found.reason

    return job


def test_fifty_acceptances_for_one_dog(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    with system_scope():
        requests = [insert_request(cast.host, by=cast.coordinator, starts_at=tomorrow, now=now) for _ in range(MANY)]
        offers = [insert_offer(r, cast.north_team, by=cast.north_lead, now=now, released=True) for r in requests]
    told = at_once([accepting(offer, now) for offer in offers])
    assert told.count("confirmed") == 1
    others = [said for said in told if said != "confirmed"]
    assert all(said.startswith("The team can't go now:") for said in others), others
    with system_scope():
        assert Deployment.objects.count() == Commitment.objects.count() == 1
        assert sum(Request.objects.values_list("taken", flat=True)) == 1
        assert Offer.objects.filter(status="withdrawn").count() == MANY - 1


def test_fifty_acceptances_for_one_handler_with_two_dogs(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    with system_scope():
        handler = cast.north_team.handler
        second = make_team(cast.north, handler, by=cast.coordinator, until=UNTIL, name="Biscuit")
        offers = []
        for number in range(MANY):
            request = insert_request(cast.host, by=cast.coordinator, starts_at=tomorrow, now=now)
            team = second if number % 2 else cast.north_team
            offers.append(insert_offer(request, team, by=cast.north_lead, now=now, released=True))
    told = at_once([accepting(offer, now) for offer in offers])
    assert told.count("confirmed") == 1
    others = [said for said in told if said != "confirmed"]
    assert all(said.startswith("The team can't go now:") for said in others), others
    with system_scope():
        assert Deployment.objects.count() == Commitment.objects.count() == 1
        assert sum(Request.objects.values_list("taken", flat=True)) == 1
        assert Offer.objects.filter(status="withdrawn").count() == MANY - 1


def test_two_days_without_the_rest_between_them_are_not_both_confirmed(
    cast: Cast, now: datetime, tomorrow: datetime
) -> None:
    """The times don't overlap, so no constraint says no: the second is judged by what the first has booked."""
    with system_scope():
        offers = []
        for days in range(6):
            starts_at = tomorrow + timedelta(days=days)
            request = insert_request(cast.host, by=cast.coordinator, starts_at=starts_at, now=now)
            offers.append(insert_offer(request, cast.north_team, by=cast.north_lead, now=now, released=True))
    at_once([accepting(offer, now) for offer in offers])
    with system_scope():
        booked = sorted(Deployment.objects.values_list("request__starts_at", "request__ends_at"))
    assert booked
    assert all(after[0] - before[1] >= timedelta(hours=48) for before, after in pairwise(booked))


def test_fifty_acceptances_for_the_last_places(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    places = 3
    with system_scope():
        request = insert_request(cast.host, by=cast.coordinator, starts_at=tomorrow, now=now, places=places)
        offers = [
            insert_offer(request, team, by=cast.north_lead, now=now, released=True) for team in many_teams(cast, MANY)
        ]
    told = at_once([accepting(offer, now) for offer in offers])
    assert told.count("confirmed") == places
    others = [said for said in told if said != "confirmed"]
    assert all(f"{request.reference} is filled: all {places} teams are confirmed." in said for said in others), others
    with system_scope():
        request.refresh_from_db()
        assert (request.taken, request.status) == (places, "filled")
        assert Deployment.objects.count() == Commitment.objects.count() == places
        assert Message.objects.filter(kind="deployments/offer_filled").count() == 2 * (MANY - places)


def test_two_dogs_of_one_name_get_addresses_of_their_own(cast: Cast, now: datetime) -> None:
    with system_scope():
        dogs = [make_dog(cast.north, "Bella") for _ in range(8)]

    def opening(dog: Dog) -> Callable[[], str]:
        def job() -> str:
            with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
                return str(open_profile(dog, by=cast.north_lead, now=now).slug)

        return job

    assert len(set(at_once([opening(dog) for dog in dogs]))) == len(dogs)


def many_teams(cast: Cast, number: int) -> Iterator[Team]:
    for count in range(number):
        user = make_user(f"many{count}@northshire.example", f"Many {count}", ("handler", cast.north))
        handler = make_handler(cast.north, user, by=cast.coordinator, until=UNTIL)
        yield make_team(cast.north, handler, by=cast.coordinator, until=UNTIL, name=f"Dog {count}")


def test_twenty_submits_with_one_key_are_one_request(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    key, new = uuid4(), typed_request(cast.host, starts_at=tomorrow)
    made = at_once([lambda: submit_request(new=new, key=key, by=None, now=now).reference for _ in range(20)])
    assert len(set(made)) == 1
    with system_scope():
        assert Request.objects.count() == 1
        assert Message.objects.filter(kind="deployments/request_receipt").count() == 1


def test_a_session_tapped_twenty_times_counts_once(cast: Cast, now: datetime) -> None:
    key, session = uuid4(), Session(on=now.date(), minutes=30, people=12)

    def tap() -> int:
        handler = User.objects.get(pk=cast.north_handler.pk)
        with scope(user=handler.pk):
            team = Team.objects.get(pk=cast.north_team.pk)
            return log_session(team=team, session=session, key=key, commitment=None, by=handler, now=now).pk

    assert len(set(at_once([tap] * 20))) == 1
    with system_scope():
        assert SessionLog.objects.count() == 1


def test_bites_reported_while_the_lead_suspends_the_dog(cast: Cast, now: datetime) -> None:
    """Reports and a suspension meet on one dog from both sides and don't wait for each other in a circle."""
    report = IncidentReport(kind="bite", happened_at=now - timedelta(hours=1), account="It snapped.")

    def bite() -> None:
        handler = User.objects.get(pk=cast.north_handler.pk)
        with scope(user=handler.pk):
            team = Team.objects.get(pk=cast.north_team.pk)
            report_incident(
                team=team, report=report, key=uuid4(), commitment=None, host_force_id=None, by=handler, now=now
            )

    def suspend() -> None:
        lead = User.objects.get(pk=cast.north_lead.pk)
        with scope(user=lead.pk, forces=(cast.north.pk,)):
            suspend_dog(dog=Dog.objects.get(pk=cast.north_team.dog_id), reason="Snapped.", by=lead, now=now)

    at_once([bite, suspend] * 8)
    with system_scope():
        assert Incident.objects.count() == 8
        assert Dog.objects.get(pk=cast.north_team.dog_id).status == "suspended"
        assert Team.objects.get(pk=cast.north_team.pk).cleared_until is None
