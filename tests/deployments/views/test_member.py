"""The members' pages of mutual aid: who may open and answer what, and what they then see."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from audit.models import Record
from core.tenancy import scope, system_scope
from deployments.actions.deployments import check_in, stand_down_deployment
from deployments.actions.moving import move_request_to
from deployments.actions.offers import Told, accept_offer, decline_offer, release_offer, withdraw_offer
from deployments.inputs import WhenAndWhere
from deployments.models import Debrief, Deployment, Offer, Request
from dogs.models import Dog, Incident, SessionLog
from network.models import Agreement
from tests.conftest import Cast, SignedIn
from tests.factories.deployments import STORY, confirmed, proposed, triaged

SignIn = Callable[[User], SignedIn]


@pytest.fixture
def page(as_user: type[SignedIn]) -> SignIn:
    """A browser of the named person."""
    return lambda user: as_user().sign_in(user)


@pytest.fixture
def request_made(cast: Cast, tomorrow: datetime, now: datetime) -> Request:
    return triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now, places=2)


@pytest.fixture
def offer(cast: Cast, request_made: Request, now: datetime) -> Offer:
    (made,) = proposed(request_made, cast.north_team, by=cast.coordinator, now=now)
    return made


@pytest.fixture
def deployment(cast: Cast, offer: Offer, now: datetime) -> Deployment:
    made = confirmed(offer, lead=cast.north_lead, handler=cast.north_handler, now=now)
    made.offer = offer
    return made


@pytest.fixture
def on_scene(cast: Cast, deployment: Deployment, tomorrow: datetime) -> Deployment:
    with scope(user=cast.north_handler.pk):
        check_in(deployment=deployment, by=cast.north_handler, now=tomorrow)
    return deployment


def at(name: str, thing: Offer | Deployment | Request) -> str:
    return reverse(f"member_{name}", args=[thing.uuid])


def fresh(thing: Any) -> Any:
    with system_scope():
        return type(thing).objects.select_related("request").get(pk=thing.pk)


OFFER_PAGES = ("offer_detail", "offer_decline")
OFFER_POSTS = ("offer_release", "offer_accept", "offer_decline")
DEPLOYMENT_PAGES = ("deployment_detail", "deployment_briefing", "deployment_briefing_pdf")
DEPLOYMENT_FORMS = ("deployment_session", "deployment_incident", "deployment_debrief")
DEPLOYMENT_POSTS = ("deployment_check_in", "deployment_check_out", *DEPLOYMENT_FORMS)
LISTS = ("member_offer_list", "member_deployment_list", "member_request_list")


class TestDoors:
    """Anonymous people sign in first; others' things do not exist; wrong methods and missing roles are refused."""

    @pytest.mark.parametrize("name", LISTS)
    def test_lists_ask_for_sign_in_and_come_back(self, client: Client, db: None, name: str) -> None:
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith(f"?next={reverse(name)}")

    @pytest.mark.parametrize("name", LISTS)
    def test_lists_are_only_read(self, page: SignIn, cast: Cast, name: str) -> None:
        assert page(cast.north_lead).post(reverse(name)).status_code == 405

    @pytest.mark.parametrize("name", LISTS)
    def test_lists_are_not_for_assessors(self, page: SignIn, cast: Cast, name: str) -> None:
        assert page(cast.assessor).get(reverse(name)).status_code == 403

    def test_requests_are_not_for_handlers(self, page: SignIn, cast: Cast) -> None:
        assert page(cast.north_handler).get(reverse("member_request_list")).status_code == 403

    @pytest.mark.parametrize("name", [*OFFER_PAGES, *DEPLOYMENT_PAGES, *DEPLOYMENT_FORMS, "request_detail"])
    def test_pages_ask_for_sign_in_and_come_back(self, client: Client, deployment: Deployment, name: str) -> None:
        address = at(name, thing_for(name, deployment))
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith(f"?next={address}")

    @pytest.mark.parametrize("name", [*OFFER_PAGES, *DEPLOYMENT_PAGES, *DEPLOYMENT_FORMS])
    def test_pages_of_another_force_do_not_exist(
        self, page: SignIn, cast: Cast, deployment: Deployment, name: str
    ) -> None:
        address = at(name, thing_for(name, deployment))
        for stranger in (cast.south_lead, cast.south_handler, cast.host_lead, cast.assessor):
            assert page(stranger).get(address).status_code == 404

    @pytest.mark.parametrize("name", [*OFFER_POSTS, *DEPLOYMENT_POSTS])
    def test_another_force_changes_nothing(self, page: SignIn, cast: Cast, deployment: Deployment, name: str) -> None:
        for stranger in (cast.south_lead, cast.south_handler, cast.host_lead):
            assert page(stranger).post(at(name, thing_for(name, deployment)), {}).status_code == 404
        assert fresh(deployment).status == "scheduled"

    @pytest.mark.parametrize("name", ["offer_release", "offer_accept", "deployment_check_in", "deployment_check_out"])
    def test_what_changes_a_state_takes_no_get(
        self, page: SignIn, cast: Cast, deployment: Deployment, name: str
    ) -> None:
        assert page(cast.north_handler).get(at(name, thing_for(name, deployment))).status_code == 405

    @pytest.mark.parametrize("name", DEPLOYMENT_POSTS)
    def test_the_lead_reads_a_deployment_and_does_not_work_it(
        self, page: SignIn, cast: Cast, deployment: Deployment, name: str
    ) -> None:
        assert page(cast.north_lead).post(at(name, deployment), {}).status_code == 403

    def test_each_side_gives_only_its_own_answer(self, page: SignIn, cast: Cast, offer: Offer) -> None:
        assert page(cast.north_handler).post(at("offer_release", offer)).status_code == 403
        assert page(cast.north_lead).post(at("offer_accept", offer)).status_code == 403
        assert fresh(offer).released_at is None
        assert fresh(offer).accepted_at is None

    def test_coordinators_read_a_deployment_but_answer_no_offer_here(
        self, page: SignIn, cast: Cast, deployment: Deployment
    ) -> None:
        read = page(cast.coordinator).get(at("deployment_detail", deployment))
        assert read.status_code == 200
        assert reverse("coordinator_request_detail", args=[deployment.request.uuid]) in read.content.decode()
        assert page(cast.coordinator).get(at("offer_detail", deployment.offer)).status_code == 403
        assert page(cast.coordinator).post(at("deployment_check_in", deployment)).status_code == 403

    def test_a_request_is_its_hosts(self, page: SignIn, cast: Cast, deployment: Deployment) -> None:
        address = at("request_detail", deployment.request)
        assert page(cast.host_lead).get(address).status_code == 200
        assert page(cast.north_lead).get(address).status_code == 404
        assert page(cast.south_lead).get(address).status_code == 404
        assert page(cast.coordinator).get(address).status_code == 403


