"""What the coordinators' home draws below its counts."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.utils.timezone import localdate

from core.tenancy import scope, system_scope
from core.typed import LONDON
from dogs.actions.clearance import judge_every_team
from dogs.actions.commitments import book_time
from dogs.actions.incidents import review_incident
from dogs.actions.work import report_incident
from dogs.inputs import IncidentReport
from dogs.models import Document, Team
from portal.board import ending_by_kind, places_by_day, watched
from portal.regions import Region, region_map, regions_of
from tests.conftest import Cast

TODAY = date(2026, 10, 24)


def asked(start: datetime, hours: float, places: int, taken: int, status: str = "sourcing") -> Any:
    return SimpleNamespace(
        starts_at=start, ends_at=start + timedelta(hours=hours), places=places, taken=taken, status=status
    )


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 10, day, hour, tzinfo=LONDON)


def test_places_are_added_up_for_each_local_day() -> None:
    days = places_by_day(
        [
            asked(at(23, 9), 30, 4, 1),  # began yesterday: only today counts
            asked(at(24, 9), 15, 2, 2),  # ends at midnight: no part of tomorrow
            asked(at(25, 9), 49, 1, 0),
            asked(at(24, 9), 8, 9, 0, status="submitted"),
            asked(at(24, 9), 8, 9, 9, status="completed"),
            asked(at(24, 9) + timedelta(days=20), 8, 9, 0),
        ],
        TODAY,
    )
    assert [(d.number, d.needed, d.filled, d.short) for d in days] == [
        (24, 6, 3, 3), (25, 1, 0, 1), (26, 1, 0, 1), (27, 1, 0, 1)
    ]  # fmt: skip
    assert (days[0].needed_height, days[0].needed_top, days[0].filled_height) == (100, 0, 50)
    assert places_by_day([], TODAY) == []


def test_every_ending_thing_is_counted_once(cast: Cast, now: datetime) -> None:
    today = localdate(now)
    with system_scope():
        assert ending_by_kind(today) == []
        rows = Document.objects.filter(dog=cast.north_team.dog)
        for kind, days in {"vet_check": -1, "insurance": 0, "vaccination": 8, "welfare_visit": 31}.items():
            rows.filter(kind=kind).update(expires_on=today + timedelta(days=days), issued_on=today - timedelta(days=90))
        south = Document.objects.filter(dog=cast.south_team.dog, kind="vet_check")
        south.update(expires_on=today + timedelta(days=7), issued_on=today - timedelta(days=90))
        first, *rest = ending_by_kind(today)
    assert (first.name, first.ended, first.week, first.month, first.quarter) == ("Vet check", 1, 1, 0, 0)
    assert sorted((line.ended, line.week, line.month, line.quarter) for line in rest) == [
        (0, 0, 0, 1), (0, 0, 1, 0), (0, 1, 0, 0)
    ]  # fmt: skip
    assert first.bars == (("ended", 0, 99), ("week", 100, 99))


def seen_regions(cast: Cast, now: datetime) -> list[Region]:
    with scope(user=cast.coordinator.pk, national=True):
        return regions_of(judge_every_team(by=cast.coordinator, now=now))


def test_a_team_is_clear_where_its_papers_hold_and_nobody_is_busy(cast: Cast, now: datetime) -> None:
    today = localdate(now)
    with system_scope():
        regions, seen = seen_regions(cast, now), watched()
        assert [(r.name, r.clear, r.teams) for r in regions] == [("North", 1, 1), ("South", 1, 1)]
        assert (regions[1].lat, regions[1].lng) == (cast.south_team.lat, cast.south_team.lng)
        assert (seen.waits, seen.to_verify, seen.failed_mail) == ([], 0, 0)
        hour = timedelta(hours=1)
        book_time(team=cast.north_team, kind="leave", start=now - hour, end=now + hour, by=cast.coordinator, now=now)
        Team.objects.filter(pk=cast.south_team.pk).update(assessed_until=today - timedelta(days=1))
        Document.objects.create(
            force=cast.north, dog=cast.north_team.dog, kind="vet_check", status="submitted", issued_on=today,
            expires_on=today, submitted_at=now, submitted_by=cast.north_lead,
        )  # fmt: skip
        seen = watched()
    assert [(r.name, r.clear, r.teams) for r in seen_regions(cast, now)] == [("North", 0, 1), ("South", 0, 1)]
    assert [(line.number, line.href) for line in seen.waits] == [(1, "/coordinator/documents/")]


def test_an_incident_waits_until_it_is_reviewed(cast: Cast, now: datetime) -> None:
    report = IncidentReport(kind="scare", happened_at=now, account="A door banged.")
    with scope(user=cast.north_handler.pk):
        incident = report_incident(
            team=cast.north_team, report=report, key=uuid4(), commitment=None, host_force_id=None,
            by=cast.north_handler, now=now,
        )  # fmt: skip
    with system_scope():
        (line,) = watched().waits
        assert (line.name, line.number, line.href) == ("Incidents to review", 1, "/coordinator/forms/")
        review_incident(incident=incident, found="Nobody hurt.", outcome="noted", by=cast.coordinator, now=now)
        assert watched().waits == []


def test_the_map_of_regions_says_and_draws_the_table() -> None:
    regions = [
        Region("Eastern", 0, 3, 52.2, 0.5), Region("Scotland", 4, 5, 56.0, -3.9), Region("Wales", 25, 30, 52.0, -3.6)
    ]  # fmt: skip
    drawn = region_map(regions)
    assert drawn.words == "Map of the clear teams: Wales 25, Scotland 4, Eastern 0."
    assert [(mark.kind, mark.label) for mark in drawn.chart.marks] == [
        ("region", "25"), ("region", "4"), ("none", "0")
    ]  # fmt: skip
    wales, scotland, eastern = drawn.chart.marks
    assert wales.radius > scotland.radius > eastern.radius
    assert scotland.y < wales.y
    assert region_map([]).chart.marks == ()
