"""What becomes of dogs and teams, and who may decide it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import network_scope, scope, system_scope
from dogs.actions import dogs as act
from dogs.facts import Need
from dogs.inputs import NewDog
from dogs.models import Dog, Team
from dogs.queries import limits, team_facts
from dogs.rules import judge
from notifications.models import Message
from tests.conftest import UNTIL, Cast

NEW = NewDog("Trifle", "Labrador", "f", date(2022, 5, 1))


@pytest.fixture
def network(cast: Cast) -> Iterator[Cast]:
    with system_scope():
        yield cast


def moves(dog: Dog) -> list[tuple[str, str]]:
    return list(Record.objects.filter(object_uuid=dog.uuid).order_by("pk").values_list("from_state", "to_state"))


def told(kind: str = "dogs/dog_moved") -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("to", flat=True))


def test_a_lead_adds_a_dog_and_forms_a_team(cast: Cast, now: datetime) -> None:
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        dog = act.add_dog(force=cast.north, new=replace(NEW, microchip="977000000000001"), by=cast.north_lead, now=now)
        team = act.form_team(
            dog=dog, handler=cast.north_team.handler, since_on=localdate(now), by=cast.north_lead, now=now
        )
        with pytest.raises(Refused):
            act.form_team(dog=dog, handler=team.handler, since_on=localdate(now), by=cast.north_lead, now=now)
    with system_scope():
        assert (dog.status, team.base_town, team.cleared_until) == ("prospective", "Northshire", None)
        assert told("dogs/team_formed") == {"handler@northshire.example"}


def test_a_base_is_measured_from_its_town_and_a_pair_comes_back_to_it(cast: Cast, now: datetime) -> None:
    about = {"handler": cast.north_team.handler, "since_on": localdate(now), "by": cast.coordinator, "now": now}
    with scope(user=cast.coordinator.pk, national=True):
        dog = act.add_dog(force=cast.north, new=NEW, by=cast.coordinator, now=now)
        team = act.form_team(dog=dog, base_town=" southSHIRE ", **about)
        assert (team.base_town, team.lat, team.lng) == ("southSHIRE", cast.south.lat, cast.south.lng)
        Team.objects.filter(pk=team.pk).update(lat=54.1, lng=-2.1)
        act.part_team(team=team, by=cast.coordinator, now=now)
        again = act.form_team(dog=dog, **about)
        assert (again.pk, again.base_town, again.lat, again.lng) == (team.pk, "southSHIRE", 54.1, -2.1)


def test_a_microchip_is_one_dogs_and_the_answer_names_nobody(cast: Cast, now: datetime) -> None:
    with system_scope():
        Dog.objects.filter(pk=cast.south_team.dog_id).update(microchip="977000000000001")
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        with pytest.raises(Refused) as refused:
            act.add_dog(force=cast.north, new=replace(NEW, microchip="977000000000001"), by=cast.north_lead, now=now)
        assert refused.value.field == "microchip"
        assert "Custard" not in str(refused.value)
        unborn = replace(NEW, born_on=localdate(now) + timedelta(days=1))
        with pytest.raises(Refused):
            act.add_dog(force=cast.north, new=unborn, by=cast.north_lead, now=now)
        with pytest.raises(PermissionDenied):
            act.add_dog(force=cast.south, new=NEW, by=cast.north_lead, now=now)


def test_a_team_is_of_one_force(network: Cast, now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        act.form_team(
            dog=network.north_team.dog,
            handler=network.south_team.handler,
            since_on=localdate(now),
            by=network.coordinator,
            now=now,
        )
    assert refused.value.field == "handler"


def test_accreditation_needs_a_passed_assessment(network: Cast, now: datetime) -> None:
    dog = act.add_dog(force=network.north, new=NEW, by=network.coordinator, now=now)
    handler = network.north_team.handler
    team = act.form_team(dog=dog, handler=handler, since_on=localdate(now), by=network.coordinator, now=now)
    with pytest.raises(Refused):
        act.accredit_dog(dog=dog, by=network.coordinator, now=now)
    Team.objects.filter(pk=team.pk).update(assessed_on=localdate(now), assessed_until=UNTIL)
    with pytest.raises(PermissionDenied):
        act.accredit_dog(dog=dog, by=network.north_lead, now=now)
    dog = act.accredit_dog(dog=dog, by=network.coordinator, now=now)
    assert (dog.status, dog.joined_on) == ("accredited", localdate(now))


def test_a_rest_begins_and_ends(network: Cast, now: datetime) -> None:
    dog = act.rest_dog(dog=network.north_team.dog, by=network.north_lead, now=now, why="A sore paw.")
    assert (dog.status, dog.status_reason) == ("resting", "A sore paw.")
    dog = act.return_dog(dog=dog, by=network.north_lead, now=now)
    assert moves(dog) == [("accredited", "resting"), ("resting", "accredited")]
    assert told() == {"handler@northshire.example"}


def test_the_network_restricts_and_ends_a_restriction(network: Cast, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        act.restrict_dog(dog=network.north_team.dog, reason="Noise.", by=network.north_lead, now=now)
    dog = act.restrict_dog(dog=network.north_team.dog, reason="Noise.", by=network.coordinator, now=now)
    with pytest.raises(PermissionDenied):
        act.return_dog(dog=dog, by=network.north_lead, now=now)
    assert act.return_dog(dog=dog, by=network.coordinator, now=now).status == "accredited"


def test_a_handler_may_suspend_at_once_and_only_the_network_ends_it(cast: Cast, now: datetime) -> None:
    with (
        scope(user=cast.north_handler.pk),
        network_scope(user=cast.north_handler.pk, reason="a bite suspends the dog"),
    ):
        dog = act.suspend_dog(dog=cast.north_team.dog, reason="A bite.", by=cast.north_handler, now=now)
        again = act.suspend_dog(dog=dog, reason="Another.", by=cast.north_handler, now=now)
    with system_scope():
        assert (again.status, again.status_reason) == ("suspended", "A bite.")
        assert moves(dog) == [("accredited", "suspended")]
        assert told() == {"lead@northshire.example", "coordinator@ok9.example"}
        with pytest.raises(PermissionDenied):
            act.return_dog(dog=dog, by=cast.north_lead, now=now)
        assert act.return_dog(dog=dog, by=cast.coordinator, now=now).status == "accredited"


def test_another_forces_lead_suspends_nobody(network: Cast, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        act.suspend_dog(dog=network.north_team.dog, reason="A bite.", by=network.south_lead, now=now)


def test_retirement_parts_the_team_and_is_for_good(network: Cast, now: datetime) -> None:
    dog = act.retire_dog(dog=network.north_team.dog, by=network.north_lead, now=now)
    network.north_team.refresh_from_db()
    assert (dog.status, network.north_team.is_active, network.north_team.cleared_until) == ("retired", False, None)
    with pytest.raises(Refused):
        act.return_dog(dog=dog, by=network.coordinator, now=now)
    assert act.record_death(dog=dog, by=network.north_lead, now=now).status == "died"


def test_nothing_is_kept_when_telling_fails(network: Cast, now: datetime) -> None:
    with patch("dogs.emails.queue_mail", side_effect=RuntimeError), pytest.raises(RuntimeError):
        act.rest_dog(dog=network.north_team.dog, by=network.north_lead, now=now)
    network.north_team.dog.refresh_from_db()
    assert (network.north_team.dog.status, moves(network.north_team.dog)) == ("accredited", [])


def test_a_team_that_parts_is_told_and_no_longer_clear(network: Cast, now: datetime, tomorrow: datetime) -> None:
    team = network.north_team
    act.part_team(team=team, by=network.coordinator, now=now, why="A new posting.")
    assert told("dogs/team_parted") == {"handler@northshire.example", "lead@northshire.example"}
    need = Need("national_event", tomorrow, tomorrow + timedelta(hours=4), localdate(now), lat=team.lat, lng=team.lng)
    assert [reason.code for reason in judge(team_facts([team.pk], need)[0], need, limits()).reasons] == ["parted"]
    with pytest.raises(Refused, match="already"):
        act.part_team(team=team, by=network.coordinator, now=now)


def test_each_time_that_a_team_is_formed_it_is_told(network: Cast, now: datetime) -> None:
    team = network.north_team
    for times in (1, 2):
        at = now + times * timedelta(hours=1)
        act.part_team(team=team, by=network.coordinator, now=at)
        formed = {"dog": team.dog, "handler": team.handler, "since_on": localdate(now)}
        act.form_team(**formed, by=network.coordinator, now=at)
        assert Message.objects.filter(kind="dogs/team_formed", to="lead@northshire.example").count() == times
