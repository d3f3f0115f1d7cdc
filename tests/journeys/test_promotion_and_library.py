"""A handler makes a poster of their dog and fetches it; then finds in the library what they must read, and reads it."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import System, Traveller

# A handler whose dog the public may meet, and who has still to read something.
WHO = """
  from dogs.models import Team
  from resources.queries import to_read
  shown = Team.objects.filter(is_active=True, dog__status='accredited', dog__profile__published_at__isnull=False)
  rows = shown.select_related('handler_user', 'dog__profile').order_by('pk')
  told = next([team.handler_user.email, team.dog.name, team.dog.profile.name, resource.title]
      for team in rows for resource in to_read(team.handler_user_id, ['handler']))
"""


def test_a_poster_is_made_and_a_paper_is_read(travel: Callable[..., Traveller], system: System) -> None:
    email, dog, name, title = system.ask(WHO)
    handler = travel(width=360)
    handler.go("/member/promotion/")
    handler.sign_in(email)
    handler.press(dog, role="link", exact=True)
    make_poster(handler, name)
    fetch_files(handler)
    read(handler, title)


def make_poster(handler: Traveller, name: str) -> None:
    """Choose and type: the preview follows without a button, and says what is missing until nothing is."""
    page = handler.page
    preview = page.locator("[data-preview]")
    expect(preview.get_by_text("An example, until you have typed when and where.")).to_be_visible()
    expect(page.get_by_role("button", name="Preview")).to_be_hidden()
    handler.fill_moment("starts_at", timezone.localtime(timezone.now() + timedelta(days=9)).replace(hour=10, minute=0))
    expect(preview.get_by_text("Answer “Where is it?”")).to_be_visible()
    page.get_by_label("Where is it?").fill("The parade room <b>")
    expect(preview.get_by_role("img", name=f"The poster of {name} with what you typed")).to_be_visible()
    expect(preview.get_by_text("An example")).to_have_count(0)
    handler.press("Make the poster and pictures")


def fetch_files(handler: Traveller) -> None:
    page = handler.page
    assert handler.reads("The parade room <b>")
    shown = page.get_by_alt_text("The poster, as it will be printed")
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("picture => picture.naturalWidth") == 640
    address = page.get_by_role("link", name="Fetch the A4 poster").get_attribute("href")
    paper = page.context.request.get(f"{handler.system.address}{address}")
    assert (paper.status, paper.headers["content-type"]) == (200, "application/pdf")
    assert paper.body().startswith(b"%PDF-")


def read(handler: Traveller, title: str) -> None:
    page = handler.page
    handler.go("/member/resources/")
    page.get_by_label("What are you looking for?").fill(title.upper())
    handler.press("Find")
    handler.press(title, role="link", exact=True)
    handler.press("I have read version 1")
    assert handler.reads(f"Noted: you have read {title}")
    assert page.get_by_role("button", name="I have read").count() == 0
    handler.go("/member/resources/?show=must-read")
    line = page.locator(".shelf-line").filter(has=page.get_by_role("link", name=title, exact=True))
    assert line.get_by_text("You have read it").count() == 1
