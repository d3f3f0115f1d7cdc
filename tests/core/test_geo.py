"""Distances on the ground, and how long they take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.geo import ROAD_FACTOR, PointField, distance_km, road_km, travel_time

LATITUDES, LONGITUDES = st.floats(49.5, 61), st.floats(-8.5, 2)


@pytest.mark.parametrize(
    ("here", "there", "km"),
    [
        ((51.5074, -0.1278), (53.4808, -2.2426), 262),  # London to Manchester
        ((51.4816, -3.1791), (54.5973, -5.9301), 393),  # Cardiff to Belfast
        ((53.38, -1.47), (53.38, -1.47), 0),
    ],
)
def test_known_distances(here: tuple[float, float], there: tuple[float, float], km: float) -> None:
    assert distance_km(*here, *there) == pytest.approx(km, abs=2)
    assert road_km(*here, *there) == pytest.approx(km * ROAD_FACTOR, abs=3)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_a_way_is_as_long_back(lat1: float, lng1: float, lat2: float, lng2: float) -> None:
    there, back = distance_km(lat1, lng1, lat2, lng2), distance_km(lat2, lng2, lat1, lng1)
    assert there == pytest.approx(back)
    assert 0 <= there < 1500


@pytest.mark.parametrize(
    ("km", "words"), [(0, "5 min"), (5, "10 min"), (40, "45 min"), (70, "1 h 10"), (110.8, "1 h 40")]
)
def test_travel_time_in_words(km: float, words: str) -> None:
    assert travel_time(km) == words


def test_a_point_is_read_as_two_numbers() -> None:
    assert PointField().from_db_value("(-0.88,53.4)", None, None) == (-0.88, 53.4)
    assert PointField().from_db_value(None, None, None) is None
