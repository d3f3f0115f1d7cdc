"""Asking for posters and fetching them: who may, which dogs, what is recorded, and what ends it."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from dogs.actions.consents import choose_parts, withdraw_consent
from dogs.actions.profiles import unpublish_profile
from dogs.models import Dog, Team
from dogs.states import Part
from promotion.actions import fetch_pack, make_pack
from promotion.models import Pack
from tests.conftest import UNTIL, Cast
from tests.factories.accounts import make_user
from tests.factories.network import make_handler
from tests.factories.promotion import packed, publish, wishes


@pytest.fixture
def soon(now: datetime) -> dict[str, datetime]:
    start = now + timedelta(days=3)
    return {"starts_at": start, "ends_at": start + timedelta(hours=2)}


def test_a_pack_keeps_the_wishes_and_leaves_one_record(cast: Cast, now: datetime, soon: dict[str, datetime]) -> None:
    publish(cast.north_team, by=cast.coordinator, now=now)
    pack = packed(cast.north_team, by=cast.north_lead, now=now, place="Canteen", **soon)
    assert (pack.force, pack.made_by, pack.place, pack.layout) == (cast.north, cast.north_lead, "Canteen", "ball")
    with system_scope():
        record = Record.objects.get(object_uuid=pack.uuid)
    assert (record.verb, record.actor_id, record.force_id) == ("made promotion", cast.north_lead.pk, cast.north.pk)
    assert record.object_name == "Bramble, Canteen"
    assert record.details["place"] == "Canteen"
    assert record.details["at"] == soon["starts_at"].isoformat()


def test_the_same_key_gives_the_same_pack(cast: Cast, now: datetime, soon: dict[str, datetime]) -> None:
    publish(cast.north_team, by=cast.coordinator, now=now)
    key = uuid4()
    with scope(user=cast.north_handler.pk):
        first, second = (
            make_pack(dog=cast.north_team.dog, wishes=wishes(**soon), key=key, by=cast.north_handler, now=now)
            for _ in range(2)
        )
    assert first == second
    with system_scope():
        assert Record.objects.filter(verb="made promotion").count() == 1


def test_other_wishes_under_the_same_key_are_not_lost_silently(
    cast: Cast, now: datetime, soon: dict[str, datetime]
) -> None:
    publish(cast.north_team, by=cast.coordinator, now=now)
    key, dog = uuid4(), cast.north_team.dog
    with scope(user=cast.north_handler.pk):
        make_pack(dog=dog, wishes=wishes(**soon), key=key, by=cast.north_handler, now=now)
        with pytest.raises(Refused, match="was saved already, as it was sent first"):
            make_pack(dog=dog, wishes=wishes(**soon, place="Canteen"), key=key, by=cast.north_handler, now=now)
    publish(cast.south_team, by=cast.coordinator, now=now)
    with scope(user=cast.south_handler.pk), pytest.raises(Refused, match="has grown old"):
        make_pack(dog=cast.south_team.dog, wishes=wishes(**soon), key=key, by=cast.south_handler, now=now)


def test_a_handler_does_not_print_the_surname_of_the_dogs_other_handler(
    cast: Cast, now: datetime, soon: dict[str, datetime]
) -> None:
    publish(cast.north_team, by=cast.coordinator, now=now)
    with system_scope():
        user = make_user("second@northshire.example", "Sia Winterbourne", ("handler", cast.north))
        second = make_handler(cast.north, user, by=cast.coordinator, until=UNTIL)
        Team.objects.create(
            force=cast.north, dog=cast.north_team.dog, handler=second, handler_user=user, base_town="Town",
            since_on=cast.north_team.since_on, lat=cast.north.lat, lng=cast.north.lng,
        )  # fmt: skip
    asked = wishes(**soon, place="Ask for Winterbourne")
    with scope(user=cast.north_handler.pk), pytest.raises(Refused, match="Take out Winterbourne"):
        make_pack(dog=cast.north_team.dog, wishes=asked, key=uuid4(), by=cast.north_handler, now=now)


@pytest.mark.parametrize("who", ["south_lead", "south_handler", "assessor", "host_lead"])
def test_nobody_else_promotes_the_dog(cast: Cast, now: datetime, soon: dict[str, datetime], who: str) -> None:
    publish(cast.north_team, by=cast.coordinator, now=now)
    by = getattr(cast, who)
    with system_scope(), pytest.raises(PermissionDenied):
        make_pack(dog=cast.north_team.dog, wishes=wishes(**soon), key=uuid4(), by=by, now=now)
    with system_scope():
        assert not Pack.objects.exists()


def test_a_dog_without_a_public_page_is_refused(cast: Cast, now: datetime, soon: dict[str, datetime]) -> None:
    with pytest.raises(Refused, match="no public page"):
        packed(cast.north_team, by=cast.north_lead, now=now, **soon)


@pytest.mark.parametrize(("field", "text"), [("place", "With Hari Northshire"), ("message", "Ask PC Northshire.")])
def test_a_surname_in_the_words_is_refused_at_its_field(
    cast: Cast, now: datetime, soon: dict[str, datetime], field: str, text: str
) -> None:
    publish(cast.north_team, by=cast.coordinator, now=now)
    with pytest.raises(Refused, match="surname") as refused:
        packed(cast.north_team, by=cast.north_lead, now=now, **{**soon, field: text})
    assert refused.value.field == field


def test_a_visit_of_yesterday_is_refused(cast: Cast, now: datetime) -> None:
    publish(cast.north_team, by=cast.coordinator, now=now)
    with pytest.raises(Refused, match="still to come"):
        packed(cast.north_team, by=cast.north_lead, now=now, starts_at=now - timedelta(days=1), ends_at=None)


def test_withdrawn_consent_ends_every_pack(cast: Cast, now: datetime, soon: dict[str, datetime]) -> None:
    profile = publish(cast.north_team, by=cast.coordinator, now=now)
    pack = packed(cast.north_team, by=cast.north_lead, now=now, **soon)
    with scope(user=cast.north_handler.pk):
        withdraw_consent(profile=profile, by=cast.north_handler, now=now)
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)), pytest.raises(Refused, match="withdrawn consent"):
        fetch_pack(pack=pack, by=cast.north_lead)


def test_a_page_taken_down_ends_it_too(cast: Cast, now: datetime, soon: dict[str, datetime]) -> None:
    profile = publish(cast.north_team, by=cast.coordinator, now=now)
    pack = packed(cast.north_team, by=cast.north_lead, now=now, **soon)
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        unpublish_profile(profile=profile, by=cast.north_lead, now=now)
        with pytest.raises(Refused, match="not published"):
            fetch_pack(pack=pack, by=cast.north_lead)


def test_the_handlers_name_goes_with_its_consent(cast: Cast, now: datetime, soon: dict[str, datetime]) -> None:
    profile = publish(cast.north_team, by=cast.coordinator, now=now, handler_first_name="Hari Northshire")
    pack = packed(cast.north_team, by=cast.north_lead, now=now, **soon)
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        assert fetch_pack(pack=pack, by=cast.north_lead).subject.handler == "Hari"
    with scope(user=cast.north_handler.pk):
        parts = [part for part in Part.values if part != Part.HANDLER]
        choose_parts(profile=profile, parts=parts, by=cast.north_handler, now=now)
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        assert fetch_pack(pack=pack, by=cast.north_lead).subject.handler == ""


def test_a_pack_prints_the_public_name_not_the_records(cast: Cast, now: datetime, soon: dict[str, datetime]) -> None:
    publish(cast.north_team, by=cast.coordinator, now=now, name="Bramble the Brave")
    pack = packed(cast.north_team, by=cast.north_lead, now=now, **soon)
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        assert fetch_pack(pack=pack, by=cast.north_lead).subject.name == "Bramble the Brave"
        assert Dog.objects.get(pk=pack.dog_id).name == "Bramble"
