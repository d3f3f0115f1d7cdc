"""Clearance today, for the people who keep or work a team. It writes nothing; it reads more than they may."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from accounts.models import User
from core.tenancy import network_scope
from dogs.facts import Need, TeamFacts, Verdict
from dogs.models import Team
from dogs.queries import limits, team_facts, worked_in_week
from dogs.rules import judge
from dogs.workload import Workload, workload_of_day


@dataclass(frozen=True)
class Standing:
    """A team, what is known of it, and whether it could go on a visit at home now."""

    facts: TeamFacts
    verdict: Verdict


def judge_own_teams(*, by: User, now: datetime, teams: list[int] | None = None) -> list[Standing]:
    """The active teams that `by` sees (or those of them named by key), judged for a visit at their own place now.

    Which teams is asked in the reader's own scope. What decides about them (their force's membership, agreement and
    insurance, which a handler does not read) is then looked at as the network, and only the verdict is handed out.
    By force and dog's name.
    """
    own = Team.objects.filter(is_active=True)
    ids = list((own if teams is None else own.filter(pk__in=teams)).values_list("pk", flat=True))
    need = Need.of_visit(now, now + timedelta(hours=1), today=localdate(now))
    with network_scope(user=by.pk, reason="a team's clearance stands on its force's papers too"):
        numbers, found = limits(), team_facts(ids, need)
    judged = [Standing(f, judge(f, replace(need, lat=f.lat, lng=f.lng), numbers)) for f in found]
    return sorted(judged, key=lambda s: (s.facts.force_name, s.facts.dog_name, s.facts.team_id))


def judge_visit(team: Team, *, start: datetime, end: datetime, by: User, now: datetime) -> Verdict:
    """May the team visit at its own place then? By the same rules as clearance, with every reason why not."""
    need = Need.of_visit(start, end, today=localdate(now), lat=team.lat, lng=team.lng)
    with network_scope(user=by.pk, reason="a team's clearance stands on its force's papers too"):
        return judge(team_facts([team.pk], need)[0], need, limits())


def look_at_workload(team: Team, on: date, *, by: User) -> Workload:
    """What the dog has done on that day and in its week, with whichever handler, against the limits."""
    with network_scope(user=by.pk, reason="the dog's other handler's sessions count in its workload"):
        return workload_of_day(team.dog.name, on, worked_in_week(team.dog_id, on), limits())
