"""'What needs doing now' for a lead and for a handler, as finished values. Queries only; their number never grows."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from deployments.briefing import period
from deployments.models import Deployment, Offer
from deployments.pages_member import own_offers
from deployments.states import DeploymentStatus, OfferStatus
from dogs.models import Commitment, Team
from dogs.queries import team_facts
from portal.busy import deployment_of, said_time, title_of
from portal.glance import New, ToAssess, Week, glance
from portal.own_teams import TeamLine, need_today, own_teams, team_line
from portal.todo import Paper, Todo, debrief_todos, inside, offer_todos, paper_todos, papers_of, waiting_papers

AHEAD = timedelta(days=14)
MOST_TASKS = 12
MOST_TEAMS = 10
MOST_EVENTS = 14


@dataclass(frozen=True)
class Event:
    day: date
    title: str
    detail: str
    href: str = ""


@dataclass(frozen=True)
class Today:
    """Everything on the page."""

    tasks: list[Todo] = field(default_factory=list)
    teams: list[TeamLine] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    deployments: list[Deployment] = field(default_factory=list)
    new: list[New] = field(default_factory=list)
    weeks: list[Week] = field(default_factory=list)
    people: int = 0
    more_tasks: int = 0
    number_of_teams: int = 0
    has_several_forces: bool = False

    @property
    def urgent(self) -> int:
        return sum(task.is_urgent for task in self.tasks)


def today_of(user_id: int, leads: Collection[int], *, now: datetime) -> Today:
    """What this person should do now, in six queries."""
    own = Q(force_id__in=leads) | Q(handler_user_id=user_id)
    offers = list(own_offers(user_id, leads).filter(status=OfferStatus.PROPOSED))
    teams = list(own_teams(own))
    facts = {f.team_id: f for f in team_facts([team.pk for team in teams], need_today(now))}
    seen = glance(user_id, leads, now=now)
    busy = _commitments(own, user_id, now=now)
    known = [(team, facts[team.pk]) for team in teams if team.pk in facts]
    lines = [
        team_line(team, found, leads, _next_of(team, busy, now=now), seen.limits, now=now) for team, found in known
    ]
    papers = papers_of(known, leads, waiting_papers(user_id, leads))
    tasks = [
        *offer_todos(offers, user_id, leads, now=now),
        *debrief_todos(_unwritten(busy, user_id)),
        *paper_todos(papers, today=localdate(now)),
    ]
    tasks.sort(key=lambda task: task.order)
    return Today(
        tasks=tasks[:MOST_TASKS],
        more_tasks=max(len(tasks) - MOST_TASKS, 0),
        teams=sorted(lines, key=lambda line: not line.reasons)[:MOST_TEAMS],
        number_of_teams=len(known),
        has_several_forces=len({team.force_id for team in teams} | set(leads)) > 1,
        events=sorted(
            [*_events(busy, offers, now=now), *_endings(papers, today=localdate(now)), *_to_assess(seen.to_assess)],
            key=lambda event: (event.day, event.title),
        )[:MOST_EVENTS],
        deployments=_now_working(busy, user_id, now=now),
        new=seen.new,
        weeks=seen.weeks,
        people=seen.people,
    )


def _commitments(own: Q, user_id: int, *, now: datetime) -> list[Commitment]:
    """What the teams are booked for in the next two weeks, and the own deployments that wait for a debrief."""
    soon = Q(period__overlap=DateTimeTZRange(now, now + AHEAD))
    unfinished = [DeploymentStatus.ON_SCENE, DeploymentStatus.COMPLETED]
    mine = Q(handler_user_id=user_id, deployment__status__in=unfinished)
    rows = Commitment.objects.filter(own, soon | mine, cancelled_at__isnull=True)
    return list(
        rows.select_related("team__dog", "deployment__request", "deployment__team__dog").order_by("period", "pk")
    )


def _now_working(busy: list[Commitment], user_id: int, *, now: datetime) -> list[Deployment]:
    """The reader's own deployments that are on scene, or begin today."""
    found = [d for row in busy if (d := deployment_of(row)) and d.handler_user_id == user_id]
    today = localdate(now)
    return [
        row
        for row in found
        if row.status == DeploymentStatus.ON_SCENE
        or (
            row.status == DeploymentStatus.SCHEDULED
            and localdate(row.request.starts_at) <= today <= localdate(row.request.ends_at)
        )
    ]


def _unwritten(busy: list[Commitment], user_id: int) -> list[Deployment]:
    """The reader's own deployments that wait for a debrief."""
    found = [deployment for row in busy if (deployment := deployment_of(row))]
    return [row for row in found if row.handler_user_id == user_id and row.status == DeploymentStatus.COMPLETED]


def _next_of(team: Team, busy: list[Commitment], *, now: datetime) -> str:
    coming = next((row for row in busy if row.team_id == team.pk and row.period.upper > now), None)
    return f"{title_of(coming)}, {date_format(localtime(coming.period.lower), 'D j M')}" if coming else ""


def _events(busy: list[Commitment], offers: list[Offer], *, now: datetime) -> list[Event]:
    """The next two weeks, a line a thing, by day."""
    found = []
    for row in busy:
        if row.period.upper <= now:
            continue
        deployment = deployment_of(row)
        day = max(localdate(row.period.lower), localdate(now))
        href = reverse("member_deployment_detail", args=[deployment.uuid]) if deployment else ""
        title = _("%(dog)s: %(what)s") % {"dog": row.team.dog.name, "what": title_of(row)}
        found.append(Event(day, title, said_time(row), href))
    for offer in offers:
        words = {"dog": offer.team.dog.name, "what": offer.request.place}
        title = _("%(dog)s: %(what)s, if you say yes") % words
        when = period(offer.request.starts_at, offer.request.ends_at)
        found.append(
            Event(localdate(offer.request.starts_at), title, when, reverse("member_offer_detail", args=[offer.uuid]))
        )
    return found


def _endings(papers: Collection[Paper], *, today: date) -> list[Event]:
    """The papers whose last day lies in the next two weeks: from the day after, the team is not clear."""
    soon = [(paper, paper.until) for paper in papers if paper.until and today <= paper.until <= today + AHEAD]
    found = []
    for paper, until in soon:
        title = _("%(whose)s’s %(paper)s ends") % {"whose": paper.whose, "paper": inside(paper.name)}
        detail = _("Not clear from %(day)s") % {"day": date_format(until + timedelta(days=1), "D j M")}
        found.append(Event(until, title, detail, paper.href))
    return found


def _to_assess(booked: Collection[ToAssess]) -> list[Event]:
    title = _("Assessment of a team")
    return [Event(assessment.day, title, assessment.force) for assessment in booked]
