"""A certificate in the queue: looked at, then verified or sent back."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from pytest_django.fixtures import Settings

from audit.models import Record
from core.files import CleanFile, store_upload
from core.tenancy import system_scope
from network.models import Certificate
from tests.conftest import Cast, SignedIn
from tests.factories.files import pdf_bytes, upload
from tests.factories.forms import typed_day


@pytest.fixture
def certificate(cast: Cast, now: datetime, settings: Settings, tmp_path: Path) -> Certificate:
    settings.MEDIA_ROOT = tmp_path
    with system_scope():
        return Certificate.objects.create(
            force=cast.north,
            handler=cast.north_team.handler,
            handler_user=cast.north_handler,
            kind="mhfa",
            issued_on=localdate(now),
            expires_on=localdate(now) + timedelta(days=900),
            file=store_upload(CleanFile(b"%PDF-", ".pdf"), "certificates"),
            submitted_at=now,
            submitted_by=cast.north_handler,
        )


def page_of(certificate: Certificate) -> str:
    return f"/coordinator/certificates/{certificate.uuid}/"


def status(certificate: Certificate) -> str:
    with system_scope():
        certificate.refresh_from_db()
    return certificate.status


def test_looking_verifying_and_on_to_the_next(cast: Cast, certificate: Certificate) -> None:
    client, page = SignedIn().sign_in(cast.coordinator), page_of(certificate)
    assert "Hari Northshire" in client.get(page).content.decode()
    assert b"".join(client.get(f"{page}file/").streaming_content) == b"%PDF-"
    answer = client.post(f"{page}verify/", follow=True)
    assert answer.redirect_chain[0][0] == "/coordinator/documents/next/"
    assert status(certificate) == "verified"
    with system_scope():
        verbs = list(Record.objects.filter(object_uuid=certificate.uuid).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["opened certificate", "verified certificate"]


def test_sending_back_needs_a_reason(cast: Cast, certificate: Certificate) -> None:
    client, page = SignedIn().sign_in(cast.coordinator), page_of(certificate)
    assert "There is a problem" in client.post(f"{page}reject/", {"reason": ""}).content.decode()
    assert status(certificate) == "submitted"
    client.post(f"{page}reject/", {"reason": "Not signed"})
    assert status(certificate) == "rejected"
    assert "Somebody may have been quicker" in client.post(f"{page}verify/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("who", "code"), [("north_lead", 403), ("north_handler", 403), ("south_lead", 404), ("assessor", 404)]
)
def test_nobody_else_decides(cast: Cast, certificate: Certificate, who: str, code: int) -> None:
    client, page = SignedIn().sign_in(getattr(cast, who)), page_of(certificate)
    assert client.get(page).status_code == code
    assert client.post(f"{page}verify/").status_code == code
    assert client.post(f"{page}reject/", {"reason": "No"}).status_code == code
    assert status(certificate) == "submitted"


@pytest.mark.parametrize("rest", ["verify/", "reject/"])
def test_decisions_are_sent_not_fetched(cast: Cast, certificate: Certificate, rest: str) -> None:
    assert SignedIn().sign_in(cast.coordinator).get(f"{page_of(certificate)}{rest}").status_code == 405
    assert SignedIn().get(page_of(certificate)).status_code == 302


def test_a_certificate_that_was_sent_to_the_team_is_entered_by_it(
    cast: Cast, now: datetime, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client, page = SignedIn().sign_in(cast.coordinator), f"/coordinator/certificates/add/{cast.north.uuid}/"
    today = localdate(now)
    days = {**typed_day("issued_on", today), **typed_day("expires_on", today + timedelta(days=900))}
    typed = {"handler": str(cast.south_team.handler.uuid), "kind": "mhfa", **days, "file": upload(pdf_bytes())}
    assert client.post(page, typed).status_code == 422
    typed |= {"handler": str(cast.north_team.handler.uuid), "file": upload(pdf_bytes())}
    answer = client.post(page, typed)
    with system_scope():
        sent = Certificate.objects.get(handler=cast.north_team.handler, status="submitted")
    assert answer.headers["Location"] == page_of(sent)
    assert (sent.force_id, sent.submitted_by_id) == (cast.north.pk, cast.coordinator.pk)
