"""Every page that a person can reach by links: it fits, axe finds nothing, in both languages, by day and by night.

Each page is looked at in some of the twelve ways (language, width, colours), another set for the next page: a visitor's
in both languages, a lead's in one of them in turn. `OK9_SWEEP=all` looks at each in all of them.
"""

import os
import re
from collections.abc import Callable, Iterator
from itertools import cycle, product
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve, translate_url

from tests.journeys.conftest import System, Traveller

WIDTHS, SCHEMES = (320, 768, 1440), ("light", "dark")
WAYS = tuple(product(WIDTHS, SCHEMES))
# Files, not pages; and the pages of other people's making.
NOT_PAGES = re.compile(
    "_(file|pdf|html|csv|zip|png|export)$|^member_pack_(?!detail|list)|download|schema|logout|portrait|^admin:"
)

READERS = {
    "visitor": ("/", ""),
    "handler": ("/member/", "handler1@south-yorkshire.example"),
    "lead": ("/member/", "lead@south-yorkshire.example"),
    "assessor": ("/member/", "assessor@ok9.example"),
    "coordinator": ("/coordinator/", "coordinator@ok9.example"),
}
ENGLISH, WELSH = "en-gb", "cy"
# The languages of one page after another. A handler's pages are a lead's too, and the national team works in English.
LANGUAGES: dict[str, tuple[tuple[str, ...], ...]] = {"visitor": ((ENGLISH, WELSH),), "lead": ((ENGLISH,), (WELSH,))}


def name_of(address: str, doors: tuple[str, ...]) -> str:
    """The name of a page behind these doors that a link leads to; empty for anything else."""
    path = urlsplit(address).path
    try:
        name = resolve(path).view_name
    except Resolver404:
        return ""
    return name if path.startswith(doors) and not NOT_PAGES.search(name) else ""


def links_on(person: Traveller) -> list[str]:
    read = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"  # (SVG's links too)
    hrefs = person.page.eval_on_selector_all("a[href]", read)
    return [href for href in hrefs if href.startswith(person.system.address)]


def walk(person: Traveller, start: str) -> Iterator[str]:
    """Each page that links lead to, one of a name, nearest first."""
    doors = ("/",) if start == "/" else ("/member/", "/coordinator/", "/sign-in/")
    waiting, seen = [person.system.address + start], {name_of(start, doors)}
    while waiting:
        address = waiting.pop(0)
        response = person.page.goto(address)
        assert response, address
        assert response.status == 200, (address, response.status)
        for href in links_on(person):
            name = name_of(href, doors)
            if name and name not in seen:
                seen.add(name)
                waiting.append(href)
        yield address


def look(person: Traveller, ways: list[tuple[int, Any]]) -> None:
    person.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    person.fits()
    for width, scheme in ways:
        person.page.set_viewport_size({"width": width, "height": 900})
        person.page.emulate_media(color_scheme=scheme)
        person.look()
    assert person.page.locator("h1").count() == 1, person.page.url


@pytest.mark.parametrize("who", READERS)
def test_every_page_that_links_lead_to(
    who: str, travel: Callable[..., Traveller], system: System, coordinator_state: Any
) -> None:
    start, email = READERS[who]
    person = travel(state=coordinator_state if who == "coordinator" else None)
    person.page.emulate_media(reduced_motion="reduce")
    if email and who != "coordinator":
        person.sign_in(email)
    everything = os.environ.get("OK9_SWEEP") == "all"
    turn, languages = cycle(WAYS), cycle(LANGUAGES.get(who, ((ENGLISH,),)))
    pages = 0
    for address in walk(person, start):
        welsh, read = translate_url(address, WELSH), (ENGLISH, WELSH) if everything else next(languages)
        if ENGLISH in read or welsh == address:
            look(person, list(WAYS) if everything else [next(turn)])
        if WELSH in read and welsh != address:
            person.page.goto(welsh)
            assert person.page.locator("html").get_attribute("lang") == WELSH, welsh
            look(person, list(WAYS) if everything else [next(turn)])
        pages += 1
    print(f"{who}: {pages} pages")
    assert pages > 2
