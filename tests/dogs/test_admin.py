"""Dogs, teams, time away and profiles in the coordinators' admin: every state moves by its action."""

from datetime import datetime
from typing import Any

import pytest
from django.http import HttpRequest
from django.urls import reverse

from accounts.admin_house import HouseAdmin
from audit.models import Record
from core.tenancy import system_scope
from dogs.actions import profiles
from dogs.actions.dogs import suspend_dog
from dogs.models import Commitment, Document, Dog, Profile
from tests.conftest import UNTIL, Cast, SignedIn
from tests.factories.dogs import make_document
from tests.factories.profiles import published


@pytest.fixture
def coordinator(cast: Cast, as_user: type[SignedIn]) -> SignedIn:
    return as_user().sign_in(cast.coordinator)


def act(name: str, pk: int, slug: str) -> str:
    return reverse(f"admin:dogs_{name}_act", args=[pk, slug])


def test_a_dog_is_added_through_its_action(cast: Cast, coordinator: SignedIn) -> None:
    typed = {"force": cast.north.pk, "name": " Trifle ", "breed": "Labrador", "sex": "f", "born_on": "2022-05-01"}
    assert coordinator.post(reverse("admin:dogs_dog_add"), typed).status_code == 302
    with system_scope():
        dog = Dog.objects.get(name="Trifle")
        assert (dog.status, Record.objects.get(object_uuid=dog.uuid).verb) == ("prospective", "added dog")


def test_what_is_refused_is_said_and_what_was_typed_is_kept(cast: Cast, coordinator: SignedIn) -> None:
    typed = {"force": cast.north.pk, "name": "Trifle", "breed": "Labrador", "sex": "f", "born_on": "2999-05-01"}
    response = coordinator.post(reverse("admin:dogs_dog_add"), typed)
    assert response.status_code == 200
    assert b"is in the future" in response.content
    assert b'value="Trifle"' in response.content
    with system_scope():
        assert not Dog.objects.filter(name="Trifle").exists()


def test_a_dog_is_suspended_with_a_reason(cast: Cast, coordinator: SignedIn) -> None:
    page = act("dog", cast.north_team.dog_id, "suspend")
    assert coordinator.get(page).status_code == 200
    assert coordinator.post(page, {"reason": ""}).status_code == 200
    assert coordinator.post(page, {"reason": "A scare."}).status_code == 302
    with system_scope():
        dog = Dog.objects.get(pk=cast.north_team.dog_id)
        assert (dog.status, dog.status_reason) == ("suspended", "A scare.")
    stale = coordinator.post(act("dog", dog.pk, "rest"), {"why": ""})
    assert stale.status_code == 200
    assert b"can&#x27;t become" in stale.content
    shown = coordinator.get(reverse("admin:dogs_dog_change", args=[dog.pk])).content
    assert act("dog", dog.pk, "return").encode() in shown
    assert act("dog", dog.pk, "rest").encode() not in shown


def test_a_status_can_not_be_typed(cast: Cast, coordinator: SignedIn) -> None:
    dog = cast.north_team.dog
    typed = {"name": "Bramble", "breed": "Labrador", "sex": "f", "born_on": "01/03/2021", "status": "retired"}
    assert coordinator.post(reverse("admin:dogs_dog_change", args=[dog.pk]), typed).status_code == 302
    with system_scope():
        assert Dog.objects.get(pk=dog.pk).status == "accredited"


DESCRIBED = {"name": "Bram", "breed": "Labrador", "sex": "f", "born_on": "01/03/2021"}


