"""Pictures of the main pages, photographed from a running demonstration (bin/pictures)."""

import os
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.journeys import conftest
from tests.journeys.conftest import FLAGS, ROOT, System, Traveller

PLACE = ROOT / "docs" / "pictures"
# The first request that still looks for teams, and the first deployment that is on scene.
REQUEST = (
    "  from deployments.models import Request\n"
    "  told = [str(u) for u in Request.objects.filter(status__in=['triaged', 'sourcing']).order_by('starts_at')"
    ".values_list('uuid', flat=True)]"
)
DAY = (
    "  from deployments.models import Deployment\n"
    "  told = [[str(d.uuid), d.handler_user.email] for d in Deployment.objects.filter(status='on_scene')"
    ".select_related('handler_user').order_by('pk')]"
)


# A dog with a page of its own, in the force whose lead and handlers the README names.
DOG = (
    "  from dogs.models import Profile\n"
    "  rows = Profile.objects.published().filter(force__slug='south-yorkshire', is_tribute=False)\n"
    "  told = [[p.slug, str(p.dog.uuid)] for p in rows.select_related('dog').order_by('-published_at', 'pk')]"
)
LEAD, COORDINATOR = "lead@south-yorkshire.example", "coordinator@ok9.example"


def photograph(
    browser: Browser, system: System, name: str, path: str, *, email: str = "", width: int = 1440, dark: bool = False
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 1100 if width < 700 else 900},
        device_scale_factor=1,
        color_scheme="dark" if dark else "light",
    )
    person = Traveller(page=context.new_page(), system=system, scripts=True)
    if email:
        person.sign_in(email)
    person.go(path)
    assert person.page.url.endswith(path), person.page.url
    person.page.wait_for_load_state("networkidle")
    person.page.screenshot(path=PLACE / f"{name}.png")
    context.close()


def main() -> None:
    conftest.PASSWORD = os.environ["OK9_DEMO_PASSWORD"]
    system = System(f"http://localhost:{os.environ.get('PORT', '8000')}", dict(os.environ))
    request = system.ask(REQUEST)[0]
    day, handler = system.ask(DAY)[0]
    slug, dog = system.ask(DOG)[0]
    Path(PLACE).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        photograph(browser, system, "home", "/")
        photograph(browser, system, "home-phone-welsh", "/cy/", width=360)
        photograph(browser, system, "gallery", "/dogs/")
        photograph(browser, system, "map-phone", "/dogs/?view=map", width=360)
        photograph(browser, system, "profile", f"/dogs/{slug}/")
        photograph(browser, system, "lead", "/member/", email=LEAD)
        photograph(browser, system, "lead-dark", "/member/", email=LEAD, dark=True)
        photograph(browser, system, "library", "/member/resources/", email=LEAD)
        photograph(browser, system, "promotion", f"/member/promotion/{dog}/", email=LEAD)
        photograph(browser, system, "forms-phone", "/member/forms/", email=handler, width=360)
        match = f"/coordinator/requests/{request}/match/"
        photograph(browser, system, "match", match, email=COORDINATOR)
        photograph(browser, system, "day", f"/member/deployments/{day}/", email=handler, width=360)
        browser.close()


if __name__ == "__main__":
    main()
