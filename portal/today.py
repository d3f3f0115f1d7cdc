"""'What needs doing now' for a lead and for a handler, as finished values. Queries only; their number never grows."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from accounts.access import Roles
from deployments.models import Deployment
from deployments.pages_member import own_offers
from deployments.states import DeploymentStatus, OfferStatus
from dogs.models import Commitment, Dog, SessionLog, Team
from dogs.own import own_teams
from dogs.queries import team_facts
from dogs.states import CommitmentKind
from portal.busy import address_of, deployment_of, said_time, title_of
from portal.coming import AHEAD, Event, coming, next_of
from portal.glance import New, ToAssess, Week, glance
from portal.own_teams import TeamLine, need_today, team_line
from portal.shape import Row
from portal.todo import Todo, offer_todos
from portal.todo_papers import EVIDENCE, Paper, paper_todos, papers_of
from portal.todo_rows import assessment_todos, row_todos
from portal.waiting import waiting

# So many tasks stand open, so many more behind "more".
MOST_TASKS, MOST_MORE = 12, 100
MOST_TEAMS = 10

# A deployment that begins so soon is at the top of its handler's page, whatever the calendar says.
SET_OFF_SOON = timedelta(hours=12)


@dataclass(frozen=True)
class Visit:
    """The reader's own visit of today; `to_log` is its key from its beginning until its session is logged."""

    dog: Dog
    place: str
    time: str
    href: str
    to_log: str = ""


@dataclass(frozen=True)
class Today:
    """Everything on the page."""

    tasks: list[Todo] = field(default_factory=list)
    more_tasks: list[Todo] = field(default_factory=list)
    teams: list[TeamLine] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    deployments: list[Deployment] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    new: list[New] = field(default_factory=list)
    weeks: list[Week] = field(default_factory=list)
    people: int = 0
    news: int = 0
    number_of_teams: int = 0
    has_several_forces: bool = False

    @property
    def urgent(self) -> int:
        return sum(task.is_urgent for task in (*self.tasks, *self.more_tasks))

    @property
    def can_wait(self) -> bool:
        """Whether something of the list is not urgent."""
        return len(self.tasks) + len(self.more_tasks) > self.urgent


def today_of(user_id: int, roles: Roles, *, now: datetime) -> Today:
    """What this person should do now, in six queries."""
    leads = roles.leads
    own = Q(force_id__in=leads) | Q(handler_user_id=user_id)
    offers = list(own_offers(user_id, leads).filter(status=OfferStatus.PROPOSED))
    teams = own_teams(user_id, leads)
    facts = {f.team_id: f for f in team_facts([team.pk for team in teams], need_today(now))}
    known = [(team, facts[team.pk]) for team in teams if team.pk in facts]
    seen = glance(user_id, leads, now=now)
    busy = _commitments(own, user_id, now=now)
    rows = waiting(user_id, leads, [role for role, _force in roles.held], now=now)
    papers = papers_of(known, leads, [row for row in rows if row.what in EVIDENCE])
    tasks = [
        *offer_todos(offers, user_id, leads, now=now),
        *_tasks(rows, papers, seen.to_assess, teams, today=localdate(now)),
    ]
    tasks.sort(key=lambda task: task.order)
    lines = [team_line(team, found, leads, next_of(team, busy, now=now), seen.limits, now=now) for team, found in known]
    return Today(
        tasks=tasks[:MOST_TASKS],
        more_tasks=tasks[MOST_TASKS:][:MOST_MORE],
        teams=sorted(lines, key=lambda line: not line.reasons)[:MOST_TEAMS],
        number_of_teams=len(known),
        has_several_forces=len({team.force_id for team in teams} | set(leads)) > 1,
        events=coming(busy, offers, papers, seen.to_assess, rows, now=now),
        deployments=_now_working(busy, user_id, now=now),
        visits=_visits_today(busy, user_id, now=now),
        news=seen.news,
        new=seen.new,
        weeks=seen.weeks,
        people=seen.people,
    )


def _tasks(
    rows: list[Row], papers: Collection[Paper], booked: Collection[ToAssess], teams: list[Team], *, today: date
) -> list[Todo]:
    """Everything but the offers."""
    return [
        *paper_todos(papers, [row for row in rows if row.what in EVIDENCE], today=today),
        *row_todos(rows, {team.dog_id: team.dog for team in teams}, today=today),
        *assessment_todos(booked, today=today),
    ]


def _commitments(own: Q, user_id: int, *, now: datetime) -> list[Any]:
    """What the teams are booked for in the next two weeks, and the own deployments from which nobody has left.

    `is_logged` says of each whether it has a session.
    """
    soon = Q(period__overlap=DateTimeTZRange(now, now + AHEAD))
    mine = Q(handler_user_id=user_id, deployment__status=DeploymentStatus.ON_SCENE)
    rows = Commitment.objects.filter(own, soon | mine, cancelled_at__isnull=True)
    rows = rows.annotate(is_logged=Exists(SessionLog.objects.filter(commitment=OuterRef("pk"))))
    return list(
        rows.select_related("team__dog", "deployment__request", "deployment__team__dog").order_by("period", "pk")
    )


def _now_working(busy: list[Commitment], user_id: int, *, now: datetime) -> list[Deployment]:
    """The reader's own deployments that are on scene, or begin today or within hours, midnight or not."""
    found = [d for row in busy if (d := deployment_of(row)) and d.handler_user_id == user_id]
    return [
        row
        for row in found
        if row.status == DeploymentStatus.ON_SCENE
        or (
            row.status == DeploymentStatus.SCHEDULED
            and localdate(row.request.ends_at) >= localdate(now)
            and (row.request.starts_at <= now + SET_OFF_SOON or localdate(row.request.starts_at) == localdate(now))
        )
    ]


def _visits_today(busy: list[Any], user_id: int, *, now: datetime) -> list[Visit]:
    """The reader's own visits that are not over and begin today or have begun: the session is asked for once."""
    mine = [row for row in busy if row.handler_user_id == user_id and row.kind == CommitmentKind.VISIT]
    return [
        Visit(row.team.dog, title_of(row), said_time(row), address_of(row), str(row.uuid) if to_log else "")
        for row in mine
        if row.period.upper > now and row.local_days[0] <= localdate(now)
        for to_log in [row.period.lower <= now and not row.is_logged]
    ]
