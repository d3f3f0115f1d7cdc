"""The assessors' room."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from assessments import actions as act
from assessments.models import Assessment, Criteria
from core.tenancy import system_scope
from notifications.models import Message
from tests.conftest import Cast, SignedIn
from tests.counting import questions

PASS = {"result": "passed", "retest_weeks": "", "findings": "Settles within a minute."}


def book(cast: Cast, day: date, now: datetime) -> Assessment:
    with system_scope():
        Criteria.objects.get_or_create(version=1, defaults={"published_on": date(2025, 1, 1), "text": "Calm & kind."})
        asked = act.request_assessment(team=cast.north_team, by=cast.coordinator, now=now)
        return act.book_assessment(
            assessment=asked, assessor_user=cast.assessor, booked_for=day, by=cast.coordinator, now=now
        )


@pytest.fixture
def booked(cast: Cast, now: datetime) -> Assessment:
    return book(cast, localdate(now), now)


@pytest.fixture
def assessor(cast: Cast) -> SignedIn:
    return SignedIn().sign_in(cast.assessor)


def status(assessment: Assessment) -> str:
    with system_scope():
        return Assessment.objects.get(pk=assessment.pk).status


def test_an_assessor_lands_on_the_teams_assigned_to_them(assessor: SignedIn, booked: Assessment) -> None:
    page = assessor.get("/home/", follow=True)
    assert page.redirect_chain == [("/member/assessments/", 302)]
    words = page.content.decode()
    assert "Bramble" in words
    assert "Hari Northshire" in words
    assert f"/member/assessments/{booked.uuid}/decide/" in words
    with system_scope():
        mail = Message.objects.get(to="assessor@ok9.example")
    assert "/member/assessments/" in mail.text


def test_an_assessor_records_the_outcome(cast: Cast, assessor: SignedIn, booked: Assessment) -> None:
    url = f"/member/assessments/{booked.uuid}/decide/"
    assert "Calm &amp; kind." in assessor.get(url).content.decode()
    answer = assessor.post(url, PASS, follow=True)
    assert "is recorded" in answer.content.decode()
    assert status(booked) == "passed"
    again = assessor.post(url, PASS)
    assert again.status_code == 422
    assert "become passed now" in again.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"result": ""}, "Choose one at “Result”."),
        ({"result": "passed_restricted"}, "Choose at least one restriction"),
        ({"result": "referred", "retest_weeks": "60"}, "Enter the weeks in figures, from 1 to 52."),
        ({"result": "failed", "findings": " "}, "Write what was found"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_decided(
    assessor: SignedIn, booked: Assessment, typed: dict[str, str], said: str
) -> None:
    answer = assessor.post(f"/member/assessments/{booked.uuid}/decide/", PASS | typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert status(booked) == "booked"


def test_before_the_day_there_is_nothing_to_record(cast: Cast, assessor: SignedIn, now: datetime) -> None:
    early = book(cast, localdate(now) + timedelta(days=3), now)
    page = assessor.get(f"/member/assessments/{early.uuid}/decide/").content.decode()
    assert "You can record the outcome from" in page
    assert '<button class="btn">Record the outcome' not in page
    assert assessor.post(f"/member/assessments/{early.uuid}/decide/", PASS).status_code == 422
    assert status(early) == "booked"


def test_the_room_is_the_booked_assessors(cast: Cast, client: Client, booked: Assessment) -> None:
    url = f"/member/assessments/{booked.uuid}/decide/"
    assert client.get(url).status_code == 302
    assert SignedIn().sign_in(cast.north_lead).get(url).status_code == 403
    assert SignedIn().sign_in(cast.south_lead).get(url).status_code == 404
    assert SignedIn().sign_in(cast.north_lead).get("/member/assessments/").status_code == 403
    assert SignedIn().sign_in(cast.assessor).delete(url).status_code == 405


def test_the_room_asks_at_most_eight_times(assessor: SignedIn, booked: Assessment) -> None:
    for url in ("/member/assessments/", f"/member/assessments/{booked.uuid}/decide/"):
        assessor.get(url)
        assert 0 < questions(assessor, url) <= 8
