"""The dogs' public face: written, approved, published, edited beside what is shown, and ended."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction

from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from dogs.actions import consents, dogs, profiles
from dogs.faces import face_of
from dogs.models import Draft, Profile
from notifications.models import Message
from tests.conftest import Cast
from tests.factories.profiles import approved, make_story, published, sent, written

Step = Callable[[Cast, datetime], Profile]


@pytest.fixture
def network(cast: Cast) -> Iterator[Cast]:
    with system_scope():
        yield cast


def status(profile: Profile) -> str:
    return Draft.objects.get(profile=profile).status


def mails(to: str, kind: str = "dogs/profile_moved") -> list[str]:
    return list(Message.objects.filter(kind=kind, to=to).order_by("pk").values_list("subject", flat=True))


def test_a_draft_shows_nothing_and_names_nobody(network: Cast, now: datetime) -> None:
    profile = written(network, now)
    assert (profile.slug, profile.head, profile.coat) == ("bramble", "labrador", "chocolate")
    assert (profile.story, profile.handler_first_name, profile.since_on) == ("", "", None)
    assert status(profile) == "writing"


def test_two_dogs_of_one_name_have_two_addresses(network: Cast, now: datetime) -> None:
    written(network, now)
    network.south_team.dog.name = "Bramble"
    network.south_team.dog.save()
    other = profiles.write_profile(dog=network.south_team.dog, story=make_story(), by=network.coordinator, now=now)
    assert other.slug == "bramble-2"


def test_the_way_from_the_handler_to_the_public(network: Cast, now: datetime) -> None:
    profile = published(network, now)
    assert status(profile) == "published"
    assert (profile.handler_first_name, profile.handler_role) == ("Hari", "Response officer")
    assert profile.story == "Leans on people."
    with scope():
        assert Profile.objects.filter(slug="bramble").exists()
    told = Record.objects.filter(object_uuid=profile.uuid).order_by("pk").values_list("verb", "from_state", "to_state")
    assert list(told) == [
        ("opened profile", "", ""),
        ("wrote profile", "", ""),
        ("sent profile", "writing", "sent"),
        ("approved profile", "sent", "approved"),
        ("consent given", "none", "given"),
        ("published profile", "approved", "published"),
    ]


def test_each_step_tells_who_acts_next(network: Cast, now: datetime) -> None:
    published(network, now)
    assert mails("lead@northshire.example") == ["Bramble’s profile waits for you to approve it"]
    assert mails("coordinator@ok9.example", "dogs/profile_to_publish") == [
        "Bramble’s profile, of Northshire Police, is ready to publish"
    ]
    assert mails("handler@northshire.example") == [
        "Bramble’s profile is approved",
        "Consent recorded for Bramble’s public page",
        "Bramble’s public page is published",
    ]
    assert mails("lead@southshire.example") == []


def test_an_edit_stands_beside_what_the_public_reads(network: Cast, now: datetime) -> None:
    published(network, now)
    profile = written(network, now, story="Now also sings.")
    assert (profile.story, status(profile)) == ("Leans on people.", "writing")
    with scope():
        face = face_of("bramble")
    assert face is not None
    assert face.story == "Leans on people."
    profiles.send_profile(profile=profile, by=network.north_handler, now=now)
    profiles.approve_profile(profile=profile, by=network.north_lead, now=now)
    profile = profiles.publish_profile(profile=profile, by=network.coordinator, now=now)
    assert (profile.story, status(profile)) == ("Now also sings.", "published")


def test_words_that_were_sent_again_are_not_approved_or_published_unread(network: Cast, now: datetime) -> None:
    later, last = now + timedelta(minutes=1), now + timedelta(minutes=2)
    profile = sent(network, now)
    profiles.take_back_profile(profile=profile, by=network.north_handler, now=later)
    sent(network, later, story="Something else.")
    with pytest.raises(Refused, match="has changed since you opened this page"):
        profiles.approve_profile(profile=profile, by=network.north_lead, now=later, as_of=now)
    profiles.approve_profile(profile=profile, by=network.north_lead, now=later, as_of=later)
    consents.give_consent(profile=profile, by=network.north_handler, now=later)
    profiles.take_back_profile(profile=profile, by=network.north_handler, now=last)
    profiles.send_profile(profile=profile, by=network.north_handler, now=last)
    profiles.approve_profile(profile=profile, by=network.north_lead, now=last)
    with pytest.raises(Refused, match="has changed since you opened this page"):
        profiles.publish_profile(profile=profile, by=network.coordinator, now=last, as_of=later)
    profiles.publish_profile(profile=profile, by=network.coordinator, now=last, as_of=last)
    assert status(profile) == "published"


def test_what_others_read_is_not_changed_under_their_eyes(network: Cast, now: datetime) -> None:
    sent(network, now)
    with pytest.raises(Refused, match="is with the lead"):
        written(network, now)
    profile = Profile.objects.get()
    profiles.approve_profile(profile=profile, by=network.north_lead, now=now)
    with pytest.raises(Refused, match="is with the coordinators"):
        written(network, now)
    profiles.take_back_profile(profile=profile, by=network.north_handler, now=now)
    assert mails("lead@northshire.example")[-1] == "Bramble’s profile was taken back"
    written(network, now, story="Better.")
    assert status(profile) == "writing"


def test_the_lead_sends_back_before_and_the_coordinator_after(network: Cast, now: datetime) -> None:
    profile = sent(network, now)
    with pytest.raises(Refused) as refused:
        profiles.send_back_profile(profile=profile, reason=" ", by=network.north_lead, now=now)
    assert refused.value.field == "reason"
    profiles.send_back_profile(profile=profile, reason="Too long.", by=network.north_lead, now=now)
    draft = Draft.objects.get()
    assert (draft.status, draft.reason) == ("writing", "Too long.")
    assert mails("handler@northshire.example") == ["Bramble’s profile was sent back"]
    assert "Too long." in Message.objects.get(kind="dogs/profile_moved", to="handler@northshire.example").text
    profile = approved(network, now)
    with pytest.raises(PermissionDenied):
        profiles.send_back_profile(profile=profile, reason="No.", by=network.north_lead, now=now)
    profiles.send_back_profile(profile=profile, reason="Whose garden?", by=network.coordinator, now=now)
    assert mails("lead@northshire.example")[-1] == "Bramble’s profile was sent back"
    with pytest.raises(Refused, match="waits for nobody"):
        profiles.send_back_profile(profile=profile, reason="Again.", by=network.coordinator, now=now)


@pytest.mark.parametrize(
    ("step", "action"),
    [
        (written, profiles.approve_profile),
        (written, profiles.take_back_profile),
        (written, profiles.publish_profile),
        (sent, profiles.send_profile),
        (sent, profiles.publish_profile),
        (approved, profiles.send_profile),
        (approved, profiles.approve_profile),
        (published, profiles.send_profile),
        (published, profiles.approve_profile),
        (published, profiles.take_back_profile),
        (published, profiles.publish_profile),
        (written, profiles.unpublish_profile),
    ],
)
def test_a_step_out_of_turn_is_refused_in_words(
    step: Step, action: Callable[..., Profile], network: Cast, now: datetime
) -> None:
    profile = step(network, now)
    if profile.consent != "given":
        consents.give_consent(profile=profile, by=network.north_handler, now=now)
    by = {
        profiles.send_profile: network.north_handler,
        profiles.take_back_profile: network.north_handler,
        profiles.approve_profile: network.north_lead,
    }.get(action, network.coordinator)
    before = status(profile)
    with pytest.raises(Refused, match=r"Bramble.*\."):
        action(profile=profile, by=by, now=now)
    assert status(profile) == before


def test_the_database_refuses_a_leap_too(network: Cast, now: datetime) -> None:
    profile = written(network, now)
    for leap in ("approved", "published"):
        with pytest.raises(InternalError, match="Invalid transition"), transaction.atomic():
            Draft.objects.filter(profile=profile).update(status=leap)
    with pytest.raises(InternalError, match="Invalid transition"), transaction.atomic():
        Profile.objects.filter(pk=profile.pk).update(consent="withdrawn")


@pytest.mark.parametrize("who", ["south_lead", "south_handler", "host_lead", "assessor"])
def test_other_forces_keep_their_hands_off(who: str, network: Cast, now: datetime) -> None:
    profile, by = published(network, now), getattr(network, who)
    for action in (
        profiles.send_profile, profiles.take_back_profile, profiles.approve_profile, profiles.publish_profile,
        profiles.unpublish_profile, consents.give_consent, consents.withdraw_consent,
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            action(profile=profile, by=by, now=now)
    with pytest.raises(PermissionDenied):
        profiles.write_profile(dog=network.north_team.dog, story=make_story(), by=by, now=now)
    with pytest.raises(PermissionDenied):
        profiles.send_back_profile(profile=profile, reason="No.", by=by, now=now)
    with pytest.raises(PermissionDenied):
        consents.choose_parts(profile=profile, parts=[], by=by, now=now)


def test_the_handler_approves_nothing_and_the_lead_publishes_nothing(network: Cast, now: datetime) -> None:
    profile = sent(network, now)
    with pytest.raises(PermissionDenied):
        profiles.approve_profile(profile=profile, by=network.north_handler, now=now)
    profiles.approve_profile(profile=profile, by=network.north_lead, now=now)
    for by in (network.north_handler, network.north_lead):
        with pytest.raises(PermissionDenied):
            profiles.publish_profile(profile=profile, by=by, now=now)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"story": "  "}, "Write the story first"),
        ({"story": "Works with Hari  Northshire."}, "name Hari Northshire in full"),
        ({"story": "Chip 900 123 456 789 012."}, "microchip"),
    ],
)
def test_nothing_is_sent_that_the_public_must_not_read(
    words: dict[str, object], said: str, network: Cast, now: datetime
) -> None:
    profile = written(network, now, **words)
    with pytest.raises(Refused, match=said) as refused:
        profiles.send_profile(profile=profile, by=network.north_handler, now=now)
    assert refused.value.field == "story"
    assert status(profile) == "writing"


def test_no_consent_no_page(network: Cast, now: datetime) -> None:
    profile = approved(network, now)
    with pytest.raises(Refused, match="not given consent"):
        profiles.publish_profile(profile=profile, by=network.coordinator, now=now)


def test_a_suspended_dog_is_not_shown(network: Cast, now: datetime) -> None:
    profile = approved(network, now)
    consents.give_consent(profile=profile, by=network.north_handler, now=now)
    dogs.suspend_dog(dog=network.north_team.dog, reason="A scare.", by=network.north_lead, now=now)
    with pytest.raises(Refused, match="not accredited"):
        profiles.publish_profile(profile=profile, by=network.coordinator, now=now)


def test_unpublishing_keeps_the_consent_and_what_was_shown_last(network: Cast, now: datetime) -> None:
    profile = published(network, now)
    profile = profiles.unpublish_profile(profile=profile, by=network.north_lead, now=now)
    assert (profile.consent, profile.published_at) == ("given", None)
    profile = profiles.publish_profile(profile=profile, by=network.coordinator, now=now)
    assert profile.story == "Leans on people."


@pytest.mark.parametrize(("end", "died"), [(dogs.retire_dog, False), (dogs.record_death, True)])
def test_with_consent_the_page_becomes_a_tribute(
    end: Callable[..., object], died: bool, network: Cast, now: datetime
) -> None:
    profile = published(network, now)
    end(dog=network.north_team.dog, by=network.north_lead, now=now)
    profile.refresh_from_db()
    assert (profile.is_tribute, profile.has_died, profile.published_at is not None) == (True, died, True)
    assert profile.until_on is not None


def test_without_consent_to_a_tribute_the_page_goes(network: Cast, now: datetime) -> None:
    profile = published(network, now)
    profile = consents.choose_parts(profile=profile, parts=["story"], by=network.north_handler, now=now)
    dogs.record_death(dog=network.north_team.dog, by=network.north_lead, now=now)
    profile.refresh_from_db()
    assert profile.published_at is None
    assert mails("handler@northshire.example")[-1] == "Bramble’s public page is taken down"
    with pytest.raises(Refused, match="tribute"):
        profiles.publish_profile(profile=profile, by=network.coordinator, now=now)
    consents.choose_parts(profile=profile, parts=["story", "tribute"], by=network.north_handler, now=now)
    profile = profiles.publish_profile(profile=profile, by=network.coordinator, now=now)
    assert (profile.story, profile.is_tribute) == ("Leans on people.", True)
