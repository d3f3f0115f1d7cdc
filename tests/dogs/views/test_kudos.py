"""The paw's doorway: without an account, from our own pages only, and calm under a flood."""

import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCacheClient
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from redis.exceptions import ConnectionError as NoConnectionError

from core.tenancy import system_scope
from dogs.models import Kudos
from tests.conftest import Cast, SignedIn
from tests.dogs.conftest import Publish

ADDRESS = "/dogs/waffle/kudos/"
OWN = {"Origin": "http://testserver"}


@pytest.fixture(autouse=True)
def waffle(publish: Publish) -> None:
    cache.clear()
    publish("Waffle")


def paws() -> int:
    with system_scope():
        return sum(Kudos.objects.values_list("paws", flat=True))


def test_the_button_works_without_a_script_and_says_thank_you(client: Client) -> None:
    assert f'action="{ADDRESS}"' in client.get("/dogs/waffle/").content.decode()
    sent = client.post(ADDRESS, headers=OWN)
    assert (sent.status_code, sent["Location"]) == (302, ADDRESS)
    thanks = client.get(ADDRESS)
    page = thanks.content.decode()
    assert "Thank you. Waffle felt that." in page
    assert "1 paw so far" in page
    assert "Give Waffle a paw" not in page
    assert "no-store" in thanks["Cache-Control"]
    assert '<link rel="canonical" href="http://localhost:8000/dogs/waffle/">' in page
    assert not thanks.cookies


def test_a_second_paw_on_one_day_is_told_so(client: Client) -> None:
    client.post(ADDRESS, headers=OWN)
    again = client.post(ADDRESS, headers=OWN, follow=True)
    assert "You gave Waffle a paw today. Come back tomorrow." in again.content.decode()
    assert paws() == 1


def test_the_script_is_told_in_short(client: Client) -> None:
    told = client.post(ADDRESS, headers={**OWN, "Accept": "application/json"})
    assert told.json() == {"said": "Thank you. Waffle felt that.", "paws": "1 paw so far"}
    again = client.post(ADDRESS, headers={**OWN, "Accept": "application/json"})
    assert again.json()["said"] == "You gave Waffle a paw today. Come back tomorrow."


def test_a_paw_is_on_the_kept_page_of_every_language_at_once(
    client: Client, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.PUBLIC_PAGES_KEPT_SECONDS = 600
    for address in ("/dogs/waffle/", "/cy/dogs/waffle/", "/dogs/"):
        assert "1 paw so far" not in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/cy{ADDRESS}", headers=OWN)
    assert "1 paw so far" in client.get("/dogs/waffle/").content.decode()
    assert "1 bawen hyd yma" in client.get("/cy/dogs/waffle/").content.decode()
    with django_capture_on_commit_callbacks(execute=True) as owed:
        client.post(ADDRESS, headers=OWN)  # of the same device: nothing is made anew
    assert not owed


def test_in_welsh_it_goes_on_in_welsh(client: Client) -> None:
    sent = client.post(f"/cy{ADDRESS}", headers=OWN)
    assert sent["Location"] == f"/cy{ADDRESS}"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Referer": "https://elsewhere.example/http://testserver/"},
        {"Origin": "http://testserver.elsewhere.example"},
    ],
)
def test_a_paw_from_another_site_is_refused_in_words(client: Client, headers: dict[str, str]) -> None:
    refused = client.post(ADDRESS, headers=headers)
    assert refused.status_code == 403
    assert "did not come from Waffle’s page" in refused.content.decode()
    assert paws() == 0


@pytest.mark.parametrize("headers", [OWN, {"Referer": "http://testserver/dogs/waffle/"}])
def test_a_paw_needs_no_token(headers: dict[str, str]) -> None:
    assert Client(enforce_csrf_checks=True).post(ADDRESS, headers=headers).status_code == 302


def test_somebody_signed_in_may_give_one_too(cast: Cast, as_user: type[SignedIn]) -> None:
    assert as_user().sign_in(cast.north_lead).post(ADDRESS, headers=OWN).status_code == 302
    assert paws() == 1


@pytest.mark.usefixtures("one_moment")
@pytest.mark.parametrize("limit", ["KUDOS_AN_HOUR", "KUDOS_A_MINUTE"])
def test_a_flood_is_answered_with_a_clear_page(client: Client, settings: Settings, limit: str) -> None:
    setattr(settings, limit, 2)
    answers = [client.post(ADDRESS, headers={**OWN, "User-Agent": str(number)}) for number in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 429, 429]
    assert "we have stopped counting" in answers[-1].content.decode()
    assert paws() == 2


def test_without_the_cache_nobody_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_args: object, **_kwargs: object) -> None:
        raise NoConnectionError("refused")

    monkeypatch.setattr(RedisCacheClient, "add", gone)
    assert client.post(ADDRESS, headers=OWN).status_code == 302


def test_a_dog_that_is_remembered_or_hidden_gets_none(client: Client, publish: Publish) -> None:
    publish("Bear", is_tribute=True)
    publish("Secret", published=False)
    for name in ("bear", "secret", "nobody"):
        assert client.post(f"/dogs/{name}/kudos/", headers=OWN).status_code == 404
        assert client.get(f"/dogs/{name}/kudos/").status_code == 404
    assert "data-kudos" not in client.get("/dogs/bear/").content.decode()
    assert client.delete(ADDRESS).status_code == 405
