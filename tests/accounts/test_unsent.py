"""A form that arrives after the sign-in has ended waits for the person who sent it, and for nobody else."""

from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Profile, User
from accounts.tasks import forget_sessions
from accounts.unsent import COOKIE, KEPT, LARGEST
from core.tenancy import system_scope
from tests.accounts.test_sign_in import PASSWORD, person, sign_in
from tests.factories.accounts import make_force

pytestmark = pytest.mark.django_db
TYPED = {"name": "Lee <b>New</b> Name", "telephone": "07700 900555", "texts": "on", "language": "en-gb"}
DOOR, FORM, WAITS = reverse("account_login"), reverse("profile"), reverse("unsent")


@pytest.fixture
def lead() -> User:
    return person("lead@northshire.example", "lead", make_force())


@pytest.fixture
def ended(client: Client, lead: User) -> Client:
    """A browser whose sign-in has ended: its session is gone, its cookies are there."""
    sign_in(client, lead.email)
    client.get(FORM)
    Session.objects.all().delete()
    client.session.flush()
    return client


def name_of(user: User) -> str:
    with system_scope():
        return Profile.objects.get(user=user).name


def test_what_was_typed_is_there_after_signing_in_and_is_sent_as_it_was(ended: Client, lead: User) -> None:
    door = ended.post(FORM, TYPED)
    assert door["Location"] == f"{DOOR}?next={FORM}"
    assert "What you typed is kept" in ended.get(door["Location"]).content.decode()
    assert sign_in(ended, lead.email, then=FORM)["Location"] == FORM  # type: ignore[index]
    assert f'href="{WAITS}"' in ended.get(FORM).content.decode()
    assert f'href="{WAITS}"' not in ended.get(reverse("member_home")).content.decode()
    page = ended.get(WAITS).content.decode()
    assert "<b>New" not in page
    assert all(f'name="{name}" value="{value}"' in unescape(page) for name, value in TYPED.items())
    assert name_of(lead) == "Some One"
    assert ended.post(FORM, TYPED).status_code == 302
    assert name_of(lead) == TYPED["name"]
    assert ended.get(WAITS)["Location"] == reverse("home_redirect")


def test_the_pages_of_the_digital_forms_say_so_too(client: Client) -> None:
    handler, address = (
        person("hand@northshire.example", "handler", make_force("southshire")),
        reverse("member_incident_add"),
    )
    sign_in(client, handler.email)
    del client.cookies["sessionid"]
    client.post(address, {"account": "A door banged."})
    sign_in(client, handler.email, then=address)
    assert f'href="{WAITS}"' in client.get(address).content.decode()


def test_the_next_person_at_that_browser_reads_nothing_of_it(ended: Client) -> None:
    other = person("other@northshire.example", "lead", make_force("southshire"))
    ended.post(FORM, TYPED)
    sign_in(ended, other.email)
    assert f'href="{WAITS}"' not in ended.get(FORM).content.decode()
    assert ended.get(WAITS)["Location"] == reverse("home_redirect")
    assert "New" not in str(dict(ended.session))


def test_who_signed_out_leaves_nothing_behind(client: Client, lead: User) -> None:
    sign_in(client, lead.email)
    assert client.cookies[COOKIE].value
    client.post(reverse("account_logout"))
    assert not client.cookies[COOKIE].value
    door = client.post(FORM, TYPED)
    assert "What you sent was not saved" in client.get(door["Location"]).content.decode()
    assert "unsent" not in client.session


@pytest.mark.parametrize("cookie", ["", "1", "1:forged:forged"])
def test_a_cookie_that_we_did_not_sign_keeps_nothing(client: Client, cookie: str) -> None:
    client.cookies[COOKIE] = cookie
    client.post(FORM, TYPED)
    assert "unsent" not in client.session


def test_it_waits_for_a_day_and_not_at_any_size(ended: Client, lead: User) -> None:
    ended.post(FORM, TYPED | {"name": "x" * LARGEST})
    assert "unsent" not in ended.session
    ended.post(FORM, TYPED)
    assert ended.session.get_expiry_age() <= KEPT.total_seconds()
    sign_in(ended, lead.email)
    assert ended.session.get_expiry_age() > 29 * KEPT.total_seconds()
    with time_machine.travel(datetime.now().astimezone() + timedelta(hours=25)):
        assert ended.get(WAITS)["Location"] == reverse("home_redirect")


def test_a_button_leads_back_to_the_page_that_it_stood_on(ended: Client, lead: User) -> None:
    """Its own address takes no visit; an address elsewhere is not believed."""
    button = reverse("member_inbox_read")
    page = reverse("member_inbox")
    for came_from, leads_to in (
        (f"http://testserver{page}?page=2#last", f"{page}%3Fpage%3D2"),
        ("http://evil.example/x", button),
        ("http://testserver//evil.example/x", "/%252Fevil.example/x"),
        ("", button),
    ):
        answer = ended.post(button, {"upto": "1"}, headers={"referer": came_from})
        assert answer["Location"] == f"{DOOR}?next={leads_to}"
    ended.post(button, {"upto": "1"}, headers={"referer": f"http://testserver{page}"})
    sign_in(ended, lead.email)
    assert f'href="{WAITS}"' in ended.get(page).content.decode()


@pytest.mark.parametrize("name", ["account_change_password", "account_reauthenticate", "mfa_activate_totp"])
def test_nothing_of_signing_in_is_ever_kept(ended: Client, name: str) -> None:
    secret = {"oldpassword": PASSWORD, "password1": "another odd phrase", "password": PASSWORD, "code": "123 456"}
    answer = ended.post(reverse(name), secret)
    assert answer["Location"].startswith(DOOR)
    assert "What you sent was not saved" in ended.get(answer["Location"]).content.decode()
    assert not {PASSWORD, "another odd phrase", "123 456"} & set(str(dict(ended.session)).split("'"))
    ended.post(FORM, TYPED | {"password": PASSWORD})
    assert "unsent" not in ended.session


def test_a_file_has_to_be_chosen_again(ended: Client, lead: User) -> None:
    address = reverse("member_document_add")
    ended.post(address, {"kind": "sop", "file": SimpleUploadedFile("a.pdf", b"%PDF")})
    sign_in(ended, lead.email)
    assert "Your file is not kept" in ended.get(WAITS).content.decode()


def test_every_night_forgets_the_sign_ins_that_have_ended(client: Client, lead: User) -> None:
    sign_in(client, lead.email)
    client.get(FORM)
    now = datetime.now().astimezone()
    with time_machine.travel(now + timedelta(days=29)):
        forget_sessions()
        assert Session.objects.count() == UserSession.objects.count() == 1
    with time_machine.travel(now + timedelta(seconds=settings.SESSION_COOKIE_AGE, days=1)):
        forget_sessions()
        assert Session.objects.count() == UserSession.objects.count() == 0
