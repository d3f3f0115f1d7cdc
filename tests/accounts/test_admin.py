"""The coordinators' admin: who comes in, what is shown, what is typed, and what the trail keeps of it."""

from datetime import datetime

import pytest
from django.urls import reverse

from accounts.models import Force, Profile, Role, User
from audit.models import Record
from core.models import Outcode
from core.tenancy import system_scope
from deployments.actions.proposing import propose_offers
from tests.conftest import Cast, SignedIn
from tests.factories.accounts import make_user
from tests.factories.deployments import triaged

HOME = "/coordinator/admin/"


@pytest.fixture
def coordinator(cast: Cast, as_user: type[SignedIn]) -> SignedIn:
    return as_user().sign_in(cast.coordinator)


def test_a_stranger_is_asked_to_sign_in_and_comes_back(cast: Cast, as_user: type[SignedIn]) -> None:
    response = as_user().get(HOME)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    assert "next=/coordinator/admin/" in response["Location"]


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "assessor"])
def test_who_does_not_coordinate_is_told_so(cast: Cast, as_user: type[SignedIn], who: str) -> None:
    browser = as_user().sign_in(getattr(cast, who))
    assert browser.get(HOME).status_code == 403
    assert browser.get(reverse("admin:dogs_dog_changelist")).status_code == 403
    assert browser.post(reverse("admin:dogs_dog_add"), {}).status_code == 403


def test_a_coordinator_without_the_second_factor_stays_outside(cast: Cast, as_user: type[SignedIn]) -> None:
    response = as_user().sign_in(cast.coordinator, second_factor=False).get(HOME)
    assert (response.status_code, response["Location"]) == (302, reverse("mfa_activate_totp"))


def test_the_front_page_lists_what_there_is(coordinator: SignedIn) -> None:
    response = coordinator.get(HOME)
    assert response.status_code == 200
    for name in (b"Memberships", b"Dogs", b"Assessments", b"Network numbers"):
        assert name.lower() in response.content.lower()


def test_a_change_is_kept_and_leaves_a_record(cast: Cast, coordinator: SignedIn) -> None:
    with system_scope():
        profile = Profile.objects.get(user=cast.north_lead)
    page = reverse("admin:accounts_profile_change", args=[profile.pk])
    typed = {"name": "Lee Longer", "telephone": "07700 900321", "texts": "on", "language": "en-gb", "user": "1"}
    assert coordinator.post(page, typed).status_code == 302
    with system_scope():
        profile.refresh_from_db()
        kept = Record.objects.get(object_uuid=profile.uuid)
    assert (profile.name, profile.user_id) == ("Lee Longer", cast.north_lead.pk)
    assert (kept.verb, kept.actor_id, kept.details) == (
        "changed",
        cast.coordinator.pk,
        {"fields": ["name", "telephone"]},
    )
    assert b"changed" in coordinator.get(reverse("admin:accounts_profile_history", args=[profile.pk])).content


def test_nothing_typed_nothing_recorded(cast: Cast, coordinator: SignedIn) -> None:
    page = reverse("admin:accounts_user_change", args=[cast.north_lead.pk])
    assert coordinator.post(page, {"is_active": "on"}).status_code == 302
    with system_scope():
        assert not Record.objects.filter(object_uuid=cast.north_lead.uuid).exists()


def test_roles_are_given_and_taken_away(cast: Cast, coordinator: SignedIn) -> None:
    with system_scope():
        user = make_user("new@northshire.example", "Nell New")
    add = reverse("admin:accounts_role_add")
    wrong = coordinator.post(add, {"user": user.pk, "role": "coordinator", "force": cast.north.pk})
    assert wrong.status_code == 200
    assert b"A national role has no force." in wrong.content
    assert b"Choose the force" in coordinator.post(add, {"user": user.pk, "role": "lead"}).content
    assert coordinator.post(add, {"user": user.pk, "role": "deputy", "force": cast.north.pk}).status_code == 302
    with system_scope():
        role = Role.objects.get(user=user)
    assert coordinator.post(reverse("admin:accounts_role_delete", args=[role.pk]), {"post": "yes"}).status_code == 302
    with system_scope():
        assert not Role.objects.filter(user=user).exists()
        verbs = Record.objects.filter(object_uuid=role.uuid).order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["added", "deleted"]


