"""The dogs' kept pages: the same for every visitor, and gone from everywhere on the next request."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from core.models import Outcode
from core.tenancy import scope, system_scope
from dogs.actions import consents, profiles
from dogs.models import Profile
from tests.conftest import Cast, SignedIn
from tests.factories.profiles import published

# Everything that shows or names a dog; the first ones are the dog's own, the others go on without it.
OWN = [
    "/dogs/bramble/", "/cy/dogs/bramble/", "/dogs/bramble/social.png", "/cy/dogs/bramble/social.png",
    "/api/v1/dogs/bramble/", "/dogs/bramble/kudos/",
]  # fmt: skip
LISTS = [
    "/dogs/", "/cy/dogs/", "/dogs/?view=map", "/dogs/?q=brambel", "/dogs/?region=North", "/dogs/?force=northshire",
    "/cy/dogs/?service=police", "/dogs/?near=S1", "/api/v1/dogs/", "/api/v1/dogs/?q=bramble", "/sitemap.xml", "/",
]  # fmt: skip

End = Callable[[Profile, Cast, datetime], object]


@pytest.fixture(autouse=True)
def kept(settings: Settings) -> Iterator[None]:
    settings.PUBLIC_PAGES_KEPT_SECONDS = 600
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def bramble(cast: Cast, now: datetime, postcode: None) -> Profile:
    with system_scope():
        return published(cast, now)


@pytest.fixture
def postcode(db: None) -> None:
    Outcode.objects.get_or_create(code="S1", defaults={"lat": 53.38, "lng": -1.47})


def names_bramble(client: Client, address: str) -> bool:
    """Whether the address shows the dog; of a list, whether the dog is in it."""
    answer = client.get(address)
    body = b"".join(answer)  # type: ignore[arg-type]
    return answer.status_code == 200 and (address not in LISTS or b"ramble" in body)


def withdraw(profile: Profile, cast: Cast, now: datetime) -> None:
    with scope(user=cast.north_handler.pk):
        consents.withdraw_consent(profile=profile, by=cast.north_handler, now=now)


def unpublish(profile: Profile, cast: Cast, now: datetime) -> None:
    with scope(user=cast.coordinator.pk, national=True):
        profiles.unpublish_profile(profile=profile, by=cast.coordinator, now=now)


@pytest.mark.parametrize("end", [withdraw, unpublish])
def test_what_is_taken_down_is_gone_everywhere_on_the_next_request(
    client: Client,
    bramble: Profile,
    cast: Cast,
    now: datetime,
    end: End,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for _time in range(2):  # (made, then kept)
        assert [address for address in OWN if not names_bramble(client, address)] == []
        shown = [address for address in LISTS if address != "/"]
        assert [address for address in shown if not names_bramble(client, address)] == []
    with django_capture_on_commit_callbacks(execute=True):
        end(bramble, cast, now)
    assert [address for address in OWN if client.get(address).status_code != 404] == []
    assert [address for address in LISTS if names_bramble(client, address)] == []


def test_a_kept_page_asks_the_database_nothing(client: Client, bramble: Profile) -> None:
    pages = ["/dogs/", "/dogs/bramble/", "/cy/dogs/bramble/", "/dogs/?region=North", "/api/v1/dogs/", "/sitemap.xml"]
    first = [client.get(page) for page in pages]
    with CaptureQueriesContext(connection) as asked:
        second = [client.get(page) for page in pages]
    assert not asked.captured_queries
    assert [page.content for page in first] == [page.content for page in second]
    assert not any(page.cookies for page in second)
    assert all("nonce-" not in page["Content-Security-Policy"] for page in second)
    assert all(page["ETag"] for page in second)


def test_languages_are_kept_apart(client: Client, bramble: Profile) -> None:
    for _time in range(2):
        assert 'lang="en-gb"' in client.get("/dogs/").content.decode()
        assert 'lang="cy"' in client.get("/cy/dogs/").content.decode()


def test_somebody_signed_in_never_gets_or_fills_a_kept_page(
    client: Client, bramble: Profile, cast: Cast, as_user: type[SignedIn]
) -> None:
    lead = as_user().sign_in(cast.north_lead)
    own = lead.get("/dogs/")
    assert "Your pages" in own.content.decode()
    assert own["Cache-Control"] == "private, no-store"
    assert "Your pages" not in client.get("/dogs/").content.decode()
    client.get("/dogs/")
    assert "Your pages" in lead.get("/dogs/").content.decode()


@pytest.mark.parametrize(
    "query", ["?q=bramble", "?near=S1", "?utm=1", "?region=Nowhere", "?page=2", "?page=1", "?region="]
)
def test_what_a_stranger_makes_up_is_not_kept(client: Client, bramble: Profile, query: str) -> None:
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/dogs/{query}")
        assert asked.captured_queries


def test_a_paw_does_not_leave_the_kept_pages_behind(
    client: Client, bramble: Profile, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client.get("/dogs/")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/dogs/bramble/kudos/", headers={"Origin": "http://testserver"})
    with CaptureQueriesContext(connection) as asked:
        client.get("/dogs/")
    assert not asked.captured_queries
