"""What the clock starts: the reminders, through the nightly run."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from core.models import Run
from core.tenancy import system_scope
from dogs.models import Document
from notifications.models import Message
from portal.tasks import remind_expiring
from tests.conftest import Cast


def mails() -> int:
    with system_scope():
        return Message.objects.filter(kind="portal/expiry_digest").count()


def vet_check_ends(cast: Cast, until: date) -> None:
    with system_scope():
        rows = Document.objects.filter(dog=cast.north_team.dog, kind="vet_check")
        rows.update(expires_on=until, issued_on=until - timedelta(days=365))


def test_polled_all_night_it_reminds_once(cast: Cast) -> None:
    vet_check_ends(cast, date(2026, 12, 24))
    for hour in (1, 3, 4, 23):
        with time_machine.travel(datetime(2026, 11, 24, hour, tzinfo=UTC), tick=False):
            remind_expiring()
    assert mails() == 2


@pytest.mark.parametrize("away", [3, 20])
def test_nights_that_were_missed_become_one_mail(cast: Cast, away: int) -> None:
    """Three nights are within what the nightly run makes good; twenty are not, and the watermark still holds them."""
    first = datetime(2026, 11, 24, 3, tzinfo=UTC)
    with time_machine.travel(first, tick=False):
        remind_expiring()
    vet_check_ends(cast, first.date() + timedelta(days=30 + 1))
    with time_machine.travel(first + timedelta(days=away), tick=False):
        remind_expiring()
        remind_expiring()
    assert mails() == 2
    assert Run.objects.filter(job="remind-expiring", date=first.date() + timedelta(days=away)).exists()