def thing_for(name: str, deployment: Deployment) -> Offer | Deployment | Request:
    if name.startswith("offer"):
        return deployment.offer
    return deployment.request if name.startswith("request") else deployment


class TestOffers:
    def test_the_lead_sees_what_is_asked_and_not_who_asked(self, page: SignIn, cast: Cast, offer: Offer) -> None:
        answer = page(cast.north_lead).get(at("offer_detail", offer))
        said = answer.content.decode()
        assert "Release Bramble and Hari for Hostshire headquarters?" in said
        assert "Bramble is clear for all of it." in said
        assert re.search(r"From your base, by road</dt><dd>About \d+ miles?, \d+ (h|min)", said)
        assert "Vic Visitor" not in said
        assert STORY not in said
        assert "900777" not in said

    def test_whoever_would_come_after_the_start_reads_so(
        self, page: SignIn, cast: Cast, offer: Offer, tomorrow: datetime
    ) -> None:
        said = page(cast.north_handler).get(at("offer_detail", offer)).content.decode()
        assert "would come after the start" not in said
        with system_scope():
            Offer.objects.filter(pk=offer.pk).update(answer_by=tomorrow + timedelta(hours=1))
        for who in (cast.north_lead, cast.north_handler):
            with time_machine.travel(tomorrow - timedelta(minutes=5), tick=False):
                said = page(who).get(at("offer_detail", offer)).content.decode()
            assert "even setting off at once, Bramble would come after the start" in said

    def test_the_handler_sees_whether_the_dog_may_go_and_not_the_force_s_papers(
        self, page: SignIn, cast: Cast, offer: Offer, now: datetime
    ) -> None:
        assert (
            "Bramble is clear for all of it."
            in page(cast.north_handler).get(at("offer_detail", offer)).content.decode()
        )
        with system_scope():
            Agreement.objects.filter(force=cast.north).update(expires_on=localdate(now) - timedelta(days=1))
        said = page(cast.north_handler).get(at("offer_detail", offer)).content.decode()
        assert "your lead sees what" in said
        assert "greement" not in said
        said = page(cast.north_lead).get(at("offer_detail", offer)).content.decode()
        assert "The force&#x27;s agreement ended on" in said

    def test_a_yes_on_a_page_from_before_the_request_moved_counts_for_nothing(
        self, page: SignIn, cast: Cast, offer: Offer, now: datetime
    ) -> None:
        lead = page(cast.north_lead)
        opened = lead.get(at("offer_detail", offer)).context["as_of"]
        with scope(user=cast.coordinator.pk, national=True):
            was = WhenAndWhere.of(offer.request)
            to = replace(was, starts_at=was.starts_at + timedelta(days=1), ends_at=was.ends_at + timedelta(days=1))
            later = now + timedelta(minutes=5)
            move_request_to(request=offer.request, to=to, by=cast.coordinator, now=later)
        answer = lead.post(at("offer_release", offer), {"as_of": opened}, follow=True)
        assert "has changed since you opened this page" in answer.content.decode()
        assert fresh(offer).released_at is None
        read = answer.context["as_of"]
        assert lead.post(at("offer_release", offer), {"as_of": read}).status_code == 302
        assert fresh(offer).released_at is not None
        assert lead.post(at("offer_release", offer), {"as_of": "2026-13-41T99:00"}).status_code == 302

    def test_release_then_accept_confirms(self, page: SignIn, cast: Cast, offer: Offer) -> None:
        answer = page(cast.north_lead).post(at("offer_release", offer), follow=True)
        assert "Bramble is released. We tell you when Hari has answered." in answer.content.decode()
        said = answer.content.decode()
        assert "<h1>Bramble and Hari for Hostshire headquarters</h1>" in said
        said = page(cast.north_handler).get(at("offer_detail", offer)).content.decode()
        assert "Released on" in said
        assert "<h1>Can you and Bramble go to Hostshire headquarters?</h1>" in said
        answer = page(cast.north_handler).post(at("offer_accept", offer), follow=True)
        assert "Confirmed: Bramble and Hari go to Hostshire headquarters." in answer.content.decode()
        assert fresh(offer).status == "confirmed"

    def test_a_repeated_tap_counts_once(self, page: SignIn, cast: Cast, offer: Offer) -> None:
        lead = page(cast.north_lead)
        assert [lead.post(at("offer_release", offer)).status_code for _ in range(3)] == [302, 302, 302]
        with system_scope():
            assert Record.objects.filter(object_uuid=offer.uuid, verb="released").count() == 1

    def test_a_stale_page_says_that_the_offer_was_withdrawn(
        self, page: SignIn, cast: Cast, offer: Offer, now: datetime
    ) -> None:
        with scope(user=cast.coordinator.pk, national=True):
            withdraw_offer(offer=offer, reason="", by=cast.coordinator, now=now)
        for who, name in ((cast.north_lead, "offer_release"), (cast.north_handler, "offer_accept")):
            answer = page(who).post(at(name, offer), follow=True)
            assert answer.redirect_chain == [(at("offer_detail", offer), 302)]
            assert "This offer was withdrawn." in answer.content.decode()
            said = page(who).get(at("offer_decline", offer)).content.decode()
            assert "This offer was withdrawn." in said
            assert '<form method="post" action="/member/offers/' not in said

    def test_an_answer_after_the_deadline_is_refused_with_the_number_to_ring(
        self, page: SignIn, cast: Cast, offer: Offer
    ) -> None:
        with time_machine.travel(offer.answer_by + timedelta(minutes=1), tick=False):
            answer = page(cast.north_lead).post(at("offer_release", offer), follow=True)
        assert "The time to answer has passed" in answer.content.decode()
        assert "tel:07700900999" in answer.content.decode()

    def test_the_handler_is_never_asked_why(self, page: SignIn, cast: Cast, offer: Offer) -> None:
        said = page(cast.north_handler).get(at("offer_decline", offer)).content.decode()
        assert "You decide, and nobody will ask you why." in said
        assert 'name="reason"' not in said
        answer = page(cast.north_handler).post(at("offer_decline", offer), {"side": "handler", "reason": "tired"})
        assert answer.status_code == 302
        assert (fresh(offer).status, fresh(offer).reason, fresh(offer).ended_side) == ("declined", "", "handler")

    def test_the_lead_reads_that_the_handler_said_no_without_a_reason(
        self, page: SignIn, cast: Cast, offer: Offer
    ) -> None:
        page(cast.north_handler).post(at("offer_decline", offer), {})
        said = page(cast.north_lead).get(at("offer_detail", offer)).content.decode()
        assert "Hari said no, and that stands. Nobody will ask why." in said
        assert "Is that not what you said?" not in said
        assert "Is that not what you said?" in page(cast.north_handler).get(at("offer_detail", offer)).content.decode()

    def test_the_lead_may_say_why(self, page: SignIn, cast: Cast, offer: Offer) -> None:
        page(cast.north_lead).post(at("offer_decline", offer), {"reason": "Short of staff"})
        assert (fresh(offer).status, fresh(offer).reason, fresh(offer).ended_side) == (
            "declined", "Short of staff", "lead",
        )  # fmt: skip

    def test_a_reason_that_is_too_long_is_kept_and_said(self, page: SignIn, cast: Cast, offer: Offer) -> None:
        answer = page(cast.north_lead).post(at("offer_decline", offer), {"reason": "x" * 301})
        assert answer.status_code == 422
        assert "x" * 301 in answer.content.decode()
        assert fresh(offer).status == "proposed"

    def test_nobody_says_no_for_the_other_side(self, page: SignIn, cast: Cast, offer: Offer) -> None:
        page(cast.north_lead).post(at("offer_decline", offer), {"side": "handler", "reason": "Needed here."})
        assert fresh(offer).ended_side == "lead"

    def test_an_answer_taken_down_by_telephone_can_be_corrected(
        self, page: SignIn, cast: Cast, offer: Offer, now: datetime
    ) -> None:
        told = Told(said_by="Hari Northshire", said_at=now)
        with scope(user=cast.coordinator.pk, national=True):
            accept_offer(offer=offer, by=cast.coordinator, told=told, now=now)
        said = page(cast.north_handler).get(at("offer_detail", offer)).content.decode()
        assert "Taken down by a coordinator, said by Hari Northshire on the telephone." in said
        assert "That’s not what I said" in said
        said = page(cast.north_lead).get(at("offer_detail", offer)).content.decode()
        assert "said by Hari Northshire" in said
        assert "That’s not what I said" not in said
        page(cast.north_handler).post(at("offer_decline", offer), {"side": "handler"})
        assert fresh(offer).status == "declined"

    def test_a_no_taken_down_by_telephone_names_nobody(
        self, page: SignIn, cast: Cast, offer: Offer, now: datetime
    ) -> None:
        told = Told(said_by="Hari Northshire", said_at=now)
        with scope(user=cast.coordinator.pk, national=True):
            decline_offer(offer=offer, side="handler", by=cast.coordinator, told=told, reason="Away", now=now)
        for who in (cast.north_handler, cast.north_lead):
            said = page(who).get(at("offer_detail", offer)).content.decode()
            assert "Taken down by a coordinator on the telephone." in said
            assert "Away" not in said
            assert "tel:07700900999" in said

    def test_a_no_after_the_confirmation_stands_the_team_down(
        self, page: SignIn, cast: Cast, deployment: Deployment
    ) -> None:
        page(cast.north_handler).post(at("offer_decline", deployment.offer), {})
        assert fresh(deployment).status == "stood_down"
        assert fresh(deployment).request.taken == 0

    def test_after_the_check_in_a_no_is_for_the_telephone(self, page: SignIn, cast: Cast, on_scene: Deployment) -> None:
        answer = page(cast.north_handler).post(at("offer_decline", on_scene.offer), {})
        assert answer.status_code == 409
        assert "The team has checked in already. Ring the coordinators." in answer.content.decode()

    def test_the_last_place_taken_meanwhile_is_said(
        self, page: SignIn, cast: Cast, tomorrow: datetime, now: datetime
    ) -> None:
        request = triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now, places=1)
        north, south = proposed(request, cast.north_team, cast.south_team, by=cast.coordinator, now=now)
        with scope(user=cast.south_lead.pk, forces=(cast.south.pk,)):
            release_offer(offer=south, by=cast.south_lead, now=now)
        confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now)
        answer = page(cast.south_handler).post(at("offer_accept", south), follow=True)
        assert "is filled" in answer.content.decode()

    def test_the_list_shows_what_waits_for_me(self, page: SignIn, cast: Cast, offer: Offer) -> None:
        said = page(cast.north_lead).get(reverse("member_offer_list")).content.decode()
        assert "1 offer waits for your answer." in said
        page(cast.north_lead).post(at("offer_release", offer))
        said = page(cast.north_lead).get(reverse("member_offer_list")).content.decode()
        assert "No offer waits for your answer." in said
        assert "Waiting for the other answer" in said


