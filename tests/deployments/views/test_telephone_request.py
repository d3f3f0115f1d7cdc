"""A request that comes by telephone: the coordinator types it, and triage follows."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from audit.models import Record
from core.models import Outcode
from core.tenancy import system_scope
from deployments.actions.requests import decline_request
from deployments.models import Request, RequestDetail
from notifications.models import Message
from tests.conftest import Cast, SignedIn
from tests.deployments.views.test_public import typed
from tests.factories.accounts import make_user

ADD = "/coordinator/requests/add/"


@pytest.fixture(autouse=True)
def _place(db: None) -> None:
    Outcode.objects.create(code="S1", lat=53.38, lng=-1.47)


@pytest.fixture
def coordinator(cast: Cast) -> SignedIn:
    return SignedIn().sign_in(cast.coordinator)


def only() -> Request:
    with system_scope():
        return Request.objects.select_related("force").get()


def test_it_leads_to_its_triage_and_the_other_coordinators_are_told(
    cast: Cast, coordinator: SignedIn, tomorrow: datetime
) -> None:
    with system_scope():
        colleague = make_user("night@ok9.example", "Nia Night", ("coordinator", None))
    answer = coordinator.post(ADD, typed(cast, tomorrow, email=""), follow=True)
    request = only()
    assert answer.redirect_chain == [(reverse("coordinator_request_detail", args=[request.uuid]), 302)]
    assert f"{request.reference} is taken. Its triage is next." in answer.content.decode()
    with system_scope():
        told = set(Message.objects.values_list("channel", "user_id"))
        assert told == {("email", colleague.pk), ("text", colleague.pk)}
        assert Record.objects.get(verb="submitted").actor_id == cast.coordinator.pk


def test_who_left_an_address_gets_the_receipt(cast: Cast, coordinator: SignedIn, tomorrow: datetime) -> None:
    coordinator.post(ADD, typed(cast, tomorrow))
    with system_scope():
        (receipt,) = Message.objects.filter(to="sam@hostshire.example")
        assert receipt.kind == "deployments/request_receipt"


def test_nothing_is_sent_to_nobody_later(cast: Cast, coordinator: SignedIn, tomorrow: datetime, now: datetime) -> None:
    coordinator.post(ADD, typed(cast, tomorrow, email=""))
    with system_scope():
        decline_request(request=only(), reason="Your own force has teams.", by=cast.coordinator, now=now)
        assert not Message.objects.filter(to="").exists()


def test_a_night_of_calls_is_no_flood(cast: Cast, coordinator: SignedIn, tomorrow: datetime) -> None:
    for number in range(12):
        sent = typed(cast, tomorrow, story=f"Call {number}", starts_at_time="09:30")
        assert coordinator.post(ADD, sent).status_code == 302
    with system_scope():
        assert Request.objects.count() == 12


def test_pressed_twice_it_is_one_and_changed_words_are_said(
    cast: Cast, coordinator: SignedIn, tomorrow: datetime
) -> None:
    sent = typed(cast, tomorrow, email="")
    assert coordinator.post(ADD, sent).headers["Location"] == coordinator.post(ADD, sent).headers["Location"]
    request = only()
    again = coordinator.post(ADD, {**sent, "places": "3"})
    assert again.status_code == 422
    assert request.reference in again.content.decode()


def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    cast: Cast, coordinator: SignedIn, tomorrow: datetime
) -> None:
    yesterday = tomorrow - timedelta(days=2)
    page = coordinator.post(ADD, typed(cast, yesterday, telephone="", email="no address")).content.decode()
    for sentence in ("Fill in “Their number”.", "The start is in the past", "Enter an e-mail address, like"):
        assert sentence in page
    assert "A warehouse fire" in page
    with system_scope():
        assert not RequestDetail.objects.exists()
