"""A lead's people and one's own details."""

import pytest
from django.urls import reverse

from accounts.models import Invitation, Profile
from audit.models import Record
from core.tenancy import system_scope
from tests.conftest import Cast, SignedIn

pytestmark = pytest.mark.django_db
INVITED = {"email": "new@northshire.example", "name": "Nia New", "role": "handler"}


def test_a_lead_sees_the_people_of_the_own_force_only(cast: Cast, as_user: type[SignedIn]) -> None:
    page = as_user().sign_in(cast.north_lead).get(reverse("person_list")).content.decode()
    assert cast.north_handler.email in page
    assert "Hari Northshire" in page
    assert cast.south_handler.email not in page


def test_a_lead_invites(cast: Cast, as_user: type[SignedIn]) -> None:
    lead = as_user().sign_in(cast.north_lead)
    assert lead.get(reverse("person_invite")).status_code == 200
    answer = lead.post(reverse("person_invite"), INVITED, follow=True)
    assert "Invitation sent to new@northshire.example." in answer.content.decode()
    assert "Nia New" in answer.content.decode()
    with system_scope():
        assert Invitation.objects.get().force == cast.north
        assert Record.objects.get(verb="invite_person").actor_name == "Lee Northshire"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "nobody"}, "Enter a valid email address"),
        ({"name": ""}, "Fill in “Name”."),
        ({"role": "lead"}, "Choose one of those that are offered"),
        ({"role": "coordinator"}, "Choose one of those that are offered"),
        ({"email": "handler@northshire.example"}, "holds this role already"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    cast: Cast, as_user: type[SignedIn], wrong: dict[str, str], sentence: str
) -> None:
    answer = as_user().sign_in(cast.north_lead).post(reverse("person_invite"), {**INVITED, **wrong})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert wrong.get("email", INVITED["email"]) in page
    with system_scope():
        assert not Invitation.objects.exists()


def test_another_forces_id_is_not_a_choice(cast: Cast, as_user: type[SignedIn]) -> None:
    """A lead of one force is not asked for it; whatever the form says, it is their own."""
    as_user().sign_in(cast.north_lead).post(reverse("person_invite"), {**INVITED, "force": str(cast.south.uuid)})
    with system_scope():
        assert Invitation.objects.get().force == cast.north


@pytest.mark.parametrize("name", ["person_list", "person_invite"])
def test_handlers_and_visitors_keep_out(cast: Cast, as_user: type[SignedIn], name: str) -> None:
    assert as_user().sign_in(cast.north_handler).get(reverse(name)).status_code == 403
    assert as_user().get(reverse(name)).status_code == 302


def test_everybody_keeps_their_own_details(cast: Cast, as_user: type[SignedIn]) -> None:
    handler = as_user().sign_in(cast.north_handler)
    assert "Hari Northshire" in handler.get(reverse("profile")).content.decode()
    told = {"name": "Hari Other", "telephone": "07700 900555", "language": "cy"}
    assert handler.post(reverse("profile"), told)["Location"] == reverse("profile")
    with system_scope():
        kept = Profile.objects.get(user=cast.north_handler)
    assert (kept.name, kept.telephone, kept.texts, kept.language) == ("Hari Other", "07700 900555", False, "cy")


def test_a_wrong_number_is_said_and_kept(cast: Cast, as_user: type[SignedIn]) -> None:
    told = {"name": "Hari", "telephone": "not a number", "language": "en-gb"}
    answer = as_user().sign_in(cast.north_handler).post(reverse("profile"), told)
    assert answer.status_code == 422
    assert "not a number" in answer.content.decode()


def test_a_coordinators_details_keep_their_own_frame(cast: Cast, as_user: type[SignedIn]) -> None:
    answer = as_user().sign_in(cast.coordinator).get(reverse("profile"))
    assert "base_coordinator.html" in {template.name for template in answer.templates}


@pytest.mark.parametrize("name", ["profile", "person_list", "person_invite"])
def test_no_other_method(cast: Cast, as_user: type[SignedIn], name: str) -> None:
    assert as_user().sign_in(cast.north_lead).delete(reverse(name)).status_code == 405
