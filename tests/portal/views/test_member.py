"""A member's home: what needs doing now."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from assessments.models import Assessment, Criteria
from core.tenancy import scope, system_scope
from core.typed import LONDON
from deployments.actions.deployments import check_in, check_out
from deployments.models import Deployment, Offer
from dogs.actions.commitments import commit
from dogs.actions.work import Session, log_session
from dogs.models import Document, Dog
from network.models import Agreement, Certificate
from notifications.models import Message
from tests.conftest import Cast, SignedIn
from tests.factories.accounts import make_user
from tests.factories.deployments import confirmed, proposed, triaged
from tests.factories.dogs import make_document

HOME = "/member/"


@pytest.fixture
def offer(cast: Cast, tomorrow: datetime, now: datetime) -> Offer:
    request = triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now)
    (made,) = proposed(request, cast.north_team, by=cast.coordinator, now=now)
    return made


@pytest.fixture
def deployment(cast: Cast, offer: Offer, now: datetime) -> Deployment:
    return confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)


def home_of(user: User) -> str:
    answer = SignedIn().sign_in(user).get(HOME)
    assert answer.status_code == 200
    return answer.content.decode()


def ends(kind: str, on: date) -> None:
    """Let Bramble's document of that kind end on a day."""
    with system_scope():
        rows = Document.objects.filter(kind=kind, force__slug="northshire")
        rows.update(issued_on=on - timedelta(days=300), expires_on=on)


def test_home_asks_for_sign_in_and_comes_back(client: Client, db: None) -> None:
    answer = client.get(HOME)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"?next={HOME}")


def test_home_is_only_read(cast: Cast) -> None:
    assert SignedIn().sign_in(cast.north_lead).post(HOME).status_code == 405


def test_home_is_not_the_coordinators(cast: Cast) -> None:
    assert SignedIn().sign_in(cast.coordinator).get(HOME).status_code == 403


def test_on_a_calm_day_nothing_needs_anybody(cast: Cast) -> None:
    for who in (cast.north_lead, cast.north_handler, cast.host_lead, cast.assessor):
        assert "Nothing needs you today." in home_of(who)


def test_a_lead_s_teams_are_clear_or_say_every_reason(cast: Cast) -> None:
    assert "Clear" in home_of(cast.north_lead)
    ends("vet_check", localdate() - timedelta(days=3))
    with system_scope():
        Agreement.objects.filter(force=cast.north).update(expires_on=localdate() - timedelta(days=1))
    said = home_of(cast.north_lead)
    assert "2 reasons not" in said
    assert "Vet check ended on" in said
    assert "The force&#x27;s agreement ended on" in said
    assert "Custard" not in said


def test_a_handler_reads_that_the_force_lacks_something_and_not_what(cast: Cast) -> None:
    with system_scope():
        Agreement.objects.filter(force=cast.north).update(expires_on=localdate() - timedelta(days=1))
    said = home_of(cast.north_handler)
    assert "your lead sees what" in said
    assert "greement" not in said


def test_an_offer_waits_with_its_deadline_for_both_sides(cast: Cast, offer: Offer) -> None:
    assert "Release Bramble and Hari for Hostshire headquarters?" in home_of(cast.north_lead)
    said = home_of(cast.north_handler)
    assert "Can you and Bramble go to Hostshire headquarters?" in said
    assert "Answer by" in said
    assert reverse("member_offer_detail", args=[offer.uuid]) in said
    assert "Hostshire headquarters" not in home_of(cast.south_lead)


def test_a_paper_that_ends_soon_is_a_task_until_its_replacement_is_sent(cast: Cast) -> None:
    ends("vet_check", localdate() + timedelta(days=6))
    said = home_of(cast.north_handler)
    assert "Bramble’s vet check: ends in 6 days" in said
    assert "6 days left" in said
    with system_scope():
        dog = Dog.objects.get(name="Bramble")
        until = localdate() + timedelta(days=370)
        make_document(cast.north, "vet_check", by=cast.north_handler, until=until, dog=dog, status="submitted")
    assert "vet check: ends" not in home_of(cast.north_handler)
    assert "vet check: ends" not in home_of(cast.north_lead)


def test_a_missing_paper_is_said(cast: Cast) -> None:
    with system_scope():
        Document.objects.filter(kind="insurance", dog__name="Bramble").update(status="replaced")
    assert "Bramble has no verified insurance" in home_of(cast.north_handler)


def test_only_the_lead_is_asked_for_the_force_s_papers(cast: Cast) -> None:
    ends("public_liability", localdate() + timedelta(days=20))
    assert "public liability insurance: ends in 20 days" in home_of(cast.north_lead)
    assert "public liability" not in home_of(cast.north_handler)


def test_a_certificate_that_ended_is_urgent(cast: Cast) -> None:
    with system_scope():
        issued, until = localdate() - timedelta(days=900), localdate() - timedelta(days=2)
        Certificate.objects.filter(force=cast.north).update(issued_on=issued, expires_on=until)
    said = home_of(cast.north_handler)
    assert "1 thing can’t wait." in said
    assert "/member/certificates/" in said