class TestTheDay:
    def test_before_the_day_the_page_says_when_to_check_in(
        self, page: SignIn, cast: Cast, deployment: Deployment
    ) -> None:
        starts = fresh(deployment).request.starts_at
        with time_machine.travel(starts - timedelta(hours=6), tick=False):
            browser = page(cast.north_handler)
            assert "You can check in from" in browser.get(at("deployment_detail", deployment)).content.decode()
            answer = browser.post(at("deployment_check_in", deployment), follow=True)
        assert "You can check in from 4 hours before the start." in answer.content.decode()
        assert fresh(deployment).status == "scheduled"

    def test_check_in_check_out_and_debrief(self, page: SignIn, cast: Cast, deployment: Deployment) -> None:
        starts = fresh(deployment).request.starts_at
        with time_machine.travel(starts, tick=False):
            browser = page(cast.north_handler)
            for _ in range(2):
                answer = browser.post(at("deployment_check_in", deployment), follow=True)
            assert "Bramble is working" in answer.content.decode()
            for _ in range(2):
                answer = browser.post(at("deployment_check_out", deployment), follow=True)
            assert "Write the debrief" in answer.content.decode()
            typed = {"dog_after": "Tired and well", "went_well": "Quiet room\nand tea", "needs_follow_up": "on"}
            answer = browser.post(at("deployment_debrief", deployment), typed, follow=True)
            assert "Tired and well" in answer.content.decode()
            again = browser.post(at("deployment_debrief", deployment), {"dog_after": "Other"}, follow=True)
            assert "Your debrief is written already." in again.content.decode()
        with system_scope():
            assert Debrief.objects.get(deployment=deployment).dog_after == "Tired and well"

    def test_a_debrief_without_the_dog_keeps_what_was_typed(
        self, page: SignIn, cast: Cast, on_scene: Deployment, tomorrow: datetime
    ) -> None:
        with time_machine.travel(tomorrow + timedelta(hours=1), tick=False):
            browser = page(cast.north_handler)
            early = browser.get(at("deployment_debrief", on_scene), follow=True)
            assert "Check out first" in early.content.decode()
            browser.post(at("deployment_check_out", on_scene))
            answer = browser.post(at("deployment_debrief", on_scene), {"went_well": "The <b>tea</b> 🐕"})
        assert answer.status_code == 422
        assert "Say how Bramble is, like tired and well." in answer.content.decode()
        assert "The &lt;b&gt;tea&lt;/b&gt; 🐕" in answer.content.decode()

    def test_sessions_count_once_and_their_minutes_show(
        self, page: SignIn, cast: Cast, on_scene: Deployment, tomorrow: datetime
    ) -> None:
        typed = session_typed(tomorrow)
        with time_machine.travel(tomorrow + timedelta(hours=1), tick=False):
            browser = page(cast.north_handler)
            for _ in range(3):
                answer = browser.post(at("deployment_session", on_scene), typed, follow=True)
        said = answer.content.decode()
        assert "Session saved: 45 minutes, 12 people." in said
        assert "45 of 120 min" in said
        with system_scope():
            assert SessionLog.objects.count() == 1

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"minutes": ""}, "Enter the minutes of contact in figures"),
            ({"minutes": "lots"}, "Enter the minutes of contact in figures"),
            ({"minutes": "721"}, "Enter the minutes of contact in figures"),
            ({"people": "-1"}, "Enter how many people met the dog"),
            ({"people": "9" * 40}, "Enter how many people met the dog"),
            ({"signposted": "13"}, "That is more people than met the dog."),
            ({"on": "2020-01-01"}, "Choose one of those that are offered"),
            ({"key": "no key"}, "This page has grown old."),
        ],
    )
    def test_a_session_that_can_not_be_meant_is_said_and_kept(
        self, page: SignIn, cast: Cast, on_scene: Deployment, tomorrow: datetime, changed: dict[str, str], sentence: str
    ) -> None:
        with time_machine.travel(tomorrow + timedelta(hours=1), tick=False):
            answer = page(cast.north_handler).post(
                at("deployment_session", on_scene), session_typed(tomorrow) | {"breaks": "7"} | changed
            )
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert 'value="7"' in answer.content.decode()
        with system_scope():
            assert not SessionLog.objects.exists()

    @pytest.mark.parametrize(("minutes", "asked"), [("60", False), ("61", True)])
    def test_more_minutes_than_have_passed_are_asked_about(
        self, page: SignIn, cast: Cast, on_scene: Deployment, tomorrow: datetime, minutes: str, *, asked: bool
    ) -> None:
        with time_machine.travel(tomorrow + timedelta(hours=1), tick=False):
            typed = session_typed(tomorrow) | {"minutes": minutes}
            answer = page(cast.north_handler).post(at("deployment_session", on_scene), typed, follow=True)
        said = answer.content.decode()
        assert f"Session saved: {minutes} minutes" in said
        assert ("more contact than the time that you have been there" in said) == asked

    def test_a_team_stood_down_while_it_was_there_saves_its_session_and_claims(
        self, page: SignIn, cast: Cast, on_scene: Deployment, tomorrow: datetime
    ) -> None:
        with time_machine.travel(tomorrow + timedelta(hours=1), tick=False):
            with scope(user=cast.coordinator.pk, national=True):
                stand_down_deployment(
                    deployment=on_scene, reason="False alarm.", by=cast.coordinator, now=tomorrow + timedelta(hours=1)
                )
            browser = page(cast.north_handler)
            said = browser.get(at("deployment_detail", on_scene)).content.decode()
            assert "while Bramble was there" in said
            assert at("deployment_session", on_scene) in said
            saved = browser.post(at("deployment_session", on_scene), session_typed(tomorrow), follow=True)
            assert "Session saved: 45 minutes, 12 people." in saved.content.decode()
            assert "Hostshire headquarters" in browser.get(reverse("member_claim_add")).content.decode()

    def test_no_session_before_the_check_in(self, page: SignIn, cast: Cast, deployment: Deployment) -> None:
        answer = page(cast.north_handler).get(at("deployment_session", deployment), follow=True)
        assert "Check in first" in answer.content.decode()

    def test_a_bite_suspends_the_dog_at_once(
        self, page: SignIn, cast: Cast, on_scene: Deployment, tomorrow: datetime
    ) -> None:
        with time_machine.travel(tomorrow + timedelta(hours=2), tick=False):
            browser = page(cast.north_handler)
            before = browser.get(at("deployment_incident", on_scene)).content.decode()
            assert "A bite suspends Bramble at once, until a review." in before
            typed = incident_typed(tomorrow + timedelta(hours=1), kind="bite")
            for _ in range(2):
                answer = browser.post(at("deployment_incident", on_scene), typed, follow=True)
        said = answer.content.decode()
        assert "Bramble is suspended from now until a review." in said
        assert "Stop work now, and ring the coordinators." in said
        assert "Bramble is working" not in said
        with system_scope():
            assert Incident.objects.count() == 1
            assert Dog.objects.get(name="Bramble").status == "suspended"

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"kind": ""}, "Answer “What happened?”"),
            ({"kind": "murder"}, "Choose one of those that are offered"),
            ({"account": ""}, "Fill in “What happened, in your words”."),
            ({"account": "x" * 4001}, "4000"),
            ({"happened_at_time": "25:00"}, "is not a time"),
            ({"happened_at_year": "2096"}, "That is in the future."),
            ({"happened_at_year": "2020"}, "more than 60 days ago"),
        ],
    )
    def test_an_incident_that_can_not_be_meant_is_said_and_kept(
        self, page: SignIn, cast: Cast, on_scene: Deployment, tomorrow: datetime, changed: dict[str, str], sentence: str
    ) -> None:
        typed = incident_typed(tomorrow, kind="scare") | {"first_aid": "on"} | changed
        with time_machine.travel(tomorrow + timedelta(hours=2), tick=False):
            answer = page(cast.north_handler).post(at("deployment_incident", on_scene), typed)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert typed["account"] in answer.content.decode()
        with system_scope():
            assert not Incident.objects.exists()

    def test_the_lead_reads_the_day_without_its_buttons(
        self, page: SignIn, cast: Cast, on_scene: Deployment, tomorrow: datetime
    ) -> None:
        with time_machine.travel(tomorrow + timedelta(hours=1), tick=False):
            said = page(cast.north_lead).get(at("deployment_detail", on_scene)).content.decode()
        assert "Bramble is working" in said
        assert at("deployment_check_out", on_scene) not in said
        assert at("deployment_incident", on_scene) not in said

    def test_the_list_shows_the_force_s_deployments(self, page: SignIn, cast: Cast, deployment: Deployment) -> None:
        for who in (cast.north_lead, cast.north_handler):
            said = page(who).get(reverse("member_deployment_list")).content.decode()
            assert "Bramble with Hari Northshire at Hostshire headquarters" in said
        assert "Bramble" not in page(cast.host_lead).get(reverse("member_deployment_list")).content.decode()


