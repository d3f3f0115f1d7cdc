"""Assessments are asked for, booked, decided and cancelled; a pass is written onto the team."""

from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from assessments import actions as act
from assessments.models import Assessment, Criteria
from assessments.rules import Outcome
from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from core.validity import valid_until
from notifications.models import Message
from tests.conftest import UNTIL, Cast
from tests.factories.accounts import make_user


@pytest.fixture
def criteria(cast: Cast) -> Criteria:
    return Criteria.objects.create(version=1, published_on=date(2025, 1, 1), text="Calm.")


@pytest.fixture
def booked(cast: Cast, criteria: Criteria, now: datetime) -> Assessment:
    with system_scope():
        asked = act.request_assessment(team=cast.north_team, by=cast.coordinator, now=now)
        return act.book_assessment(
            assessment=asked, assessor_user=cast.assessor, booked_for=localdate(now), by=cast.coordinator, now=now
        )


def test_a_lead_asks_and_the_coordinators_are_told(cast: Cast, criteria: Criteria, now: datetime) -> None:
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        assessment = act.request_assessment(team=cast.north_team, by=cast.north_lead, now=now)
        with pytest.raises(Refused):
            act.request_assessment(team=cast.north_team, by=cast.north_lead, now=now)
    with system_scope():
        assert (assessment.status, assessment.criteria) == ("requested", criteria)
        told = Message.objects.filter(kind="assessments/assessment_moved").values_list("to", flat=True)
        assert set(told) == {"handler@northshire.example", "coordinator@ok9.example"}


def test_without_criteria_there_is_nothing_to_assess_against(cast: Cast, now: datetime) -> None:
    with system_scope(), pytest.raises(Refused):
        act.request_assessment(team=cast.north_team, by=cast.coordinator, now=now)


def test_the_assessor_passes_a_team_without_seeing_its_force(cast: Cast, booked: Assessment, now: datetime) -> None:
    outcome = Outcome("passed_restricted", restrictions=("noise",), findings="Settles.")
    with scope(user=cast.assessor.pk):
        decided = act.record_outcome(assessment=booked, outcome=outcome, by=cast.assessor, now=now)
    until = valid_until(localdate(now), 24)
    with system_scope():
        cast.north_team.refresh_from_db()
        assert (decided.status, decided.valid_until, decided.decided_by) == ("passed_restricted", until, cast.assessor)
        assert (cast.north_team.assessed_until, cast.north_team.restrictions) == (until, ["noise"])
        verbs = Record.objects.filter(object_uuid=booked.uuid).order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["requested assessment", "booked assessment", "decided assessment"]
        last = Message.objects.filter(kind="assessments/assessment_moved").latest("pk")
        assert "noise" in last.text
        assert "Settles." not in last.text


def test_a_pass_that_is_typed_late_holds_from_the_day_of_the_assessment(
    cast: Cast, booked: Assessment, now: datetime
) -> None:
    held_on = localdate(now)
    with system_scope():
        act.record_outcome(
            assessment=booked, outcome=Outcome("passed"), by=cast.coordinator, now=now + timedelta(days=60)
        )
        cast.north_team.refresh_from_db()
    assert (cast.north_team.assessed_on, cast.north_team.assessed_until) == (held_on, valid_until(held_on, 24))


def test_a_pass_takes_older_restrictions_away(cast: Cast, booked: Assessment, now: datetime) -> None:
    with system_scope():
        type(cast.north_team).objects.filter(pk=cast.north_team.pk).update(restrictions=["crowds"])
        act.record_outcome(assessment=booked, outcome=Outcome("passed"), by=cast.coordinator, now=now)
        cast.north_team.refresh_from_db()
        assert cast.north_team.restrictions == []


