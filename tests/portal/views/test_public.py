"""The public front in two languages: each page has one address in English and one in Welsh."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["home", "accessibility", "privacy", "cookies", "dog_list", "support"])
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
