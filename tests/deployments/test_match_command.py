"""`manage.py match`: what it prints is what the match page says, and what it can't judge it says plainly."""

import json
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.timezone import localtime

from core.models import Outcode
from core.tenancy import system_scope
from dogs.models import Dog
from tests.conftest import Cast, SignedIn
from tests.factories.deployments import triaged

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheffield(cast: Cast) -> Outcode:
    return Outcode.objects.get_or_create(code="S1", defaults={"lat": 53.38, "lng": -1.47})[0]


def say(starts: datetime | str, ends: datetime | str, *args: str, postcode: str = "S1") -> str:
    typed = [t if isinstance(t, str) else f"{localtime(t):%Y-%m-%dT%H:%M}" for t in (starts, ends)]
    out = StringIO()
    call_command("match", "--postcode", postcode, "--from", typed[0], "--to", typed[1], *args, stdout=out)
    return out.getvalue()


def test_it_says_what_the_page_says(cast: Cast, sheffield: Outcode, now: datetime, tomorrow: datetime) -> None:
    there = {"starts_at": tomorrow, "lat": sheffield.lat, "lng": sheffield.lng}
    request = triaged(cast.host, by=cast.coordinator, now=now, setting=("crowds",), **there)
    with system_scope():
        Dog.objects.filter(pk=cast.south_team.dog_id).update(status="suspended")
    asked = ["--kind", request.kind, "--tier", "3", "--setting", "crowds", "--json"]
    teams: list[dict[str, Any]] = json.loads(say(request.starts_at, request.ends_at, *asked))["teams"]
    assert [(team["dog"], team["clear"]) for team in teams] == [("Bramble", True), ("Custard", False)]
    assert set(teams[0]) == {"team", "dog", "handler", "force", "clear", "reasons", "distance_km"}
    assert (teams[0]["team"], teams[0]["reasons"]) == (str(cast.north_team.uuid), [])
    assert teams[1]["reasons"] == ["Custard is not accredited now: suspended"]

    page = SignedIn().sign_in(cast.coordinator).get(reverse("coordinator_request_match", args=[request.uuid]))
    assert [team.uuid for team in page.context["clear"]] == [teams[0]["team"]]
    assert "Custard is not accredited now: suspended" in page.content.decode()


def test_in_lines_it_names_each_team_and_why_not(
    cast: Cast, sheffield: Outcode, now: datetime, tomorrow: datetime
) -> None:
    with system_scope():
        Dog.objects.filter(pk=cast.south_team.dog_id).update(status="suspended")
    first, second = say(tomorrow, tomorrow.replace(hour=17)).splitlines()
    assert "km  Bramble with Hari" in first
    assert first.endswith(": clear")
    assert second.endswith(": Custard is not accredited now: suspended")


@time_machine.travel(datetime(2026, 11, 1, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    ("starts", "ends", "postcode", "words"),
    [
        ("2026-12-01T09:00", "2026-12-01T08:00", "S1", "The end must be after the start"),
        ("2020-12-01T09:00", "2020-12-01T17:00", "S1", "The start is in the past"),
        ("tomorrow", "2026-12-01T17:00", "S1", "tomorrow is not a time like"),
        ("2026-12-01T09:00", "2026-12-01T17:00", "XX99", "There is no postcode XX99"),
        ("2026-12-01T09:00", "2026-12-01T17:00", "<b>", "There is no postcode <b>"),
    ],
)
def test_what_it_can_not_judge_it_says(sheffield: Outcode, starts: str, ends: str, postcode: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        say(starts, ends, postcode=postcode)
