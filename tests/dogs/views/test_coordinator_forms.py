"""The five forms as coordinators read them: lists, reviews, visits asked for."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from core.tenancy import scope, system_scope
from dogs.actions.work import report_incident
from dogs.inputs import IncidentReport
from dogs.models import Dog, Incident, WelfareVisit
from tests.boundaries.matrix import day
from tests.conftest import Cast, SignedIn
from tests.counting import questions

SignIn = Callable[[User], SignedIn]
LISTS = ("session", "incident", "welfare", "debrief", "claim")


@pytest.fixture
def page(as_user: type[SignedIn]) -> SignIn:
    return lambda user: as_user().sign_in(user)


@pytest.fixture
def bite(cast: Cast, now: datetime) -> Incident:
    with scope(user=cast.north_handler.pk):
        report = IncidentReport(kind="bite", happened_at=now - timedelta(hours=1), account="It snapped.")
        return report_incident(
            team=cast.north_team, report=report, key=uuid4(), commitment=None, host_force_id=None,
            by=cast.north_handler, now=now,
        )  # fmt: skip


@pytest.mark.parametrize("noun", LISTS)
def test_lists_and_files_are_the_coordinators(page: SignIn, cast: Cast, bite: Incident, noun: str) -> None:
    client = page(cast.coordinator)
    client.get(reverse("coordinator_form_list"))
    assert questions(client, reverse(f"coordinator_{noun}_list")) <= 8
    assert client.get(reverse(f"coordinator_{noun}_export")).status_code == 200
    for user in (cast.north_lead, cast.assessor):
        assert page(user).get(reverse(f"coordinator_{noun}_list")).status_code == 403
        assert page(user).get(reverse(f"coordinator_{noun}_export")).status_code == 403


def test_a_list_is_narrowed_by_force(page: SignIn, cast: Cast, bite: Incident) -> None:
    client, address = page(cast.coordinator), reverse("coordinator_incident_list")
    assert "Bramble: A bite" in client.get(address, {"force": "northshire"}).content.decode()
    assert "Bramble: A bite" not in client.get(address, {"force": "southshire"}).content.decode()


def test_a_bite_is_reviewed_and_the_dog_works_again(page: SignIn, cast: Cast, bite: Incident) -> None:
    client = page(cast.coordinator)
    home = client.get(reverse("coordinator_form_list")).content.decode()
    assert "Bramble: A bite" in home
    address = reverse("coordinator_incident_review", args=[bite.uuid])
    assert "Bramble goes back to work" in client.get(address).content.decode()
    answer = client.post(address, {"found": "A trolley fell over.", "outcome": "returned"}, follow=True)
    assert "Bramble is back at work." in answer.content.decode()
    with system_scope():
        assert Dog.objects.get(pk=bite.dog_id).status == "accredited"
    read = page(cast.north_handler).get(reverse("member_incident_detail", args=[bite.uuid])).content.decode()
    assert "A trolley fell over." in read


def test_a_review_says_what_is_missing_and_keeps_what_was_typed(page: SignIn, cast: Cast, bite: Incident) -> None:
    address = reverse("coordinator_incident_review", args=[bite.uuid])
    answer = page(cast.coordinator).post(address, {"found": "A trolley <fell>.", "outcome": "noted"})
    assert answer.status_code == 422
    assert "A trolley &lt;fell&gt;." in answer.content.decode()
    with system_scope():
        assert Incident.objects.get(pk=bite.pk).reviewed_at is None


def test_an_assessor_is_asked_and_finds_it_among_their_forms(page: SignIn, cast: Cast, now: datetime) -> None:
    body = {"dog": str(cast.north_team.dog.uuid), "visitor": str(cast.assessor.uuid)}
    body |= day("due_on", localdate(now) + timedelta(days=9))
    answer = page(cast.coordinator).post(reverse("coordinator_welfare_ask"), body, follow=True)
    assert "Asha Assessor is asked to visit Bramble." in answer.content.decode()
    with system_scope():
        draft = WelfareVisit.objects.get()
    client = page(cast.assessor)
    assert "Welfare visit report" in client.get(reverse("member_form_list")).content.decode()
    said = client.get(reverse("member_welfare_edit", args=[draft.uuid])).content.decode()
    assert "Welfare visit of Bramble" in said


def test_a_coordinator_sees_what_waits_and_moves_or_ends_it(page: SignIn, cast: Cast, now: datetime) -> None:
    client, on = page(cast.coordinator), localdate(now) + timedelta(days=9)
    body = {"dog": str(cast.north_team.dog.uuid), "visitor": str(cast.assessor.uuid)}
    client.post(reverse("coordinator_welfare_ask"), body | day("due_on", on))
    assert "Asha Assessor is asked" in client.get(reverse("coordinator_welfare_list")).content.decode()
    with system_scope():
        address = reverse("coordinator_welfare_asked", args=[WelfareVisit.objects.get().uuid])
    later = {"visitor": str(cast.assessor.uuid)} | day("due_on", on + timedelta(days=3))
    assert client.post(address, later).status_code == 302
    with system_scope():
        assert WelfareVisit.objects.get().due_on == on + timedelta(days=3)
    ended = client.post(f"{address}call-off/", follow=True).content.decode()
    assert "The visit to Bramble is called off; Asha Assessor has been told." in ended
    assert "No welfare visit was reported." in ended


def test_only_an_assessor_is_asked(page: SignIn, cast: Cast, now: datetime) -> None:
    body = {"dog": str(cast.north_team.dog.uuid), "visitor": str(cast.north_lead.uuid)}
    body |= day("due_on", localdate(now) - timedelta(days=1))
    answer = page(cast.coordinator).post(reverse("coordinator_welfare_ask"), body)
    assert "Choose one of those that are offered" in answer.content.decode()
