"""The public pages on a small phone, a phone and a desk, by day and by night."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Traveller


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1440])
def test_public_pages_fit_and_axe_finds_nothing(travel: Callable[..., Traveller], width: int, scheme: str) -> None:
    visitor = travel(width=width)
    visitor.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visitor.go("/")
    visitor.go("/support/")
    visitor.go("/dogs/")
    profile = visitor.page.locator("main a[href^='/dogs/']:not([href*='?'])").first.get_attribute("href")
    assert profile
    visitor.go(profile)
    assert visitor.page.locator("h1").count() == 1
