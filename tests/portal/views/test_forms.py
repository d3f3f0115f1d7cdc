"""The page of the five forms, for members and coordinators."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from core.tenancy import scope
from dogs.actions.work import log_session
from dogs.inputs import Session
from tests.conftest import Cast, SignedIn
from tests.counting import questions

HOME = "/member/forms/"


def test_a_handler_finds_the_five_forms_and_their_last_entries(cast: Cast, now: datetime) -> None:
    with scope(user=cast.north_handler.pk):
        session = Session(on=localdate(now), minutes=35, people=4, place="Control room")
        log_session(team=cast.north_team, session=session, key=uuid4(), commitment=None, by=cast.north_handler, now=now)
    said = SignedIn().sign_in(cast.north_handler).get(HOME).content.decode()
    for words in ("Sessions", "Incidents and near misses", "Welfare visits", "Debriefs", "Equipment and expenses"):
        assert words in said
    assert "Session of 35 minutes" in said
    assert "Bramble, Control room" in said
    assert reverse("member_session_add") in said
    assert reverse("member_welfare_add") not in said


def test_a_lead_begins_welfare_reports_and_plans_visits(cast: Cast) -> None:
    said = SignedIn().sign_in(cast.north_lead).get(HOME).content.decode()
    assert reverse("member_welfare_add") in said
    assert reverse("member_visit_add") in said
    assert reverse("member_incident_add") not in said


def test_an_assessor_has_the_welfare_visits_only(cast: Cast) -> None:
    said = SignedIn().sign_in(cast.assessor).get(HOME).content.decode()
    assert "Welfare visits" in said
    assert "Debriefs" not in said


@pytest.mark.parametrize("who", ["north_handler", "north_lead", "assessor"])
def test_a_members_page_asks_little(cast: Cast, who: str) -> None:
    client = SignedIn().sign_in(getattr(cast, who))
    client.get(HOME)
    assert questions(client, HOME) <= 8


def test_the_coordinators_page_asks_little(cast: Cast) -> None:
    client = SignedIn().sign_in(cast.coordinator)
    client.get("/coordinator/forms/")
    assert questions(client, "/coordinator/forms/") <= 8


def test_the_navigation_leads_to_the_forms(cast: Cast) -> None:
    for who, address in (
        ("north_handler", HOME),
        ("north_lead", HOME),
        ("assessor", HOME),
        ("coordinator", "/coordinator/forms/"),
    ):
        page = SignedIn().sign_in(getattr(cast, who)).get(address).content.decode()
        assert f'<a href="{address}" aria-current="page">Forms</a>' in page
