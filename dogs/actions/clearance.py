"""Clearance today, for the people who keep or work a team. It writes nothing; it reads more than they may."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from accounts.access import must
from accounts.models import User
from core.tenancy import network_scope
from dogs.facts import Need, TeamFacts, Verdict
from dogs.models import Team
from dogs.queries import every_team_facts, limits, team_facts, worked_in_week
from dogs.rules import judge
from dogs.workload import Workload, workload_of_day


@dataclass(frozen=True)
class Standing:
    """A team, what is known of it, and whether it could go on a visit at home now."""

    facts: TeamFacts
    verdict: Verdict


def judge_every_team(*, by: User, now: datetime) -> list[Standing]:
    """Every working team of the network, judged for a visit at its own place now. By force and dog's name."""
    must(by, "request.match")
    need, numbers = Need.of_visit(now, now + timedelta(hours=1), today=localdate(now)), limits()
    judged = [Standing(f, judge(f, replace(need, lat=f.lat, lng=f.lng), numbers)) for f in every_team_facts(need)]
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
