"""The reader's own teams today: clear or why not, what ends that first, and what is done this week."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.validity import said_day
from deployments.rules import handler_reasons
from dogs.facts import Need, Reason, TeamFacts
from dogs.models import Dog, Team
from dogs.rules import first_to_end, judge
from network.rules import Limits


@dataclass(frozen=True)
class TeamLine:
    """A team today: clear or why not, what ends it first, sessions this week, what comes next."""

    dog: Dog
    handler: str
    state: str
    kind: str
    reasons: tuple[str, ...]
    ends: str
    done: int
    limit: int
    force: str
    next: str = ""

    @property
    def dots(self) -> list[bool]:
        """A dot for each session of the week's limit, full where it is done."""
        return [number < self.done for number in range(max(self.limit, self.done))]


def need_today(now: datetime) -> Need:
    """A visit at home within the hour. Each team's own place is put in before it is judged."""
    return Need.of_visit(now, now + timedelta(hours=1), today=localdate(now))


def team_line(
    team: Team, facts: TeamFacts, leads: Collection[int], coming: str, numbers: Limits, *, now: datetime
) -> TeamLine:
    """As its reader may know it: `leads` are the forces of which they read everything."""
    with_force = team.force_id in leads
    reasons = _reasons(team, facts, numbers, with_force=with_force, now=now)
    state, kind = _state(reasons, now=now)
    return TeamLine(
        dog=team.dog,
        handler=team.handler.name,
        state=state,
        kind=kind,
        reasons=tuple(reason.sentence for reason in reasons),
        ends="" if reasons else _ends(team, facts, with_force=with_force, today=localdate(now)),
        done=sessions_this_week(facts, localdate(now)),
        limit=numbers.sessions_a_week,
        force=team.force.name,
        next=coming,
    )


def _reasons(team: Team, facts: TeamFacts, numbers: Limits, *, with_force: bool, now: datetime) -> tuple[Reason, ...]:
    """Why the team can't go today: to its lead everything, to its handler what is not the force's."""
    found = judge(facts, replace(need_today(now), lat=facts.lat, lng=facts.lng), numbers).reasons
    return found if with_force else handler_reasons(found, team.cleared_until, localdate(now))


def _ends(team: Team, facts: TeamFacts, *, with_force: bool, today: date) -> str:
    """'Clear until 3 March: then the vet check ends.' Of the force's own papers its handler reads the day alone."""
    first = first_to_end(facts, with_force=with_force)
    if first is None:
        return ""
    what, until = first
    if team.cleared_until and team.cleared_until < until:
        words = {"day": said_day(team.cleared_until, today)}
        return _("Clear until %(day)s: then something of your force’s ends; your lead sees what.") % words
    return _("Clear until %(day)s: then %(what)s ends.") % {"day": said_day(until, today), "what": what}


def _state(reasons: tuple[Reason, ...], *, now: datetime) -> tuple[str, str]:
    if not reasons:
        return _("Clear"), "ok"
    ends = [reason.until for reason in reasons if reason.until]
    if len(ends) == len(reasons):
        until = localtime(max(ends))
        said = date_format(until, "H:i" if until.date() == localdate(now) else "D j M")
        is_rest = all(reason.code == "rest" for reason in reasons)
        return (_("Resting to %s") if is_rest else _("Busy to %s")) % said, "warn"
    return ngettext("%d reason not", "%d reasons not", len(reasons)) % len(reasons), "stop"


def sessions_this_week(facts: TeamFacts, today: date) -> int:
    monday = today - timedelta(days=today.weekday())
    return sum(done for day, (done, _minutes) in facts.worked.items() if monday <= day <= today)
