"""Failed and waiting mail, and sending again."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from audit.models import Record
from core.tenancy import system_scope
from notifications.models import Message
from tests.conftest import Cast, SignedIn

pytestmark = pytest.mark.django_db


def owe(to: str, now: datetime, **told: object) -> Message:
    with system_scope():
        fields = {"key": f"test:{to}", "kind": "test/it", "subject": f"For {to}", "text": "Text"}
        return Message.unscoped.create(to=to, queued_at=now, next_try_at=now, **{**fields, **told})


def failed(now: datetime) -> Message:
    return owe("gone@example.org", now, failed_at=now, attempts=12, error="550 No such person")


def test_a_coordinator_sees_what_failed_and_what_waits(cast: Cast, as_user: type[SignedIn], now: datetime) -> None:
    failed(now)
    owe("waiting@example.org", now)
    owe("sent@example.org", now, sent_at=now)
    page = as_user().sign_in(cast.coordinator).get(reverse("coordinator_mail_list")).content.decode()
    assert "550 No such person" in page
    assert "waiting@example.org" in page
    assert "sent@example.org" not in page
    assert "waits since" not in page


def test_a_long_wait_is_said(cast: Cast, as_user: type[SignedIn], now: datetime) -> None:
    owe("waiting@example.org", now - timedelta(hours=1))
    page = as_user().sign_in(cast.coordinator).get(reverse("coordinator_mail_list")).content.decode()
    assert "The oldest message waits since" in page


def test_sending_again_begins_anew_and_leaves_a_record(cast: Cast, as_user: type[SignedIn], now: datetime) -> None:
    message = failed(now)
    coordinator = as_user().sign_in(cast.coordinator)
    address = reverse("coordinator_mail_retry", args=[message.uuid])
    assert "gone@example.org is sent again" in coordinator.post(address, follow=True).content.decode()
    with system_scope():
        message.refresh_from_db()
        assert Record.objects.get(verb="retry_message").object_uuid == message.uuid
    assert (message.failed_at, message.attempts) == (None, 0)
    assert "is not given up" in coordinator.post(address, follow=True).content.decode()


def test_others_keep_out(cast: Cast, as_user: type[SignedIn], now: datetime) -> None:
    message = failed(now)
    address = reverse("coordinator_mail_retry", args=[message.uuid])
    for user in (cast.north_lead, cast.north_handler, cast.assessor):
        somebody = as_user().sign_in(user)
        assert somebody.get(reverse("coordinator_mail_list")).status_code == 403
        assert somebody.post(address).status_code == 404  # the message is not theirs: it does not exist
    assert as_user().get(reverse("coordinator_mail_list")).status_code == 302
    assert as_user().post(address).status_code == 302
    coordinator = as_user().sign_in(cast.coordinator)
    assert coordinator.get(address).status_code == 405
    assert coordinator.post(reverse("coordinator_mail_retry", args=[uuid4()])).status_code == 404
    with system_scope():
        message.refresh_from_db()
    assert message.failed_at == now


def test_ones_own_message_is_not_sent_again_by_hand(cast: Cast, as_user: type[SignedIn], now: datetime) -> None:
    own = owe("lead@northshire.example", now, failed_at=now, user_id=cast.north_lead.pk)
    lead = as_user().sign_in(cast.north_lead)
    assert lead.post(reverse("coordinator_mail_retry", args=[own.uuid])).status_code == 403
