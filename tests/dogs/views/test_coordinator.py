"""The queue of evidence: oldest first, one decision, then the next."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import localdate
from pytest_django.fixtures import Settings

from audit.models import Record
from core.files import CleanFile, store_upload
from core.tenancy import system_scope
from dogs.models import Document
from network.models import Certificate
from notifications.models import Message
from tests.conftest import UNTIL, Cast, SignedIn
from tests.factories.dogs import make_document
from tests.factories.files import pdf_bytes, upload
from tests.factories.forms import typed_day

QUEUE = "/coordinator/documents/"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def waiting(cast: Cast, now: datetime) -> Document:
    """A vet check of Bramble's that was sent yesterday."""
    until = localdate(now) + timedelta(days=300)
    with system_scope():
        row = make_document(
            cast.north, "vet_check", by=cast.north_handler, until=until, dog=cast.north_team.dog, status="submitted"
        )
        Document.objects.filter(pk=row.pk).update(
            submitted_at=now - timedelta(days=1), file=store_upload(CleanFile(b"%PDF-", ".pdf"), "documents")
        )
    return row


@pytest.fixture
def certificate(cast: Cast, now: datetime) -> Certificate:
    """A certificate of Southshire's handler that was sent before that."""
    today = localdate(now)
    with system_scope():
        return Certificate.objects.create(
            force=cast.south,
            handler=cast.south_team.handler,
            handler_user=cast.south_handler,
            kind="mhfa",
            issued_on=today,
            expires_on=today + timedelta(days=900),
            submitted_at=now - timedelta(days=2),
            submitted_by=cast.south_handler,
        )


def status(row: Any) -> str:
    with system_scope():
        row.refresh_from_db()
    return str(row.status)


def test_documents_and_certificates_wait_in_one_queue(
    cast: Cast, waiting: Document, certificate: Certificate, django_assert_max_num_queries: Any
) -> None:
    client = SignedIn().sign_in(cast.coordinator)
    client.get(QUEUE)
    with django_assert_max_num_queries(8):
        page = client.get(QUEUE).content.decode()
    first = page.index(f"/coordinator/certificates/{certificate.uuid}/")
    assert first < page.index(f"/coordinator/documents/{waiting.uuid}/")
    for words in ("Bramble", "Northshire Police", "Hari Southshire", "Mental Health First Aider certificate"):
        assert words in page


def test_next_is_the_oldest_then_the_empty_queue(cast: Cast, certificate: Certificate) -> None:
    client = SignedIn().sign_in(cast.coordinator)
    assert client.get(f"{QUEUE}next/").headers["Location"] == f"/coordinator/certificates/{certificate.uuid}/"
    with system_scope():
        Certificate.objects.filter(pk=certificate.pk).update(status="replaced")
    assert client.get(f"{QUEUE}next/").headers["Location"] == QUEUE
    assert "Nothing waits" in client.get(QUEUE).content.decode()


def test_the_page_shows_what_is_decided(cast: Cast, waiting: Document) -> None:
    page = SignedIn().sign_in(cast.coordinator).get(f"{QUEUE}{waiting.uuid}/").content.decode()
    for words in (
        "Vet check, Bramble",
        "Northshire Police",
        "Hari Northshire",
        f"the one valid to 30 June {UNTIL.year}",
        "Verify it",
    ):
        assert words in page


def test_looking_at_the_file_is_recorded(cast: Cast, waiting: Document) -> None:
    answer = SignedIn().sign_in(cast.coordinator).get(f"{QUEUE}{waiting.uuid}/file/")
    assert b"".join(answer.streaming_content) == b"%PDF-"
    assert answer.headers["Content-Disposition"].startswith("inline")
    with system_scope():
        assert Record.objects.get(object_uuid=waiting.uuid).verb == "opened document"


def test_verifying_goes_on_to_the_next(cast: Cast, waiting: Document) -> None:
    answer = SignedIn().sign_in(cast.coordinator).post(f"{QUEUE}{waiting.uuid}/verify/", follow=True)
    assert [address for address, _code in answer.redirect_chain] == [f"{QUEUE}next/", QUEUE]
    assert "Vet check, Bramble is verified." in answer.content.decode()
    assert status(waiting) == "verified"


def test_sending_back_with_a_reason(cast: Cast, waiting: Document) -> None:
    client = SignedIn().sign_in(cast.coordinator)
    answer = client.post(f"{QUEUE}{waiting.uuid}/reject/", {"reason": "Blurred"}, follow=True)
    assert "was sent back" in answer.content.decode()
    assert status(waiting) == "rejected"


