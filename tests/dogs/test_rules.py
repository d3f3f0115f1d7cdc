"""Clearance, reason by reason, at its edges; and what must hold for any team and any request."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.typed import LONDON
from dogs.facts import Busy, Liability, Need, Reason, TeamFacts
from dogs.rules import first_to_end, judge
from dogs.states import REQUIRED_OF_DOG, CommitmentKind, DogStatus, Restriction
from network.rules import Limits
from network.states import HandlerStatus, MembershipStatus

LIMITS = Limits()
TODAY = date(2026, 11, 2)
FAR = date(2028, 6, 30)
# Wednesday 25 November 2026.
START, END = datetime(2026, 11, 25, 9, tzinfo=LONDON), datetime(2026, 11, 25, 17, tzinfo=LONDON)
LAST_DAY = END.date()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en-gb"):
        yield


def need(**changes: Any) -> Need:
    asked: dict[str, Any] = {
        "kind": "national_event", "starts_at": START, "ends_at": END, "today": TODAY, "lat": 53.4, "lng": -1.5,
    }  # fmt: skip
    return Need(**(asked | changes))


def clear_team(**changes: Any) -> TeamFacts:
    """A team that is clear for `need()`, ten minutes away."""
    facts: dict[str, Any] = {
        "team_id": 1,
        "team_uuid": "1",
        "dog_name": "Bramble",
        "pronoun": "she",
        "dog_status": "accredited",
        "born_on": date(2021, 3, 1),
        "handler_name": "Hari Handler",
        "handler_status": "active",
        "force_name": "Northshire Police",
        "region": "North",
        "lat": 53.38,
        "lng": -1.47,
        "membership": "member",
        "agreement_until": FAR,
        "certificate_until": FAR,
        "certificate_kind": "mhfa",
        "assessed_until": FAR,
        "papers": dict.fromkeys(REQUIRED_OF_DOG, FAR),
        "liability": Liability(FAR, 10_000_000, covers_workplace=True),
    }
    return TeamFacts(**(facts | changes))


def reasons(facts: TeamFacts, asked: Need | None = None, limits: Limits = LIMITS) -> list[Reason]:
    return list(judge(facts, asked or need(), limits).reasons)


def said(facts: TeamFacts, asked: Need | None = None, limits: Limits = LIMITS) -> list[str]:
    return [reason.sentence for reason in reasons(facts, asked, limits)]


def at(day: int, hour: int = 9, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


def test_a_team_with_everything_is_clear() -> None:
    verdict = judge(clear_team(), need(), LIMITS)
    assert verdict.clear
    assert (verdict.reasons, verdict.notes, verdict.clear_from) == ((), (), None)


@pytest.mark.parametrize("status", [s for s in MembershipStatus.values if s != "member"])
def test_the_force_must_be_a_member(status: str) -> None:
    label = MembershipStatus(status).label.lower()
    assert said(clear_team(membership=status)) == [f"Northshire Police is not a member: {label}"]


def test_a_force_outside_the_network_is_named_so() -> None:
    assert said(clear_team(membership=None)) == ["Northshire Police is not a member: not in the network"]


@pytest.mark.parametrize("status", [s for s in HandlerStatus.values if s != "active"])
def test_the_handler_must_be_active(status: str) -> None:
    assert said(clear_team(handler_status=status)) == [f"Hari Handler is not an active handler: {status}"]


@pytest.mark.parametrize("status", [s for s in DogStatus.values if s != "accredited"])
def test_the_dog_must_be_accredited(status: str) -> None:
    assert said(clear_team(dog_status=status)) == [f"Bramble is not accredited now: {status}"]


def dated(field: str, until: date | None) -> TeamFacts:
    """The clear team with one dated thing ending then."""
    if field in REQUIRED_OF_DOG:
        papers = dict.fromkeys(REQUIRED_OF_DOG, FAR) | {field: until}
        return clear_team(papers={kind: end for kind, end in papers.items() if end})
    if field == "public_liability":
        return clear_team(liability=until and Liability(until, 10_000_000, covers_workplace=True))
    return clear_team(**{f"{field}_until": until})


DATED = {
    "agreement": ("The force's agreement", "Northshire Police has no active agreement"),
    "public_liability": ("Public liability insurance", "No verified public liability insurance"),
    "certificate": (
        "Handler's Mental Health First Aider certificate",
        "Handler has no verified peer supporter or Mental Health First Aider certificate",
    ),
    "assessed": ("The team's assessment", "The team has not passed a suitability assessment"),
    "insurance": ("Dog's insurance", "No verified dog's insurance"),
    "risk_assessment": ("Risk assessment", "No verified risk assessment"),
    "vet_check": ("Vet check", "No verified vet check"),
    "vaccination": ("Vaccination", "No verified vaccination"),
    "welfare_visit": ("Welfare visit", "No verified welfare visit"),
}


@pytest.mark.parametrize("field", DATED)
def test_every_dated_thing_must_be_there(field: str) -> None:
    assert said(dated(field, None)) == [DATED[field][1]]


@pytest.mark.parametrize("field", DATED)
def test_every_dated_thing_holds_to_the_last_day_inclusive(field: str) -> None:
    assert said(dated(field, LAST_DAY)) == []


@pytest.mark.parametrize("field", DATED)
def test_what_ends_the_day_before_the_last_day_does_not_hold(field: str) -> None:
    ends = f"{DATED[field][0]} ends on 24 November, before the last day, 25 November"
    assert said(dated(field, LAST_DAY - timedelta(days=1))) == [ends]


@pytest.mark.parametrize("field", DATED)
def test_what_has_ended_is_said_as_past(field: str) -> None:
    assert said(dated(field, TODAY - timedelta(days=1))) == [f"{DATED[field][0]} ended on 1 November"]


def test_a_team_that_did_not_pass_again_is_not_clear() -> None:
    facts = clear_team(assessed_until=None, assessed_on=date(2026, 10, 30))
    assert said(facts) == ["The team did not pass its last suitability assessment, on 30 October"]


def test_a_team_that_parted_goes_nowhere() -> None:
    assert said(clear_team(is_active=False)) == ["Bramble and Hari Handler don't work together any more"]


def test_a_peer_supporter_certificate_is_named_in_the_sentence() -> None:
    facts = clear_team(certificate_kind="peer_supporter", certificate_until=date(2026, 11, 20))
    assert said(facts) == ["Handler's peer supporter certificate ends on 20 November, before the last day, 25 November"]


def test_another_year_is_named() -> None:
    assert said(dated("vet_check", date(2025, 12, 31))) == ["Vet check ended on 31 December 2025"]


@pytest.mark.parametrize(
    ("end", "last"),
    [
        (
            datetime(2026, 11, 26, 0, 0, tzinfo=LONDON),
            date(2026, 11, 25),
        ),  # midnight ends the day, it starts no new one
        (datetime(2026, 11, 26, 0, 1, tzinfo=LONDON), date(2026, 11, 26)),
    ],
)
def test_a_period_that_ends_at_midnight_ends_on_the_day_before(end: datetime, last: date) -> None:
    asked = need(ends_at=end)
    assert asked.last_day == last
    assert (said(dated("insurance", date(2026, 11, 25)), asked) == []) == (last == date(2026, 11, 25))


def test_the_last_day_is_londons_in_summer_time() -> None:
    # 23:30 UTC on 14 July is 00:30 on 15 July in London.
    asked = need(starts_at=datetime(2027, 7, 14, 9, tzinfo=LONDON), ends_at=datetime.fromisoformat("2027-07-14T23:30Z"))
    assert asked.last_day == date(2027, 7, 15)
    assert len(said(dated("vet_check", date(2027, 7, 14)), asked)) == 1


@pytest.mark.parametrize("change", [date(2027, 3, 28), date(2026, 10, 25)])
def test_days_are_counted_right_over_both_clock_changes(change: date) -> None:
    before, after = change - timedelta(days=1), change + timedelta(days=1)
    start = datetime(before.year, before.month, before.day, 22, tzinfo=LONDON)
    end = datetime(after.year, after.month, after.day, 2, tzinfo=LONDON)
    assert need(starts_at=start, ends_at=end).days == (before, change, after)


@pytest.mark.parametrize("change", [date(2027, 3, 28), date(2026, 10, 25)])
def test_rest_is_real_hours_over_both_clock_changes(change: date) -> None:
    ended = datetime(change.year, change.month, change.day, 0, 30, tzinfo=LONDON)
    work = Busy("deployment", ended - timedelta(hours=4), ended)
    rested = datetime.fromtimestamp(ended.timestamp() + 24 * 3600, tz=LONDON)
    early = need(starts_at=rested - timedelta(minutes=1), ends_at=rested + timedelta(hours=2))
    just = need(starts_at=rested, ends_at=rested + timedelta(hours=2))
    # Wall clocks lie on that day: compare as the database does, in UTC.
    utc = [replace(n, starts_at=n.starts_at.astimezone(UTC), ends_at=n.ends_at.astimezone(UTC)) for n in (early, just)]
    facts = clear_team(busy=(replace(work, start=work.start.astimezone(UTC), end=work.end.astimezone(UTC)),))
    assert [[reason.code for reason in reasons(facts, asked)] for asked in utc] == [["rest"], []]


@pytest.mark.parametrize(
    ("liability", "sentence"),
    [
        (Liability(FAR, 9_999_999, covers_workplace=True), "Public liability is £9,999,999, needs £10 million"),
        (Liability(FAR, 5_000_000, covers_workplace=True), "Public liability is £5 million, needs £10 million"),
        (Liability(FAR, 0, covers_workplace=True), "Public liability is £0, needs £10 million"),
        (
            Liability(FAR, 10_000_000, covers_workplace=False),
            "Public liability does not cover the handler's own workplace",
        ),
    ],
)
def test_public_liability_must_be_enough_and_cover_the_workplace(liability: Liability, sentence: str) -> None:
    assert said(clear_team(liability=liability)) == [sentence]


def test_all_that_is_wrong_with_one_insurance_is_said() -> None:
    facts = clear_team(liability=Liability(date(2026, 11, 1), 5_000_000, covers_workplace=False))
    assert [reason.code for reason in reasons(facts)] == [
        "public_liability", "public_liability_cover", "public_liability_workplace",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("born", "kind", "clear"),
    [
        (date(2025, 11, 25), "national_event", True),  # twelve months on the first day
        (date(2025, 11, 26), "national_event", False),
        (date(2025, 5, 25), "major_incident", True),  # eighteen months on the first day
        (date(2025, 5, 26), "major_incident", False),
        (date(2025, 5, 26), "national_event", True),
    ],
)
def test_the_dog_must_be_old_enough_on_the_first_day(born: date, kind: str, *, clear: bool) -> None:
    assert (reasons(clear_team(born_on=born), need(kind=kind)) == []) == clear


def test_the_age_is_said_in_months() -> None:
    young = clear_team(born_on=date(2025, 6, 1))
    assert said(young, need(kind="major_incident")) == ["Bramble is 17 months old then, needs 18 for a major incident"]
    assert said(clear_team(born_on=date(2026, 1, 1))) == ["Bramble is 10 months old then, needs 12"]


def test_dog_and_handler_must_have_been_together_for_nine_months() -> None:
    first = need().first_day
    settled, new = first.replace(year=first.year - 1), first - timedelta(days=150)
    assert reasons(clear_team(since_on=settled), need()) == []
    (sentence,) = said(clear_team(since_on=new))
    assert sentence == "Bramble and Hari Handler will have been together for 4 months, need 9"
    assert judge(clear_team(since_on=new), need(), Limits(together_months=4)).reasons == ()


@pytest.mark.parametrize("name", [r for r in Restriction.values if r != "long_travel"])
def test_a_restriction_counts_only_where_the_setting_has_it(name: str) -> None:
    facts = clear_team(restrictions=frozenset({name}))
    label = Restriction(name).label
    assert said(facts, need(setting=frozenset({name}))) == [f"Restriction: no {label}, and this request has it"]
    assert said(facts, need(setting=frozenset(Restriction.values) - {name})) == []
    assert said(clear_team(), need(setting=frozenset(Restriction.values) - {"long_travel"})) == []


def test_every_restriction_that_meets_the_setting_is_said() -> None:
    facts = clear_team(restrictions=frozenset({"crowds", "stairs", "noise"}))
    found = said(facts, need(setting=frozenset({"stairs", "crowds", "children"})))
    assert found == [
        "Restriction: no crowds, and this request has it", "Restriction: no stairs, and this request has it",
    ]  # fmt: skip


# Two hours are 10 km in town at 30 km/h and 125 km at 75: 103.8 km as the crow flies, 0.9339 degrees of latitude.
@pytest.mark.parametrize(("degrees", "long"), [(0.933, False), (0.935, True)])
def test_a_long_way_is_found_from_the_map(degrees: float, *, long: bool) -> None:
    facts = clear_team(lat=53.4 + degrees, lng=-1.5, restrictions=frozenset({"long_travel"}))
    assert said(facts) == (["Restriction: no long travel, and this request has it"] if long else [])
    verdict = judge(replace(facts, restrictions=frozenset()), need(), LIMITS)
    assert verdict.notes == (("Travel stop needed: about 2 h 00 by road",) if long else ())


@pytest.mark.parametrize("kind", CommitmentKind.values)
def test_nobody_is_in_two_places(kind: str) -> None:
    busy = Busy(kind, at(25, 16), at(25, 18))
    found = reasons(clear_team(busy=(busy,)))
    label = CommitmentKind(kind).label
    assert found[0].sentence == f"{label} from 25 November, 16:00 to 25 November, 18:00"
    assert found[0].until == at(25, 18)


def test_a_handler_with_another_dog_is_not_in_two_places_either() -> None:
    busy = Busy("visit", at(25, 8), at(25, 10), of_dog=False)
    assert said(clear_team(busy=(busy,))) == [
        "Handler: Visit in own force from 25 November, 08:00 to 25 November, 10:00"
    ]


@pytest.mark.parametrize("busy", [Busy("leave", at(24), START), Busy("leave", END, at(26))])
def test_what_ends_as_it_starts_is_no_clash(busy: Busy) -> None:
    assert reasons(clear_team(busy=(busy,))) == []


@pytest.mark.parametrize(("trauma", "hours"), [(False, 24), (True, 48)])
def test_rest_is_over_to_the_minute(*, trauma: bool, hours: int) -> None:
    def after(rest: timedelta) -> list[Reason]:
        end = START - rest
        return reasons(clear_team(busy=(Busy("deployment", end - timedelta(hours=3), end, is_trauma=trauma),)))

    assert after(timedelta(hours=hours)) == []
    (early,) = after(timedelta(hours=hours) - timedelta(minutes=1))
    name = "a trauma deployment" if trauma else "a deployment"
    assert early.sentence == f"{hours} hours' rest after {name} ends 25 November, 09:01"
    assert early.until == START + timedelta(minutes=1)


def test_only_the_dogs_own_deployments_ask_for_rest() -> None:
    end = START - timedelta(hours=1)
    for busy in (
        Busy("deployment", end - timedelta(hours=3), end, of_dog=False),
        Busy("visit", end - timedelta(hours=1), end),
        Busy("leave", end - timedelta(days=3), end),
    ):
        assert reasons(clear_team(busy=(busy,))) == []


@pytest.mark.parametrize(("kind", "hours"), [("national_event", 24), ("major_incident", 48)])
@pytest.mark.parametrize("work", ["deployment", "visit"])
def test_there_must_be_room_for_rest_afterwards(kind: str, hours: int, work: str) -> None:
    def before(rest: timedelta) -> list[str]:
        start = END + rest
        return said(clear_team(busy=(Busy(work, start, start + timedelta(hours=2)),)), need(kind=kind))

    assert before(timedelta(hours=hours)) == []
    (short,) = before(timedelta(hours=hours) - timedelta(minutes=1))
    assert short.startswith(f"Would not have {hours} hours' rest before the next ")


def test_of_two_visits_it_makes_no_difference_which_is_planned_first() -> None:
    """Rest follows a deployment: a local visit is none, before another visit as before a deployment."""
    first, second = Busy("visit", START, END), Busy("visit", END + timedelta(hours=1), END + timedelta(hours=2))
    for planned, booked in ((first, second), (second, first)):
        wanted = Need.of_visit(planned.start, planned.end, today=TODAY)
        assert [r.code for r in judge(clear_team(busy=(booked,)), wanted, Limits()).reasons] == []
    deployment = Busy("deployment", second.start, second.end)
    wanted = Need.of_visit(first.start, first.end, today=TODAY)
    assert [r.code for r in judge(clear_team(busy=(deployment,)), wanted, Limits()).reasons] == []


def test_leave_may_follow_at_once() -> None:
    assert reasons(clear_team(busy=(Busy("leave", END, END + timedelta(days=7)),))) == []


@pytest.mark.parametrize(("minutes", "clear"), [(119, True), (120, False), (180, False)])
def test_contact_minutes_a_day(minutes: int, *, clear: bool) -> None:
    found = said(clear_team(worked={LAST_DAY: (1, minutes)}))
    assert found == ([] if clear else [f"Has worked {minutes} of 120 minutes on 25 November"])
    assert said(clear_team(worked={LAST_DAY - timedelta(days=1): (1, minutes)})) == []


def test_three_sessions_a_week_from_monday_to_sunday() -> None:
    monday, sunday = date(2026, 11, 23), date(2026, 11, 29)
    two, three = {monday: (1, 30), sunday: (1, 30)}, {monday: (2, 30), sunday: (1, 30)}
    assert said(clear_team(worked=two)) == []
    assert said(clear_team(worked=three)) == [
        "Week of 23 November: 3 sessions done or booked and 1 more asked, at most 3"
    ]
    outside = {monday - timedelta(days=1): (3, 30), sunday + timedelta(days=1): (3, 30)}
    assert said(clear_team(worked=outside)) == []


def test_a_need_over_a_weekend_is_counted_in_both_weeks() -> None:
    asked = need(starts_at=at(28), ends_at=at(30, 17))  # Saturday to Monday
    last_week, next_week = {date(2026, 11, 24): (2, 40)}, {date(2026, 12, 1): (3, 40)}
    assert said(clear_team(worked=last_week), asked) == [
        "Week of 23 November: 2 sessions done or booked and 2 more asked, at most 3"
    ]
    assert said(clear_team(worked=next_week), asked) == [
        "Week of 30 November: 3 sessions done or booked and 1 more asked, at most 3"
    ]


def test_a_booked_day_counts_as_a_session_until_its_sessions_are_logged() -> None:
    booked = (Busy("visit", at(23), at(23, 12)), Busy("visit", at(27), at(27, 12)), Busy("visit", at(28), at(28, 12)))
    assert [reason.code for reason in reasons(clear_team(busy=booked))] == ["sessions"]
    assert reasons(clear_team(busy=booked[:2])) == []
    logged = {date(2026, 11, 23): (2, 60)}
    assert [reason.code for reason in reasons(clear_team(busy=booked[:2], worked=logged))] == ["sessions"]


def test_leave_is_no_session() -> None:
    leave = (Busy("leave", at(23), at(25)), Busy("rest", at(26), at(29)))
    assert reasons(clear_team(busy=leave)) == []


def test_everything_at_once_in_the_order_of_the_rule() -> None:
    facts = clear_team(
        membership="suspended",
        agreement_until=None,
        liability=Liability(date(2026, 11, 1), 1_000_000, covers_workplace=False),
        handler_status="paused",
        certificate_until=None,
        assessed_until=None,
        restrictions=frozenset({"crowds"}),
        dog_status="suspended",
        born_on=date(2026, 6, 1),
        papers={},
        busy=(Busy("leave", at(25), at(26)), Busy("deployment", at(24, 9), at(24, 18))),
        worked={LAST_DAY: (4, 130)},
    )
    verdict = judge(facts, need(setting=frozenset({"crowds"})), LIMITS)
    assert [reason.code for reason in verdict.reasons] == [
        "membership", "agreement", "handler", "certificate", "assessment", "restriction", "dog", "age",
        "public_liability", "public_liability_cover", "public_liability_workplace", *REQUIRED_OF_DOG,
        "busy", "rest", "minutes", "sessions",
    ]  # fmt: skip
    assert verdict.clear_from is None
    assert verdict.notes == ()


def test_a_team_that_only_rests_is_clear_when_the_longest_rest_is_over() -> None:
    busy = (Busy("leave", at(25, 8), at(25, 10)), Busy("deployment", at(24, 9), at(24, 18)))
    assert judge(clear_team(busy=busy), need(), LIMITS).clear_from == at(25, 18)


def test_notes_tell_of_what_ends_soon_after_and_of_what_is_left() -> None:
    soon = LAST_DAY + timedelta(days=14)
    verdict = judge(dated("vet_check", soon), need(), LIMITS)
    assert verdict.notes == ("Vet check ends on 9 December, after the last day",)
    assert judge(dated("vet_check", soon + timedelta(days=1)), need(), LIMITS).notes == ()
    worked = clear_team(worked={date(2026, 11, 23): (1, 30)})
    assert judge(worked, need(), LIMITS).notes == ("One session left that week after this",)
    worked = clear_team(worked={date(2026, 11, 23): (1, 30), date(2026, 11, 25): (1, 30)})
    assert judge(worked, need(), LIMITS).notes == ("No session left that week after this",)


def test_changed_numbers_change_the_verdict() -> None:
    assert reasons(clear_team(), limits=Limits(public_liability_pounds=20_000_000))[0].code == "public_liability_cover"
    worked = clear_team(worked={LAST_DAY: (1, 60)})
    assert [r.code for r in reasons(worked, limits=Limits(contact_minutes_a_day=60))] == ["minutes"]


# What must hold for any team and any request.

settings_of = st.frozensets(st.sampled_from(Restriction.values))
hours = st.integers(min_value=-24 * 8, max_value=24 * 8)


@st.composite
def busy_times(draw: st.DrawFn) -> tuple[Busy, ...]:
    """Commitments that don't overlap, like the database's."""
    marks = sorted(draw(st.lists(hours, max_size=8, unique=True)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return tuple(
        Busy(
            draw(st.sampled_from(CommitmentKind.values)),
            START + timedelta(hours=a),
            START + timedelta(hours=b),
            is_trauma=draw(st.booleans()),
            of_dog=draw(st.booleans()),
        )
        for a, b in pairs
    )


days = st.dates(min_value=TODAY - timedelta(days=40), max_value=LAST_DAY + timedelta(days=300))
worked_days = st.dictionaries(
    st.dates(min_value=LAST_DAY - timedelta(days=8), max_value=LAST_DAY + timedelta(days=8)),
    st.tuples(st.integers(1, 3), st.integers(1, 150)),
    max_size=4,
)
teams = st.builds(
    clear_team,
    restrictions=settings_of,
    busy=busy_times(),
    worked=worked_days,
    papers=st.dictionaries(st.sampled_from(REQUIRED_OF_DOG), days, min_size=3),
    dog_status=st.sampled_from(["accredited", "accredited", "suspended"]),
    lat=st.floats(50.5, 56),
)
needs = st.builds(need, setting=settings_of, kind=st.sampled_from(["major_incident", "national_event"]))


@given(teams, needs, settings_of)
def test_more_in_the_setting_never_makes_an_unclear_team_clear(
    facts: TeamFacts, asked: Need, more: frozenset[str]
) -> None:
    harder = replace(asked, setting=asked.setting | more)
    easy, hard = set(reasons(facts, asked)), set(reasons(facts, harder))
    assert easy <= hard


@given(teams, needs, st.sampled_from(REQUIRED_OF_DOG))
def test_a_paper_less_never_makes_a_team_clear(facts: TeamFacts, asked: Need, kind: str) -> None:
    fewer = replace(facts, papers={name: until for name, until in facts.papers.items() if name != kind})
    assert not judge(fewer, asked, LIMITS).clear
    assert {r.code for r in reasons(facts, asked)} - {kind} <= {r.code for r in reasons(fewer, asked)}


@given(teams, needs, st.integers(0, 400))
def test_a_longer_paper_never_makes_a_clear_team_unclear(facts: TeamFacts, asked: Need, longer: int) -> None:
    papers = {name: until + timedelta(days=longer) for name, until in facts.papers.items()}
    assert len(reasons(replace(facts, papers=papers), asked)) <= len(reasons(facts, asked))


@given(teams, needs, st.randoms(use_true_random=False))
def test_the_verdict_does_not_depend_on_the_order_of_what_is_booked(facts: TeamFacts, asked: Need, chance: Any) -> None:
    shuffled = list(facts.busy)
    chance.shuffle(shuffled)
    other = judge(replace(facts, busy=tuple(shuffled)), asked, LIMITS)
    verdict = judge(facts, asked, LIMITS)
    assert set(other.reasons) == set(verdict.reasons)
    assert (other.clear_from, other.notes) == (verdict.clear_from, verdict.notes)


@given(teams, needs)
def test_after_clear_from_no_reason_of_time_is_left(facts: TeamFacts, asked: Need) -> None:
    verdict = judge(facts, asked, LIMITS)
    ends = [reason.until for reason in verdict.reasons]
    assert all(end > asked.starts_at for end in ends if end)
    if not ends or None in ends:
        assert verdict.clear_from is None
        return
    assert verdict.clear_from is not None
    lasts = asked.ends_at - asked.starts_at
    later = replace(asked, starts_at=verdict.clear_from, ends_at=verdict.clear_from + lasts)
    assert not [r for r in judge(facts, later, LIMITS).reasons if r.until and r.until <= verdict.clear_from]


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("papers", "the vet check"),
        ("certificate_until", "the handler's certificate"),
        ("assessed_until", "the suitability assessment"),
        ("agreement_until", "the force's agreement"),
        ("liability", "the force's public liability insurance"),
    ],
)
def test_what_ends_first_is_named(field: str, name: str) -> None:
    team, first = clear_team(), date(2026, 12, 1)
    changed: dict[str, Any] = {
        "papers": {**team.papers, "vet_check": first},
        "liability": Liability(first, 10_000_000, covers_workplace=True),
    }
    assert first_to_end(clear_team(**{field: changed.get(field, first)}), with_force=True) == (name, first)


def test_the_forces_papers_are_left_out_for_those_who_are_not_told() -> None:
    team = clear_team(agreement_until=date(2026, 12, 1), liability=None)
    found = first_to_end(team, with_force=False)
    assert found is not None
    assert found[1] > date(2026, 12, 1)


def test_nothing_ends_first_where_something_is_missing() -> None:
    assert first_to_end(clear_team(certificate_until=None), with_force=True) is None
