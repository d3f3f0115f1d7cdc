"""Everything that waits for somebody stands on their home with its link, and goes when it is done."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from assessments.models import Assessment, Criteria
from core.tenancy import scope, system_scope
from deployments.actions.claims import (
    Expense,
    add_expense,
    approve_claim,
    return_claim,
    settle_claim,
    start_claim,
    submit_claim,
)
from deployments.actions.deployments import Account, check_in, check_out, save_debrief_draft
from deployments.models import Claim
from dogs.actions import consents, profiles
from dogs.actions.asked import ask_for_visit
from dogs.actions.work import log_session
from dogs.inputs import Session
from dogs.models import Commitment, Document, Profile
from network.models import Certificate
from pages.actions.news import look_at_news
from resources.actions.reading import acknowledge_version
from resources.models import Resource, Version
from tests.conftest import UNTIL, Cast, SignedIn
from tests.counting import questions
from tests.factories.deployments import confirmed, proposed, triaged
from tests.factories.dogs import make_document
from tests.factories.pages import make_news
from tests.factories.profiles import make_questions, sent, written
from tests.factories.resources import make_resource

HOME = "/member/"


def home_of(user: User) -> str:
    return SignedIn().sign_in(user).get(HOME).content.decode()


def visit_of(cast: Cast, start: datetime, hours: int = 2) -> Commitment:
    team = cast.north_team
    with system_scope():
        return Commitment.objects.create(
            force=cast.north, team=team, dog=team.dog, handler=team.handler, handler_user=cast.north_handler,
            kind="visit", place="Custody suite", period=DateTimeTZRange(start, start + timedelta(hours=hours)),
        )  # fmt: skip


class TestProfiles:
    @pytest.fixture
    def profile(self, cast: Cast, now: datetime) -> Profile:
        with system_scope():
            make_questions()
            return sent(cast, now)

    def test_a_lead_is_asked_to_approve_until_it_is_done(self, cast: Cast, now: datetime, profile: Profile) -> None:
        asked, link = "Approve Bramble’s profile?", f"/member/dogs/{profile.dog.uuid}/profile/preview/"
        said = home_of(cast.north_lead)
        assert asked in said
        assert link in said
        for other in (cast.north_handler, cast.south_lead):
            assert asked not in home_of(other)
        with system_scope():
            profiles.approve_profile(profile=profile, by=cast.north_lead, now=now)
        assert asked not in home_of(cast.north_lead)

    def test_a_handler_reads_why_it_was_sent_back(self, cast: Cast, now: datetime, profile: Profile) -> None:
        with system_scope():
            profiles.send_back_profile(profile=profile, reason="No street names.", by=cast.north_lead, now=now)
        said = home_of(cast.north_handler)
        assert "Bramble’s profile was sent back" in said
        assert "No street names." in said
        assert "profile was sent back" not in home_of(cast.north_lead)

    def test_a_profile_that_is_begun_is_the_handlers_to_finish(self, cast: Cast, now: datetime) -> None:
        with system_scope():
            make_questions()
            profile = written(cast, now)
        assert "Finish Bramble’s profile" in home_of(cast.north_handler)
        with system_scope():
            profiles.send_profile(profile=profile, by=cast.north_handler, now=now)
        assert "Finish Bramble’s profile" not in home_of(cast.north_handler)

    def test_a_handler_is_asked_what_may_be_shown(self, cast: Cast, now: datetime, profile: Profile) -> None:
        asked = "Say what Bramble’s page may show"
        assert asked in home_of(cast.north_handler)
        assert asked not in home_of(cast.north_lead)
        with system_scope():
            consents.give_consent(profile=profile, by=cast.north_handler, now=now)
        assert asked not in home_of(cast.north_handler)


class TestEvidence:
    def test_a_document_that_was_sent_back_is_urgent_where_nothing_else_counts(self, cast: Cast) -> None:
        dog = cast.north_team.dog
        with system_scope():
            Document.objects.filter(dog=dog, kind="vet_check").update(status="replaced")
            back = make_document(
                cast.north, "vet_check", by=cast.north_handler, until=UNTIL, dog=dog, status="rejected"
            )
            Document.objects.filter(pk=back.pk).update(reason="Page two is missing.")
        for who in (cast.north_handler, cast.north_lead):
            said = home_of(who)
            assert "1 thing can’t wait." in said
            assert "Bramble’s vet check was sent back" in said
            assert "Page two is missing." in said
            assert reverse("member_document_detail", args=[back.uuid]) in said
            assert "has no verified vet check" not in said
        with system_scope():
            make_document(cast.north, "vet_check", by=cast.north_handler, until=UNTIL, dog=dog, status="submitted")
        assert "sent back" not in home_of(cast.north_handler)
        assert "Nothing needs you today." in home_of(cast.north_handler)

    def test_while_the_one_before_still_counts_it_can_wait(self, cast: Cast) -> None:
        with system_scope():
            verified = Certificate.objects.get(force=cast.north)
            Certificate.objects.create(
                handler=verified.handler, handler_user=verified.handler_user, force=cast.north, kind=verified.kind,
                status="rejected", reason="Blurred.", issued_on=verified.issued_on, expires_on=verified.expires_on,
                submitted_at=verified.submitted_at, submitted_by=cast.north_handler,
                decided_at=verified.submitted_at, decided_by=cast.coordinator,
            )  # fmt: skip
        said = home_of(cast.north_handler)
        assert "Mental Health First Aider certificate was sent back" in said
        assert "Nothing is urgent." in said
        assert "Blurred." not in home_of(cast.south_handler)

    def test_what_one_that_holds_longer_makes_needless_is_left_alone(self, cast: Cast) -> None:
        dog = cast.north_team.dog
        with system_scope():
            make_document(
                cast.north, "vet_check", by=cast.north_handler, until=UNTIL - timedelta(days=1), dog=dog,
                status="rejected",
            )  # fmt: skip
        assert "sent back" not in home_of(cast.north_handler)

    def test_of_two_forces_one_has_sent_its_insurance_and_the_other_is_asked(self, cast: Cast) -> None:
        with system_scope():
            Document.objects.filter(kind="public_liability").update(status="replaced")
            make_document(cast.south, "public_liability", by=cast.south_lead, until=UNTIL, status="submitted")
        asked = "has no verified public liability insurance"
        assert asked in home_of(cast.north_lead)
        assert asked not in home_of(cast.south_lead)


class TestForms:
    def claim(self, cast: Cast, now: datetime) -> Claim:
        visit = visit_of(cast, now - timedelta(hours=5))
        with scope(user=cast.north_handler.pk):
            claim = start_claim(commitment=visit, by=cast.north_handler, now=now)
            expense = Expense(kind="equipment", on=localdate(now), what="A mat", amount_pence=1250)
            add_expense(claim=claim, expense=expense, key=uuid4(), by=cast.north_handler, now=now)
        return claim

    def test_a_claim_goes_from_its_handler_to_the_lead_and_back(self, cast: Cast, now: datetime) -> None:
        claim = self.claim(cast, now)
        link, ask = reverse("member_claim_detail", args=[claim.uuid]), "Approve £12.50 of expenses for Custody suite?"
        handler, forces = {"by": cast.north_handler, "now": now}, (cast.north.pk,)
        said = home_of(cast.north_handler)
        assert "Send your expenses for Custody suite" in said
        assert link in said
        assert "expenses" not in home_of(cast.north_lead)
        with scope(user=cast.north_handler.pk):
            submit_claim(claim=claim, **handler)
        assert "Send your expenses" not in home_of(cast.north_handler)
        assert ask in home_of(cast.north_lead)
        assert ask not in home_of(cast.south_lead)
        with scope(user=cast.north_lead.pk, forces=forces):
            return_claim(claim=claim, reason="Which mat?", by=cast.north_lead, now=now)
        assert ask not in home_of(cast.north_lead)
        assert "Which mat?" in home_of(cast.north_handler)
        with scope(user=cast.north_handler.pk):
            submit_claim(claim=claim, **handler)
        with scope(user=cast.north_lead.pk, forces=forces):
            approve_claim(claim=claim, by=cast.north_lead, now=now)
        assert "1 approved claim waits to be paid" in home_of(cast.north_lead)
        with scope(user=cast.north_lead.pk, forces=forces):
            settle_claim(claim=claim, by=cast.north_lead, now=now)
        assert "waits to be paid" not in home_of(cast.north_lead)

    def test_a_welfare_visit_that_was_asked_for_waits_for_its_assessor(self, cast: Cast, now: datetime) -> None:
        with system_scope():
            visit = ask_for_visit(
                dog=cast.north_team.dog, visitor=cast.assessor, visitor_name="Asha",
                due_on=localdate(now) + timedelta(days=5), by=cast.coordinator, now=now,
            )  # fmt: skip
        said = home_of(cast.assessor)
        assert "Visit Bramble in Northshire Police and report" in said
        assert reverse("member_welfare_edit", args=[visit.uuid]) in said
        assert "5 days left" in said
        with system_scope():
            type(visit).objects.update(due_on=localdate(now) - timedelta(days=1))
        assert "1 thing can’t wait." in home_of(cast.assessor)
        assert "and report" not in home_of(cast.north_lead)

    def test_a_debrief_that_is_begun_says_so(self, cast: Cast, now: datetime) -> None:
        request = triaged(cast.host, starts_at=now + timedelta(hours=1), by=cast.coordinator, now=now)
        (offer,) = proposed(request, cast.north_team, by=cast.coordinator, now=now)
        deployment = confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
        mine = {"deployment": deployment, "by": cast.north_handler}
        with scope(user=cast.north_handler.pk):
            check_in(**mine, now=now)
            check_out(**mine, now=now + timedelta(minutes=5))
        assert "Write the debrief for Hostshire headquarters" in home_of(cast.north_handler)
        with scope(user=cast.north_handler.pk):
            account = Account(went_well="", change="", dog_after="Tired.", needs_follow_up=False)
            save_debrief_draft(**mine, account=account, now=now)
        assert "Finish the debrief for Hostshire headquarters" in home_of(cast.north_handler)


class TestVisits:
    def test_todays_visit_comes_first(self, cast: Cast, now: datetime) -> None:
        visit = visit_of(cast, now - timedelta(minutes=5))
        said = home_of(cast.north_handler)
        assert "Today: Bramble visits Custody suite" in said
        assert f"{reverse('member_session_add')}?visit={visit.uuid}" in said
        assert "Nothing needs you today." not in said
        lead = home_of(cast.north_lead)
        assert "Today: Bramble visits" not in lead
        assert "Bramble: Custody suite" in lead
        assert reverse("member_visit_detail", args=[visit.uuid]) in lead

    def test_a_visit_that_is_over_asks_for_its_session(self, cast: Cast, now: datetime) -> None:
        visit = visit_of(cast, now - timedelta(hours=3))
        said = home_of(cast.north_handler)
        assert "Log the session at Custody suite" in said
        assert f"{reverse('member_session_add')}?visit={visit.uuid}" in said
        assert "Log the session" not in home_of(cast.north_lead)
        with scope(user=cast.north_handler.pk):
            session = Session(on=localdate(visit.period.lower), minutes=20, people=3)
            log_session(
                team=cast.north_team, session=session, key=uuid4(), commitment=visit, by=cast.north_handler, now=now
            )
        assert "Log the session" not in home_of(cast.north_handler)

    def test_one_of_long_ago_asks_for_nothing(self, cast: Cast, now: datetime) -> None:
        visit_of(cast, now - timedelta(days=20))
        assert "Log the session" not in home_of(cast.north_handler)


class TestReading:
    @pytest.mark.parametrize(("days", "kind", "said"), [(-1, "stop", "Late"), (3, "warn", "3 days left"), (20, "", "")])
    def test_what_must_be_read_waits_for_its_readers(
        self, cast: Cast, now: datetime, days: int, kind: str, said: str
    ) -> None:
        resource = make_resource("Hot cars", must_read_by=localdate(now), by=cast.coordinator, now=now)
        with system_scope():
            Resource.objects.update(must_read_by=localdate(now) + timedelta(days=days))
        home = home_of(cast.north_handler)
        assert "Read “Hot cars”" in home
        assert reverse("member_resource_detail", args=[resource.uuid]) in home
        assert said in home
        assert ("1 thing can’t wait." in home) == (kind == "stop")
        with scope(user=cast.north_handler.pk):
            version = Version.objects.select_related("resource").get()
            acknowledge_version(version=version, by=cast.north_handler, now=now)
        assert "Hot cars" not in home_of(cast.north_handler).split('id="new"')[0]

    def test_a_lead_is_told_who_is_late_with_their_reading(self, cast: Cast, now: datetime) -> None:
        make_resource("Hot cars", must_read_by=localdate(now), by=cast.coordinator, now=now)
        make_resource("Later", must_read_by=localdate(now) + timedelta(days=60), by=cast.coordinator, now=now)
        make_resource("Handlers", audience="handlers", must_read_by=localdate(now), by=cast.coordinator, now=now)
        said = home_of(cast.north_lead)
        assert "1 of your people has not read “Hot cars”" in said
        assert "not read “Later”" not in said
        assert "Handlers" not in said.split('id="new"')[0]
        with scope(user=cast.north_handler.pk):
            version = Version.objects.select_related("resource").get(resource__title="Hot cars")
            acknowledge_version(version=version, by=cast.north_handler, now=now)
        assert "has not read" not in home_of(cast.north_lead)

    def test_news_is_new_until_somebody_looks(self, cast: Cast, now: datetime) -> None:
        with system_scope():
            make_news(cast.coordinator, now, audience="members")
            make_news(cast.coordinator, now - timedelta(days=60))
        assert "1 new piece of news" in home_of(cast.north_handler)
        with scope(user=cast.north_handler.pk):
            look_at_news(by=cast.north_handler, now=now + timedelta(seconds=1))
        assert "new piece" not in home_of(cast.north_handler)


def test_an_assessor_records_the_outcome_from_its_day_on(cast: Cast, now: datetime) -> None:
    with system_scope():
        criteria = Criteria.objects.create(version=1, published_on=date(2025, 1, 1), text="Calm.")
        found = Assessment.objects.create(
            force=cast.north, team=cast.north_team, handler_user=cast.north_handler, assessor_user=cast.assessor,
            criteria=criteria, status="booked", requested_on=localdate(), booked_for=localdate() - timedelta(days=2),
        )  # fmt: skip
    said = home_of(cast.assessor)
    assert "Record the outcome of the assessment in Northshire Police" in said
    assert reverse("member_assessment_decide", args=[found.uuid]) in said
    with system_scope():
        Assessment.objects.update(status="cancelled")
    assert "Record the outcome" not in home_of(cast.assessor)


def test_a_host_sees_which_teams_come(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    request = triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now, places=3)
    said = home_of(cast.host_lead)
    assert "Teams come to Hostshire headquarters" in said
    assert "0 of 3 confirmed" in said
    assert reverse("member_request_detail", args=[request.uuid]) in said
    assert "Teams come to" not in home_of(cast.north_lead)


def test_the_number_of_questions_does_not_grow_with_what_waits(cast: Cast, now: datetime) -> None:
    browsers = [SignedIn().sign_in(user) for user in (cast.north_lead, cast.north_handler)]
    with system_scope():
        make_questions()
        sent(cast, now)
    for number in range(14):
        visit_of(cast, now - timedelta(days=1, hours=3 * number + 3))
        make_resource(f"Paper {number}", must_read_by=localdate(now), by=cast.coordinator, now=now)
    for browser in browsers:
        browser.get(HOME)
        assert questions(browser, HOME) <= 8
    page = browsers[1].get(HOME).content.decode()
    assert page.count('class="task-name"') > 12
    assert '<summary class="govuk-details__summary">' in page
