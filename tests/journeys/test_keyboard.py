"""By keyboard alone: every step is reached with Tab, taken with Enter or Space, and seen to be reached."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PASSWORD, Traveller

# More stops than any page of ours has before what is looked for.
MOST_STOPS = 160
# What has the focus must look different: an outline, or a shadow or ground that the house gives it.
IS_SEEN = """
(element) => {
  const style = getComputedStyle(element);
  const marked = element.closest('.govuk-radios__item, .govuk-checkboxes__item');
  return style.outlineStyle !== 'none' || style.boxShadow !== 'none' || Boolean(marked)
    || style.backgroundColor !== getComputedStyle(element.parentElement).backgroundColor;
}
"""


def tab_to(page: Page, target: Locator) -> Locator:
    """Press Tab until the target has the focus. It must be there in sight, and look it."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            expect(target).to_be_in_viewport()
            assert target.evaluate(IS_SEEN), target
            return target
    raise AssertionError(f"Tab never reached {target}")


def press(page: Page, target: Locator) -> None:
    """Reach what leads to another page, and press Enter."""
    tab_to(page, target)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")


def test_a_visitor_finds_a_dog_and_gives_it_a_paw(travel: Callable[..., Traveller]) -> None:
    visitor = travel()
    page = visitor.page
    visitor.go("/dogs/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to(page, page.get_by_label("Name, breed or force"))
    page.keyboard.type("labrador")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    assert "q=labrador" in page.url
    press(page, page.locator(".dog h2 a").first)
    paw, sent = page.get_by_role("button", name="a paw"), []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    tab_to(page, paw)
    page.keyboard.press("Enter")
    expect(page.locator("[data-kudos-said]")).not_to_be_empty()
    expect(paw).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    assert len(sent) == 1, "a second press sends nothing"


def test_a_lead_signs_in_and_finds_their_way(travel: Callable[..., Traveller]) -> None:
    lead = travel()
    page = lead.page
    lead.go("/sign-in/login/")
    tab_to(page, page.locator("[name=login]"))
    page.keyboard.type("lead@south-yorkshire.example")
    tab_to(page, page.locator("[name=password]"))
    page.keyboard.type(PASSWORD)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    assert page.url.endswith("/member/"), page.url
    more = page.locator("details.more > summary")
    tab_to(page, more)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Contacts", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(page.get_by_role("link", name="Contacts", exact=True)).not_to_be_visible()
    page.keyboard.press("Enter")
    press(page, page.get_by_role("link", name="Contacts", exact=True))
    assert page.url.endswith("/member/contacts/")
    press(page, page.get_by_role("link", name="Library", exact=True))
    press(page, page.locator("main a[href^='/member/resources/']:not([href*='?'])").first)
    assert page.locator("h1").count() == 1
