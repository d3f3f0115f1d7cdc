"""Who goes first, how long an offer waits, when one may check in, and which periods can be meant."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.typed import LONDON
from deployments.rules import (
    Asked,
    Candidate,
    answer_by,
    arrives_late,
    asked_words,
    lacks_only_papers,
    may_check_in,
    period_problems,
    rank_teams,
    rest_words,
    why_here,
)
from dogs.facts import Need, Reason, TeamFacts, Verdict
from network.rules import Limits

START = datetime(2026, 11, 25, 9, tzinfo=LONDON)
END = START + timedelta(hours=8)
NEED = Need("major_incident", START, END, date(2026, 11, 2), 53.4, -1.5, region="North", tier=3)
TIER_2 = Need("major_incident", START, END, date(2026, 11, 2), 53.4, -1.5, region="North", tier=2)
# A busy machine takes its time to invent candidates; that says nothing of the rules.
unhurried = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
CLEAR, NOT_CLEAR = Verdict(()), Verdict((Reason("dog", "Is resting"),))


def candidate(
    number: int,
    *,
    km: float = 10,
    worked: date | None = None,
    days: int = 0,
    asked: datetime | None = None,
    region: str = "North",
    clear: bool = True,
) -> Candidate:
    facts = TeamFacts(
        team_id=number, team_uuid=str(number), dog_name="Bramble", pronoun="she", dog_status="accredited",
        born_on=date(2021, 1, 1), handler_name="Hari", handler_status="active", force_name="Northshire", region=region,
        lat=53.4, lng=-1.5, last_worked=worked, days_worked=days,
    )  # fmt: skip
    return Candidate(facts, CLEAR if clear else NOT_CLEAR, km, Asked(1 if asked else 0, asked))


def order(*candidates: Candidate, need: Need = NEED) -> list[int]:
    return [c.facts.team_id for c in rank_teams(candidates, need)[0]]


def test_the_nearest_goes_first() -> None:
    assert order(candidate(1, km=90), candidate(2, km=30), candidate(3, km=60)) == [2, 3, 1]


def test_within_a_band_the_most_rested_goes_first() -> None:
    tired, rested = candidate(1, km=5, worked=date(2026, 11, 22)), candidate(2, km=24, worked=date(2026, 11, 15))
    assert order(tired, rested) == [2, 1]
    assert order(tired, candidate(2, km=26, worked=date(2026, 11, 15))) == [1, 2]


def test_more_than_a_fortnights_rest_makes_no_difference_and_none_logged_is_rested() -> None:
    long_ago, never = candidate(1, worked=date(2026, 1, 1), km=12), candidate(2, km=11)
    assert order(long_ago, candidate(3, worked=date(2026, 11, 11), km=10), never) == [3, 2, 1]


def test_then_the_least_used_then_the_one_asked_least_recently_then_the_metres() -> None:
    yesterday, last_week = START - timedelta(days=1), START - timedelta(days=7)
    assert order(candidate(1, days=5), candidate(2, days=2)) == [2, 1]
    assert order(candidate(1, asked=yesterday), candidate(2, asked=last_week), candidate(3)) == [3, 2, 1]
    assert order(candidate(1, km=9), candidate(2, km=8)) == [2, 1]
    assert order(candidate(2), candidate(1)) == [1, 2]


def test_tier_two_asks_the_hosts_region_first_and_only_tier_two() -> None:
    far_own, near_other = candidate(1, km=200), candidate(2, km=5, region="South")
    assert order(far_own, near_other, need=TIER_2) == [1, 2]
    assert order(far_own, near_other) == [2, 1]
    assert why_here(far_own.facts, TIER_2) == ("Same region as the host, so first in tier 2",)
    assert why_here(near_other.facts, TIER_2) == ("Other region: South",)
    assert why_here(near_other.facts, NEED) == ()


def test_the_others_come_apart_nearest_first() -> None:
    clear, others = rank_teams(
        [candidate(1, km=40, clear=False), candidate(2, km=60), candidate(3, km=9, clear=False)], NEED
    )
    assert [c.facts.team_id for c in clear] == [2]
    assert [c.facts.team_id for c in others] == [3, 1]


def test_a_team_too_far_to_come_in_time_arrives_late() -> None:
    two_hours_before = START - timedelta(hours=2)
    assert not arrives_late(134.9, NEED.starts_at, now=two_hours_before)
    assert arrives_late(135.1, NEED.starts_at, now=two_hours_before)


def test_papers_alone_can_be_put_right() -> None:
    paper, busy, age = (
        Reason("vet_check", "No vet check"),
        Reason("busy", "On leave", until=END),
        Reason("age", "Young"),
    )
    assert lacks_only_papers(Verdict((paper, Reason("public_liability_cover", "Too little"))))
    assert not any(lacks_only_papers(Verdict(reasons)) for reasons in ((), (busy,), (paper, busy), (paper, age)))


def test_words_beside_a_candidate() -> None:
    assert rest_words(candidate(1, worked=date(2026, 11, 24)), NEED) == "1 day rested"
    assert rest_words(candidate(1, worked=date(2026, 11, 20)), NEED) == "5 days rested"
    assert rest_words(candidate(1), NEED) == "No work logged lately"
    assert [asked_words(Asked(n)) for n in (0, 1, 2)] == [
        "asked 0 times in 90 days", "asked 1 time in 90 days", "asked 2 times in 90 days",
    ]  # fmt: skip
    assert candidate(1, km=100).miles == 62


some = st.lists(
    st.builds(
        candidate,
        st.integers(1, 10_000),
        km=st.floats(0, 800),
        worked=st.none() | st.dates(date(2026, 9, 1), date(2026, 11, 24)),
        days=st.integers(0, 20),
        asked=st.none() | st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 1), timezones=st.just(LONDON)),  # noqa: DTZ001
        region=st.sampled_from(["North", "South"]),
        clear=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda c: c.facts.team_id,
)


@unhurried
@given(some, st.sampled_from([NEED, TIER_2]), st.randoms(use_true_random=False))
def test_ranking_loses_nobody_and_does_not_depend_on_the_order(
    made: list[Candidate], need: Need, chance: object
) -> None:
    ranked = rank_teams(made, need)
    shuffled = made[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rank_teams(shuffled, need) == ranked
    assert sorted(c.facts.team_id for part in ranked for c in part) == sorted(c.facts.team_id for c in made)
    assert all(c.verdict.clear for c in ranked[0])
    assert not any(c.verdict.clear for c in ranked[1])


@unhurried
@given(some)
def test_in_tier_two_no_other_region_is_before_the_own(made: list[Candidate]) -> None:
    regions = [c.facts.region for c in rank_teams(made, TIER_2)[0]]
    assert regions == sorted(regions, key=lambda region: region != "North")


@pytest.mark.parametrize(
    ("kind", "before", "wait"),
    [
        ("major_incident", timedelta(days=1), timedelta(hours=4)),
        ("major_incident", timedelta(hours=2), timedelta(hours=2)),
        ("major_incident", timedelta(minutes=10), timedelta(hours=1)),
        ("major_incident", timedelta(hours=-3), timedelta(hours=1)),
        ("national_event", timedelta(days=30), timedelta(days=5)),
        ("national_event", timedelta(days=2), timedelta(days=2)),
        ("force_visit", timedelta(days=30), timedelta(days=5)),
    ],
)
def test_how_long_an_offer_waits(kind: str, before: timedelta, wait: timedelta) -> None:
    now = START - before
    assert answer_by(kind, START, Limits(), now=now) == now + wait


@pytest.mark.parametrize(
    ("at", "may"),
    [
        (START - timedelta(hours=4), True),
        (START - timedelta(hours=4, seconds=1), False),
        (END - timedelta(seconds=1), True),
        (END, False),
    ],
)
def test_when_one_may_check_in(at: datetime, *, may: bool) -> None:
    assert may_check_in(START, END, now=at) == may


@pytest.mark.parametrize(
    ("start", "end", "fields"),
    [
        (timedelta(hours=1), timedelta(hours=1), ["ends_at"]),
        (timedelta(hours=2), timedelta(hours=1), ["ends_at"]),
        (timedelta(hours=1), timedelta(days=21, hours=1), []),
        (timedelta(hours=1), timedelta(days=21, hours=1, seconds=1), ["ends_at"]),
        (timedelta(hours=-12), timedelta(hours=1), []),
        (timedelta(hours=-12, seconds=-1), timedelta(hours=1), ["starts_at"]),
        (timedelta(hours=-11), timedelta(), ["ends_at"]),
        (timedelta(hours=-20), timedelta(hours=-2), ["starts_at", "ends_at"]),
        (timedelta(hours=-20), timedelta(hours=-21), ["starts_at", "ends_at"]),
        (timedelta(days=-365), timedelta(hours=1), ["starts_at", "ends_at"]),
        (timedelta(days=550), timedelta(days=551), []),
        (timedelta(days=550, seconds=1), timedelta(days=551), ["starts_at"]),
        (timedelta(days=551), timedelta(days=1), ["starts_at", "ends_at"]),
    ],
)
def test_which_periods_can_be_meant(start: timedelta, end: timedelta, fields: list[str]) -> None:
    assert [problem.field for problem in period_problems(START + start, START + end, now=START)] == fields
