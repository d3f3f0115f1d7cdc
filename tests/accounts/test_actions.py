"""Invitations: who may invite whom, links that work once for seven days, and what is told to whom."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied

from accounts.actions import (
    LinkState,
    accept_invitation,
    add_person,
    invite_person,
    keep_profile,
    read_link,
    set_up_demo_second_factor,
)
from accounts.inputs import Invited, Person
from accounts.models import Force, Invitation, Profile, Role, User
from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from notifications.models import Message
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
NEW = "new@northshire.example"


def invite(by: User, force: Force | None, role: str = "handler", *, now: datetime, email: str = NEW) -> str:
    """Invite as `by` and return the token out of the mail."""
    national = by.email.startswith("coordinator")
    with scope(user=by.pk, forces=(force.pk,) if force and not national else (), national=national):
        invite_person(invited=Invited(email, "Nia New", role, force), by=by, now=now)
    with system_scope():
        text = Message.unscoped.filter(kind="accounts/invitation").latest("pk").text
    return re.search(r"/invitations/([\w-]+)/", text)[1]  # type: ignore[index]


def accept(token: str, now: datetime) -> User:
    return accept_invitation(token=token, person=Person("Nia New", "07700 900321"), password="three odd words", now=now)


def records(verb: str) -> int:
    with system_scope():
        return Record.objects.filter(verb=verb).count()


def test_a_lead_brings_a_handler_in(cast: Cast, now: datetime) -> None:
    token = invite(cast.north_lead, cast.north, now=now)
    assert read_link(token, now=now).state == LinkState.OPEN
    user = accept(token, now)
    assert user.check_password("three odd words")
    with system_scope():
        assert Role.objects.filter(user=user, role="handler", force=cast.north).exists()
        assert Profile.objects.get(user=user).telephone == "07700 900321"
        told = Message.unscoped.get(kind="accounts/invitation_accepted")
    assert told.to == cast.north_lead.email
    assert records("invite_person") == records("accept_invitation") == 1


def test_the_secret_is_kept_as_its_hash_only(cast: Cast, now: datetime) -> None:
    token = invite(cast.north_lead, cast.north, now=now)
    with system_scope():
        kept = Invitation.objects.get()
    assert token not in {str(getattr(kept, field.name)) for field in Invitation._meta.fields}


def test_a_link_does_not_outlive_its_senders_own_role(cast: Cast, now: datetime) -> None:
    token = invite(cast.north_lead, cast.north, "deputy", now=now)
    with system_scope():
        Role.objects.filter(user=cast.north_lead).delete()
    with pytest.raises(Refused, match="Ask for a new invitation"):
        accept(token, now)
    with system_scope():
        assert not Role.objects.filter(role="deputy").exists()
        assert not User.objects.filter(email=NEW).exists()


def test_invitations_by_the_dozen_are_stopped(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.actions.INVITATIONS_AN_HOUR", 1)
    invite(cast.north_lead, cast.north, now=now)
    with pytest.raises(Refused, match="a great many invitations"):
        invite(cast.north_lead, cast.north, now=now, email="other@northshire.example")


@pytest.mark.parametrize("role", ["lead", "coordinator", "assessor"])
def test_a_lead_invites_deputies_and_handlers_only(cast: Cast, now: datetime, role: str) -> None:
    force = cast.north if role == "lead" else None
    with pytest.raises(PermissionDenied):
        invite(cast.north_lead, force, role, now=now)


def test_nobody_invites_into_another_force(cast: Cast, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        invite(cast.north_lead, cast.south, now=now)
    with pytest.raises(PermissionDenied):
        invite(cast.north_handler, cast.north, now=now)


@pytest.mark.parametrize(("role", "of_force"), [("lead", True), ("handler", True), ("coordinator", False)])
def test_a_coordinator_invites_anybody(cast: Cast, now: datetime, role: str, of_force: bool) -> None:
    token = invite(cast.coordinator, cast.south if of_force else None, role, now=now)
    accept(token, now)
    with system_scope():
        assert Role.objects.get(user__email=NEW).role == role


def test_a_national_role_has_no_force(cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        invite(cast.coordinator, cast.north, "assessor", now=now)
    assert refused.value.field == "force"


def test_a_role_that_is_held_is_not_offered_again(cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused):
        invite(cast.north_lead, cast.north, now=now, email=cast.north_handler.email.upper())


def test_a_link_works_once(cast: Cast, now: datetime) -> None:
    token = invite(cast.north_lead, cast.north, now=now)
    accept(token, now)
    assert read_link(token, now=now).state == LinkState.USED
    with pytest.raises(Refused):
        accept(token, now)


def test_a_link_ends_after_seven_days_and_an_unknown_one_says_nothing(cast: Cast, now: datetime) -> None:
    token = invite(cast.north_lead, cast.north, now=now)
    late = now + timedelta(days=7)
    assert read_link(token, now=late - timedelta(seconds=1)).state == LinkState.OPEN
    assert read_link(token, now=late).state == LinkState.EXPIRED
    with pytest.raises(Refused):
        accept(token, late)
    assert read_link("no-such-token", now=now).state == LinkState.UNKNOWN
    with pytest.raises(Refused):
        accept("no-such-token", now)
    assert not User.objects.filter(email=NEW).exists()


def test_a_newer_link_ends_the_older(cast: Cast, now: datetime) -> None:
    older = invite(cast.north_lead, cast.north, now=now)
    newer = invite(cast.north_lead, cast.north, now=now + timedelta(hours=1))
    assert read_link(older, now=now + timedelta(hours=2)).state == LinkState.EXPIRED
    assert read_link(newer, now=now + timedelta(hours=2)).state == LinkState.OPEN


def test_somebody_with_an_account_gets_the_role_and_keeps_password_and_name(cast: Cast, now: datetime) -> None:
    token = invite(cast.north_lead, cast.north, "deputy", now=now, email=cast.south_handler.email)
    assert read_link(token, now=now).has_account
    user = accept(token, now)
    assert user == cast.south_handler
    assert user.check_password("correct horse battery")
    with system_scope():
        assert set(Role.objects.filter(user=user).values_list("role", flat=True)) == {"handler", "deputy"}
        assert Profile.objects.get(user=user).name == "Hari Southshire"


def test_a_closed_account_stays_closed(cast: Cast, now: datetime) -> None:
    token = invite(cast.north_lead, cast.north, now=now, email=cast.south_handler.email)
    User.objects.filter(pk=cast.south_handler.pk).update(is_active=False)
    with pytest.raises(Refused):
        accept(token, now)
    assert read_link(token, now=now).state == LinkState.OPEN


def test_people_keep_their_own_details(cast: Cast, now: datetime) -> None:
    with scope(user=cast.north_handler.pk):
        keep_profile(person=Person("Hari Other", "07700 900999", False, "cy"), by=cast.north_handler, now=now)
        kept = Profile.objects.get(user=cast.north_handler)
    assert (kept.name, kept.telephone, kept.texts, kept.language) == ("Hari Other", "07700 900999", False, "cy")
    assert records("keep_profile") == 1


def test_only_the_demonstration_sets_up_a_second_factor_for_somebody(cast: Cast, settings: object) -> None:
    settings.OK9_DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(ImproperlyConfigured):
        set_up_demo_second_factor(cast.coordinator)


def test_an_added_person_may_sign_in_at_once(now: datetime) -> None:
    with system_scope():
        user = add_person(email="Some.One@Northshire.example", password="pw", person=Person("Some One"), now=now)
    assert user.email == "some.one@northshire.example"
    assert user.emailaddress_set.get().verified  # type: ignore[attr-defined]