def test_the_day_comes_first_and_the_debrief_afterwards(cast: Cast, deployment: Deployment, tomorrow: datetime) -> None:
    address = reverse("member_deployment_detail", args=[deployment.uuid])
    assert "Coming up" in home_of(cast.north_handler)
    with time_machine.travel(tomorrow - timedelta(hours=1), tick=False):
        said = home_of(cast.north_handler)
        assert "Today: Bramble goes to Hostshire headquarters" in said
        assert address in said
        assert "Today: Bramble goes" not in home_of(cast.north_lead)
    with scope(user=cast.north_handler.pk):
        check_in(deployment=deployment, by=cast.north_handler, now=tomorrow)
    with time_machine.travel(tomorrow + timedelta(hours=1), tick=False):
        assert "Bramble is working at Hostshire headquarters" in home_of(cast.north_handler)
        assert "Busy to" in home_of(cast.north_lead)
    with scope(user=cast.north_handler.pk):
        check_out(deployment=deployment, by=cast.north_handler, now=tomorrow + timedelta(hours=4))
    with time_machine.travel(tomorrow + timedelta(hours=5), tick=False):
        assert "Write the debrief for Hostshire headquarters" in home_of(cast.north_handler)
        assert "Write the debrief" not in home_of(cast.north_lead)
        assert "Resting to" in home_of(cast.north_lead)


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "host_lead", "assessor"])
def test_home_asks_the_database_at_most_eight_times(cast: Cast, deployment: Deployment, who: str) -> None:
    browser = SignedIn().sign_in(getattr(cast, who))
    browser.get(HOME)
    with CaptureQueriesContext(connection) as queries:
        browser.get(HOME)
    asked = [row["sql"] for row in queries if not row["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 8, asked


def test_what_ends_soon_stands_among_what_is_coming(cast: Cast) -> None:
    ends("vet_check", localdate() + timedelta(days=6))
    said = home_of(cast.north_handler)
    assert "Bramble’s vet check ends" in said
    assert "Not clear from" in said
    assert reverse("member_dog_detail", args=[cast.north_team.dog.uuid]) in said


def test_leave_is_said_in_whole_days(cast: Cast) -> None:
    first = datetime.combine(localdate() + timedelta(days=3), time(0), tzinfo=LONDON)
    with system_scope():
        commit(cast.north_team, kind="leave", start=first, end=first + timedelta(days=2))
    said = home_of(cast.north_lead)
    assert "Bramble: Leave" in said
    assert "00:00" not in said


def test_unread_messages_are_new(cast: Cast, offer: Offer) -> None:
    assert "Can Bramble and Hari go to Hostshire Police?" in home_of(cast.north_lead)
    with system_scope():
        Message.objects.update(read_at=offer.proposed_at)
    said = home_of(cast.north_lead)
    assert "Can Bramble and Hari go to Hostshire Police?" not in said
    assert "You have read every message." in said


def test_people_met_are_the_own_teams_in_four_whole_weeks(cast: Cast, now: datetime) -> None:
    monday = localdate(now) - timedelta(days=localdate(now).weekday())
    sunday, week_before = monday - timedelta(days=1), monday - timedelta(days=8)
    for team, on in ((cast.north_team, sunday), (cast.north_team, monday), (cast.south_team, week_before)):
        with scope(user=team.handler_user_id):
            session = Session(on=on, minutes=30, people=17)
            log_session(team=team, session=session, key=uuid4(), commitment=None, by=team.handler_user, now=now)
    for who in (cast.north_lead, cast.north_handler):
        said = home_of(who)
        assert '<p class="met"><b>17</b> people met a dog</p>' in said
    assert "The four weeks before this one" not in home_of(cast.host_lead)


def test_an_assessor_reads_what_is_booked(cast: Cast) -> None:
    with system_scope():
        criteria = Criteria.objects.create(version=1, published_on=date(2025, 1, 1), text="Calm.")
        Assessment.objects.create(
            force=cast.north, team=cast.north_team, handler_user=cast.north_handler, assessor_user=cast.assessor,
            criteria=criteria, status="booked", requested_on=localdate(), booked_for=localdate() + timedelta(days=9),
        )  # fmt: skip
    said = home_of(cast.assessor)
    assert "Assessment of a team" in said
    assert "Northshire Police" in said
    assert "Bramble" not in said
    assert "Assessment of a team" not in home_of(cast.south_lead)


def test_somebody_with_roles_in_several_forces_sees_which_is_which(cast: Cast) -> None:
    with system_scope():
        both = make_user(
            "both@ok9.example", "Bo Both", ("lead", cast.north), ("deputy", cast.south), ("assessor", None)
        )
    said = home_of(both)
    assert "Our 2 teams" in said
    assert "Hari Northshire, Northshire Police" in said
    assert "Hari Southshire, Southshire Police" in said
    assert "Hari Northshire, Northshire Police" not in home_of(cast.north_lead)


@pytest.mark.parametrize("page", ["/member/inbox/", "/member/preferences/", "/member/profile/"])
def test_today_is_current_on_its_own_page_alone(cast: Cast, page: str) -> None:
    browser = SignedIn().sign_in(cast.north_lead)
    here = '<a href="/member/" aria-current="page">'
    assert here in browser.get(HOME).content.decode()
    assert here not in browser.get(page).content.decode()
