"""Whoever has not answered an offer is reminded by one press, and not again within the hour."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localtime

from accounts.models import User
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from deployments import emails
from deployments.actions.offers import accept_offer, decline_offer, release_offer
from deployments.actions.reminding import remind_waiting
from deployments.models import Offer, Request
from deployments.pages_offers import reminder
from deployments.rules import REMIND_FIRST
from notifications.models import Message
from tests.conftest import Cast
from tests.factories.deployments import forget, proposed, told, trail, triaged

NUMBER, HOUR = "07700 900123", timedelta(hours=1)


def at(moment: datetime) -> str:
    return f"asked or reminded just lately. They can be reminded from {localtime(moment):%H:%M}"


@pytest.fixture
def request_made(cast: Cast, now: datetime, tomorrow: datetime) -> Request:
    return triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now, places=2)


@pytest.fixture
def offers(cast: Cast, request_made: Request, now: datetime) -> list[Offer]:
    made = proposed(request_made, cast.north_team, cast.south_team, by=cast.coordinator, now=now)
    forget()
    return made


@pytest.fixture
def by(cast: Cast) -> Iterator[User]:
    with scope(user=cast.coordinator.pk, national=True):
        yield cast.coordinator


def test_whoever_has_not_answered_is_told_once_more(
    cast: Cast, request_made: Request, offers: list[Offer], now: datetime
) -> None:
    north, south = offers
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        release_offer(offer=north, by=cast.north_lead, now=now)
    with scope(user=cast.south_handler.pk):
        accept_offer(offer=south, by=cast.south_handler, now=now)
    with scope(user=cast.coordinator.pk, national=True):
        reminded, not_yet = remind_waiting(request=request_made, by=cast.coordinator, now=now + HOUR)
    assert (reminded, not_yet) == ([north, south], [])
    assert told() == {
        *(("offer_reminder", to) for to in ("handler@northshire.example", "lead@southshire.example")),
        ("text offer_reminder", NUMBER),
    }  # fmt: skip
    with system_scope():
        assert set(Offer.objects.values_list("reminded_at", flat=True)) == {now + HOUR}
        to_handler = Message.objects.get(to="handler@northshire.example")
        to_lead = Message.objects.get(to="lead@southshire.example")
        assert {m.urgent for m in (to_handler, to_lead)} == {True}
    assert "Your force has released you." in to_handler.text
    assert "has said yes." in to_lead.text
    assert trail(north)[-1] == ("reminded", "", "", cast.coordinator.pk)


def test_nobody_is_reminded_twice_within_the_hour(
    cast: Cast, request_made: Request, offers: list[Offer], by: User, now: datetime
) -> None:
    first = now + REMIND_FIRST
    with pytest.raises(Refused, match=at(first)):
        remind_waiting(request=request_made, by=by, now=first - timedelta(seconds=1))
    remind_waiting(request=request_made, by=by, now=first)
    forget()
    with pytest.raises(Refused, match=at(first + HOUR)):
        remind_waiting(request=request_made, by=by, now=first + timedelta(minutes=59))
    assert told() == set()
    Offer.objects.filter(pk=offers[1].pk).update(reminded_at=now + timedelta(minutes=30))
    reminded, not_yet = remind_waiting(request=request_made, by=by, now=first + HOUR)
    assert (reminded, not_yet) == ([offers[0]], [offers[1]])
    assert {to for _kind, to in told()} == {"lead@northshire.example", "handler@northshire.example", NUMBER}


def test_a_reminder_is_as_urgent_as_the_offer_was(cast: Cast, by: User, now: datetime, tomorrow: datetime) -> None:
    later = tomorrow + timedelta(days=20)
    request = triaged(cast.host, starts_at=later, by=by, now=now, kind="national_event")
    proposed(request, cast.north_team, by=by, now=now)
    forget()
    remind_waiting(request=request, by=by, now=now + REMIND_FIRST)
    assert told() == {
        ("offer_reminder", "lead@northshire.example"), ("offer_reminder", "handler@northshire.example")
    }  # fmt: skip
    assert not Message.objects.filter(urgent=True).exists()


def test_where_nobody_is_waiting_nobody_is_reminded(
    cast: Cast, request_made: Request, offers: list[Offer], now: datetime
) -> None:
    with scope(user=cast.north_handler.pk):
        decline_offer(offer=offers[0], side="handler", by=cast.north_handler, now=now)
    forget()
    with scope(user=cast.coordinator.pk, national=True), pytest.raises(Refused, match="waits for an answer"):
        remind_waiting(request=request_made, by=cast.coordinator, now=now + timedelta(hours=5))  # the other is too late
    assert told() == set()


@pytest.mark.parametrize("who", ["north_lead", "host_lead", "north_handler", "assessor"])
def test_only_coordinators_remind(
    cast: Cast, request_made: Request, offers: list[Offer], now: datetime, who: str
) -> None:
    user = getattr(cast, who)
    with scope(user=user.pk), pytest.raises(PermissionDenied):
        remind_waiting(request=request_made, by=user, now=now)


def test_a_fault_halfway_reminds_nobody(
    request_made: Request, offers: list[Offer], by: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the template is broken")

    monkeypatch.setattr(emails, "remind", broken)
    with pytest.raises(RuntimeError):
        remind_waiting(request=request_made, by=by, now=now + REMIND_FIRST)
    assert not Offer.objects.exclude(reminded_at=None).exists()
    assert told() == set()


def test_the_button_counts_those_who_may_be_reminded_now(offers: list[Offer], now: datetime) -> None:
    north, south = offers
    assert reminder(offers, now=now).not_yet.endswith(f"{at(now + REMIND_FIRST)}.")
    now += REMIND_FIRST
    assert reminder(offers, now=now).button == "Remind the two waiting"
    north.reminded_at = now
    assert reminder(offers, now=now).button == "Remind the one waiting"
    south.reminded_at = now
    assert reminder(offers, now=now).not_yet.endswith(f"{at(now + HOUR)}.")
    south.status, north.answer_by = "confirmed", now - HOUR
    assert (reminder(offers, now=now).button, reminder(offers, now=now).not_yet) == ("", "")
