"""The dogs' pages: clearance today and what ends it, papers, what comes, what was done, and when a team is away."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from core.tenancy import scope, system_scope
from dogs.actions.commitments import commit
from dogs.actions.work import IncidentReport, Session, log_session, report_incident
from dogs.models import Commitment, Document, Dog, Team
from network.models import Agreement
from tests.conftest import UNTIL, Cast, SignedIn
from tests.counting import questions
from tests.factories.accounts import make_user
from tests.factories.deployments import confirmed, proposed, triaged
from tests.factories.dogs import make_document, make_dog, make_team
from tests.factories.forms import typed_day
from tests.factories.network import make_handler

pytestmark = pytest.mark.django_db
DOGS = "/member/dogs/"


def page_of(user: User, dog: Dog) -> str:
    answer = SignedIn().sign_in(user).get(reverse("member_dog_detail", args=[dog.uuid]))
    assert answer.status_code == 200
    return answer.content.decode()


def next_year(month: int, day: int) -> date:
    return date(localdate().year + 1, month, day)


def ends(kind: str, on: date) -> None:
    with system_scope():
        rows = Document.objects.filter(kind=kind, force__slug="northshire")
        rows.update(issued_on=on - timedelta(days=300), expires_on=on)


def days(first: date, last: date, **more: Any) -> dict[str, Any]:
    return {"kind": "leave", "note": "", **more, **typed_day("first_on", first), **typed_day("last_on", last)}


@pytest.fixture
def dog(cast: Cast) -> Dog:
    return cast.north_team.dog


@pytest.fixture
def soon() -> date:
    return localdate() + timedelta(days=30)


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "coordinator"])
def test_the_dogs_people_read_what_ends_its_clearance_first(cast: Cast, dog: Dog, who: str) -> None:
    until = next_year(3, 3)
    ends("vet_check", until)
    said = page_of(getattr(cast, who), dog)
    assert "May Bramble and Hari Northshire go today?" in said
    assert f"Clear until 3 March {until.year}: then the vet check ends." in said
    assert f"Valid to 3 March {until.year}" in said
    assert "Drawing of Bramble" in said


def test_a_coordinator_rings_and_suspends_from_here(cast: Cast, dog: Dog) -> None:
    change = reverse("admin:dogs_dog_change", args=[dog.pk])
    said = page_of(cast.coordinator, dog)
    assert f'href="{change}"' in said
    assert 'href="tel:07700900123"' in said
    for who in (cast.north_lead, cast.north_handler):
        own = page_of(who, dog)
        assert change not in own
        assert "tel:07700900123" not in own


def test_every_reason_is_said(cast: Cast, dog: Dog) -> None:
    ends("vet_check", localdate() - timedelta(days=3))
    ends("insurance", localdate() - timedelta(days=2))
    said = page_of(cast.north_lead, dog)
    assert "2 reasons not" in said
    assert "Vet check ended on" in said
    assert "insurance ended on" in said


def test_of_the_forces_papers_a_handler_reads_the_day_alone(cast: Cast, dog: Dog) -> None:
    until = next_year(2, 1)
    with system_scope():
        Agreement.objects.filter(force=cast.north).update(expires_on=until)
    clear = f"Clear until 1 February {until.year}:"
    assert f"{clear} then the force&#x27;s agreement ends." in page_of(cast.north_lead, dog)
    said = page_of(cast.north_handler, dog)
    assert f"{clear} then something of your force’s ends; your lead sees what." in said
    assert "greement" not in said


def test_another_forces_dog_is_missing(cast: Cast, dog: Dog) -> None:
    for who in (cast.south_lead, cast.south_handler, cast.assessor, cast.host_lead):
        browser = SignedIn().sign_in(who)
        for name in ("member_dog_detail", "member_dog_time"):
            assert browser.get(reverse(name, args=[dog.uuid])).status_code == 404
            missing = browser.get(reverse(name, args=[uuid4()]))
            assert missing.status_code == 404


def test_the_page_tells_restrictions_work_and_incidents(cast: Cast, dog: Dog, now: datetime) -> None:
    with system_scope():
        Team.objects.filter(pk=cast.north_team.pk).update(restrictions=["crowds", "stairs"])
    with scope(user=cast.north_handler.pk):
        session = Session(on=localdate(now), minutes=125, people=31)
        log_session(team=cast.north_team, session=session, key=uuid4(), commitment=None, by=cast.north_handler, now=now)
        report = IncidentReport(kind="scare", happened_at=now, account="A door banged.")
        report_incident(
            team=cast.north_team, report=report, key=uuid4(), commitment=None, host_force_id=None,
            by=cast.north_handler, now=now,
        )  # fmt: skip
    for who in (cast.north_lead, cast.north_handler):
        said = page_of(who, dog)
        assert "No crowds, stairs" in said
        assert "31 people met, 125 minutes of contact" in said
        assert "A scare" in said
        assert "A door banged" not in said
        assert "1 of 3 sessions" in said
        assert "At most 120 minutes a day." in said


def test_a_dog_that_works_with_nobody_has_a_page_for_its_lead(cast: Cast) -> None:
    with system_scope():
        alone = make_dog(cast.north, "Pickle")
    assert "Pickle works with nobody now" in page_of(cast.north_lead, alone)
    assert (
        SignedIn().sign_in(cast.north_handler).get(reverse("member_dog_detail", args=[alone.uuid])).status_code == 404
    )
    said = SignedIn().sign_in(cast.north_lead).get(DOGS).content.decode()
    assert "Dogs that work with nobody now" in said
    answer = SignedIn().sign_in(cast.north_lead).post(reverse("member_dog_time", args=[alone.uuid]), {}, follow=True)
    assert "there is no time to book" in answer.content.decode()


def test_the_list_is_of_the_own_dogs(cast: Cast) -> None:
    for who in (cast.north_lead, cast.north_handler):
        said = SignedIn().sign_in(who).get(DOGS).content.decode()
        assert "Bramble" in said
        assert "Custard" not in said
    assert SignedIn().sign_in(cast.assessor).get(DOGS).status_code == 403
    assert SignedIn().sign_in(cast.coordinator).get(DOGS).status_code == 403
    assert SignedIn().sign_in(cast.north_lead).post(DOGS).status_code == 405


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "coordinator"])
def test_leave_is_entered_in_whole_days_and_cancelled(cast: Cast, dog: Dog, soon: date, who: str) -> None:
    browser = SignedIn().sign_in(getattr(cast, who))
    address = reverse("member_dog_time", args=[dog.uuid])
    assert browser.get(address).status_code == 200
    said = browser.post(address, days(soon, soon + timedelta(days=2), note="Cornwall"), follow=True).content.decode()
    assert "Leave is entered for Bramble" in said
    assert "Cornwall" in said
    with system_scope():
        booked = Commitment.objects.get()
    assert booked.local_days == (soon, soon + timedelta(days=2))
    said = browser.post(reverse("member_time_cancel", args=[booked.uuid]), follow=True).content.decode()
    assert "Leave of Bramble is cancelled" in said
    assert "Nothing is booked." in said


def test_a_second_press_books_nothing_more(cast: Cast, dog: Dog, soon: date) -> None:
    browser = SignedIn().sign_in(cast.north_handler)
    for _ in range(2):
        assert browser.post(reverse("member_dog_time", args=[dog.uuid]), days(soon, soon)).status_code == 302
    with system_scope():
        assert Commitment.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": ""}, "Choose why the team is away."),
        ({"kind": "deployment"}, "Choose one of those that are offered"),
        ({"first_on_day": "31", "first_on_month": "2"}, "is not a day"),
        ({"first_on_day": "", "first_on_month": "", "first_on_year": ""}, "Enter the first day away."),
        ({"first_on_year": "2020"}, "The first day is over."),
        ({"first_on_year": "9996", "last_on_year": "9996"}, "That is more than two years ahead."),
        ({"last_on_year": "2020"}, "The last day is before the first."),
        ({"last_on_year": "2096"}, "That is more than a year."),
        ({"note": "x" * 3000}, "at most 200 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_booked(
    cast: Cast, dog: Dog, soon: date, wrong: dict[str, str], sentence: str
) -> None:
    typed = days(soon, soon, note="<b>Cornwall</b>") | wrong
    answer = SignedIn().sign_in(cast.north_handler).post(reverse("member_dog_time", args=[dog.uuid]), typed)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert sentence in said
    assert "<b>Cornwall" not in said
    with system_scope():
        assert not Commitment.objects.exists()


def test_time_that_is_taken_is_refused_in_a_sentence(cast: Cast, dog: Dog, soon: date, now: datetime) -> None:
    with system_scope():
        commit(cast.north_team, kind="visit", start=now + timedelta(days=29), end=now + timedelta(days=31))
    answer = SignedIn().sign_in(cast.north_handler).post(reverse("member_dog_time", args=[dog.uuid]), days(soon, soon))
    assert answer.status_code == 422
    assert "Bramble is already booked for some of that time: " in answer.content.decode()


def test_a_male_dog_is_never_in_season(cast: Cast, dog: Dog) -> None:
    address = reverse("member_dog_time", args=[dog.uuid])
    assert "In season" in SignedIn().sign_in(cast.north_handler).get(address).content.decode()
    with system_scope():
        Dog.objects.filter(pk=dog.pk).update(sex="m")
    assert "In season" not in SignedIn().sign_in(cast.north_handler).get(address).content.decode()


def test_with_two_handlers_the_lead_says_who_is_away(cast: Cast, dog: Dog, soon: date) -> None:
    with system_scope():
        second = make_user("second@northshire.example", "Sam Second", ("handler", cast.north))
        handler = make_handler(cast.north, second, by=cast.coordinator, until=UNTIL)
        team = make_team(cast.north, handler, by=cast.coordinator, until=UNTIL, name="Biscuit")
        Team.objects.filter(pk=team.pk).update(dog=dog)
    browser, address = SignedIn().sign_in(cast.north_lead), reverse("member_dog_time", args=[dog.uuid])
    assert "Choose the handler who is away" in browser.post(address, days(soon, soon)).content.decode()
    assert browser.post(address, days(soon, soon, team=str(cast.south_team.uuid))).status_code == 422
    assert browser.post(address, days(soon, soon, team=str(team.uuid))).status_code == 302
    with system_scope():
        assert Commitment.objects.get().handler == handler


def test_a_deployment_is_not_cancelled_here(cast: Cast, dog: Dog, tomorrow: datetime, now: datetime) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now)
    (offer,) = proposed(request, cast.north_team, by=cast.coordinator, now=now)
    made = confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
    said = page_of(cast.north_handler, dog)
    assert reverse("member_deployment_detail", args=[made.uuid]) in said
    assert reverse("member_time_cancel", args=[made.commitment.uuid]) not in said
    browser = SignedIn().sign_in(cast.north_handler)
    answer = browser.post(reverse("member_time_cancel", args=[made.commitment.uuid]), follow=True)
    assert "Stand the deployment down instead" in answer.content.decode()


def test_somebody_elses_time_is_missing(cast: Cast, now: datetime) -> None:
    with system_scope():
        booked = commit(cast.north_team, kind="leave", start=now, end=now + timedelta(days=1))
    for who in (cast.south_lead, cast.south_handler, cast.host_lead):
        assert SignedIn().sign_in(who).post(reverse("member_time_cancel", args=[booked.uuid])).status_code == 404


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "coordinator"])
def test_a_dogs_page_asks_at_most_eight_times(cast: Cast, dog: Dog, now: datetime, who: str) -> None:
    with system_scope():
        make_document(cast.north, "vet_check", by=cast.north_lead, until=UNTIL, dog=dog, status="submitted")
        for week in range(1, 9):
            start = now + timedelta(weeks=week)
            commit(cast.north_team, kind="leave", start=start, end=start + timedelta(days=1))
    browser = SignedIn().sign_in(getattr(cast, who))
    browser.get(DOGS)
    assert questions(browser, reverse("member_dog_detail", args=[dog.uuid])) <= 8
    if who != "coordinator":
        assert questions(browser, DOGS) <= 8
