"""Each card of the board says what its request waits for."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from portal.lanes import card, lanes

NOW = datetime(2026, 11, 23, 3, 12, tzinfo=ZoneInfo("Europe/London"))
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def request(status: str, **changes: Any) -> Any:
    row = {
        "uuid": uuid4(), "status": status, "starts_at": NOW + 3 * DAY, "submitted_at": NOW - timedelta(minutes=38),
        "is_major": False, "open_places": 2, "waiting": 0, "lapsing": 0, "on_scene": 0,
        "unclear": 0, "ends_at": NOW + 4 * DAY,
    }  # fmt: skip
    return SimpleNamespace(**(row | changes))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (request("submitted"), ("warn", "New", "Submitted 38 minutes ago")),
        (request("submitted", is_major=True), ("stop", "New", "Submitted 38 minutes ago")),
        (request("triaged"), ("warn", "2 short, starts in 3 days", "No offer is waiting")),
        (request("sourcing", waiting=5), ("warn", "2 short, starts in 3 days", "5 offers waiting")),
        (
            request("sourcing", waiting=2, lapsing=1),
            ("stop", "2 short, starts in 3 days", "2 offers waiting, 1 about to lapse"),
        ),
        (
            request("sourcing", starts_at=NOW + 5 * HOUR, waiting=1),
            ("stop", "2 short, starts in 5 hours", "1 offer waiting"),
        ),
        (request("sourcing", starts_at=NOW - HOUR), ("stop", "2 short, began 1 hour ago", "No offer is waiting")),
        (request("filled", open_places=0), ("ok", "Filled", "Starts in 3 days")),
        (request("active", open_places=0, on_scene=3), ("info", "3 teams on scene", "")),
        (
            request("active", on_scene=1, starts_at=NOW - HOUR),
            ("stop", "2 short, began 1 hour ago", "1 team on scene. No offer is waiting"),
        ),
        (request("active", on_scene=1, starts_at=NOW - DAY, ends_at=NOW), ("info", "1 team on scene", "")),
        (request("filled", open_places=0, unclear=1), ("stop", "1 booked team is not clear", "Starts in 3 days")),
        (
            request("active", unclear=2, starts_at=NOW - HOUR, waiting=1),
            ("stop", "2 booked teams are not clear", "2 short, began 1 hour ago. 1 offer waiting"),
        ),
        (request("completed"), ("info", "Completed", "Close it when the debriefs are in")),
    ],
)
def test_a_card_says_how_urgent_it_is_and_why(found: Any, said: tuple[str, str, str]) -> None:
    made = card(found, now=NOW)
    assert (made.kind, made.tag, made.detail) == said


def test_a_card_leads_to_where_the_work_is() -> None:
    for matched in (request("sourcing"), request("active")):
        assert card(matched, now=NOW).href == f"/coordinator/requests/{matched.uuid}/match/"
    for read in (request("submitted"), request("active", open_places=0)):
        assert card(read, now=NOW).href == f"/coordinator/requests/{read.uuid}/"


def test_what_needs_somebody_now_is_first_in_its_lane() -> None:
    rows = [request("filled", open_places=0), request("filled", open_places=0, unclear=1)]
    (filled,) = (lane for lane in lanes(rows, now=NOW) if lane.name == "Filled")
    assert [card.found for card in filled.cards] == [rows[1], rows[0]]


def test_requests_stand_in_the_lane_of_their_state() -> None:
    rows = [request(status) for status in ("submitted", "filled", "triaged", "completed", "sourcing", "active")]
    drawn = lanes(rows, now=NOW)
    assert [(lane.name, len(lane.cards)) for lane in drawn] == [
        ("Triage", 1), ("Sourcing", 2), ("Filled", 1), ("Active now", 2)
    ]  # fmt: skip
