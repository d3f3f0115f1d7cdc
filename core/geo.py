"""Places on the ground: distances and the time they take, and the point column that the match searches."""

import math
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _

# Roads are longer than the crow's way. 1.3 is the usual circuity of British roads over 20 to 300 km
# (published detour indices for Great Britain lie between 1.2 and 1.4).
ROAD_FACTOR = 1.3
EARTH_KM = 6371.0
KM_A_MILE = 1.609344
# Mean speeds of a car, for travel times that are said to be estimates: the kilometres in town, and the others.
TOWN_KM, TOWN_KMH = 10, 30
ROAD_KMH = 75
# Degrees of longitude are shortened by this at the middle of the United Kingdom, so that the plane of `loc` is square.
LNG_SCALE = math.cos(math.radians(54))
# The United Kingdom and its islands lie between these, in degrees.
LATITUDES = [MinValueValidator(49), MaxValueValidator(61)]
LONGITUDES = [MinValueValidator(-9), MaxValueValidator(2)]


def distance_km(lat1: float, lng1: float, lat2: float, lng2: float) -> float:
    """Great-circle distance in kilometres between two places in degrees."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((p2 - p1) / 2) ** 2
    half += math.cos(p1) * math.cos(p2) * math.sin(math.radians(lng2 - lng1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def road_km(lat1: float, lng1: float, lat2: float, lng2: float) -> float:
    """Distance by road, estimated: the great circle times `ROAD_FACTOR`."""
    return distance_km(lat1, lng1, lat2, lng2) * ROAD_FACTOR


def travel_hours(km: float) -> float:
    """How long a drive of `km` by road takes, estimated: 100 km in an hour and a half."""
    town = min(km, TOWN_KM)
    return town / TOWN_KMH + (km - town) / ROAD_KMH


def travel_time(km: float) -> str:
    """'1 h 35', an estimate from the distance by road."""
    minutes = round(travel_hours(km) * 60 / 5) * 5
    return f"{minutes // 60} h {minutes % 60:02d}" if minutes >= 60 else _("%d min") % max(minutes, 5)


class PointField(models.Field):
    """PostgreSQL's plain `point`, read as (x, y). Written by the database only."""

    def db_type(self, connection: Any) -> str:
        return "point"

    def from_db_value(self, value: str | None, *rest: object) -> tuple[float, float] | None:
        if value is None:
            return None
        x, y = value.strip("()").split(",")
        return float(x), float(y)
