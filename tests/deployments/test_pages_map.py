"""A request's map says in words what it draws."""

from types import SimpleNamespace
from typing import Any

from deployments.pages_map import MOST_CLEAR, MOST_OTHERS, request_map

HOST: Any = SimpleNamespace(lat=51.58, lng=-3.0, place="Newport fire station")


def team(name: str, lat: float, lng: float, miles: int) -> Any:
    return SimpleNamespace(facts=SimpleNamespace(dog_name=name, team_uuid=name, lat=lat, lng=lng), miles=miles)


def test_everything_that_is_drawn_is_said() -> None:
    clear = [team("Haf", 51.85, -4.3, 64), team("Bramble", 51.45, -2.6, 31)]
    others = [team("Juno", 52.2, -3.0, 43), team("Otis", 51.58, -3.0, 0)]
    drawn = request_map(HOST, clear, others, [team("Custard", 51.48, -3.18, 12)])
    assert drawn.words == (
        "Map around Newport fire station. Confirmed: Custard, 12 miles south-west. "
        "Clear, by rank: 1 Haf, 64 miles west; 2 Bramble, 31 miles south-east. "
        "Not clear: Juno, 43 miles north; Otis, in the same town."
    )
    assert [(mark.kind, mark.label) for mark in drawn.chart.marks] == [
        ("host", ""), ("going", ""), ("clear", "1"), ("clear", "2"), ("cross", ""), ("cross", "")
    ]  # fmt: skip
    assert (drawn.has_clear, drawn.has_others, drawn.has_going) == (True, True, True)


def test_only_the_best_and_the_nearest_are_drawn() -> None:
    many = [team(f"Dog {n}", 51.0 + n / 20, -2.0, n + 1) for n in range(60)]
    drawn = request_map(HOST, many, many, [])
    assert len(drawn.chart.marks) == 1 + MOST_CLEAR + MOST_OTHERS


def test_a_host_alone_is_drawn_too() -> None:
    drawn = request_map(HOST, [], [], [])
    assert drawn.words == "Map around Newport fire station."
    assert [mark.kind for mark in drawn.chart.marks] == ["host"]
