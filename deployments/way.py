"""The way to a request, for those who may have to drive it: estimates by road from the team's base."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.geo import KM_A_MILE, road_km, travel_hours, travel_time
from deployments.models import Request
from deployments.rules import arrives_late
from dogs.models import Team
from network.rules import Limits


def km_to(team: Team, request: Request) -> float:
    """How far the team has to drive."""
    return road_km(team.lat, team.lng, request.lat, request.lng)


def way_words(team: Team, request: Request) -> str:
    """'About 142 miles, 3 h 15', the same figures as on the match page."""
    km = km_to(team, request)
    miles = max(round(km / KM_A_MILE), 1)
    words = {"miles": miles, "time": travel_time(km)}
    return ngettext("About %(miles)d mile, %(time)s", "About %(miles)d miles, %(time)s", miles) % words


def way_fact(team: Team, request: Request, numbers: Limits) -> tuple[str, str]:
    """How far it is, and the stops that the dog needs on the way."""
    said, hours = way_words(team, request), numbers.travel_stop_hours
    if travel_hours(km_to(team, request)) > hours:
        stops = ngettext("Stop at least every %d hour.", "Stop at least every %d hours.", hours) % hours
        said = f"{said}. {stops}"
    return _("From your base, by road"), said


def late_words(team: Team, request: Request, *, now: datetime) -> str:
    """That a team which set off at once would come after the start; empty while there is time to come."""
    km = km_to(team, request)
    if not arrives_late(km, request.starts_at, now=now):
        return ""
    words = {
        "dog": team.dog.name,
        "travel": travel_time(km),
        "start": date_format(localtime(request.starts_at), "H:i"),
    }
    return (
        _("It is about %(travel)s by road: even setting off at once, %(dog)s would come after the start, %(start)s.")
        % words
    )


def late_tag(km: float, starts_at: datetime) -> str:
    """The same in few words, for coordinators, of a team of which it is known."""
    words = {"travel": travel_time(km), "start": date_format(localtime(starts_at), "H:i")}
    return _("%(travel)s by road: would come after the start, %(start)s") % words
