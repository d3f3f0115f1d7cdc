"""A mutual-aid request travels all the way: from the visitor's form to the coordinator's close."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import System, Traveller

STORY = "A chemical leak at the works <script>alert(1)</script> \N{DOG FACE}"
# How many teams are asked for: by somebody with scripts, and by somebody without, who meets the same pages.
PLACES = {True: 6, False: 2}
# The most that a coordinator may need to fill six places, after opening the request.
MOST_INTERACTIONS = 12


@dataclass(frozen=True)
class Asked:
    """One offer and its people, as a coordinator knows them."""

    offer: str
    dog: str
    lead: str
    handler: str


def in_hours(hours: int) -> datetime:
    """Local time then, also over a change of the clocks."""
    return timezone.localtime(timezone.now() + timedelta(hours=hours))


def ask_for_support(visitor: Traveller, postcode: str, places: int) -> str:
    """Steps 1: the form, once with a mistake, to the reference."""
    visitor.go("/support/")
    page = visitor.page
    page.get_by_label("Major incident").check()
    page.locator("[name=places]").fill(str(places))
    page.locator("[name=postcode]").fill("ZZ99")
    page.locator("[name=place]").fill("Central works")
    visitor.fill_moment("starts_at", in_hours(0))  # (later might be tomorrow, whose minutes count apart)
    visitor.fill_moment("ends_at", in_hours(6))
    page.locator("[name=story]").fill(STORY)
    page.locator("[name=force]").select_option(label="South Yorkshire Police")
    page.locator("[name=name]").fill("Vera Visitor")
    page.locator("[name=telephone]").fill("07700 900777")
    page.locator("[name=email]").fill(f"vera-{postcode}@south-yorkshire.example".lower())
    visitor.press("Send the request")
    assert visitor.reads("find the postcode ZZ99")
    assert page.locator("[name=story]").input_value() == STORY
    page.locator("[name=postcode]").fill(postcode)
    visitor.press("Send the request")
    assert visitor.reads("We have your request")
    return page.locator(".reference").inner_text()


def letter(reader: Traveller, to: str, subject: str | re.Pattern[str]) -> str:
    """The text of the newest mail to somebody whose subject holds `subject`, read at the demonstration's mail."""
    found = reader.page.locator("tbody").get_by_role("link", name=subject)
    for _try in range(60):
        reader.page.goto(f"{reader.system.address}/demo/mail/?to={to}")
        if found.count():
            break
        reader.page.wait_for_timeout(500)
    with reader.page.expect_navigation(wait_until="load"):
        found.first.click()
    return reader.page.locator(".mail-text").inner_text()


def ask_teams(coordinator: Traveller, reference: str, places: int) -> None:
    """Step 2: from the home page to the offers, one more than there are places."""
    coordinator.go("/coordinator/")
    coordinator.press("new requests", role="link")
    coordinator.press(reference, role="link")
    coordinator.pressed = 0
    coordinator.tick("Tier 3, national")
    coordinator.press("Save and find teams")
    chosen: set[tuple[str, str]] = set()
    rows = coordinator.page.locator("table.match tbody tr:has(input[name=teams])")
    for row in rows.all():
        dog, rest = row.locator("th b").inner_text(), row.locator("th").inner_text()
        words = {("dog", dog), ("handler", rest.split("with ")[1].split("\n")[0])}
        if chosen & words or len(chosen) == 2 * (places + 1):
            continue
        chosen |= words
        row.locator("input[name=teams]").check()
        coordinator.pressed += 1
    assert len(chosen) == 2 * (places + 1)
    coordinator.press("Send offers")
    assert coordinator.reads("Offers sent")
    assert coordinator.pressed <= MOST_INTERACTIONS


def offers_of(system: System, reference: str) -> list[Asked]:
    rows = system.ask(
        "  from deployments.models import Offer; from accounts.models import Role\n"
        "  told = [[str(o.uuid), o.team.dog.name, Role.objects.filter(role='lead', force=o.force_id)"
        ".values_list('user__email', flat=True).order_by('pk')[0], o.handler_user.email]"
        f" for o in Offer.objects.filter(request__reference='{reference}').order_by('pk')]"
    )
    return [Asked(*row) for row in rows]


def answer(person: Traveller, asked: Asked, email: str, button: str) -> None:
    """From the mail's link through sign-in back to the offer's page, and the answer."""
    person.go(f"/member/offers/{asked.offer}/")
    person.sign_in(email)
    assert person.page.url.endswith(f"/member/offers/{asked.offer}/"), person.page.url
    person.press(button)


def record_by_telephone(coordinator: Traveller, asked: Asked) -> None:
    coordinator.go(f"/coordinator/offers/{asked.offer}/record/")
    coordinator.page.get_by_label("The force's: may the team go?").check()
    coordinator.page.get_by_label("Yes", exact=True).check()
    coordinator.page.locator("[name=said_by]").fill("The duty inspector")
    coordinator.press("Record the answer")
    assert coordinator.reads("said by The duty inspector")


