"""How far it is, what the dog needs on the way, and whether it is too late to come in time."""

from datetime import UTC, datetime, timedelta

import pytest

from core.geo import travel_hours
from deployments.models import Request
from deployments.way import km_to, late_words, way_fact, way_words
from dogs.models import Dog, Team
from network.rules import Limits

START = datetime(2026, 11, 27, 9, tzinfo=UTC)
# Two hours are 10 km in town at 30 km/h and 125 km at 75: 103.8 km as the crow flies, 0.9339 degrees of latitude.
NEAR, FAR = 0.933, 0.935


def pair(degrees: float) -> tuple[Team, Request]:
    team = Team(dog=Dog(name="Bramble"), lat=53.4, lng=-1.5)
    return team, Request(lat=53.4 - degrees, lng=-1.5, starts_at=START)


@pytest.mark.parametrize(
    ("degrees", "said"),
    [
        (0.001, "About 1 mile, 5 min"), (0.011, "About 1 mile, 5 min"), (0.2, "About 18 miles, 35 min"),
        (NEAR, "About 84 miles, 2 h 00"), (2, "About 180 miles, 4 h 05"),
    ],
)  # fmt: skip
def test_the_way_is_said_in_miles_and_time(degrees: float, said: str) -> None:
    assert way_words(*pair(degrees)) == said


def test_a_long_way_has_its_stops() -> None:
    name, near = way_fact(*pair(NEAR), Limits())
    assert (name, near) == ("From your base, by road", "About 84 miles, 2 h 00")
    assert way_fact(*pair(FAR), Limits())[1] == "About 84 miles, 2 h 00. Stop at least every 2 hours."
    assert way_fact(*pair(FAR), Limits(travel_stop_hours=1))[1].endswith("Stop at least every 1 hour.")


def test_whoever_sets_off_too_late_is_told() -> None:
    team, request = pair(NEAR)
    last = START - timedelta(hours=travel_hours(km_to(team, request)))
    assert late_words(team, request, now=last) == ""
    assert late_words(team, request, now=last + timedelta(minutes=1)) == (
        "It is about 2 h 00 by road: even setting off at once, Bramble would come after the start, 09:00."
    )