def test_what_is_booked_is_looked_at_again_when_a_team_is_assessed_anew(
    cast: Cast, booked: Assessment, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    """A new restriction may stand against it, as much as no pass."""
    outcome = Outcome("passed_restricted", restrictions=("crowds",), findings="Settles.")
    with system_scope(), django_capture_on_commit_callbacks() as waiting:
        act.record_outcome(assessment=booked, outcome=outcome, by=cast.coordinator, now=now)
    assert "_recheck" in {callback.__name__ for callback in waiting}


def test_only_the_booked_assessor_decides(cast: Cast, booked: Assessment, now: datetime) -> None:
    with system_scope():
        other = make_user("other@ok9.example", "Ola Other", ("assessor", None))
        for by in (other, cast.north_lead, cast.north_handler):
            with pytest.raises(PermissionDenied):
                act.record_outcome(assessment=booked, outcome=Outcome("passed"), by=by, now=now)


def test_a_referred_team_waits_its_weeks(cast: Cast, booked: Assessment, now: datetime) -> None:
    outcome = Outcome("referred", retest_weeks=8, findings="Startled by trolleys.")
    with system_scope():
        act.record_outcome(assessment=booked, outcome=outcome, by=cast.assessor, now=now)
        with pytest.raises(Refused):
            act.request_assessment(team=cast.north_team, by=cast.coordinator, now=now + timedelta(days=50))
        later = act.request_assessment(team=cast.north_team, by=cast.coordinator, now=now + timedelta(days=56))
        assert later.status == "requested"


@pytest.mark.parametrize(
    "outcome", [Outcome("failed", findings="Growls."), Outcome("referred", retest_weeks=8, findings="Startles.")]
)
def test_a_team_that_does_not_pass_again_works_no_longer(
    cast: Cast, booked: Assessment, now: datetime, outcome: Outcome
) -> None:
    with system_scope():
        cast.north_team.refresh_from_db()
        assert cast.north_team.cleared_until
        act.record_outcome(assessment=booked, outcome=outcome, by=cast.assessor, now=now)
        cast.north_team.refresh_from_db()
        found = (cast.north_team.assessed_on, cast.north_team.assessed_until, cast.north_team.cleared_until)
        assert found == (localdate(now), None, None)


def test_booking_needs_an_assessor_and_a_day_to_come(cast: Cast, criteria: Criteria, now: datetime) -> None:
    today = localdate(now)
    with system_scope():
        asked = act.request_assessment(team=cast.north_team, by=cast.coordinator, now=now)
        for assessor, day, field in (
            (cast.north_lead, today, "assessor_user"),
            (cast.assessor, today - timedelta(days=1), "booked_for"),
        ):
            with pytest.raises(Refused) as refused:
                act.book_assessment(
                    assessment=asked, assessor_user=assessor, booked_for=day, by=cast.coordinator, now=now
                )
            assert refused.value.field == field
        with pytest.raises(PermissionDenied):
            act.book_assessment(
                assessment=asked, assessor_user=cast.assessor, booked_for=today, by=cast.north_lead, now=now
            )


def test_what_is_decided_or_cancelled_stays_so(cast: Cast, booked: Assessment, now: datetime) -> None:
    with system_scope():
        with pytest.raises(Refused):
            act.record_outcome(
                assessment=booked, outcome=Outcome("passed"), by=cast.assessor, now=now - timedelta(days=2)
            )
        cancelled = act.cancel_assessment(assessment=booked, by=cast.north_lead, now=now, why="Ill.")
        assert cancelled.status == "cancelled"
        with pytest.raises(Refused):
            act.record_outcome(assessment=booked, outcome=Outcome("passed"), by=cast.assessor, now=now)


def test_a_team_is_passed_wholly_or_not_at_all(cast: Cast, booked: Assessment, now: datetime) -> None:
    with system_scope():
        with patch("assessments.emails.queue_mail", side_effect=RuntimeError), pytest.raises(RuntimeError):
            act.record_outcome(assessment=booked, outcome=Outcome("passed"), by=cast.assessor, now=now)
        booked.refresh_from_db()
        cast.north_team.refresh_from_db()
        assert (booked.status, cast.north_team.assessed_until) == ("booked", UNTIL)
