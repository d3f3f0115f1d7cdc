"""The README's three pictures, photographed from a running demonstration (bin/pictures)."""

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


def photograph(browser: Browser, system: System, name: str, path: str, *, email: str = "", width: int = 1440) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 1100 if width < 700 else 900}, device_scale_factor=1
    )
    person = Traveller(page=context.new_page(), system=system, scripts=True)
    if email:
        person.sign_in(email)
    person.go(path)
    assert person.page.url.endswith(path), person.page.url
    person.page.screenshot(path=PLACE / f"{name}.png")
    context.close()


def main() -> None:
    conftest.PASSWORD = os.environ["OK9_DEMO_PASSWORD"]
    system = System(f"http://localhost:{os.environ.get('PORT', '8000')}", dict(os.environ))
    request = system.ask(REQUEST)[0]
    day, handler = system.ask(DAY)[0]
    Path(PLACE).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        photograph(browser, system, "gallery", "/dogs/")
        match = f"/coordinator/requests/{request}/match/"
        photograph(browser, system, "match", match, email="coordinator@ok9.example")
        photograph(browser, system, "day", f"/member/deployments/{day}/", email=handler, width=360)
        browser.close()


if __name__ == "__main__":
    main()
