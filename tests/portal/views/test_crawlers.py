"""What programs ask for: the site map in both languages, the robots' rules, the manifest and the icons it names."""

import xml.etree.ElementTree as ET
from datetime import datetime

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from django.urls import reverse

from core.tenancy import system_scope
from tests.conftest import Cast
from tests.dogs.conftest import Publish, publish
from tests.factories.pages import make_news, make_pages
from tests.factories.resources import make_resource

__all__ = ["publish"]

pytestmark = pytest.mark.django_db
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LINK = "{http://www.w3.org/1999/xhtml}link"


def test_the_site_map_has_each_page_in_both_languages(
    client: Client, cast: Cast, publish: Publish, now: datetime
) -> None:
    with system_scope():
        make_pages(now)
        poster = make_resource("Poster", audience="public", by=cast.coordinator, now=now)
        ours = make_resource("Ours", audience="members", by=cast.coordinator, now=now)
        news = make_news(cast.coordinator, now)
    publish("Waffle")
    publish("Secret", published=False)
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    root = ET.fromstring(answer.content)  # noqa: S314 (our own words)
    places = [loc.text for loc in root.iter(LOC)]
    for address in ("/dogs/", "/cy/dogs/", "/support/", "/cy/support/", "/dogs/waffle/", "/cy/dogs/waffle/"):
        assert f"http://localhost:8000{address}" in places
    for address in (f"/news/{news.slug}/", f"/resources/{poster.uuid}/", f"/cy/resources/{poster.uuid}/"):
        assert f"http://localhost:8000{address}" in places
    assert not [place for place in places if str(ours.uuid) in str(place)]
    assert not [place for place in places if "secret" in str(place) or "/api/" in str(place) or "sitemap" in str(place)]
    links = {(link.get("hreflang"), link.get("href")) for link in root.iter(LINK)}
    assert ("cy", "http://localhost:8000/cy/dogs/waffle/") in links
    assert len(places) == len(set(places))
    for place in places:
        assert client.get(str(place).removeprefix("http://localhost:8000")).status_code == 200, place


def test_robots_keep_away_from_the_demonstration(client: Client) -> None:
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    with override_settings(OK9_DEMO=False):
        rules = client.get("/robots.txt").content.decode()
    assert "Disallow: /member/" in rules
    assert "Disallow: /\n" not in rules
    assert "Sitemap: http://localhost:8000/sitemap.xml" in rules


def test_the_manifest_names_icons_that_are_there(client: Client) -> None:
    answer = client.get(reverse("manifest"))
    assert answer["Content-Type"] == "application/manifest+json"
    for icon in answer.json()["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon
    page = client.get("/dogs/").content.decode()
    assert f'<link rel="manifest" href="{reverse("manifest")}">' in page


@pytest.mark.parametrize("address", ["/sitemap.xml", "/robots.txt", "/site.webmanifest"])
def test_they_are_only_read_and_set_no_cookie(client: Client, address: str) -> None:
    assert not client.get(address).cookies
    assert client.post(address).status_code == 405
