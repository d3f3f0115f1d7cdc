"""The tables of moves: every state can be reached, every way comes to an end, and none leads back out of it."""

import pytest
from django.db.models import TextChoices

from core.lifecycle import Lifecycle, Refused
from deployments.states import (
    DEPLOYMENT,
    DEPLOYMENT_OVER,
    OFFER,
    OPEN_REQUESTS,
    REQUEST,
    TAKES_OFFERS,
    DeploymentStatus,
    OfferStatus,
    RequestStatus,
)

TABLES = [
    (REQUEST, RequestStatus, "draft", {"closed", "declined", "cancelled", "stood_down"}),
    (OFFER, OfferStatus, "proposed", {"declined", "withdrawn"}),
    (DEPLOYMENT, DeploymentStatus, "scheduled", set(map(str, DEPLOYMENT_OVER))),
]


def reached(table: Lifecycle, start: str) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for end in table.moves.get(waiting.pop(), ()):
            if end not in seen:
                seen.add(end)
                waiting.append(end)
    return seen


@pytest.mark.parametrize(("table", "states", "start", "ends"), TABLES)
def test_every_state_is_reached_and_can_end(
    table: Lifecycle, states: type[TextChoices], start: str, ends: set[str]
) -> None:
    assert reached(table, start) == set(states.values)
    assert {state for state in states.values if not table.moves.get(state)} == ends
    assert all(reached(table, state) & ends for state in states.values)


@pytest.mark.parametrize(("table", "states", "start", "ends"), TABLES)
def test_every_other_move_is_refused_in_a_sentence(
    table: Lifecycle, states: type[TextChoices], start: str, ends: set[str]
) -> None:
    for old in states.values:
        for new in states.values:
            if new in table.moves.get(old, ()):
                table.check(old, new, thing="R-1001")
            else:
                with pytest.raises(Refused, match=r"^R-1001 is .*, so it can't become .*\.$"):
                    table.check(old, new, thing="R-1001")


def test_offers_go_out_for_open_requests_only() -> None:
    assert set(TAKES_OFFERS) < set(OPEN_REQUESTS)
    assert not set(OPEN_REQUESTS) & {"closed", "declined", "cancelled", "stood_down"}


def test_a_no_stands_after_a_yes_and_nothing_revives_it() -> None:
    OFFER.check("confirmed", "declined", thing="it")
    assert "declined" not in OFFER.moves
