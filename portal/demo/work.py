"""What the teams of the invented network did and will do besides deployments: visits, sessions, leave, rest."""

from datetime import datetime, time, timedelta
from uuid import UUID

from core.lifecycle import Refused
from core.typed import LONDON
from dogs.actions.commitments import book_time
from dogs.actions.visits import plan_visit
from dogs.actions.work import log_session, report_incident
from dogs.inputs import IncidentReport, PlannedVisit, Session
from dogs.models import Commitment
from dogs.states import CommitmentKind, DogStatus, IncidentKind
from portal.demo.cast import Demo
from portal.demo.teams import Pair

# From and to, in days from today; some go on now, some come soon.
AWAY = (
    (CommitmentKind.LEAVE, -2, 5, "Annual leave"),
    (CommitmentKind.LEAVE, 9, 16, "Annual leave"),
    (CommitmentKind.LEAVE, 24, 38, "Annual leave"),
    (CommitmentKind.SEASON, -6, 14, ""),
    (CommitmentKind.SEASON, 20, 41, ""),
    (CommitmentKind.REST, -1, 3, "A quiet few days after a busy week"),
)
PLACES = (
    "Control room",
    "Custody",
    "Night shift",
    "Call handlers",
    "Training school",
    "Roads policing",
    "Fire station",
)


def invent_work(demo: Demo, pairs: list[Pair]) -> None:
    """The first team of each force stays free, so that every force can send somebody today."""
    working = [pair for pair in pairs if pair.dog.status == DogStatus.ACCREDITED]
    for pair in working:
        for days_ago in _visit_days(demo, pair):
            _visited(demo, pair, days_ago)
    others = [pair for pair in working if not pair.is_first]
    for number, pair in enumerate(demo.random.sample(others, min(24, len(others)))):
        kind, first, last, note = AWAY[number % len(AWAY)]
        if kind == CommitmentKind.SEASON and pair.dog.sex == "m":
            kind, note = CommitmentKind.LEAVE, "Annual leave"
        _book(demo, pair, kind, _midnight(demo, first), _midnight(demo, last + 1), note)
    for pair in demo.random.sample(others, min(12, len(others))):
        day = demo.random.randint(50, 70)
        _plan(demo, pair, _hour(demo, day, 10), _hour(demo, day, 12))
    _incidents(demo, [pair for pair in pairs if pair.trouble == "suspended"])


def _visit_days(demo: Demo, pair: Pair) -> list[int]:
    """Some of the last sixty days, none too close to another."""
    if pair.worked_days < 70 or demo.random.random() < 0.5:
        return []
    return [start + demo.random.randint(0, 6) for start in range(4, 60, 9) if demo.random.random() < 0.3]


def _visited(demo: Demo, pair: Pair, days_ago: int) -> None:
    start, end = _hour(demo, -days_ago, 10), _hour(demo, -days_ago, 12)
    commitment = _plan(demo, pair, start, end)
    if commitment is None:
        return
    minutes = demo.random.choice((30, 40, 45, 60, 75))
    session = Session(
        on=demo.day(days_ago),
        minutes=minutes,
        people=demo.random.randint(4, 28),
        breaks=minutes // 45,
        signposted=demo.random.randint(0, 3),
    )
    log_session(
        team=pair.team, session=session, key=key_of(demo), commitment=commitment, by=pair.user, now=end
    )  # fmt: skip


def _plan(demo: Demo, pair: Pair, start: datetime, end: datetime) -> Commitment | None:
    """Plan it, unless the team could not go."""
    visit = PlannedVisit(start=start, end=end, place=demo.random.choice(PLACES), note="")
    now = min(start - timedelta(days=5), demo.at(1))
    try:
        return plan_visit(team=pair.team, visit=visit, by=pair.user, now=now)
    except Refused:
        return None


def _book(demo: Demo, pair: Pair, kind: str, start: datetime, end: datetime, note: str) -> Commitment | None:
    """Book it, unless the dog or the handler has something then."""
    taken = Commitment.objects.filter(cancelled_at=None, period__overlap=(start, end))
    if taken.filter(dog=pair.dog).exists() or taken.filter(handler_user=pair.user).exists():
        return None
    now = min(start - timedelta(days=5), demo.at(1))
    return book_time(team=pair.team, kind=kind, start=start, end=end, note=note, by=pair.user, now=now)


def _incidents(demo: Demo, pairs: list[Pair]) -> None:
    for pair in pairs[:2]:
        happened = demo.at(demo.random.randint(41, 60))
        report = IncidentReport(
            kind=IncidentKind.SCARE,
            happened_at=happened,
            account="A trolley fell over beside the dog, who jumped and barked. Nobody was hurt. We went home early.",
        )
        now = happened + timedelta(hours=2)
        report_incident(
            team=pair.team, report=report, key=key_of(demo), commitment=None, host_force_id=None, by=pair.user, now=now
        )


def _midnight(demo: Demo, days: int) -> datetime:
    return _hour(demo, days, 0)


def _hour(demo: Demo, days: int, hour: int) -> datetime:
    return datetime.combine(demo.today + timedelta(days=days), time(hour), tzinfo=LONDON)


def key_of(demo: Demo) -> UUID:
    return UUID(int=demo.random.getrandbits(128), version=4)
