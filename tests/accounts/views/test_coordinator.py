"""The people of the whole network."""

import pytest
from django.urls import reverse

from accounts.models import Invitation
from core.tenancy import system_scope
from tests.conftest import Cast, SignedIn

pytestmark = pytest.mark.django_db
INVITED = {"email": "new@southshire.example", "name": "Nia New"}


def test_a_coordinator_finds_anybody(cast: Cast, as_user: type[SignedIn]) -> None:
    coordinator = as_user().sign_in(cast.coordinator)
    page = coordinator.get(reverse("coordinator_person_list")).content.decode()
    assert cast.north_handler.email in page
    assert cast.south_handler.email in page
    page = coordinator.get(reverse("coordinator_person_list"), {"q": "hari south"}).content.decode()
    assert cast.south_handler.email in page
    assert cast.north_handler.email not in page


def test_a_coordinator_invites_a_lead_and_an_assessor(cast: Cast, as_user: type[SignedIn]) -> None:
    coordinator = as_user().sign_in(cast.coordinator)
    address = reverse("coordinator_person_invite")
    assert coordinator.post(address, {**INVITED, "role": "lead", "force": str(cast.south.uuid)}).status_code == 302
    assert coordinator.post(address, {**INVITED, "role": "assessor"}).status_code == 302
    with system_scope():
        held = set(Invitation.objects.values_list("role", "force__slug"))
    assert held == {("lead", "southshire"), ("assessor", None)}


@pytest.mark.parametrize(("role", "of_force"), [("lead", False), ("assessor", True)])
def test_role_and_force_must_fit(cast: Cast, as_user: type[SignedIn], role: str, of_force: bool) -> None:
    told = {**INVITED, "role": role, "force": str(cast.south.uuid) if of_force else ""}
    answer = as_user().sign_in(cast.coordinator).post(reverse("coordinator_person_invite"), told)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"force"}


@pytest.mark.parametrize("name", ["coordinator_person_list", "coordinator_person_invite"])
def test_others_keep_out(cast: Cast, as_user: type[SignedIn], name: str) -> None:
    for user in (cast.north_lead, cast.north_handler, cast.assessor):
        assert as_user().sign_in(user).get(reverse(name)).status_code == 403
    assert as_user().get(reverse(name)).status_code == 302
    assert as_user().sign_in(cast.coordinator).delete(reverse(name)).status_code == 405


def test_without_the_second_factor_a_coordinator_gets_no_further(cast: Cast, as_user: type[SignedIn]) -> None:
    answer = as_user().sign_in(cast.coordinator, second_factor=False).get(reverse("coordinator_person_list"))
    assert answer["Location"] == reverse("mfa_activate_totp")