def test_nobody_takes_away_a_role_of_their_own(cast: Cast, coordinator: SignedIn) -> None:
    with system_scope():
        role = Role.objects.get(user=cast.coordinator)
    assert coordinator.post(reverse("admin:accounts_role_delete", args=[role.pk]), {"post": "yes"}).status_code == 403


def test_nobody_closes_their_own_account(cast: Cast, coordinator: SignedIn) -> None:
    assert coordinator.post(reverse("admin:accounts_user_change", args=[cast.coordinator.pk]), {}).status_code == 403
    assert User.objects.get(pk=cast.coordinator.pk).is_active


def test_a_handler_whose_account_is_closed_is_asked_no_more(
    cast: Cast, coordinator: SignedIn, now: datetime, tomorrow: datetime
) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now)
    coordinator.post(reverse("admin:accounts_user_change", args=[cast.north_handler.pk]), {})
    with system_scope():
        _made, left_out = propose_offers(request=request, teams=[cast.north_team.uuid], by=cast.coordinator, now=now)
    assert left_out[0].reasons == ("Hari Northshire can't sign in any more: the account is closed",)


def test_passwords_are_not_shown(cast: Cast, coordinator: SignedIn) -> None:
    page = coordinator.get(reverse("admin:accounts_user_change", args=[cast.north_lead.pk])).content.decode()
    assert User.objects.get(pk=cast.north_lead.pk).password not in page


def test_a_force_that_the_list_does_not_have_is_added(coordinator: SignedIn) -> None:
    page = reverse("admin:accounts_force_add")
    load = {"kind": "fire", "region": "North", "country": "England", "hq_town": "Newtown", "postcode": "ZZ9"}
    typed = {"name": "Middleshire Fire and Rescue", **load}
    unknown = coordinator.post(page, typed)
    assert b"We don\xe2\x80\x99t know this postcode" in unknown.content
    Outcode.objects.create(code="S1", lat=53.38, lng=-1.47)
    typed["postcode"] = "S1 2HE"
    assert coordinator.post(page, typed).status_code == 302
    force = Force.objects.get(slug="middleshire-fire-and-rescue")
    assert (force.region, force.lat, str(force)) == ("North", 53.38, "Middleshire Fire and Rescue")
    assert b"in the list already" in coordinator.post(page, {**typed, "name": "MIDDLESHIRE fire and rescue"}).content
    with system_scope():
        assert Record.objects.get(object_uuid=force.uuid).verb == "add_force"


def test_a_force_is_renamed_and_stays_where_the_country_is(cast: Cast, coordinator: SignedIn) -> None:
    page = reverse("admin:accounts_force_change", args=[cast.north.pk])
    Outcode.objects.create(code="S1", lat=53.38, lng=-1.47)
    typed = {"name": "Northshire Constabulary", "hq_town": "Northtown", "postcode": ""}
    for wrong, words in (
        ({"name": ""}, "Fill in “Name”"),
        ({"name": "!!!"}, "Write the name with letters"),
        ({"name": "SOUTHSHIRE police"}, "in the list already"),
        ({"postcode": "ZZ9"}, "We don’t know this postcode"),
    ):
        assert words in coordinator.post(page, {**typed, **wrong}).content.decode()
    before = cast.north.lat, cast.north.lng
    assert coordinator.post(page, typed).status_code == 302
    cast.north.refresh_from_db()
    assert (cast.north.lat, cast.north.lng) == before
    assert coordinator.post(page, {**typed, "postcode": "S1 2HE"}).status_code == 302
    cast.north.refresh_from_db()
    assert (cast.north.name, cast.north.lat, cast.north.lng) == ("Northshire Constabulary", 53.38, -1.47)


def test_a_list_is_not_narrowed_by_what_its_pages_hide(cast: Cast, coordinator: SignedIn) -> None:
    page = reverse("admin:accounts_user_changelist")
    for query in ("password__startswith=pbkdf2", "password__regex=.", "last_login__isnull=0"):
        assert coordinator.get(f"{page}?{query}").status_code == 400


def test_a_letter_that_no_database_takes_narrows_nothing(cast: Cast, coordinator: SignedIn) -> None:
    for name in ("dogs_dog", "deployments_offer", "accounts_user"):
        page = reverse(f"admin:{name}_changelist")
        answer = coordinator.get(f"{page}?status__exact=a%00b")
        assert (answer.status_code, answer["Location"]) == (302, page)
