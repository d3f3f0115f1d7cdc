"""Assessments in the coordinators' admin: asked for, booked, decided."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from assessments.models import Assessment, Criteria
from core.tenancy import system_scope
from tests.conftest import Cast, SignedIn


@pytest.fixture
def coordinator(cast: Cast, as_user: type[SignedIn]) -> SignedIn:
    Criteria.objects.create(version=1, published_on=date(2025, 1, 1), text="Calm.")
    return as_user().sign_in(cast.coordinator)


def act(pk: int, slug: str) -> str:
    return reverse("admin:assessments_assessment_act", args=[pk, slug])


def test_an_assessment_goes_its_way(cast: Cast, coordinator: SignedIn, now: datetime) -> None:
    add = reverse("admin:assessments_assessment_add")
    assert coordinator.post(add, {"team": cast.north_team.pk}).status_code == 302
    assert b"under way already" in coordinator.post(add, {"team": cast.north_team.pk}).content
    with system_scope():
        assessment = Assessment.objects.get()
    booking = {"assessor_user": cast.assessor.pk, "booked_for": localdate(now).isoformat()}
    assert coordinator.post(act(assessment.pk, "book"), booking).status_code == 302
    half = coordinator.post(act(assessment.pk, "decide"), {"result": "passed_restricted"})
    assert b"Choose at least one restriction" in half.content
    whole = {"result": "passed_restricted", "restrictions": ["noise"], "findings": "Settles."}
    assert coordinator.post(act(assessment.pk, "decide"), whole).status_code == 302
    with system_scope():
        cast.north_team.refresh_from_db()
        assessment.refresh_from_db()
    assert (assessment.status, cast.north_team.restrictions) == ("passed_restricted", ["noise"])


def test_criteria_that_stand_are_not_changed(coordinator: SignedIn) -> None:
    criteria = Criteria.objects.get()
    page = reverse("admin:assessments_criteria_change", args=[criteria.pk])
    assert coordinator.post(page, {"version": 1, "published_on": "01/01/2025", "text": "Loud."}).status_code == 403
    new = {"version": 2, "published_on": "01/01/2026", "text": "Calmer."}
    assert coordinator.post(reverse("admin:assessments_criteria_add"), new).status_code == 302
    assert Criteria.objects.count() == 2
