"""A coordinator rewrites a page of the public site, looks first, and takes it back again."""

from collections.abc import Callable
from typing import Any

from tests.journeys.conftest import Traveller


def test_a_page_is_rewritten_and_brought_back(travel: Callable[..., Traveller], coordinator_state: Any) -> None:
    words = "Dogs who listen well."
    coordinator, visitor = travel(state=coordinator_state), travel(width=360)
    coordinator.go("/coordinator/texts/")
    coordinator.press("How the network works", role="link")
    coordinator.press("Edit", role="link", exact=True)
    coordinator.fill("Text in English", f"## {words}\n\n<b>Bold</b>")
    coordinator.fill("What did you change, and why?", "Shorter.")
    coordinator.press("Preview", exact=True)
    assert coordinator.page.get_by_role("heading", name=words).count() == 1
    visitor.go("/about/network/")
    assert not visitor.reads(words)
    coordinator.press("Save", exact=True)
    visitor.go("/about/network/")
    assert visitor.reads(words)
    assert visitor.reads("<b>Bold</b>")
    coordinator.press("Bring it back version", role="button")
    visitor.go("/about/network/")
    assert visitor.reads("Who is who")
