"""Candidates for a request, and the coordinators' lists and counts."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.tenancy import system_scope
from deployments.models import Offer, Request
from deployments.queries import (
    all_candidates,
    asked_lately,
    home_counts,
    match_candidates,
    need_of,
    offers_of,
    requests_in_view,
)
from dogs.models import Dog
from dogs.queries import limits
from tests.conftest import UNTIL, Cast
from tests.factories.accounts import make_user
from tests.factories.deployments import insert_offer, insert_request, proposed, submitted, triaged
from tests.factories.dogs import make_team
from tests.factories.network import make_handler


@pytest.fixture
def request_made(cast: Cast, now: datetime, tomorrow: datetime) -> Request:
    made = triaged(cast.host, starts_at=tomorrow, by=cast.coordinator, now=now, setting=("crowds",))
    with system_scope():
        return Request.objects.select_related("force").get(pk=made.pk)


def test_a_need_says_what_the_request_asks(request_made: Request, now: datetime) -> None:
    need = need_of(request_made, now=now)
    assert (need.kind, need.starts_at, need.region, need.tier) == (
        "major_incident", request_made.starts_at, "North", 3,
    )  # fmt: skip
    assert need.setting == {"crowds"}


def test_the_match_judges_every_team_and_says_why(cast: Cast, request_made: Request, now: datetime) -> None:
    need = need_of(request_made, now=now)
    with system_scope():
        Dog.objects.filter(pk=cast.south_team.dog_id).update(status="suspended")
        both = match_candidates(need, limits(), now=now), all_candidates(need, limits(), now=now)
    for clear, others in both:
        assert [c.facts.team_id for c in clear] == [cast.north_team.pk]
        assert [[r.sentence for r in c.verdict.reasons] for c in others] == [
            ["Custard is not accredited now: suspended"]
        ]


def test_the_match_is_the_same_few_queries_however_many_teams(
    cast: Cast, request_made: Request, now: datetime, django_assert_num_queries: Any
) -> None:
    need = need_of(request_made, now=now)
    with system_scope():
        numbers = limits()
        for name in ("", "Biscuit", "Trifle"):
            if name:
                user = make_user(f"{name}@northshire.example", name, ("handler", cast.north))
                handler = make_handler(cast.north, user, by=cast.coordinator, until=UNTIL)
                make_team(cast.north, handler, by=cast.coordinator, until=UNTIL, name=name)
            with django_assert_num_queries(2):
                clear, _others = match_candidates(need, numbers, now=now)
    assert len(clear) == 4


def test_being_asked_counts_for_ninety_days(cast: Cast, request_made: Request, now: datetime) -> None:
    (offer,) = proposed(request_made, cast.north_team, by=cast.coordinator, now=now)
    with system_scope():
        teams = [cast.north_team.pk, cast.south_team.pk]
        (asked,) = asked_lately(teams, now=now + timedelta(days=89)).values()
        assert (asked.times, asked.last) == (1, offer.proposed_at)
        assert asked_lately(teams, now=now + timedelta(days=90)) == {}


def test_live_offers_come_first(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    with system_scope():
        request = insert_request(cast.host, by=cast.coordinator, starts_at=tomorrow, now=now)
        ended, waiting, yes = (
            insert_offer(request, team, by=cast.coordinator, now=now + timedelta(minutes=n), released=True)
            if n
            else _ended(request, cast, now)
            for n, team in enumerate([cast.north_team, cast.north_team, cast.south_team])
        )
        Offer.objects.filter(pk=yes.pk).update(status="confirmed", accepted_at=now, accepted_by=cast.south_handler)
        assert list(offers_of(request)) == [yes, waiting, ended]


def _ended(request: Request, cast: Cast, now: datetime) -> Offer:
    offer = insert_offer(request, cast.north_team, by=cast.coordinator, now=now)
    Offer.objects.filter(pk=offer.pk).update(status="withdrawn", ended_at=now)
    return offer


def test_the_homes_counts_are_its_lists_lengths(cast: Cast, now: datetime) -> None:
    soon, later = now + timedelta(hours=23), now + timedelta(hours=25)
    submitted(cast.host, starts_at=soon, now=now)
    submitted(cast.host, starts_at=later, now=now)
    request = triaged(cast.north, starts_at=soon, by=cast.coordinator, now=now)
    proposed(request, cast.south_team, by=cast.coordinator, now=now)
    with system_scope():
        full = insert_request(cast.host, by=cast.coordinator, starts_at=soon, now=now)
        Request.objects.filter(pk=full.pk).update(taken=1, status="filled")
        over = insert_request(cast.host, by=cast.coordinator, starts_at=soon, now=now)
        Request.objects.filter(pk=over.pk).update(status="cancelled")
        counts = home_counts(now=now)
        assert counts == {"new": 2, "unfilled": 2, "waiting": 1, "soon": 0}
        for name in ("new", "unfilled"):
            assert len(requests_in_view(name, now=now)) == counts[name]
        assert home_counts(now=now + timedelta(hours=3, minutes=30))["soon"] == 1
        assert set(requests_in_view("ended", now=now)) == {over}
        assert len(requests_in_view("", now=now)) == 4
