"""The briefing's paper."""

from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest

from core.tenancy import system_scope
from deployments.documents import briefing_pdf
from deployments.models import Briefing, Deployment
from tests.conftest import Cast
from tests.core.test_pdf import accessibility_errors
from tests.factories.deployments import confirmed, proposed, triaged


@pytest.fixture
def deployment(cast: Cast, tomorrow: datetime, now: datetime) -> Deployment:
    request = triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now, setting=("stairs",))
    (offer,) = proposed(request, cast.north_team, by=cast.coordinator, now=now)
    return confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)


def paper_of(deployment: Deployment, now: datetime) -> bytes:
    with system_scope():
        rows = Deployment.objects.select_related("request__force", "force", "team")
        found = rows.get(pk=deployment.pk)
        return briefing_pdf(found, Briefing.objects.get(request_id=found.request_id), now=now)


def words(paper: bytes) -> str:
    with pypdfium2.PdfDocument(paper) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def test_the_paper_says_where_when_and_whom_to_ask_for(deployment: Deployment, now: datetime) -> None:
    text = words(paper_of(deployment, now))
    for wanted in (
        deployment.request.reference,
        "Hostshire Police",
        "Front desk",
        "Sergeant Sample",
        "07700 900778",
        "A quiet room.",
        "Stairs",
        "From your base, by road",
    ):
        assert wanted in text
    assert "Vic Visitor" not in text
    assert "colleagues were hurt" not in text


def test_the_paper_has_no_accessibility_error(deployment: Deployment, now: datetime, tmp_path: Path) -> None:
    assert accessibility_errors(paper_of(deployment, now), tmp_path) == []


def test_markup_and_long_words_in_a_briefing_stay_text(deployment: Deployment, now: datetime, tmp_path: Path) -> None:
    with system_scope():
        expect = "<h1>No</h1> & 'so' " + "w" * 400 + " ŵŷ"
        Briefing.objects.filter(request_id=deployment.request_id).update(expect=expect)
    paper = paper_of(deployment, now + timedelta(hours=1))
    assert "<h1>No</h1> & 'so'" in words(paper)
    assert accessibility_errors(paper, tmp_path) == []
