"""A handler's phone in the rain: signed in for a month, big enough to press, and nothing typed is lost."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import System, Traveller

ON_SCENE = """
  from deployments.models import Deployment
  rows = Deployment.objects.filter(status='on_scene', dog__status='accredited').order_by('pk')
  told = [[str(uuid), email] for uuid, email in rows.values_list('uuid', 'handler_user__email')]
"""
MONTH = 30 * 24 * 3600
THUMB = 44


@pytest.fixture
def handler(travel: Callable[..., Traveller], system: System) -> Traveller:
    """A handler whose dog is working, on their day's page."""
    deployment, email = system.ask(ON_SCENE)[0]
    person = travel(width=360)
    person.go(f"/member/deployments/{deployment}/")
    person.sign_in(email)
    return person


def type_session(handler: Traveller, people: str, minutes: str) -> None:
    handler.page.locator("[name=people]").fill(people)
    handler.page.locator("[name=minutes]").fill(minutes)
    expect(handler.page.get_by_text("Saved on this phone")).to_be_visible()


def typed(handler: Traveller) -> tuple[str, str]:
    page = handler.page
    return page.locator("[name=people]").input_value(), page.locator("[name=minutes]").input_value()


def rows_with(handler: Traveller, minutes: str) -> int:
    return handler.page.locator(
        f"table:has(caption:text('Sessions of')) tbody tr:has(td:has-text('{minutes}'))"
    ).count()


def test_the_phone_stays_signed_in_for_a_month_and_fits_a_thumb(handler: Traveller) -> None:
    (session,) = [c for c in handler.page.context.cookies() if c["name"] == "sessionid"]
    assert session["expires"] - time.time() == pytest.approx(MONTH, abs=600)
    for button in handler.page.locator("main button:visible, main a.btn:visible").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= THUMB, button.inner_text()


def test_what_was_typed_survives_a_lost_connection_and_is_sent_once(handler: Traveller) -> None:
    page = handler.page
    type_session(handler, "7", "101")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save the session").click()
    expect(page.get_by_text("No signal.")).to_be_visible()
    assert typed(handler) == ("7", "101")
    page.context.set_offline(False)
    page.get_by_role("button", name="Save the session").click()
    expect(page.locator("table:has(caption:text('Sessions of')) td:has-text('101')")).to_be_visible()
    assert rows_with(handler, "101") == 1
    assert typed(handler) == ("0", "")


def test_what_was_typed_survives_a_session_that_ended(handler: Traveller, system: System) -> None:
    page, email = handler.page, system.ask(ON_SCENE)[0][1]
    day = page.url
    type_session(handler, "5", "102")
    page.context.clear_cookies()
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Save the session").click()
    handler.go(day)
    handler.sign_in(email)
    assert page.url == day
    assert typed(handler) == ("5", "102")
    assert rows_with(handler, "102") == 0


def test_the_next_person_at_the_same_phone_finds_nothing(handler: Traveller, system: System) -> None:
    """Neither after an expired session nor after signing out; the owner finds it after the one, not after the other."""
    page, email, other = handler.page, system.ask(ON_SCENE)[0][1], "handler1@south-yorkshire.example"
    assert email != other
    form, words = "/member/forms/incidents/add/", "Private words about a colleague"
    account = page.locator("[name=account]")
    handler.go(form)
    account.fill(words)
    expect(page.get_by_text("Saved on this phone")).to_be_visible()
    for person, found in ((other, ""), (email, words)):
        page.context.clear_cookies()
        handler.go(form)
        handler.sign_in(person)
        handler.go(form)
        assert account.input_value() == found
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Sign out").click()
    page.context.clear_cookies()
    handler.go(form)
    handler.sign_in(email)
    handler.go(form)
    assert account.input_value() == ""


def test_what_was_not_sent_is_named_on_every_page(handler: Traveller) -> None:
    page, day = handler.page, handler.page.url
    type_session(handler, "6", "103")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save the session").click()
    expect(page.get_by_text("No signal.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("This has not been sent yet.")).to_be_visible()
    handler.go("/member/")
    page.get_by_role("link", name="Open it and send it").click()
    assert page.url == day
    assert typed(handler) == ("6", "103")
    page.get_by_role("button", name="Save the session").click()
    expect(page.locator("table:has(caption:text('Sessions of')) td:has-text('103')")).to_be_visible()
    handler.go("/member/")
    expect(page.get_by_text("was not sent")).to_have_count(0)