def session_typed(day: datetime) -> dict[str, str]:
    return {
        "key": str(uuid4()), "people": "12", "minutes": "45", "breaks": "1", "signposted": "2",
        "on": day.date().isoformat(),
    }  # fmt: skip


def incident_typed(at: datetime, *, kind: str) -> dict[str, str]:
    return {
        "key": str(uuid4()), "kind": kind, "account": "Somebody stepped on a paw.", "happened_at_day": str(at.day),
        "happened_at_month": str(at.month), "happened_at_year": str(at.year), "happened_at_time": f"{at:%H:%M}",
    }  # fmt: skip


class TestBriefing:
    def test_the_page_says_where_and_whom_to_ask_for(self, page: SignIn, cast: Cast, deployment: Deployment) -> None:
        said = page(cast.north_handler).get(at("deployment_briefing", deployment)).content.decode()
        for wanted in ("Front desk", "Sergeant Sample", "tel:07700900778", "A quiet room."):
            assert wanted in said
        assert STORY not in said

    def test_the_paper_is_private_and_opening_it_is_recorded(
        self, page: SignIn, cast: Cast, deployment: Deployment
    ) -> None:
        answer = page(cast.north_handler).get(at("deployment_briefing_pdf", deployment))
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Content-Disposition"].startswith('inline; filename="briefing-R-')
        assert answer.content.startswith(b"%PDF-")
        with system_scope():
            opened = Record.objects.get(object_uuid=deployment.uuid, verb="opened briefing")
        assert opened.actor_id == cast.north_handler.pk


