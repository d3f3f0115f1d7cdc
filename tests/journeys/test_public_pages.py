"""The public pages on a small phone, a phone and a desk, by day and by night; a dog's page on paper; and its paw."""

import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Route, expect

from tests.journeys.conftest import Traveller


@pytest.mark.parametrize("width", [320, 360, 1440])
def test_public_pages_fit_and_axe_finds_nothing(travel: Callable[..., Traveller], width: int) -> None:
    visitor = travel(width=width)
    for address in ("/", "/support/", "/dogs/"):
        look_by_day_and_night(visitor, address)
    look_by_day_and_night(visitor, first_dog(visitor))


def first_dog(visitor: Traveller) -> str:
    """From the gallery, the address of the first dog's page."""
    address = visitor.page.locator("main .dog h2 a").first.get_attribute("href")
    assert address
    return address


def look_by_day_and_night(visitor: Traveller, address: str) -> None:
    visitor.page.emulate_media(color_scheme="light")
    visitor.go(address)
    visitor.page.emulate_media(color_scheme="dark")
    visitor.look()
    assert visitor.page.locator("h1").count() == 1


def test_a_dogs_page_on_paper_has_its_words_and_nothing_to_press(travel: Callable[..., Traveller]) -> None:
    visitor = travel()
    page = visitor.page
    visitor.go("/dogs/")
    visitor.go(first_dog(visitor))
    name, story = page.locator("h1").inner_text(), page.locator(".story").inner_text()
    page.emulate_media(media="print", color_scheme="dark")
    for kept in (page.locator("h1"), page.locator(".story"), page.locator(".stage-pic img").first):
        expect(kept).to_be_visible()
    for pressed in page.locator("button, nav, .btn, .neighbours, footer").all():
        expect(pressed).to_be_hidden()
    with pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4", print_background=True))) as paper:
        words = " ".join(part for sheet in paper for part in sheet.get_textpage().get_text_bounded().split())
        corner = paper[0].render().to_pil().convert("RGB").getpixel((2, 2))
        assert len(paper) <= 2
    assert name in words
    assert " ".join(story.split()[:8]) in words
    assert corner == (255, 255, 255)


def test_a_paw_whose_script_fails_is_sent_as_a_form(travel: Callable[..., Traveller]) -> None:
    visitor = travel()
    page = visitor.page

    def only_the_form(route: Route) -> None:
        is_script = "application/json" in route.request.headers.get("accept", "")
        route.abort() if is_script else route.continue_()

    visitor.go("/dogs/")
    visitor.go(first_dog(visitor))
    page.route("**/kudos/", only_the_form)
    page.get_by_role("button", name="a paw").click()
    expect(page).to_have_url(re.compile(r"/kudos/(\?again)?$"))
    expect(page.locator(".kudos.given .said")).to_contain_text(re.compile("felt that|a paw today"))
    visitor.look()
