"""The drawings, the gallery and a dog's page, as anybody sees them."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from django.db import connection
from django.http import Http404
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from dogs.gallery import PAGE_SIZE
from dogs.views import public
from tests.conftest import Cast
from tests.dogs.conftest import Publish


def test_a_drawing_is_served_for_a_year_without_the_database() -> None:
    response = public.portrait(RequestFactory().get("/"), "labrador-black-drop-ball-soft-card")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content.startswith(b"<svg")


def test_a_drawing_travels_packed_where_the_reader_takes_it() -> None:
    words = "labrador-black-drop-ball-soft-card"
    plain = public.portrait(RequestFactory().get("/"), words)
    packed = public.portrait(RequestFactory().get("/", headers={"Accept-Encoding": "gzip, br"}), words)
    assert not plain.has_header("Content-Encoding")
    assert packed["Content-Encoding"] == "br"
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert brotli.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2


@pytest.mark.parametrize("words", ["labrador", "labrador-black-drop-ball-soft-poster", "x" * 300])
def test_a_drawing_of_unknown_words_is_not_there(words: str) -> None:
    with pytest.raises(Http404):
        public.portrait(RequestFactory().get("/"), words)


def test_the_gallery_shows_published_dogs_only(client: Client, publish: Publish) -> None:
    publish("Waffle")
    publish("Secret", published=False)
    page = client.get("/dogs/").content.decode()
    assert "Waffle" in page
    assert re.search(r"Dan, (<[^>]+>)?detective", page)
    assert "Secret" not in page


def test_a_lead_sees_no_more_in_the_gallery_than_anybody(
    publish: Publish, cast: Cast, as_user: Callable[[], Client]
) -> None:
    publish("Secret", published=False)
    client = as_user().sign_in(cast.north_lead)  # type: ignore[attr-defined]
    assert "Secret" not in client.get("/dogs/").content.decode()
    assert client.get("/dogs/secret/").status_code == 404


def test_the_gallery_is_filtered_by_region_and_force(client: Client, publish: Publish) -> None:
    publish("Waffle")
    publish("Custard", force="south")
    assert "Custard" not in client.get("/dogs/?region=North").content.decode()
    assert "Waffle" not in client.get("/dogs/?force=southshire").content.decode()
    both = client.get("/dogs/?region=Nowhere&force=none&page=zero").content.decode()
    assert "Waffle" in both
    assert "Custard" in both


def test_the_next_page_keeps_the_filter(client: Client, publish: Publish) -> None:
    for number in range(PAGE_SIZE + 1):
        publish(f"Dog{number:02}")
    page = client.get("/dogs/?region=North").content.decode()
    assert "?region=North&amp;page=2" in page
    assert "Dog24" in client.get("/dogs/?region=North&page=2").content.decode()


def test_an_empty_gallery_says_what_to_do(client: Client, cast: Cast) -> None:
    page = client.get("/dogs/")
    assert page.status_code == 200
    assert "asleep" in page.content.decode()


def test_a_dogs_page_tells_its_story_and_describes_the_drawing(client: Client, publish: Publish) -> None:
    publish("Waffle", trick="Naps <b>loudly</b>", since_on=date(2023, 1, 1), good_with=["crowds"])
    publish("Biscuit")
    page = client.get("/dogs/waffle/").content.decode()
    assert "Naps &lt;b&gt;loudly&lt;/b&gt;" in page
    assert "Drawing of Waffle, Labrador" in page
    assert "Good with crowds" in page
    assert "On the job since 2023." in page
    assert "Biscuit" in page
    assert '<meta name="description"' in page


def test_a_dog_that_has_stopped_is_remembered_apart(client: Client, publish: Publish) -> None:
    publish("Bear", is_tribute=True, since_on=date(2019, 1, 1), until_on=date(2026, 1, 1))
    assert "Bear" not in client.get("/dogs/").content.decode()
    assert "Bear" in client.get("/dogs/?show=remembered").content.decode()
    page = client.get("/dogs/bear/").content.decode()
    assert "worked with us from 2019 to 2026" in page
    assert "-soft-hero.svg" in page


@pytest.mark.parametrize("address", ["/dogs/nobody/", "/dogs/secret/"])
def test_a_dog_that_is_not_published_is_not_there(client: Client, publish: Publish, address: str) -> None:
    publish("Secret", published=False)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/dogs/", "/dogs/waffle/", "/portraits/labrador-black-drop-ball-soft-card.svg"])
def test_public_pages_are_only_read(client: Client, publish: Publish, address: str) -> None:
    publish("Waffle")
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", ["/", "/dogs/", "/dogs/dog00/"])
def test_a_public_page_takes_at_most_five_queries_and_sets_no_cookie(
    client: Client, publish: Publish, address: str
) -> None:
    for number in range(12):
        publish(f"Dog{number:02}", trick="Naps")
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    # A test runs inside a transaction, so the request's own becomes a savepoint: those two are not queries of the page.
    queries = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(queries) <= 5, queries
    assert response.status_code == 200
    assert not response.cookies
    assert "style=" not in response.content.decode()


def test_no_template_of_ours_carries_an_inline_style_or_script() -> None:
    for template in Path("templates").rglob("*.html"):
        if {"emails", "pdf"} & set(template.parts):
            continue
        text = template.read_text("utf-8").replace('<script>{% include "early.js" %}</script>', "")
        assert " style=" not in text, template
        assert "<script>" not in text, template
        assert " onclick=" not in text, template