class TestRequests:
    def test_the_host_sees_who_is_coming_and_who_has_arrived(
        self, page: SignIn, cast: Cast, deployment: Deployment, tomorrow: datetime
    ) -> None:
        said = page(cast.host_lead).get(at("request_detail", deployment.request)).content.decode()
        assert "Bramble with Hari Northshire" in said
        assert "Northshire Police" in said
        assert "Coming" in said
        with scope(user=cast.north_handler.pk):
            check_in(deployment=deployment, by=cast.north_handler, now=tomorrow)
        said = page(cast.host_lead).get(at("request_detail", deployment.request)).content.decode()
        assert "Arrived" in said
        assert "07700 900123" not in said

    def test_the_list_holds_the_own_force_s_requests_after_triage(self, page: SignIn, cast: Cast, offer: Offer) -> None:
        reference = fresh(offer).request.reference
        assert reference in page(cast.host_lead).get(reverse("member_request_list")).content.decode()
        assert reference not in page(cast.north_lead).get(reverse("member_request_list")).content.decode()

    def test_the_host_cancels_and_reads_how_it_ended(self, page: SignIn, cast: Cast, deployment: Deployment) -> None:
        browser, address = page(cast.host_lead), at("request_cancel", deployment.request)
        assert address in browser.get(at("request_detail", deployment.request)).content.decode()
        assert "Why is it no longer needed?" in browser.get(address).content.decode()
        answer = browser.post(address, {"reason": ""})
        assert answer.status_code == 422
        answer = browser.post(address, {"reason": "The roof holds."}, follow=True)
        said = answer.content.decode()
        assert "is cancelled. Everybody concerned has been told." in said
        assert "The roof holds." in said
        assert address not in said
        assert fresh(deployment).request.status == "cancelled"

    def test_what_has_begun_is_not_cancelled(self, page: SignIn, cast: Cast, on_scene: Deployment) -> None:
        browser, address = page(cast.host_lead), at("request_cancel", on_scene.request)
        assert address not in browser.get(at("request_detail", on_scene.request)).content.decode()
        assert "can’t be cancelled: it is active" in browser.get(address).content.decode()
        answer = browser.post(address, {"reason": "The roof holds."})
        assert answer.status_code == 422
        assert "A team has come to" in answer.content.decode()
        assert "The roof holds." in answer.content.decode()

    def test_others_cancel_nothing(self, page: SignIn, cast: Cast, client: Client, deployment: Deployment) -> None:
        address, sent = at("request_cancel", deployment.request), {"reason": "No."}
        assert client.post(address, sent).status_code == 302
        assert page(cast.north_lead).post(address, sent).status_code == 404
        assert page(cast.north_handler).post(address, sent).status_code == 404
        assert page(cast.coordinator).post(address, sent).status_code == 403
        assert fresh(deployment).request.status == "sourcing"


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("north_lead", "offer_detail"),
        ("north_handler", "offer_detail"),
        ("north_handler", "deployment_detail"),
        ("north_lead", "deployment_detail"),
        ("north_handler", "deployment_briefing"),
        ("north_handler", "deployment_session"),
        ("host_lead", "request_detail"),
    ],
)
def test_a_page_asks_the_database_at_most_eight_times(
    page: SignIn, cast: Cast, on_scene: Deployment, who: str, name: str
) -> None:
    browser = page(getattr(cast, who))
    address = at(name, thing_for(name, on_scene))
    assert browser.get(address).status_code == 200
    assert asked(browser, address) <= 8


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_the_database_at_most_eight_times(
    page: SignIn, cast: Cast, on_scene: Deployment, name: str
) -> None:
    browser = page(cast.north_lead)
    browser.get(reverse(name))
    assert asked(browser, reverse(name)) <= 8


def asked(browser: SignedIn, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        browser.get(address)
    return sum(not row["sql"].startswith(("SAVEPOINT", "RELEASE")) for row in queries)
