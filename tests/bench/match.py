"""The match: the search for the nearest clear teams in SQL, and the coordinators' page around it."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import make_aware

from accounts.models import Force, User
from core.models import Outcode
from core.tenancy import system_scope
from deployments.models import Briefing, Request, RequestDetail
from deployments.pages import match_page
from dogs.facts import Need
from dogs.queries import NEAREST_CLEAR, limits, search_values
from tests.bench.browser import signed_in
from tests.bench.figures import Figure
from tests.bench.network_of_size import BASE, FULL, NEAR, RARE, Network
from tests.bench.timing import many, quantile

SMALL = 1_000
WANTED = 20
PLACES, WARM = 100, 5
FULL_SIZE = 1_000_000
# What each case is asked: how far ahead, and in words.
CASES = {
    "one in five busy": NEAR,
    "one in a hundred still valid": RARE,
    "99 in 100 busy": FULL,
}


def measure(network: Network, found: dict[str, Figure]) -> list[Figure]:
    """The narrow query as the application's role, at varied places, 20 teams wanted: each place new, then known."""
    figures = []
    for case, ahead in CASES.items():
        for state, (times, teams) in zip(("new places", "known places"), _times(network, ahead), strict=True):
            figures += _figures(network, found, f"{case}, {state}", times, teams)
    return figures


def _figures(network: Network, found: dict[str, Figure], case: str, times: list[float], teams: int) -> list[Figure]:
    p50, at_full_size = quantile(times, 0.5), network.teams >= FULL_SIZE
    name, note = f"{network.teams:,} teams, {case}", f"{teams} teams found"
    small = found.get(f"match query, p50, {SMALL:,} teams, {case}")
    figures = [
        Figure(f"match query, p50, {name}", p50, "ms", target=2 if at_full_size else None, note=note),
        Figure(f"match query, p95, {name}", quantile(times, 0.95), "ms"),
    ]
    if small and at_full_size:
        words = f"at {SMALL:,} teams"
        figures.append(Figure(f"match query, growth, {case}", p50, "ms", small.value, words, target=3, of_ratio=True))
    return figures


def _times(network: Network, ahead: timedelta) -> list[tuple[list[float], int]]:
    """The sorted milliseconds over varied places, and how many teams the last of them got; twice over the same places.

    The first round reads what nobody has read, the second what the server still holds.
    """
    rounds, found = [], [0]
    with system_scope():
        numbers = limits()
        wanted = [{**search_values(_need(network, ahead, at), numbers), "clear_limit": WANTED} for at in _places()]
        for _round in range(2):
            given = iter(wanted)

            def search(given: Iterator[dict[str, Any]] = given) -> None:
                with connection.cursor() as cursor:
                    cursor.execute(NEAREST_CLEAR, next(given))
                    found[0] = len(cursor.fetchall())

            rounds.append((many(search, PLACES, warm=WARM), found[0]))
    return rounds


def _places() -> list[tuple[float, float]]:
    """Outward postcodes from all over the country; where none are loaded, the forces' headquarters."""
    rows = list(Outcode.objects.order_by("code").values_list("lat", "lng"))
    rows = rows or list(Force.objects.order_by("pk").values_list("lat", "lng"))
    return [rows[number * 7919 % len(rows)] for number in range(PLACES + WARM)]


def _need(network: Network, ahead: timedelta, at: tuple[float, float]) -> Need:
    day = network.today + ahead
    return Need(
        kind="national_event",
        starts_at=make_aware(datetime.combine(day, time(9))),
        ends_at=make_aware(datetime.combine(day, time(17))),
        today=network.today,
        lat=at[0],
        lng=at[1],
    )


def measure_page(network: Network, found: dict[str, Figure]) -> list[Figure]:
    """The whole page, as a coordinator gets it."""
    with system_scope():
        request = _request(network)
        lines = match_page(request, now=_need(network, NEAR, (request.lat, request.lng)).starts_at - NEAR)
        judged = lines["clear_number"] + lines["others_number"]
        drawn = len(lines["clear"]) + len(lines["others"])
    client = signed_in(User.objects.get(pk=BASE))
    address = f"/coordinator/requests/{request.uuid}/match/"
    times = many(lambda: client.fetch(address), 15)
    with CaptureQueriesContext(connection) as queries:
        client.fetch(address)
    count = len(
        [query for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    )
    name = f"{network.teams:,} teams"
    note = f"{judged} teams judged and ranked, {drawn} explained"
    return [
        Figure(f"match page, p50, {name}", quantile(times, 0.5), "ms", target=100, note=note),
        Figure(f"match page, queries, {name}", count, "queries", target=8),
    ]


def _request(network: Network) -> Request:
    """A request that stands at the match, for the day on which one team in five is busy."""
    force = Force.objects.order_by("pk")[0]
    need = _need(network, NEAR, (force.lat, force.lng))
    request = Request.objects.create(
        reference=f"B{network.teams}",
        key=uuid4(),
        force=force,
        status="triaged",
        kind=need.kind,
        tier=3,
        postcode="S1 2HH",
        place="Town",
        lat=force.lat,
        lng=force.lng,
        starts_at=need.starts_at,
        ends_at=need.ends_at,
        places=6,
        submitted_at=make_aware(datetime.combine(network.today, time(8))),
        triaged_at=make_aware(datetime.combine(network.today, time(9))),
        triaged_by_id=BASE,
    )
    RequestDetail.objects.create(
        request=request, force=force, name="Hope Host", email="bench@ok9.example", telephone="01632 960112"
    )
    Briefing.objects.create(request=request, force=force)
    return request
