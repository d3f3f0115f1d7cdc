"""Sessions, visits, incidents and welfare visits on the members' pages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import Role, User
from core.tenancy import scope, system_scope
from dogs.actions.work import log_session
from dogs.inputs import Session
from dogs.models import Commitment, Dog, Incident, SessionLog, WelfareVisit
from dogs.states import WelfareNeed
from notifications.models import Message
from tests.boundaries.matrix import day, moment
from tests.conftest import Cast, SignedIn
from tests.counting import questions

SignIn = Callable[[User], SignedIn]
LISTS = ("session", "visit", "incident", "welfare")


@pytest.fixture
def page(as_user: type[SignedIn]) -> SignIn:
    return lambda user: as_user().sign_in(user)


def typed_session(cast: Cast, now: datetime, **changes: Any) -> dict[str, Any]:
    counts = {"people": "12", "minutes": "30", "breaks": "1", "signposted": "3", "to_gp": "1", "to_peer_support": "2"}
    place = {"team": str(cast.north_team.uuid), "visit": "", "place": "Control room"}
    return {"key": str(uuid4()), **place, **counts, **day("on", localdate(now)), **changes}


def typed_report(cast: Cast, now: datetime, **changes: Any) -> dict[str, Any]:
    judged = dict.fromkeys(WelfareNeed.values, "met") | {f"{need}_words": "Well." for need in WelfareNeed.values}
    told = {"is_unannounced": "no", "finding": "acceptable", "summary": "", "do": "send"}
    which = {"key": str(uuid4()), "dog": str(cast.north_team.dog.uuid)}
    return {**which, **day("visited_on", localdate(now)), **judged, **told, **changes}


def logged(cast: Cast, now: datetime, number: int = 1) -> None:
    with scope(user=cast.north_handler.pk):
        for _ in range(number):
            session = Session(on=localdate(now), minutes=10, people=4, signposts={"gp": 1}, place="=Custody")
            log_session(
                team=cast.north_team, session=session, key=uuid4(), commitment=None, by=cast.north_handler, now=now
            )


class TestLists:
    @pytest.mark.parametrize("noun", LISTS)
    def test_a_visitor_signs_in_first(self, client: Client, db: None, noun: str) -> None:
        answer = client.get(reverse(f"member_{noun}_list"))
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith(f"?next={reverse(f'member_{noun}_list')}")

    @pytest.mark.parametrize("noun", LISTS)
    def test_lists_are_only_read(self, page: SignIn, cast: Cast, noun: str) -> None:
        assert page(cast.north_lead).post(reverse(f"member_{noun}_list")).status_code == 405

    def test_each_sees_their_own_and_their_force_s(self, page: SignIn, cast: Cast, now: datetime) -> None:
        logged(cast, now)
        for user in (cast.north_handler, cast.north_lead):
            assert "Bramble: =Custody" in page(user).get(reverse("member_session_list")).content.decode()
        for user in (cast.south_handler, cast.south_lead):
            assert "Bramble" not in page(user).get(reverse("member_session_list")).content.decode()

    def test_a_list_is_narrowed_by_day(self, page: SignIn, cast: Cast, now: datetime) -> None:
        logged(cast, now)
        client, address = page(cast.north_handler), reverse("member_session_list")
        today = localdate(now)
        later = (today + timedelta(days=1)).isoformat()
        assert "Bramble" in client.get(address, {"since": today.isoformat()}).content.decode()
        assert "Nothing in those days" in client.get(address, {"since": later}).content.decode()
        assert "Bramble" in client.get(address, {"until": today.isoformat()}).content.decode()
        assert "Enter a day like" in client.get(address, {"since": "yesterday"}).content.decode()

    def test_a_visit_list_is_narrowed_by_day_too(self, page: SignIn, cast: Cast, now: datetime) -> None:
        visit_planned(page, cast, now)
        client, address = page(cast.north_lead), reverse("member_visit_list")
        assert "Custody" in client.get(address, {"since": localdate(now).isoformat()}).content.decode()
        assert "Custody" not in client.get(address, {"until": localdate(now).isoformat()}).content.decode()

    @pytest.mark.parametrize("noun", LISTS)
    def test_the_number_of_questions_does_not_grow(self, page: SignIn, cast: Cast, now: datetime, noun: str) -> None:
        client = page(cast.north_lead)
        client.get("/member/forms/")
        logged(cast, now, 5)
        assert questions(client, reverse(f"member_{noun}_list")) <= 8

    def test_a_lead_takes_the_list_away_and_formulas_are_text(self, page: SignIn, cast: Cast, now: datetime) -> None:
        logged(cast, now)
        answer = page(cast.north_lead).get(reverse("member_session_export"))
        text = answer.content.decode("utf-8-sig")
        assert answer.headers["Content-Type"].startswith("text/csv")
        assert "'=Custody" in text
        assert "Hari Northshire" in text
        assert "Custard" not in text
        for user in (cast.north_handler, cast.assessor):
            assert page(user).get(reverse("member_session_export")).status_code == 403


class TestSessions:
    def test_an_unplanned_visit_is_logged(self, page: SignIn, cast: Cast, now: datetime) -> None:
        answer = page(cast.north_handler).post(reverse("member_session_add"), typed_session(cast, now), follow=True)
        said = answer.content.decode()
        assert "Session saved: 30 minutes, 12 people." in said
        assert "Peer support" in said
        with system_scope():
            row = SessionLog.objects.get()
            assert (row.place, row.signposted, row.commitment) == ("Control room", 3, None)
            assert dict(row.signposts.values_list("kind", "people")) == {"gp": 1, "peer_support": 2}

    def test_a_repeated_tap_counts_once(self, page: SignIn, cast: Cast, now: datetime) -> None:
        client, body = page(cast.north_handler), typed_session(cast, now)
        assert [client.post(reverse("member_session_add"), body).status_code for _ in range(3)] == [302] * 3
        with system_scope():
            assert SessionLog.objects.count() == 1

    def test_a_second_press_on_remove_is_told_the_same(self, page: SignIn, cast: Cast, now: datetime) -> None:
        client = page(cast.north_handler)
        client.post(reverse("member_session_add"), typed_session(cast, now))
        with system_scope():
            away = reverse("member_session_remove", args=[SessionLog.objects.get().uuid])
        assert [client.post(away).url for _ in range(2)] == [reverse("member_session_list")] * 2
        assert "is removed" in client.get(reverse("member_session_list")).content.decode()
        assert page(cast.north_lead).post(away).status_code == 404
        assert page(cast.south_handler).post(away).status_code == 404

    def test_too_many_minutes_are_kept_and_said(self, page: SignIn, cast: Cast, now: datetime) -> None:
        body = typed_session(cast, now, minutes="150")
        answer = page(cast.north_handler).post(reverse("member_session_add"), body, follow=True)
        assert "150 minutes of contact" in answer.content.decode()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"place": ""}, "Say where the visit was"),
            ({"to_gp": "4"}, "more people than you told"),
            ({"signposted": "13"}, "more people than met the dog"),
            ({"team": str(uuid4())}, "Choose one of those that are offered"),
            ({"visit": str(uuid4())}, "Choose one of those that are offered"),
            ({"key": "x"}, "This page has grown old"),
        ],
    )
    def test_what_can_not_be_is_said(
        self, page: SignIn, cast: Cast, now: datetime, changes: dict[str, str], words: str
    ) -> None:
        answer = page(cast.north_handler).post(reverse("member_session_add"), typed_session(cast, now, **changes))
        assert answer.status_code == 422
        assert words in answer.content.decode()
        with system_scope():
            assert not SessionLog.objects.exists()

    def test_another_force_s_team_and_visit_are_unknown(self, page: SignIn, cast: Cast, now: datetime) -> None:
        body = typed_session(cast, now, team=str(cast.south_team.uuid))
        answer = page(cast.north_handler).post(reverse("member_session_add"), body)
        assert "Choose one of those that are offered" in answer.content.decode()
        assert "Custard" not in answer.content.decode()


class TestSessionsForSomebodyElse:
    def test_a_lead_logs_and_the_record_says_for_whom(self, page: SignIn, cast: Cast, now: datetime) -> None:
        client = page(cast.north_lead)
        assert "in their place" in client.get(reverse("member_session_add")).content.decode()
        said = client.post(reverse("member_session_add"), typed_session(cast, now), follow=True).content.decode()
        assert "Session saved for Hari: 30 minutes, 12 people. They have been told." in said
        assert "by Lee Northshire for Hari Northshire" in said
        with system_scope():
            address = reverse("member_session_detail", args=[SessionLog.objects.get().uuid])
            assert Message.objects.get().subject == "Lee Northshire has logged a session for you and Bramble"
        assert "by Lee Northshire for Hari Northshire" in page(cast.north_handler).get(address).content.decode()
        dog = page(cast.north_handler).get(reverse("member_dog_detail", args=[cast.north_team.dog.uuid]))
        assert "12 people met, 30 minutes of contact" in dog.content.decode()

    def test_a_handler_reads_nothing_of_somebody_elses_place(self, page: SignIn, cast: Cast) -> None:
        said = page(cast.north_handler).get(reverse("member_session_add")).content.decode()
        assert "in their place" not in said

    def test_from_a_visit_that_is_over(self, page: SignIn, cast: Cast, now: datetime) -> None:
        visit = visit_planned(page, cast, now)
        with system_scope():
            Commitment.objects.update(period=(now - timedelta(hours=3), now - timedelta(hours=2)))
        client = page(cast.north_lead)
        assert "Log a session for Hari" in client.get(
            reverse("member_visit_detail", args=[visit.uuid])
        ).content.decode()  # fmt: skip
        asked = client.get(reverse("member_session_add"), {"visit": str(visit.uuid)}).content.decode()
        assert f'value="{visit.uuid}" selected' in asked

    def test_a_link_to_a_visit_of_long_ago_asks_for_that_one_and_no_other(
        self, page: SignIn, cast: Cast, now: datetime
    ) -> None:
        visit = visit_planned(page, cast, now)
        client, address = page(cast.north_handler), reverse("member_session_add")
        with system_scope():
            Commitment.objects.update(period=(now - timedelta(days=70, hours=3), now - timedelta(days=70)))
        assert f'value="{visit.uuid}"' not in client.get(address).content.decode()
        assert f'value="{visit.uuid}" selected' in client.get(address, {"visit": str(visit.uuid)}).content.decode()
        with system_scope():
            Commitment.objects.update(period=(now - timedelta(minutes=3), now - timedelta(minutes=2)))
        assert f'value="{visit.uuid}" selected' in client.get(address).content.decode()
        assert f'value="{visit.uuid}" selected' not in client.get(address, {"visit": str(uuid4())}).content.decode()

    def test_a_second_session_of_a_visit_is_said(self, page: SignIn, cast: Cast, now: datetime) -> None:
        visit = visit_planned(page, cast, now)
        with system_scope():
            Commitment.objects.update(period=(now - timedelta(minutes=3), now - timedelta(minutes=2)))
        client, told = page(cast.north_handler), "This visit has another session already."
        for number in range(2):
            body = typed_session(cast, now, visit=str(visit.uuid), place="", **day("on", localdate(now)))
            said = client.post(reverse("member_session_add"), body, follow=True).content.decode()
            assert (told in said) == bool(number)
        assert "Custody (logged)" in client.get(reverse("member_session_add")).content.decode()

    def test_another_forces_lead_knows_of_no_such_team(self, page: SignIn, cast: Cast, now: datetime) -> None:
        answer = page(cast.south_lead).post(reverse("member_session_add"), typed_session(cast, now))
        assert answer.status_code == 422
        assert "Choose one of those that are offered" in answer.content.decode()
        with system_scope():
            assert not SessionLog.objects.exists()


def visit_planned(page: SignIn, cast: Cast, now: datetime, *, by: User | None = None) -> Commitment:
    body = {
        "team": str(cast.north_team.uuid), "start": "10:00", "end": "noon", "place": "Custody", "note": "",
        **day("on", localdate(now) + timedelta(days=20)),
    }  # fmt: skip
    answer = page(by or cast.north_lead).post(reverse("member_visit_add"), body)
    assert answer.status_code == 302
    with system_scope():
        return Commitment.objects.get()


class TestVisits:
    def test_a_lead_plans_and_cancels(self, page: SignIn, cast: Cast, now: datetime) -> None:
        visit = visit_planned(page, cast, now)
        client, address = page(cast.north_lead), reverse("member_visit_detail", args=[visit.uuid])
        said = client.get(address).content.decode()
        assert "Bramble visits Custody" in said
        assert "Cancel the visit" in said
        assert "Log a session" not in said
        answer = client.post(reverse("member_visit_cancel", args=[visit.uuid]), follow=True)
        assert "The visit is cancelled; Bramble is free then." in answer.content.decode()

    def test_why_a_visit_can_not_be_is_said(self, page: SignIn, cast: Cast, now: datetime) -> None:
        visit_planned(page, cast, now)
        body = {
            "team": str(cast.north_team.uuid), "start": "11:00", "end": "13:00", "place": "Custody", "note": "",
            **day("on", localdate(now) + timedelta(days=20)),
        }  # fmt: skip
        answer = page(cast.north_handler).post(reverse("member_visit_add"), body)
        assert answer.status_code == 422
        assert "Bramble can&#x27;t go on that visit: Visit in own force from" in answer.content.decode()

    def test_a_session_of_a_visit_is_on_its_page(self, page: SignIn, cast: Cast, now: datetime) -> None:
        visit = visit_planned(page, cast, now, by=cast.north_handler)
        with system_scope():
            Commitment.objects.update(period=(now - timedelta(hours=3), now - timedelta(hours=2)))
        client = page(cast.north_handler)
        assert "Log a session" in client.get(reverse("member_visit_detail", args=[visit.uuid])).content.decode()
        asked = client.get(reverse("member_session_add"), {"visit": str(visit.uuid)}).content.decode()
        assert f'value="{visit.uuid}" selected' in asked
        on = localdate(now - timedelta(hours=3))
        body = typed_session(cast, now, visit=str(visit.uuid), place="", **day("on", on))
        assert client.post(reverse("member_session_add"), body).status_code == 302
        assert "30 minutes, 12 people" in client.get(
            reverse("member_visit_detail", args=[visit.uuid])
        ).content.decode()  # fmt: skip


class TestIncidents:
    def body(self, cast: Cast, now: datetime, kind: str) -> dict[str, Any]:
        when = moment("happened_at", now)
        return {"key": str(uuid4()), "team": str(cast.north_team.uuid), "kind": kind, "account": "It snapped.", **when}

    def test_a_bite_outside_a_deployment_suspends_at_once(self, page: SignIn, cast: Cast, now: datetime) -> None:
        client, body = page(cast.north_handler), self.body(cast, now, "bite")
        said = client.post(reverse("member_incident_add"), body, follow=True).content.decode()
        assert "Bramble is suspended from now until a review." in said
        assert client.post(reverse("member_incident_add"), body).status_code == 302
        with system_scope():
            assert Incident.objects.count() == 1
            assert Dog.objects.get(pk=cast.north_team.dog_id).status == "suspended"
        seen = page(cast.north_lead).get(reverse("member_incident_list")).content.decode()
        assert "Waiting for review" in seen

    def test_the_page_says_beforehand_what_a_bite_does(self, page: SignIn, cast: Cast) -> None:
        said = page(cast.north_handler).get(reverse("member_incident_add")).content.decode()
        assert "A bite suspends the dog at once" in said
        assert "A near miss" in said

    def test_the_future_is_refused(self, page: SignIn, cast: Cast, now: datetime) -> None:
        body = self.body(cast, now + timedelta(days=1), "scare")
        answer = page(cast.north_handler).post(reverse("member_incident_add"), body)
        assert "That is in the future." in answer.content.decode()


class TestWelfare:
    def test_a_lead_sends_a_report_that_waits_to_be_verified(self, page: SignIn, cast: Cast, now: datetime) -> None:
        body = typed_report(cast, now)
        said = page(cast.north_lead).post(reverse("member_welfare_add"), body, follow=True).content.decode()
        assert "counts once a coordinator has verified it" in said
        assert "A suitable environment" in said

    def test_a_draft_is_kept_and_written_on(self, page: SignIn, cast: Cast, now: datetime) -> None:
        client = page(cast.north_lead)
        body = typed_report(cast, now, do="draft", diet="", finding="", visited_on_day="", visited_on_month="")
        body["visited_on_year"] = ""
        said = client.post(reverse("member_welfare_add"), body, follow=True).content.decode()
        assert "Draft saved. Nobody else reads it until you send it." in said
        with system_scope():
            draft = WelfareVisit.objects.get()
        assert "Welfare visit report" in client.get(reverse("member_form_list")).content.decode()
        address = reverse("member_welfare_edit", args=[draft.uuid])
        assert page(cast.north_handler).get(address).status_code == 404
        assert client.post(address, typed_report(cast, now)).status_code == 302
        with system_scope():
            assert WelfareVisit.objects.get().status == "submitted"
        assert client.get(address).headers["Location"] == reverse("member_welfare_detail", args=[draft.uuid])

    def test_a_critical_finding_is_said_at_once(self, page: SignIn, cast: Cast, now: datetime) -> None:
        body = typed_report(cast, now, health="not_met", finding="critical", summary="To the vet today.")
        said = page(cast.coordinator).post(reverse("member_welfare_add"), body, follow=True).content.decode()
        assert "Bramble is suspended from now until a review." in said
        read = page(cast.north_handler).get(reverse("member_welfare_list")).content.decode()
        assert "Critical" in read

    def test_words_stand_beside_the_need_that_lacks_them(self, page: SignIn, cast: Cast, now: datetime) -> None:
        body = typed_report(cast, now, diet="partly", diet_words="", finding="improve", summary="Less food.")
        answer = page(cast.north_lead).post(reverse("member_welfare_add"), body)
        assert answer.status_code == 422
        assert 'href="#id_diet_words"' in answer.content.decode()
        assert "Less food." in answer.content.decode()

    def test_another_force_s_dog_can_not_be_named(self, page: SignIn, cast: Cast, now: datetime) -> None:
        body = typed_report(cast, now, dog=str(cast.south_team.dog.uuid))
        answer = page(cast.north_lead).post(reverse("member_welfare_add"), body)
        assert "Choose one of those that are offered" in answer.content.decode()
        assert "Custard" not in answer.content.decode()

    def test_a_handler_writes_none(self, page: SignIn, cast: Cast) -> None:
        assert page(cast.north_handler).get(reverse("member_welfare_add")).status_code == 403


class TestSomebodyWhoHasLeft:
    """The wall lets through what was theirs; the pages of the force are closed to them all the same."""

    def test_reads_no_form_of_the_force_any_more(self, page: SignIn, cast: Cast, now: datetime) -> None:
        logged(cast, now)
        client = page(cast.north_handler)
        with system_scope():
            address = reverse("member_session_detail", args=[SessionLog.objects.get().uuid])
        assert client.get(address).status_code == 200
        with system_scope():
            Role.objects.filter(user=cast.north_handler).delete()
        assert [client.get(at).status_code for at in (address, reverse("member_news_list"))] == [403, 403]