def test_a_reason_that_is_missing_is_asked_for(cast: Cast, waiting: Document) -> None:
    answer = SignedIn().sign_in(cast.coordinator).post(f"{QUEUE}{waiting.uuid}/reject/", {"reason": " "})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert status(waiting) == "submitted"


def test_a_stale_page_gets_a_sentence(cast: Cast, waiting: Document) -> None:
    client = SignedIn().sign_in(cast.coordinator)
    client.post(f"{QUEUE}{waiting.uuid}/verify/")
    again = client.post(f"{QUEUE}{waiting.uuid}/verify/", follow=True).content.decode()
    assert "Somebody may have been quicker" in again
    assert "It was decided already" in again
    late = client.post(f"{QUEUE}{waiting.uuid}/reject/", {"reason": "Too late"}).content.decode()
    assert "Somebody may have been quicker" in late
    assert status(waiting) == "verified"


def test_what_ended_meanwhile_is_not_verified(cast: Cast, waiting: Document, now: datetime) -> None:
    with system_scope():
        Document.objects.filter(pk=waiting.pk).update(
            expires_on=localdate(now) - timedelta(days=1), issued_on=date(2020, 1, 1)
        )
    page = SignedIn().sign_in(cast.coordinator).post(f"{QUEUE}{waiting.uuid}/verify/", follow=True).content.decode()
    assert "Send it back instead" in page
    assert status(waiting) == "submitted"


@pytest.mark.parametrize("rest", ["verify/", "reject/"])
def test_decisions_are_sent_not_fetched(cast: Cast, waiting: Document, rest: str) -> None:
    assert SignedIn().sign_in(cast.coordinator).get(f"{QUEUE}{waiting.uuid}/{rest}").status_code == 405


@pytest.mark.parametrize(
    ("who", "code"),
    [("north_lead", 403), ("north_handler", 403), ("south_lead", 404), ("south_handler", 404), ("assessor", 404)],
)
@pytest.mark.parametrize("rest", ["", "file/", "verify/", "reject/"])
def test_nobody_else_decides(cast: Cast, waiting: Document, who: str, code: int, rest: str) -> None:
    client = SignedIn().sign_in(getattr(cast, who))
    address = f"{QUEUE}{waiting.uuid}/{rest}"
    answer = client.post(address, {"reason": "No"}) if rest in ("verify/", "reject/") else client.get(address)
    assert answer.status_code == code
    assert status(waiting) == "submitted"


@pytest.mark.parametrize("address", [QUEUE, f"{QUEUE}next/"])
@pytest.mark.parametrize("who", ["north_lead", "north_handler", "assessor"])
def test_the_queue_is_the_coordinators(cast: Cast, address: str, who: str) -> None:
    assert SignedIn().sign_in(getattr(cast, who)).get(address).status_code == 403


def test_a_visitor_signs_in_first(cast: Cast, waiting: Document) -> None:
    for address in (QUEUE, f"{QUEUE}next/", f"{QUEUE}{waiting.uuid}/"):
        assert SignedIn().get(address).status_code == 302


def test_a_paper_that_was_sent_to_the_team_is_entered_and_its_force_is_told(cast: Cast, now: datetime) -> None:
    client = SignedIn().sign_in(cast.coordinator)
    asked = client.get(f"{QUEUE}add/").content.decode()
    assert "Northshire Police" in asked
    assert client.get(f"{QUEUE}add/", {"force": "x", "what": "document"}).status_code == 422
    chosen = client.get(f"{QUEUE}add/", {"force": str(cast.north.uuid), "what": "document"})
    page = f"{QUEUE}add/{cast.north.uuid}/"
    assert chosen.headers["Location"] == page
    assert "Bramble" in client.get(page).content.decode()
    today = localdate(now)
    days = {**typed_day("issued_on", today - timedelta(days=2)), **typed_day("expires_on", today + timedelta(days=300))}
    other = {"of": f"dog-{cast.south_team.dog.uuid}", "kind": "vet_check", **days, "file": upload(pdf_bytes())}
    assert client.post(page, other).status_code == 422
    own = {**other, "of": f"dog-{cast.north_team.dog.uuid}", "file": upload(pdf_bytes())}
    answer = client.post(page, own, follow=True)
    with system_scope():
        document = Document.objects.get(dog=cast.north_team.dog, kind="vet_check", status="submitted")
    assert answer.redirect_chain[0][0] == f"{QUEUE}{document.uuid}/"
    assert "is in the queue" in answer.content.decode()
    client.post(f"{QUEUE}{document.uuid}/verify/")
    with system_scope():
        told = Message.objects.filter(key__contains=f"{document.uuid}:verified").values_list("user_id", flat=True)
        assert set(told) == {cast.north_lead.pk, cast.north_handler.pk}