def test_what_is_typed_undoes_nothing_that_moved_meanwhile(
    cast: Cast, coordinator: SignedIn, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    dog, read = cast.north_team.dog, HouseAdmin.get_object

    def read_then_bitten(self: HouseAdmin, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = read(self, request, object_id, from_field)
        if Dog.objects.get(pk=dog.pk).status == "accredited":
            suspend_dog(dog=dog, reason="A bite.", by=cast.coordinator, now=now)
        return found

    monkeypatch.setattr(HouseAdmin, "get_object", read_then_bitten)
    assert coordinator.post(reverse("admin:dogs_dog_change", args=[dog.pk]), DESCRIBED).status_code == 302
    with system_scope():
        stands = Dog.objects.get(pk=dog.pk)
    assert (stands.name, stands.status, stands.status_reason) == ("Bram", "suspended", "A bite.")


def test_another_description_is_on_the_public_page_at_once(cast: Cast, coordinator: SignedIn, now: datetime) -> None:
    with system_scope():
        profile = published(cast, now)
        handler = cast.north_team.handler
    coordinator.post(reverse("admin:dogs_dog_change", args=[cast.north_team.dog_id]), DESCRIBED)
    typed = {"name": "Harriet Northshire", "role_title": "Dog lead"}
    coordinator.post(reverse("admin:network_handler_change", args=[handler.pk]), typed)
    with system_scope():
        shown = Profile.objects.get(pk=profile.pk)
    assert (shown.name, shown.handler_first_name, shown.handler_role) == ("Bram", "Harriet", "Dog lead")


def test_unknown_rows_and_actions_are_not_found(cast: Cast, coordinator: SignedIn) -> None:
    assert coordinator.get(act("dog", 999_999, "suspend")).status_code == 404
    assert coordinator.get(act("dog", cast.north_team.dog_id, "sell")).status_code == 404


def test_leave_is_entered_once_and_cancelled(cast: Cast, coordinator: SignedIn) -> None:
    typed = {"team": cast.north_team.pk, "kind": "leave", "start": "2027-01-04T00:00", "end": "2027-01-09T00:00"}
    add = reverse("admin:dogs_commitment_add")
    assert coordinator.post(add, typed).status_code == 302
    assert coordinator.post(add, typed).status_code == 302  # the same again is what stands
    other = coordinator.post(add, {**typed, "end": "2027-01-10T00:00"})
    assert other.status_code == 200
    assert b"already booked" in other.content
    backwards = coordinator.post(add, {**typed, "start": "2027-02-04T00:00", "end": "2027-02-01T00:00"})
    assert b"The end must be after the start." in backwards.content
    with system_scope():
        busy = Commitment.objects.get()
    assert coordinator.get(reverse("admin:dogs_commitment_change", args=[busy.pk])).status_code == 200
    assert coordinator.post(act("commitment", busy.pk, "cancel"), {"why": "Ill."}).status_code == 302
    with system_scope():
        busy.refresh_from_db()
    assert busy.cancelled_at is not None


def test_a_document_is_verified_or_sent_back(cast: Cast, coordinator: SignedIn) -> None:
    with system_scope():
        first, second = (
            make_document(cast.north, "sop", by=cast.north_lead, until=UNTIL, status="submitted") for _ in range(2)
        )
    assert coordinator.post(act("document", first.pk, "verify"), {}).status_code == 302
    assert coordinator.post(act("document", second.pk, "send-back"), {"reason": "Blurred."}).status_code == 302
    with system_scope():
        assert set(Document.objects.filter(kind="sop").values_list("status", flat=True)) == {"verified", "rejected"}


def test_teams_are_formed_and_parted(cast: Cast, coordinator: SignedIn) -> None:
    typed = {"dog": cast.north_team.dog_id, "handler": cast.south_team.handler_id, "since_on": "2026-01-01"}
    assert b"a team is of one force" in coordinator.post(reverse("admin:dogs_team_add"), typed).content
    assert coordinator.post(act("team", cast.north_team.pk, "part"), {"why": ""}).status_code == 302
    with system_scope():
        cast.north_team.refresh_from_db()
    assert not cast.north_team.is_active


def test_a_profile_goes_public_when_approved_and_agreed_to(cast: Cast, coordinator: SignedIn, now: datetime) -> None:
    add = reverse("admin:dogs_profile_add")
    assert coordinator.post(add, {"dog": cast.north_team.dog_id, "story": "Leans."}).status_code == 302
    with system_scope():
        profile = Profile.objects.get()
        profiles.send_profile(profile=profile, by=cast.north_handler, now=now)
    assert coordinator.post(act("profile", profile.pk, "send-back"), {"reason": "Longer."}).status_code == 302
    with system_scope():
        profiles.send_profile(profile=profile, by=cast.north_handler, now=now)
    assert coordinator.post(act("profile", profile.pk, "approve"), {}).status_code == 302
    assert b"not given consent" in coordinator.post(act("profile", profile.pk, "publish"), {}).content
    paper = act("profile", profile.pk, "consent")
    assert b"how the handler gave consent" in coordinator.post(paper, {"parts": ["story"]}).content
    assert coordinator.post(paper, {"parts": ["story"], "why": "On paper."}).status_code == 302
    assert coordinator.get(reverse("admin:dogs_profile_change", args=[profile.pk])).status_code == 200
    assert coordinator.post(act("profile", profile.pk, "publish"), {}).status_code == 302
    parts = {"parts": ["story", "place"], "why": "On the telephone."}
    assert coordinator.post(act("profile", profile.pk, "parts"), parts).status_code == 302
    with system_scope():
        profile.refresh_from_db()
    assert (profile.story, profile.parts, profile.published_at is not None) == ("Leans.", ["story", "place"], True)
    assert coordinator.post(act("profile", profile.pk, "withdraw"), {"why": "Asked to."}).status_code == 302
    with system_scope():
        profile.refresh_from_db()
    assert profile.published_at is None
