"""The public front in two languages: each page has one address in English and one in Welsh. The home page."""

from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from core.tenancy import system_scope
from dogs.models import Answer, Profile
from tests.conftest import Cast
from tests.counting import questions
from tests.factories.dogs import make_dog
from tests.factories.pages import make_news, make_pages, words
from tests.factories.profiles import make_questions

pytestmark = pytest.mark.django_db
PAGES = [
    "home", "about_dogs", "about_network", "join", "question_list", "news_list", "contact", "accessibility", "privacy",
    "cookies", "dog_list", "support",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _texts(now: datetime) -> None:
    cache.clear()
    with system_scope():
        make_pages(now)


def show_dogs(cast: Cast, now: datetime, number: int, *told: str) -> None:
    """Published dogs, each with these answers to the first questions."""
    agreed = {"consent": "given", "consent_at": now, "consent_by": cast.north_handler}
    shown = {"published_at": now, "published_by": cast.coordinator}
    with system_scope():
        for n in range(number):
            profile = Profile.objects.create(
                force=cast.north, dog=make_dog(cast.north, f"Dog {n}"), slug=f"dog-{n}", name=f"Dog {n}",
                breed="Labrador", head="labrador", coat="chocolate", **agreed, **shown,
                parts=["answers"],
            )  # fmt: skip
            for question, words in zip(make_questions(), told, strict=False):
                Answer.objects.create(force=cast.north, profile=profile, question=question, words=words)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_says_its_language_and_leads_to_the_other(page: str, client: Client) -> None:
    english = reverse(page)
    with override("cy"):
        welsh = reverse(page)
    assert welsh == f"/cy{english}"
    in_english, in_welsh = client.get(english).content.decode(), client.get(welsh).content.decode()
    assert '<html lang="en-gb"' in in_english
    assert '<html lang="cy"' in in_welsh
    assert f'href="{welsh}" lang="cy" hreflang="cy">Cymraeg' in in_english
    assert f'href="{english}" lang="en-gb" hreflang="en-gb">English' in in_welsh


def test_the_address_decides_the_language_and_not_the_browser(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "cy"})
    assert '<html lang="en-gb"' in response.content.decode()


def test_the_other_language_keeps_the_filters(client: Client) -> None:
    page = client.get("/dogs/?region=North&show=remembered").content.decode()
    assert 'href="/cy/dogs/?region=North&amp;show=remembered"' in page


def test_the_home_page_shows_what_makes_three_dogs_tick(client: Client, cast: Cast, now: datetime) -> None:
    show_dogs(cast, now, 5, "Toast", "Naps <b>loudly</b>", "Left boot")
    page = client.get("/").content.decode()
    assert page.count('class="quote ') == 3
    for said in ("Naps &lt;b&gt;loudly&lt;/b&gt;", "Left boot", "Toast", "Best trick", "Nap place", "Favourite treat"):
        assert page.count(said) == 1, said
    assert "own a single dog" in page
    assert 'href="/join/"' in page
    assert 'href="/questions/#visits"' in page


def test_the_dogs_that_the_home_page_quotes_are_unlike_each_other(client: Client, cast: Cast, now: datetime) -> None:
    show_dogs(cast, now, 5, "Toast", "Naps", "Left boot")
    with system_scope():
        latest = Profile.objects.order_by("-published_at", "pk")
        for profile, head in zip(latest, ("labrador", "labrador", "spaniel", "labrador", "poodle"), strict=True):
            Profile.objects.filter(pk=profile.pk).update(head=head)
        told = {profile.head: profile.name for profile in reversed(latest.all())}
    page = client.get("/").content.decode()
    quoted = page[page.index('class="quote ') :]
    assert all(name in quoted for name in told.values()), told


def test_the_home_page_shows_the_publics_latest_news(client: Client, cast: Cast, now: datetime) -> None:
    assert "All the news" not in client.get("/").content.decode()
    with system_scope():
        for number in range(4):
            make_news(cast.coordinator, now, words(f"News {number}"))
        make_news(cast.coordinator, now, words("For members"), audience="members")
    page = client.get("/").content.decode()
    assert [f"News {number}" in page for number in range(4)] == [False, True, True, True]
    assert "For members" not in page


def test_the_home_page_asks_little_and_may_be_kept(client: Client, cast: Cast, now: datetime) -> None:
    show_dogs(cast, now, 12, "Toast", "Naps")
    with system_scope():
        for _piece in range(5):
            make_news(cast.coordinator, now)
    assert questions(client, "/") <= 5
    response = client.get("/")
    assert response.is_public_page  # type: ignore[attr-defined]
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_support_says_that_nobody_here_holds_dogs(client: Client) -> None:
    page = client.get("/support/").content.decode()
    assert "The National Police Wellbeing Service holds no dogs." in page
    assert "mutual aid" in page
    assert "pressing need" in page
