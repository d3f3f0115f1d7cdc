"""What is booked is looked at again: a bite or a lapsed paper must not wait for the day."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.tenancy import scope, system_scope
from deployments.actions import recheck
from deployments.actions.offers import accept_offer, release_offer
from deployments.actions.recheck import recheck_commitments
from deployments.models import Deployment, Offer, Request
from dogs.models import Document, Dog, Team
from network.models import Agreement
from notifications.models import Message
from tests.conftest import Cast, SignedIn
from tests.factories.deployments import confirmed, forget, insert_offer, insert_request, proposed, told, triaged

NORTH = {"lead@northshire.example", "handler@northshire.example"}


@pytest.fixture
def request_made(cast: Cast, now: datetime, tomorrow: datetime) -> Request:
    return triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now, places=2)


def suspend(cast: Cast) -> None:
    with system_scope():
        Dog.objects.filter(pk=cast.north_team.dog_id).update(status="suspended")


def lose_the_forces_insurance(cast: Cast) -> None:
    with system_scope():
        Document.objects.filter(force=cast.north, kind="public_liability").delete()


def test_nothing_changes_while_all_are_clear(cast: Cast, request_made: Request, now: datetime) -> None:
    north, _south = proposed(request_made, cast.north_team, cast.south_team, by=cast.coordinator, now=now)
    confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now)
    forget()
    assert recheck_commitments(now=now) == 0
    assert told() == set()


def test_a_waiting_offer_of_a_dog_that_bit_is_withdrawn(cast: Cast, request_made: Request, now: datetime) -> None:
    north, south = proposed(request_made, cast.north_team, cast.south_team, by=cast.coordinator, now=now)
    suspend(cast)
    forget()
    assert recheck_commitments(now=now) == 1
    with system_scope():
        north.refresh_from_db()
        south.refresh_from_db()
    assert (north.status, south.status) == ("withdrawn", "proposed")
    assert north.reason == "No longer clear: Bramble is not accredited now: suspended"
    assert {to for kind, to in told() if kind == "offer_withdrawn"} == NORTH


def test_a_booked_team_stays_booked_and_people_are_told_once(cast: Cast, request_made: Request, now: datetime) -> None:
    (north,) = proposed(request_made, cast.north_team, by=cast.coordinator, now=now)
    deployment = confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now)
    suspend(cast)
    forget()
    assert [recheck_commitments(now=now + timedelta(minutes=15 * n)) for n in range(3)] == [1, 1, 1]
    with system_scope():
        deployment.refresh_from_db()
        assert deployment.status == "scheduled"
        messages = {message.to: message.text for message in Message.objects.all()}
        assert Message.objects.count() == 3
    assert set(messages) == {*NORTH, "coordinator@ok9.example"}
    assert f"/coordinator/requests/{request_made.uuid}/match/" in messages.pop("coordinator@ok9.example")
    assert all(f"/member/deployments/{deployment.uuid}/" in text for text in messages.values())


def test_another_reason_is_told_again(cast: Cast, request_made: Request, now: datetime) -> None:
    (north,) = proposed(request_made, cast.north_team, by=cast.coordinator, now=now)
    confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now)
    suspend(cast)
    forget()
    recheck_commitments(now=now)
    with system_scope():
        Document.objects.filter(dog=cast.north_team.dog, kind="vet_check").delete()
    recheck_commitments(now=now)
    with system_scope():
        assert Message.objects.count() == 6


def test_the_same_reason_is_told_again_when_it_comes_back(cast: Cast, request_made: Request, now: datetime) -> None:
    (north,) = proposed(request_made, cast.north_team, by=cast.coordinator, now=now)
    deployment = confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now)
    for minutes in (0, 20):
        suspend(cast)
        forget()
        for more in (1, 2):
            recheck_commitments(now=now + timedelta(minutes=minutes + more))
        with system_scope():
            assert Message.objects.count() == 3
            Dog.objects.filter(pk=cast.north_team.dog_id).update(status="accredited")
        recheck_commitments(now=now + timedelta(minutes=minutes + 10))
        with system_scope():
            deployment.refresh_from_db()
        assert deployment.unclear_since is None


def test_the_all_clear_is_told_once_to_whoever_was_told(cast: Cast, request_made: Request, now: datetime) -> None:
    (north,) = proposed(request_made, cast.north_team, by=cast.coordinator, now=now)
    confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now)
    suspend(cast)
    recheck_commitments(now=now)
    with system_scope():
        Dog.objects.filter(pk=cast.north_team.dog_id).update(status="accredited")
    forget()
    for minutes in (15, 30):
        recheck_commitments(now=now + timedelta(minutes=minutes))
        with system_scope():
            assert Message.objects.count() == 3
    assert told() == {("clear_again", to) for to in (*NORTH, "coordinator@ok9.example")}
    with system_scope():
        links = {message.to: message.text for message in Message.objects.all()}
    assert f"/coordinator/requests/{request_made.uuid}/match/" in links["coordinator@ok9.example"]


def test_a_handler_is_not_told_what_is_wrong_with_their_forces_papers(
    cast: Cast, request_made: Request, now: datetime
) -> None:
    (north,) = proposed(request_made, cast.north_team, by=cast.coordinator, now=now)
    confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now)
    lose_the_forces_insurance(cast)
    forget()
    assert recheck_commitments(now=now) == 1
    with system_scope():
        said = {message.to: message.text for message in Message.objects.all()}
    assert {to: "liability" in text for to, text in said.items()} == {
        "lead@northshire.example": True, "handler@northshire.example": False, "coordinator@ok9.example": True,
    }  # fmt: skip
    assert "your lead sees what" in said["handler@northshire.example"]
    assert "find another team" not in said["handler@northshire.example"]
    with system_scope():
        Agreement.objects.filter(force=cast.north).delete()
    recheck_commitments(now=now)
    with system_scope():  # what the handler may know is the same as before
        assert Message.objects.filter(to="handler@northshire.example").count() == 1
        assert Message.objects.filter(to="lead@northshire.example").count() == 2


def test_nor_is_a_handler_told_it_of_an_offer_that_is_taken_back(
    cast: Cast, request_made: Request, now: datetime
) -> None:
    (north,) = proposed(request_made, cast.north_team, by=cast.coordinator, now=now)
    lose_the_forces_insurance(cast)
    forget()
    assert recheck_commitments(now=now) == 1
    with system_scope():
        north.refresh_from_db()
        said = {message.to: message.text for message in Message.objects.filter(channel="email")}
    assert {to: "liability" in text for to, text in said.items()} == {
        "lead@northshire.example": True, "handler@northshire.example": False
    }  # fmt: skip
    for who, sees in ((cast.north_lead, True), (cast.north_handler, False)):
        page = SignedIn().sign_in(who).get(f"/member/offers/{north.uuid}/").content.decode()
        assert ("liability" in page, "your lead sees what" in page) == (sees, not sees)


def test_another_restriction_is_told_although_its_kind_is_the_same(
    cast: Cast, request_made: Request, now: datetime
) -> None:
    (north,) = proposed(request_made, cast.north_team, by=cast.coordinator, now=now)
    confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now)
    with system_scope():
        Team.objects.filter(pk=cast.north_team.pk).update(restrictions=["stairs", "crowds"])
    forget()
    for times, setting in enumerate((["stairs"], ["crowds"]), start=1):
        with system_scope():
            Request.objects.filter(pk=request_made.pk).update(setting=setting)
        recheck_commitments(now=now)
        with system_scope():
            assert Message.objects.count() == 3 * times


def test_one_requests_fault_keeps_no_other_from_being_looked_at(
    cast: Cast, request_made: Request, now: datetime, tomorrow: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with system_scope():
        other = insert_request(cast.host, by=cast.coordinator, starts_at=tomorrow, now=now)
    proposed(request_made, cast.south_team, by=cast.coordinator, now=now)
    with system_scope():
        insert_offer(other, cast.north_team, by=cast.north_lead, now=now)
    suspend(cast)
    judged = recheck._verdicts

    def fails_first(request: Request, things: list[Any], *, now: datetime) -> Any:
        if request.pk == request_made.pk:
            raise RuntimeError("a fault")
        return judged(request, things, now=now)

    monkeypatch.setattr(recheck, "_verdicts", fails_first)
    assert request_made.pk < other.pk
    with pytest.raises(ExceptionGroup, match="1 failed"):
        recheck_commitments(now=now)
    with system_scope():
        assert Offer.objects.get(request=other).status == "withdrawn"


def test_an_offer_whose_dog_was_booked_elsewhere_at_the_very_same_time_is_withdrawn(
    cast: Cast, now: datetime, tomorrow: datetime
) -> None:
    """A team's own deployment is no reason against itself; one on another request is, however alike the times."""
    with system_scope():
        first, second = (insert_request(cast.host, by=cast.coordinator, starts_at=tomorrow, now=now) for _ in range(2))
        booked, waiting = (insert_offer(r, cast.north_team, by=cast.north_lead, now=now) for r in (first, second))
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        release_offer(offer=booked, by=cast.north_lead, now=now)
    with scope(user=cast.north_handler.pk):
        accept_offer(offer=booked, by=cast.north_handler, now=now)
    assert recheck_commitments(now=now) == 1
    with system_scope():
        assert Offer.objects.get(pk=waiting.pk).status == "withdrawn"
        assert Deployment.objects.get().status == "scheduled"
