"""Consent part by part: who may give it, what it shows, and that it ends at once and everywhere."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from audit.models import Record
from core.lifecycle import Refused
from core.public_pages import VERSION_KEY
from core.tenancy import scope, system_scope
from deployments.actions.leaving import leave_scheme
from dogs.actions import consents
from dogs.actions.dogs import form_team, part_team, retire_dog
from dogs.actions.showing import works
from dogs.actions.visits import plan_visit
from dogs.faces import face_of
from dogs.inputs import PlannedVisit
from dogs.models import Answer, PartConsent, Profile
from dogs.states import Part
from notifications.models import Message
from portal.board import watched
from tests.boundaries.walk import read
from tests.conftest import Cast, SignedIn
from tests.factories.accounts import make_user
from tests.factories.network import make_handler
from tests.factories.profiles import photographed, published, written

# What a page says only where its part is agreed to.
SAID = {
    Part.STORY: "Leans on people.",
    Part.ANSWERS: "Yawns in chorus",
    Part.PHOTOS: "Asleep on the jackets",
    Part.HANDLER: "Hari",
    Part.PLACE: "Northshire",
    Part.SINCE: "2022",
    Part.GOOD_TO_KNOW: "children",
    Part.AWARDS: "Golden biscuit",
}


@pytest.fixture
def network(cast: Cast) -> Iterator[Cast]:
    with system_scope():
        yield cast


@pytest.fixture
def profile(network: Cast, now: datetime, settings: Settings, tmp_path: Path) -> Profile:
    settings.MEDIA_ROOT = tmp_path
    profile = written(network, now)
    photographed(profile, by=network.north_handler, now=now)
    return published(network, now)


def test_the_handler_alone_agrees_and_a_coordinator_says_how(network: Cast, now: datetime) -> None:
    profile = written(network, now)
    with pytest.raises(PermissionDenied):
        consents.give_consent(profile=profile, by=network.north_lead, now=now)
    with pytest.raises(Refused) as refused:
        consents.give_consent(profile=profile, by=network.coordinator, now=now)
    assert refused.value.field == "why"
    profile = consents.give_consent(profile=profile, by=network.coordinator, now=now, why="Signed on paper.")
    with pytest.raises(Refused, match="already"):
        consents.give_consent(profile=profile, by=network.north_handler, now=now)


def test_each_yes_and_each_no_is_written_down(profile: Profile, network: Cast, now: datetime) -> None:
    assert PartConsent.objects.filter(profile=profile, withdrawn_at=None).count() == len(Part)
    consents.choose_parts(profile=profile, parts=[Part.STORY], by=network.north_handler, now=now)
    gone = PartConsent.objects.filter(profile=profile, withdrawn_at__isnull=False)
    assert set(gone.values_list("given_by", "withdrawn_by")) == {(network.north_handler.pk, network.north_handler.pk)}
    consents.choose_parts(profile=profile, parts=[Part.STORY, Part.AWARDS], by=network.north_handler, now=now)
    profile.refresh_from_db()
    assert profile.parts == ["story", "awards"]
    assert PartConsent.objects.filter(profile=profile, part="awards").count() == 2
    changed = Record.objects.filter(object_uuid=profile.uuid, verb="consent changed").order_by("pk").last()
    assert changed is not None
    assert changed.details == {"before": ["story"], "parts": ["story", "awards"]}
    assert Message.objects.filter(to="lead@northshire.example", subject__contains="may show has changed").exists()


@pytest.mark.parametrize("part", list(SAID))
def test_a_part_without_consent_is_in_no_row_no_face_and_on_no_page(
    part: Part, profile: Profile, network: Cast, now: datetime, client: Client
) -> None:
    # (The force's name is also in the mail address that nobody sees; the page is searched, not the network.)
    words = f"since {SAID[part]}" if part == Part.SINCE else SAID[part]  # (the year alone may be in any address)
    assert words in client.get("/dogs/bramble/").content.decode()
    with scope():
        assert SAID[part] in str(face_of("bramble"))
    rest = [other for other in Part if other != part]
    consents.choose_parts(profile=profile, parts=rest, by=network.north_handler, now=now)
    with scope():
        face = face_of("bramble")
        row = Profile.objects.values().get(slug="bramble")
        answers = list(Answer.objects.values_list("words", flat=True))
    assert face is not None
    assert SAID[part] not in str(face)
    assert all(SAID[other] in str(face) for other in SAID if other != part)
    told = {**row, "consent_at": "", "published_at": "", "until_on": ""}
    assert SAID[part] not in f"{told} {answers}"
    pages = [client.get(address).content.decode() for address in ("/dogs/bramble/", "/dogs/", "/")]
    assert all("Bramble" in page for page in pages[:2])
    assert not [page for page in pages if words in page]


def test_after_agreeing_again_a_coordinator_shows_the_page_again_from_the_mail(
    profile: Profile, network: Cast, now: datetime
) -> None:
    consents.withdraw_consent(profile=profile, by=network.north_handler, now=now)
    asked = Message.objects.filter(kind="dogs/profile_to_publish", to=network.coordinator.email)
    before = asked.count()
    later = now + timedelta(minutes=1)
    consents.give_consent(profile=profile, by=network.north_handler, now=later)
    assert asked.count() == before + 1
    page, client = f"/coordinator/profiles/{profile.uuid}/", SignedIn().sign_in(network.coordinator)
    assert page in asked.latest("pk").text
    assert "agrees to a public page again" in asked.latest("pk").text
    assert watched().to_publish == 1
    assert f'href="{page}"' in client.get("/coordinator/profiles/").content.decode()
    said = client.get(page).content.decode()
    assert "Publish it" in said
    assert f'action="{page}publish/"' in said
    assert client.post(f"{page}publish/").status_code == 302
    assert Profile.objects.get(pk=profile.pk).published_at
    assert watched().to_publish == 0


def test_the_handler_who_agrees_again_reads_whom_it_waits_for(profile: Profile, network: Cast, now: datetime) -> None:
    consents.withdraw_consent(profile=profile, by=network.north_handler, now=now)
    client = SignedIn().sign_in(network.north_handler)
    address = f"/member/dogs/{profile.dog.uuid}/profile/consent/"
    said = client.post(address, {"parts": ["story"]}, follow=True).content.decode()
    assert "It is shown once a coordinator has published it." in said


def test_a_tribute_waits_for_a_coordinator_once_it_is_agreed_to(profile: Profile, network: Cast, now: datetime) -> None:
    rest = [part for part in Part if part != Part.TRIBUTE]
    consents.choose_parts(profile=profile, parts=rest, by=network.north_handler, now=now)
    retire_dog(dog=profile.dog, why="Old age", by=network.coordinator, now=now)
    assert watched().to_publish == 0
    consents.choose_parts(profile=profile, parts=["story"], by=network.north_handler, now=now)
    assert watched().to_publish == 0
    consents.choose_parts(profile=profile, parts=["story", "tribute"], by=network.north_handler, now=now)
    assert watched().to_publish == 1


def test_agreeing_again_brings_back_what_was_published(profile: Profile, network: Cast, now: datetime) -> None:
    consents.choose_parts(profile=profile, parts=[], by=network.north_handler, now=now)
    profile = consents.choose_parts(profile=profile, parts=list(Part), by=network.north_handler, now=now)
    assert (profile.story, profile.awards) == ("Leans on people.", [[2024, "Golden biscuit"]])
    assert Answer.objects.filter(profile=profile).count() == 2


def test_the_name_shown_is_that_of_the_handler_who_agreed(profile: Profile, network: Cast, now: datetime) -> None:
    with system_scope():
        second = _second_handler(network)
        without = [part for part in Part if part != Part.HANDLER]
        consents.choose_parts(profile=profile, parts=without, by=network.north_handler, now=now)
        profile = consents.choose_parts(profile=profile, parts=list(Part), by=second, now=now)
    assert profile.handler_first_name == "Sana"


def _second_handler(cast: Cast) -> User:
    user = make_user("second@northshire.example", "Sana Second", ("handler", cast.north))
    handler = make_handler(cast.north, user, by=cast.coordinator, until=cast.north_team.assessed_until)
    team = cast.north_team
    type(team).objects.create(
        force=cast.north, dog=team.dog, handler=handler, handler_user=user, since_on=team.since_on,
        base_town=team.base_town, lat=team.lat, lng=team.lng,
    )  # fmt: skip
    return user


def test_who_parted_writes_no_more_and_may_still_take_their_consent_back(
    profile: Profile, network: Cast, now: datetime
) -> None:
    part_team(team=network.north_team, by=network.coordinator, now=now)
    dog = network.north_team.dog
    assert not works(dog, network.north_handler)
    with pytest.raises(PermissionDenied):
        consents.choose_parts(profile=profile, parts=[Part.STORY], by=network.north_handler, now=now)
    assert consents.withdraw_consent(profile=profile, by=network.north_handler, now=now).published_at is None
    with pytest.raises(PermissionDenied):
        consents.give_consent(profile=profile, by=network.north_handler, now=now)


def test_no_page_names_a_handler_who_has_parted_or_left(profile: Profile, network: Cast, now: datetime) -> None:
    assert Profile.objects.get(pk=profile.pk).handler_first_name == "Hari"
    part_team(team=network.north_team, by=network.coordinator, now=now)
    shown = Profile.objects.get(pk=profile.pk)
    assert (shown.handler_first_name, shown.handler_role, shown.story) == ("", "", "Leans on people.")
    with system_scope():
        form_team(
            dog=network.north_team.dog, handler=network.north_team.handler, since_on=now.date(), by=None, now=now
        )  # fmt: skip
        assert Profile.objects.get(pk=profile.pk).handler_first_name == "Hari"  # together again, and it was agreed to
        leave_scheme(handler=network.north_team.handler, by=network.coordinator, now=now)
    assert Profile.objects.get(pk=profile.pk).handler_first_name == ""
    assert not network.north_team.dog.teams.filter(is_active=True).exists()
    assert Record.objects.filter(verb="parted team").count() == 2


def test_a_dog_that_stops_names_who_was_there_to_the_end(profile: Profile, network: Cast, now: datetime) -> None:
    second = _second_handler(network)
    with system_scope():
        leave_scheme(handler=network.north_team.handler, by=network.coordinator, now=now)
        retire_dog(dog=network.north_team.dog, by=network.coordinator, now=now)
    assert Profile.objects.get(pk=profile.pk).handler_first_name == ""
    dog = network.north_team.dog
    dog.refresh_from_db()
    assert (works(dog, network.north_handler), works(dog, second)) == (False, True)


def test_a_consent_on_paper_is_the_handlers_own(network: Cast, now: datetime) -> None:
    profile = written(network, now)
    consents.give_consent(profile=profile, by=network.coordinator, now=now, why="A signed form in the file.")
    assert set(PartConsent.objects.values_list("given_by", flat=True)) == {network.north_handler.pk}
    profile = published(network, now)
    assert profile.handler_first_name == "Hari"
    second = _second_handler(network)
    part_team(team=network.north_team, by=network.coordinator, now=now)
    assert Profile.objects.get(pk=profile.pk).handler_first_name == ""
    consents.choose_parts(profile=profile, parts=list(Part), by=second, now=now)
    assert Profile.objects.get(pk=profile.pk).handler_first_name == "Sana"
    assert consents.gave_consent(profile, network.north_handler)


def test_planned_visits_end_with_the_pair(network: Cast, now: datetime) -> None:
    start = now + timedelta(days=90)
    planned = PlannedVisit(start, start + timedelta(hours=2), "Custody", "")
    visit = plan_visit(team=network.north_team, visit=planned, by=network.north_handler, now=now)
    leave_scheme(handler=network.north_team.handler, by=network.coordinator, now=now)
    visit.refresh_from_db()
    assert visit.cancelled_at == now
    told = Message.objects.filter(kind="dogs/visit_settled").values_list("user_id", flat=True)
    assert list(told) == [network.north_handler.pk]


def test_whoever_has_left_finds_what_they_agreed_to_and_takes_it_back(
    profile: Profile, network: Cast, now: datetime
) -> None:
    with system_scope():
        leave_scheme(handler=network.north_team.handler, by=network.coordinator, now=now)
    browser = SignedIn().sign_in(network.north_handler)
    page = browser.get("/member/consents/").content.decode()
    withdraw = f"/member/dogs/{network.north_team.dog.uuid}/profile/withdraw/"
    assert "Bramble" in page
    assert withdraw in page
    assert browser.post(withdraw).headers["Location"] == "/member/consents/"
    assert "taken it all back" in browser.get("/member/consents/").content.decode()
    with system_scope():
        assert Profile.objects.get(pk=profile.pk).published_at is None


def test_withdrawing_twice_is_refused(profile: Profile, network: Cast, now: datetime) -> None:
    consents.withdraw_consent(profile=profile, by=network.north_handler, now=now)
    with pytest.raises(Refused, match="no consent"):
        consents.withdraw_consent(profile=profile, by=network.north_handler, now=now)
    with pytest.raises(Refused, match="no consent"):
        consents.choose_parts(profile=profile, parts=[], by=network.north_handler, now=now)


@pytest.mark.django_db(transaction=True)
def test_withdrawing_takes_the_page_down_and_everything_with_it(
    now: datetime, request: pytest.FixtureRequest, client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    cast = request.getfixturevalue("cast")
    with system_scope():
        photo = photographed(written(cast, now), by=cast.north_handler, now=now)
        profile = published(cast, now)
    picture, before = f"/photos/{photo.uuid}/400.jpg", cache.get(VERSION_KEY)
    assert [read(client.get(page))[:2] for page in ("/dogs/bramble/", picture)] == [b"<!", b"\xff\xd8"]
    with scope(user=cast.north_handler.pk):
        profile = consents.withdraw_consent(profile=profile, by=cast.north_handler, now=now)
    assert (profile.consent, profile.published_at, profile.parts, profile.story) == ("withdrawn", None, [], "")
    assert cache.get(VERSION_KEY) not in (None, before)
    assert [client.get(page).status_code for page in ("/dogs/bramble/", picture)] == [404, 404]
    assert "Bramble" not in client.get("/dogs/").content.decode()
    with scope():
        assert not Profile.objects.exists()
        assert not Answer.objects.exists()
        assert face_of("bramble") is None
