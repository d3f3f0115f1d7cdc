"""Reviews of incidents: what a coordinator found, and whether the dog works again."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from core.lifecycle import Refused
from core.tenancy import scope
from dogs.actions.dogs import return_dog
from dogs.actions.incidents import review_incident
from dogs.actions.work import report_incident
from dogs.inputs import IncidentReport
from dogs.models import Dog, Incident
from tests.conftest import Cast
from tests.factories.deployments import forget, told, trail


def reported(cast: Cast, now: datetime, kind: str = "bite") -> Incident:
    with scope(user=cast.north_handler.pk):
        report = IncidentReport(kind=kind, happened_at=now - timedelta(hours=1), account="It snapped.")
        made = report_incident(
            team=cast.north_team, report=report, key=uuid4(), commitment=None, host_force_id=None,
            by=cast.north_handler, now=now,
        )  # fmt: skip
    forget()
    return made


def review(cast: Cast, incident: Incident, outcome: str, now: datetime, *, by: User | None = None) -> Incident:
    by = by or cast.coordinator
    with scope(user=by.pk, national=True):
        return review_incident(incident=incident, found="A trolley fell over.", outcome=outcome, by=by, now=now)


def status(cast: Cast) -> str:
    with scope(national=True):
        return str(Dog.objects.get(pk=cast.north_team.dog_id).status)


def test_a_reviewed_bite_lets_the_dog_work_again(cast: Cast, now: datetime) -> None:
    incident = review(cast, reported(cast, now), "returned", now)
    assert (incident.reviewed_by, incident.reviewed_at, incident.outcome) == (cast.coordinator, now, "returned")
    assert status(cast) == "accredited"
    assert ("reviewed an incident", "", "", cast.coordinator.pk) in trail(incident)
    assert {to for name, to in told() if name == "incident_reviewed"} == {
        "handler@northshire.example", "lead@northshire.example",
    }  # fmt: skip


def test_a_dog_may_stay_suspended_and_be_looked_at_again(cast: Cast, now: datetime) -> None:
    incident = reported(cast, now)
    review(cast, incident, "kept", now)
    assert status(cast) == "suspended"
    review(cast, incident, "returned", now + timedelta(days=3))
    assert status(cast) == "accredited"


def test_a_review_sent_twice_counts_once(cast: Cast, now: datetime) -> None:
    incident = reported(cast, now)
    review(cast, incident, "returned", now)
    review(cast, incident, "returned", now + timedelta(minutes=1))
    assert [verb for verb, *_rest in trail(incident)].count("reviewed an incident") == 1


def test_a_closed_review_is_not_opened_again(cast: Cast, now: datetime) -> None:
    incident = reported(cast, now, "scare")
    review(cast, incident, "noted", now)
    with scope(user=cast.coordinator.pk, national=True), pytest.raises(Refused, match="reviewed already"):
        review_incident(incident=incident, found="Something else.", outcome="noted", by=cast.coordinator, now=now)


@pytest.mark.parametrize(
    ("kind", "outcome", "said"),
    [("bite", "noted", "is suspended: say whether"), ("scare", "returned", "is not suspended now")],
)
def test_the_outcome_fits_how_the_dog_stands(cast: Cast, now: datetime, kind: str, outcome: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        review(cast, reported(cast, now, kind), outcome, now)
    assert refused.value.field == "outcome"


def test_a_dog_with_another_bite_waiting_stays(cast: Cast, now: datetime) -> None:
    first, second = reported(cast, now), reported(cast, now)
    with pytest.raises(Refused, match="A bite by Bramble waits"):
        review(cast, first, "returned", now)
    review(cast, second, "kept", now)
    review(cast, first, "returned", now)
    assert status(cast) == "accredited"


def test_no_dog_goes_back_to_work_past_the_review_of_its_bite(cast: Cast, now: datetime) -> None:
    incident = reported(cast, now)
    with scope(user=cast.coordinator.pk, national=True):
        dog = Dog.objects.get(pk=incident.dog_id)
        with pytest.raises(Refused, match="A bite by Bramble waits"):
            return_dog(dog=dog, by=cast.coordinator, now=now)
    assert status(cast) == "suspended"
    review(cast, incident, "kept", now)
    with scope(user=cast.coordinator.pk, national=True):
        return_dog(dog=dog, by=cast.coordinator, now=now)
    assert status(cast) == "accredited"


def test_only_the_national_team_reviews(cast: Cast, now: datetime) -> None:
    incident = reported(cast, now)
    for user in (cast.north_lead, cast.north_handler, cast.assessor):
        with pytest.raises(PermissionDenied):
            review(cast, incident, "returned", now, by=user)


def test_a_near_miss_suspends_nobody(cast: Cast, now: datetime) -> None:
    reported(cast, now, "near_miss")
    assert status(cast) == "accredited"
