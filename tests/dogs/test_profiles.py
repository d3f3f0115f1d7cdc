"""The dogs' public face: only with consent, gone the moment it is withdrawn."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied

from audit.models import Record
from core.lifecycle import Refused
from core.public_pages import VERSION_KEY
from core.tenancy import scope, system_scope
from dogs.actions import dogs, profiles
from dogs.actions.profiles import Story
from dogs.models import Profile
from notifications.models import Message
from tests.conftest import Cast

STORY = Story(story="Leans.", favourite_treat="Carrot.", good_with=("children",))


@pytest.fixture
def network(cast: Cast) -> Iterator[Cast]:
    with system_scope():
        yield cast


@pytest.fixture
def profile(network: Cast, now: datetime) -> Profile:
    return profiles.write_profile(dog=network.north_team.dog, story=STORY, by=network.north_handler, now=now)


def published(profile: Profile, cast: Cast, now: datetime) -> Profile:
    profile = profiles.give_consent(profile=profile, by=cast.north_handler, now=now)
    return profiles.publish_profile(profile=profile, by=cast.coordinator, now=now)


def test_it_takes_the_first_name_and_the_role_and_no_more(profile: Profile) -> None:
    assert (profile.slug, profile.handler_first_name, profile.handler_role) == ("bramble", "Hari", "Response officer")
    assert (profile.head, profile.coat, profile.good_with) == ("labrador", "chocolate", ["children"])


def test_two_dogs_of_one_name_have_two_addresses(profile: Profile, network: Cast, now: datetime) -> None:
    network.south_team.dog.name = "Bramble"
    network.south_team.dog.save()
    other = profiles.write_profile(dog=network.south_team.dog, story=STORY, by=network.coordinator, now=now)
    assert other.slug == "bramble-2"


def test_no_consent_no_page(profile: Profile, network: Cast, now: datetime) -> None:
    with pytest.raises(Refused):
        profiles.publish_profile(profile=profile, by=network.coordinator, now=now)
    with pytest.raises(PermissionDenied):
        profiles.give_consent(profile=profile, by=network.north_lead, now=now)
    with pytest.raises(Refused) as refused:
        profiles.give_consent(profile=profile, by=network.coordinator, now=now)
    assert refused.value.field == "why"
    profile = profiles.give_consent(profile=profile, by=network.coordinator, now=now, why="Signed on paper.")
    with pytest.raises(Refused):
        profiles.give_consent(profile=profile, by=network.north_handler, now=now)


def test_the_public_sees_a_published_page_and_nobody_elses(profile: Profile, cast: Cast, now: datetime) -> None:
    published(profile, cast, now)
    with pytest.raises(Refused):
        profiles.publish_profile(profile=profile, by=cast.coordinator, now=now)
    with scope():
        assert Profile.objects.filter(slug="bramble").exists()


@pytest.mark.django_db(transaction=True)
def test_withdrawing_takes_the_page_down_and_the_cached_ones_with_it(
    now: datetime, request: pytest.FixtureRequest
) -> None:
    cast = request.getfixturevalue("cast")
    with system_scope():
        profile = profiles.write_profile(dog=cast.north_team.dog, story=STORY, by=cast.north_handler, now=now)
        profile = published(profile, cast, now)
    before = cache.get(VERSION_KEY)
    with scope(user=cast.north_handler.pk):
        profile = profiles.withdraw_consent(profile=profile, by=cast.north_handler, now=now)
    assert (profile.consent, profile.published_at, profile.published_by) == ("withdrawn", None, None)
    assert cache.get(VERSION_KEY) not in (None, before)
    with scope():
        assert not Profile.objects.exists()
    with system_scope():
        verbs = Record.objects.filter(object_uuid=profile.uuid).order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["wrote profile", "consent given", "published profile", "consent withdrawn"]
        assert Message.objects.filter(kind="dogs/profile_moved", to="handler@northshire.example").count() == 3
        with pytest.raises(Refused):
            profiles.withdraw_consent(profile=profile, by=cast.north_handler, now=now)


def test_unpublishing_keeps_the_consent(profile: Profile, network: Cast, now: datetime) -> None:
    profile = published(profile, network, now)
    profile = profiles.unpublish_profile(profile=profile, by=network.north_lead, now=now)
    assert (profile.consent, profile.published_at) == ("given", None)
    with pytest.raises(Refused):
        profiles.unpublish_profile(profile=profile, by=network.north_lead, now=now)


def test_a_dog_that_died_is_remembered(profile: Profile, network: Cast, now: datetime) -> None:
    published(profile, network, now)
    dogs.record_death(dog=network.north_team.dog, by=network.north_lead, now=now)
    profile.refresh_from_db()
    assert (profile.is_tribute, profile.until_on is not None, profile.published_at is not None) == (True, True, True)


def test_other_forces_keep_their_hands_off(profile: Profile, network: Cast, now: datetime) -> None:
    profile = published(profile, network, now)
    for by in (network.south_lead, network.south_handler):
        with pytest.raises(PermissionDenied):
            profiles.withdraw_consent(profile=profile, by=by, now=now)
        with pytest.raises(PermissionDenied):
            profiles.write_profile(dog=network.north_team.dog, story=STORY, by=by, now=now)
