"""Enquiries: taken once, told without the typed words, answered once, forgotten after a year."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from notifications.models import Message
from pages.actions.enquiries import answer_enquiry, send_enquiry
from pages.actions.enquiries import forget_enquiries as forget
from pages.inputs import NewEnquiry
from pages.models import Enquiry
from pages.tasks import forget_enquiries
from tests.conftest import Cast
from tests.factories.pages import make_enquiry


@pytest.fixture
def network(cast: Cast) -> Iterator[Cast]:
    with system_scope():
        yield cast


def test_the_coordinators_are_told_and_the_receipt_repeats_nothing(cast: Cast, now: datetime) -> None:
    with scope():
        enquiry = make_enquiry(now, organisation=cast.north, wish="Visit https://evil.example now")
        assert not Enquiry.objects.exists()
    with system_scope():
        mails = {mail.to: mail for mail in Message.objects.all()}
    assert set(mails) == {"sam@anywhere.example", "coordinator@ok9.example"}
    receipt = mails["sam@anywhere.example"]
    said = receipt.subject + receipt.text + receipt.html
    assert enquiry.reference in said
    assert "07700 900999" in said
    for typed in ("Sam", "Anywhere", "evil", "900456", "Northshire"):
        assert typed not in said
    told = mails["coordinator@ok9.example"]
    assert f"/coordinator/enquiries/{enquiry.uuid}/" in told.text
    assert "evil" not in told.text


def test_the_same_key_is_the_same_enquiry(cast: Cast, now: datetime) -> None:
    new = NewEnquiry("join", "Sam", cast.north, "", "sam@north.example", "", "Join.", "cy")
    key = uuid4()
    first, second = (send_enquiry(new=new, key=key, by=None, now=now) for _ in range(2))
    assert first == second
    with pytest.raises(Refused, match=f"{first.reference} was saved already"):
        send_enquiry(new=replace(new, wish="Start."), key=key, by=None, now=now)
    with system_scope():
        assert Enquiry.objects.count() == 1
        assert Message.objects.filter(to="sam@north.example").count() == 1


def test_a_lead_of_the_named_force_reads_neither_it_nor_its_trail(cast: Cast, now: datetime) -> None:
    enquiry = make_enquiry(now, organisation=cast.north)
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        assert not Enquiry.objects.exists()
        assert not Record.objects.filter(object_uuid=enquiry.uuid).exists()


def test_it_is_answered_once_by_a_coordinator(network: Cast, now: datetime) -> None:
    enquiry = make_enquiry(now)
    with pytest.raises(PermissionDenied):
        answer_enquiry(enquiry=enquiry, note="Rang.", by=network.north_lead, now=now)
    answered = answer_enquiry(enquiry=enquiry, note="Rang.", by=network.coordinator, now=now)
    assert (answered.answered_at, answered.answered_by, answered.answer_note) == (now, network.coordinator, "Rang.")
    with pytest.raises(Refused, match="answered already"):
        answer_enquiry(enquiry=enquiry, note="Rang again.", by=network.coordinator, now=now)
    verbs = Record.objects.filter(object_uuid=enquiry.uuid).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["sent", "answered"]


def test_a_year_after_its_answer_it_is_forgotten(network: Cast) -> None:
    tonight = datetime(2027, 11, 24, 3, tzinfo=UTC)
    old, recent, waiting = (make_enquiry(tonight - timedelta(days=500)) for _ in range(3))
    for enquiry, days in ((old, 367), (recent, 364)):
        answer_enquiry(enquiry=enquiry, note="Rang.", by=network.coordinator, now=tonight - timedelta(days=days))
    with time_machine.travel(tonight, tick=False):
        forget_enquiries()
    assert set(Enquiry.objects.all()) == {recent, waiting}
    assert forget(tonight.date() + timedelta(days=400), now=tonight) == 0
    assert set(Enquiry.objects.all()) == {recent, waiting}
    record = Record.objects.get(verb="forgot")
    assert (record.object_uuid, record.object_name) == (old.uuid, old.reference)
