"""Certificates as handlers and leads see and send them."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import localdate
from pytest_django.fixtures import Settings

from core.tenancy import system_scope
from network.models import Certificate
from tests.conftest import Cast, SignedIn
from tests.factories.files import pdf_bytes, upload
from tests.factories.forms import typed_day

ADD = "/member/certificates/add/"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def typed(cast: Cast, now: datetime, **changes: Any) -> dict[str, Any]:
    issued, ends = localdate(now) - timedelta(days=2), localdate(now) + timedelta(days=1000)
    form: dict[str, Any] = {"handler": str(cast.north_team.handler.uuid), "kind": "mhfa", "file": upload(pdf_bytes())}
    return form | typed_day("issued_on", issued) | typed_day("expires_on", ends) | changes


def submitted() -> list[Certificate]:
    with system_scope():
        return list(Certificate.objects.filter(status="submitted"))


@pytest.mark.parametrize("who", ["north_handler", "north_lead"])
def test_adding_a_certificate(cast: Cast, now: datetime, who: str) -> None:
    answer = SignedIn().sign_in(getattr(cast, who)).post(ADD, typed(cast, now), follow=True)
    assert "was sent to be verified" in answer.content.decode()
    (certificate,) = submitted()
    assert (certificate.handler_user_id, certificate.submitted_by_id) == (cast.north_handler.pk, getattr(cast, who).pk)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "first_aid"}, "Choose one of those that are offered"),
        ({"file": upload(b"")}, "The file is empty"),
        ({"expires_on_year": "2016"}, "must be after the day it was issued"),
    ],
)
def test_what_can_not_be_is_said(cast: Cast, now: datetime, media: Path, changes: dict[str, Any], words: str) -> None:
    answer = SignedIn().sign_in(cast.north_handler).post(ADD, typed(cast, now, **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not submitted()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_another_forces_handler_can_not_be_named(cast: Cast, now: datetime) -> None:
    form = typed(cast, now, handler=str(cast.south_team.handler.uuid))
    assert (
        "Choose one of those that are offered" in SignedIn().sign_in(cast.north_lead).post(ADD, form).content.decode()
    )
    assert not submitted()


def test_a_link_chooses_the_kind(cast: Cast) -> None:
    page = SignedIn().sign_in(cast.north_handler).get(ADD, {"kind": "peer_supporter"}).content.decode()
    assert '<option value="peer_supporter" selected>' in page


@pytest.mark.parametrize(
    ("who", "code"),
    [("north_handler", 200), ("north_lead", 200), ("south_handler", 404), ("south_lead", 404), ("assessor", 404)],
)
def test_who_reads_a_certificate(cast: Cast, who: str, code: int) -> None:
    with system_scope():
        certificate = Certificate.objects.get(handler=cast.north_team.handler)
    client = SignedIn().sign_in(getattr(cast, who))
    assert client.get(f"/member/certificates/{certificate.uuid}/").status_code == code
    assert client.get(f"/member/certificates/{certificate.uuid}/file/").status_code == 404


@pytest.mark.parametrize("who", ["assessor", "coordinator"])
def test_who_keeps_no_documents_adds_none(cast: Cast, who: str) -> None:
    assert SignedIn().sign_in(getattr(cast, who)).get(ADD).status_code == 403


def test_a_visitor_signs_in_first(cast: Cast) -> None:
    assert SignedIn().get(ADD).status_code == 302
