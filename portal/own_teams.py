"""The reader's own teams today: clear or why not, and what is done this week."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from deployments.pages_member import handler_reasons
from dogs.models import Dog, Team
from dogs.rules import Need, Reason, TeamFacts, judge
from network.rules import Limits


@dataclass(frozen=True)
class TeamLine:
    """A team today: clear or why not, sessions this week, what comes next."""

    dog: Dog
    handler: str
    state: str
    kind: str
    reasons: tuple[str, ...]
    done: int
    limit: int
    next: str = ""


def need_today(now: datetime) -> Need:
    """A visit at home within the hour. Each team's own place is put in before it is judged."""
    end = now + timedelta(hours=1)
    return Need(kind="force_visit", starts_at=now, ends_at=end, today=localdate(now), lat=0, lng=0)


def team_line(
    team: Team, facts: TeamFacts, leads: Collection[int], coming: str, numbers: Limits, *, now: datetime
) -> TeamLine:
    reasons = _reasons(team, facts, leads, numbers, now=now)
    state, kind = _state(reasons, now=now)
    return TeamLine(
        dog=team.dog,
        handler=team.handler.name,
        state=state,
        kind=kind,
        reasons=tuple(reason.sentence for reason in reasons),
        done=_sessions_this_week(facts, localdate(now)),
        limit=numbers.sessions_a_week,
        next=coming,
    )


def _reasons(
    team: Team, facts: TeamFacts, leads: Collection[int], numbers: Limits, *, now: datetime
) -> tuple[Reason, ...]:
    """Why the team can't go today: to its lead everything, to its handler what is not the force's."""
    found = judge(facts, replace(need_today(now), lat=facts.lat, lng=facts.lng), numbers).reasons
    return found if team.force_id in leads else handler_reasons(found, team.cleared_until, localdate(now))


def _state(reasons: tuple[Reason, ...], *, now: datetime) -> tuple[str, str]:
    if not reasons:
        return _("Clear"), "ok"
    ends = [reason.until for reason in reasons if reason.until]
    if len(ends) == len(reasons):
        until = localtime(max(ends))
        said = date_format(until, "H:i" if until.date() == localdate(now) else "D j M")
        is_rest = all(reason.code == "rest" for reason in reasons)
        return (_("Resting to %s") if is_rest else _("Busy to %s")) % said, "warn"
    if len(reasons) == 1:
        return _("1 reason not"), "stop"
    return _("%d reasons not") % len(reasons), "stop"


def _sessions_this_week(facts: TeamFacts, today: date) -> int:
    monday = today - timedelta(days=today.weekday())
    return sum(done for day, (done, _minutes) in facts.worked.items() if monday <= day <= today)
