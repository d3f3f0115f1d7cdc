"""The invitation's door."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Invitation, Role, User
from core.tenancy import system_scope
from tests.accounts.test_actions import NEW, accept, invite
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
TOLD = {"name": "Nia New", "telephone": "07700 900321", "password": "three odd words"}


def door(token: str) -> str:
    return reverse("invitation_accept", args=[token])


def test_a_newcomer_comes_in_and_signs_in(cast: Cast, client: Client, now: datetime) -> None:
    token = invite(cast.north_lead, cast.north, now=now)
    page = client.get(door(token))
    assert "Northshire Police" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    answer = client.post(door(token), TOLD, follow=True)
    assert answer.redirect_chain == [(reverse("account_login"), 302)]
    assert "You are in, as handler." in answer.content.decode()
    answer = client.post(reverse("account_login"), {"login": NEW, "password": TOLD["password"]})
    assert answer["Location"] == reverse("home_redirect")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "password1234"}, "too common"),
        ({"telephone": "call me"}, "Enter a telephone number"),
        ({"name": ""}, "Fill in “Your name”."),
    ],
)
def test_what_is_wrong_is_said(cast: Cast, client: Client, now: datetime, wrong: dict[str, str], sentence: str) -> None:
    token = invite(cast.north_lead, cast.north, now=now)
    answer = client.post(door(token), {**TOLD, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not User.objects.filter(email=NEW).exists()


def test_somebody_who_signs_in_already_only_agrees(cast: Cast, client: Client, now: datetime) -> None:
    token = invite(cast.north_lead, cast.north, "deputy", now=now, email=cast.south_handler.email)
    page = client.get(door(token)).content.decode()
    assert "You have an account with this address already" in page
    assert 'name="password"' not in page
    assert client.post(door(token)).status_code == 302
    with system_scope():
        assert Role.objects.filter(user=cast.south_handler, role="deputy", force=cast.north).exists()


def test_used_expired_and_unknown_links_say_so(cast: Cast, client: Client, now: datetime) -> None:
    used = invite(cast.north_lead, cast.north, now=now)
    accept(used, now)
    late = invite(cast.north_lead, cast.north, "deputy", now=now, email="late@northshire.example")
    with system_scope():
        Invitation.objects.filter(email="late@northshire.example").update(expires_at=now - timedelta(seconds=1))
    answers = [client.get(door(token)) for token in (used, late, "unknown")]
    assert [answer.status_code for answer in answers] == [410, 410, 404]
    sentences = ["has been accepted", "older than seven days", "don’t know this invitation"]
    for answer, sentence in zip(answers, sentences, strict=True):
        assert sentence in answer.content.decode()
    assert client.post(door(late), TOLD).status_code == 410


def test_no_other_method(client: Client) -> None:
    assert client.delete(door("token")).status_code == 405
