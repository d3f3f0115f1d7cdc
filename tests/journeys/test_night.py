"""The night finds what lapses, and its mail leads to a replacement that a coordinator verifies."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.journeys.conftest import System, Traveller
from tests.journeys.test_mutual_aid import letter

LAPSING = """
  from dogs.models import Document
  found = Document.objects.filter(
      status='verified', dog__status='accredited', kind='vet_check', dog__teams__is_active=True,
      expires_on__range=('{first}', '{last}')).exclude(
      dog__documents__status='submitted').order_by('expires_on', 'pk').values_list(
      'uuid', 'dog__name', 'dog__teams__handler_user__email').first()
  told = [str(value) for value in found]
"""
TOLD = """
  from django.db.models import Count
  from notifications.models import Message
  rows = Message.objects.filter(kind='portal/expiry_digest', queued_at__date__gte='{today}')
  told = list(rows.values_list('to').annotate(n=Count('pk')).values_list('n', flat=True))
"""


def fill_day(person: Traveller, name: str, day: date) -> None:
    for part in ("day", "month", "year"):
        person.page.locator(f"[name={name}_{part}]").fill(str(getattr(day, part)))


def test_what_lapses_is_told_once_and_replaced(
    travel: Callable[..., Traveller], system: System, coordinator_state: Any
) -> None:
    today = timezone.localdate()
    night = today + timedelta(days=75)
    document, dog, email = system.ask(LAPSING.format(first=today + timedelta(days=2), last=night))
    system.manage("run_nightly", "--on", night.isoformat())
    told = system.ask(TOLD.format(today=today))
    assert told
    system.manage("run_nightly", "--on", night.isoformat())
    assert system.ask(TOLD.format(today=today)) == told

    handler = travel(width=360)
    text = letter(handler, email, re.compile("things to renew|Vet check"))
    assert dog in text, text
    link = next(found for found in re.findall(r"http://\S+/member/documents/add/\S+", text) if "vet_check" in found)
    handler.go(link)
    handler.sign_in(email)
    assert "/member/documents/add/" in handler.page.url
    fill_day(handler, "issued_on", today - timedelta(days=1))
    fill_day(handler, "expires_on", today + timedelta(days=364))
    paper = {"name": "vet check.pdf", "mimeType": "application/pdf", "buffer": b"not a paper"}
    handler.page.locator("[name=file]").set_input_files(paper)  # type: ignore[arg-type]
    handler.press("Send it to be verified")
    assert handler.page.locator(".govuk-error-message").count() == 1
    handler.page.locator("[name=file]").set_input_files(sorted(_papers(system))[0])
    handler.press("Send it to be verified")
    assert handler.reads("It waits for a coordinator")

    coordinator = travel(state=coordinator_state)
    coordinator.go("/coordinator/documents/")
    coordinator.follow(coordinator.page.locator(f"tr:has-text('{dog}'):has-text('Vet check') a").last)
    coordinator.press("Verify it")
    assert coordinator.reads("is verified")
    status = system.ask(f"  from dogs.models import Document\n  told = Document.objects.get(uuid='{document}').status")
    assert status == "replaced"


def _papers(system: System) -> list[str]:
    """The demonstration's own drawn papers: real PDFs that an upload accepts."""
    return system.ask(
        "  from django.conf import settings\n  told = [str(p) for p in (settings.MEDIA_ROOT / 'demo').glob('*.pdf')]"
    )