def answer_all(
    travel: Callable[..., Traveller], coordinator: Traveller, offers: list[Asked], *, scripts: bool
) -> list[Traveller]:
    """Step 3: leads release, handlers accept, one by telephone; the last is told that it is filled.

    The handlers' phones, still signed in. The third and later teams meet the pages of the first two.
    """
    first, *others, late = offers
    reader, phones = travel(scripts=scripts), []
    assert first.offer in letter(reader, first.lead, f"Can {first.dog}")
    for number, asked in enumerate([first, *others]):
        if number == 1:
            record_by_telephone(coordinator, asked)
        else:
            answer(travel(scripts=scripts, looks=not number), asked, asked.lead, f"Release {asked.dog}")
        handler = travel(width=360, scripts=scripts, looks=number < 2)
        answer(handler, asked, asked.handler, "Yes, we can go")
        assert handler.reads("Confirmed")
        phones.append(handler)
    left = travel(width=360, scripts=scripts)
    left.go(f"/member/offers/{late.offer}/")
    left.sign_in(late.handler)
    assert left.reads(f"is filled: all {len(phones)} teams are confirmed")
    return phones


def work(person: Traveller, asked: Asked, *, bites: bool, writes: bool) -> None:
    """Step 4 on a phone: briefing, check-in, a session tapped twice, an incident, check-out, debrief."""
    page = person.page
    person.go("/member/deployments/")
    person.follow(page.locator(f"a:has-text('{asked.dog}')").first)
    day = page.url
    if writes:
        person.press("Read the briefing", role="link")
        assert person.reads("Central works")
        paper = page.context.request.get(f"{day}briefing.pdf")
        assert (paper.status, paper.headers["content-type"]) == (200, "application/pdf")
        person.go(day)
    person.press("Check in")
    assert person.reads(f"{asked.dog} is working")
    if writes:
        page.locator("[name=people]").fill("12")
        page.locator("[name=minutes]").fill("35")
        page.get_by_role("button", name="Save the session").dblclick()
        expect(page.get_by_text("35 of 120 min")).to_be_visible()
        assert page.locator("table:has(caption:text('Sessions of this deployment')) tbody tr").count() == 1
    if bites:
        person.press("Report a bite", role="link")
        page.get_by_label("A bite").check()
        page.locator("[name=account]").fill("A nip on the sleeve, no skin broken.")
        person.press("Report it now")
        person.go(day)
    person.press("Check out")
    if writes:
        person.press("Write the debrief", role="link")
        page.locator("[name=dog_after]").fill("Asleep on the back seat.")
        person.press("Save the debrief")
        assert person.reads("Asleep on the back seat.")


@pytest.mark.parametrize(("scripts", "postcode"), [(True, "S1"), (False, "NG1")], ids=["with scripts", "without"])
def test_a_request_travels_all_the_way(
    record_property: Callable[[str, object], None],
    travel: Callable[..., Traveller],
    system: System,
    coordinator_state: Any,
    scripts: bool,
    postcode: str,
) -> None:
    visitor, places = travel(scripts=scripts), PLACES[scripts]
    reference = ask_for_support(visitor, postcode, places)
    receipt = letter(visitor, f"vera-{postcode}".lower(), reference)
    assert reference in receipt
    assert "07700 900999" in receipt
    assert not any(word in receipt for word in ("Vera", "chemical", "Central works"))

    coordinator = travel(scripts=scripts, state=coordinator_state)
    ask_teams(coordinator, reference, places)
    counted = f"{places} teams: {coordinator.pressed} interactions from the opened request to {places + 1} offers"
    record_property("counted", counted)
    offers = offers_of(system, reference)
    assert len(offers) == places + 1
    phones = answer_all(travel, coordinator, offers, scripts=scripts)
    coordinator.go("/coordinator/requests/?show=open")
    assert coordinator.page.locator(f"tr:has-text('{reference}')").get_by_text("Filled").count() == 1

    for number, (handler, asked) in enumerate(zip(phones, offers, strict=False)):
        work(handler, asked, bites=number == 1, writes=number == 0)
    bitten = offers[1].dog
    told = letter(travel(scripts=scripts), "coordinator@ok9.example", bitten)
    assert "bite" in told.lower() or "suspended" in told.lower()
    status = system.ask(
        "  from deployments.models import Offer\n"
        f"  told = Offer.objects.select_related('team__dog').get(uuid='{offers[1].offer}').team.dog.status"
    )
    assert status == "suspended"

    coordinator.go("/coordinator/requests/?show=active")
    coordinator.press(reference, role="link")
    coordinator.press("Close the request", role="link")
    coordinator.press("Close it")
    assert coordinator.reads("is closed")
