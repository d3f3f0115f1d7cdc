"""Asking for support: the visitor's form."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from core.models import Outcode
from core.tenancy import system_scope
from deployments.forms.public import SupportForm
from deployments.models import Request, RequestDetail
from notifications.models import Message
from tests.conftest import Cast

STORY = "A warehouse fire <b>with</b> casualties"


def typed(cast: Cast, start: datetime, **changes: object) -> dict[str, object]:
    end = start + timedelta(hours=6)
    data = {
        "key": str(uuid4()), "kind": "major_incident", "force": cast.host.pk, "name": "Sam Sample",
        "email": "sam@hostshire.example", "telephone": "07700 900456", "postcode": "S1 2HE", "place": "Main station",
        "starts_at_day": start.day, "starts_at_month": start.month, "starts_at_year": start.year,
        "starts_at_time": "09:00",
        "ends_at_day": end.day, "ends_at_month": end.month, "ends_at_year": end.year, "ends_at_time": "15:00",
        "places": "2", "people": "40", "setting": ["crowds"], "story": STORY,
    }  # fmt: skip
    return data | changes


@pytest.fixture(autouse=True)
def _place(db: None) -> None:
    cache.clear()
    Outcode.objects.create(code="S1", lat=53.38, lng=-1.47)


def requests() -> list[Request]:
    with system_scope():
        return list(Request.objects.order_by("pk"))


def test_a_visitor_gets_a_reference_and_the_coordinators_are_told(
    cast: Cast, client: Client, tomorrow: datetime
) -> None:
    answer = client.post("/support/", typed(cast, tomorrow), follow=True)
    (request,) = requests()
    assert request.reference in answer.content.decode()
    assert request.status == "submitted"
    with system_scope():
        assert RequestDetail.objects.get().story == STORY
        told = {message.to: message for message in Message.objects.filter(channel="email")}
        texts = list(Message.objects.filter(channel="text").values_list("to", flat=True))
    assert set(told) == {"sam@hostshire.example", "coordinator@ok9.example"}
    assert texts == ["07700 900123"]
    receipt = told["sam@hostshire.example"]
    said = receipt.subject + receipt.text + receipt.html
    assert request.reference in said
    assert "07700 900999" in said
    for word in ("Sam Sample", "Main station", "warehouse", "S1", "07700 900456"):
        assert word not in said


def test_the_host_lead_does_not_see_it_before_triage(
    cast: Cast, client: Client, tomorrow: datetime, as_user: type
) -> None:
    client.post("/support/", typed(cast, tomorrow))
    (request,) = requests()
    lead = as_user().sign_in(cast.host_lead)
    assert lead.get(f"/member/requests/{request.uuid}/").status_code == 404


def test_a_doubled_submit_makes_one_request(cast: Cast, client: Client, tomorrow: datetime) -> None:
    data = typed(cast, tomorrow)
    client.post("/support/", data)
    client.post("/support/", data)
    assert len(requests()) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"postcode": "ZZ99 9ZZ"}, "find the postcode ZZ99 9ZZ"),
        ({"postcode": "nowhere"}, "Enter a postcode, like S1 2HE."),
        ({"places": "0"}, "Ask for at least one team."),
        ({"places": "500"}, "Ask for at most 50 teams."),
        ({"places": "two"}, "Enter how many teams in figures"),
        ({"ends_at_time": "08:00"}, "The end must be after the start."),
        ({"starts_at_year": "2020"}, "at most 21 days"),
        ({"starts_at_year": "2020", "ends_at_year": "2020"}, "The start is in the past."),
        ({"email": "sam"}, "Enter an e-mail address"),
        ({"force": "999999"}, "Choose one of those that are offered"),
        ({"kind": "party"}, "Choose one of those that are offered"),
    ],
)
def test_bad_input_is_said_and_kept(
    cast: Cast, client: Client, tomorrow: datetime, changes: dict[str, object], sentence: str
) -> None:
    answer = client.post("/support/", typed(cast, tomorrow, **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "There is a problem" in page
    assert "Sam Sample" in page
    assert "&lt;b&gt;with&lt;/b&gt;" in page
    assert requests() == []


@pytest.mark.usefixtures("one_moment")
def test_the_eleventh_request_in_an_hour_is_asked_to_ring(cast: Cast, client: Client, tomorrow: datetime) -> None:
    for number in range(10):
        assert client.post("/support/", typed(cast, tomorrow, story=f"Number {number}")).status_code == 302
    answer = client.post("/support/", typed(cast, tomorrow))
    assert answer.status_code == 429
    assert "Ring us instead" in answer.content.decode()
    assert "Sam Sample" in answer.content.decode()
    assert len(requests()) == 10


@pytest.mark.usefixtures("one_moment")
def test_the_tenth_request_sent_twice_is_one_request(cast: Cast, client: Client, tomorrow: datetime) -> None:
    for number in range(9):
        client.post("/support/", typed(cast, tomorrow, story=f"Number {number}"))
    last = typed(cast, tomorrow)
    assert client.post("/support/", last).status_code == 302
    assert client.post("/support/", last).headers["Location"] == "/support/sent/"
    assert len(requests()) == 10
    assert client.post("/support/", typed(cast, tomorrow, story="One more")).status_code == 429


def test_going_back_and_sending_the_same_again_is_one_request(cast: Cast, client: Client, tomorrow: datetime) -> None:
    for _press in range(2):  # each page has a key of its own
        assert client.post("/support/", typed(cast, tomorrow)).headers["Location"] == "/support/sent/"
    (request,) = requests()
    assert request.reference in client.get("/support/sent/").content.decode()


def test_the_list_of_what_is_wrong_runs_down_the_page(client: Client) -> None:
    page = client.post("/support/", {}).content.decode()
    found = [re.search(rf'name="{name}(_day)?"', page) for name in SupportForm().fields if name != "key"]
    places = [field.start() for field in found if field]
    assert len(places) == len(found)
    assert places == sorted(places)


def test_without_a_reference_the_sent_page_leads_back(client: Client) -> None:
    assert client.get("/support/sent/").headers["Location"] == "/support/"
