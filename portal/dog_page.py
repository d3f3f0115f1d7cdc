"""A dog's page as finished values: its teams, clearance today and what ends it, papers, what comes, what was done."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Value
from django.http import Http404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import Roles
from core.validity import months_between, validity
from dogs.facts import TeamFacts
from dogs.models import Commitment, Dog, Incident, SessionLog, Team
from dogs.own import own_teams
from dogs.paperwork import Line, lines_of_dog
from dogs.queries import limits, team_facts
from dogs.states import GONE, DogStatus, IncidentKind, Restriction
from network.rules import Limits
from network.states import CertificateKind
from portal.busy import AWAY, address_of, said_time, title_of
from portal.own_teams import TeamLine, need_today, team_line

MOST_LATELY = 12
MOST_COMING = 20
KINDS = {
    DogStatus.PROSPECTIVE: "info",
    DogStatus.ACCREDITED: "ok",
    DogStatus.RESTING: "warn",
    DogStatus.RESTRICTED: "warn",
    DogStatus.SUSPENDED: "stop",
}


@dataclass(frozen=True)
class Coming:
    """One thing that the dog is busy with. `cancel` is where it is taken back, if it may be."""

    day: date
    title: str
    detail: str
    href: str = ""
    cancel: str = ""


@dataclass(frozen=True)
class Done:
    """A session or an incident."""

    day: date
    title: str
    detail: str
    is_incident: bool = False


@dataclass(frozen=True)
class Day:
    """One day of this week against the limit of contact."""

    day: date
    sessions: int
    minutes: int
    limit: int

    @property
    def is_over(self) -> bool:
        return self.minutes >= self.limit


@dataclass(frozen=True)
class DogPage:
    dog: Dog
    status_kind: str
    age: str
    teams: list[TeamLine]
    papers: list[Line]
    force_papers: list[Line]
    restrictions: list[str]
    coming: list[Coming] = field(default_factory=list)
    lately: list[Done] = field(default_factory=list)
    week: list[Day] = field(default_factory=list)
    may_book: bool = False
    telephones: tuple[tuple[str, str], ...] = ()
    state_href: str = ""

    @property
    def is_gone(self) -> bool:
        return self.dog.status in GONE


def found_dog(uuid: UUID) -> tuple[Dog, list[Team]]:
    """The dog and those of its working teams that the reader's wall lets through."""
    rows = Team.objects.filter(dog__uuid=uuid).select_related("dog__force", "force", "handler")
    teams = list(rows.order_by("-is_active", "since_on", "pk"))
    dog = teams[0].dog if teams else Dog.objects.select_related("force").filter(uuid=uuid).first()
    if dog is None:
        raise Http404
    return dog, [team for team in teams if team.is_active]


def dog_page(dog: Dog, teams: list[Team], roles: Roles, *, may_keep: bool, now: datetime) -> DogPage:
    """Everything on the page in five queries, whatever there is to tell."""
    today, numbers = localdate(now), limits()
    sees = {dog.force_id} if roles.is_coordinator else set(roles.leads)
    by_team = {facts.team_id: facts for facts in team_facts([team.pk for team in teams], need_today(now))}
    known = [(team, by_team[team.pk]) for team in teams if team.pk in by_team]
    return DogPage(
        dog=dog,
        status_kind=KINDS.get(DogStatus(dog.status), "mute"),
        age=_age(dog, today),
        teams=[team_line(team, facts, sees, "", numbers, now=now) for team, facts in known],
        papers=[
            *lines_of_dog(
                dog,
                teams,
                may_add=may_keep and dog.status not in GONE,
                today=today,
                for_network=roles.is_coordinator and dog.force_id not in roles.leads,
            ),
            *_certificates(known, today),
        ],
        force_papers=_force_papers(known[0][1], today) if known and dog.force_id in sees else [],
        restrictions=_restrictions(teams),
        coming=_coming(dog, may_keep=may_keep, now=now),
        lately=_lately(dog),
        week=_week(known[0][1], numbers, today) if known else [],
        may_book=may_keep and bool(teams),
        telephones=_telephones(facts for _team, facts in known) if roles.is_coordinator else (),
        state_href=_state_href(dog) if roles.is_coordinator else "",
    )


def _state_href(dog: Dog) -> str:
    """Where a coordinator suspends it or brings it back; nothing is done with one that has gone."""
    return reverse("admin:dogs_dog_change", args=[dog.pk]) if dog.status not in GONE else ""


def _telephones(known: Iterable[TeamFacts]) -> tuple[tuple[str, str], ...]:
    """For coordinators: every handler's number, and the one of the force that is answered day and night."""
    numbers = []
    for facts in known:
        numbers.append((facts.handler_name, facts.extra["handler_telephone"]))
        numbers.append((str(facts.extra["duty_contact"] or facts.force_name), facts.extra["duty_telephone"]))
    return tuple(dict.fromkeys((name, str(number)) for name, number in numbers if number))


def _age(dog: Dog, today: date) -> str:
    months = months_between(dog.born_on, today)
    years = months // 12
    return _("%(years)d years") % {"years": years} if years > 1 else _("%(months)d months") % {"months": months}


def _certificates(known: Iterable[tuple[Team, TeamFacts]], today: date) -> list[Line]:
    lines = []
    for team, facts in known:
        name = _("Peer supporter or Mental Health First Aider certificate")
        if facts.certificate_kind:
            name = str(CertificateKind(facts.certificate_kind).label)
        title = _("%(paper)s of %(handler)s") % {"paper": name, "handler": team.handler.first_name}
        lines.append(_dated(title, facts.certificate_until, today))
    return lines


def _force_papers(facts: TeamFacts, today: date) -> list[Line]:
    """What the team stands on that is its force's: for those who keep the force."""
    liability = facts.liability.until if facts.liability else None
    return [
        _dated(_("Service Level Agreement"), facts.agreement_until, today),
        _dated(_("Public liability insurance"), liability, today),
    ]


def _dated(name: str, until: date | None, today: date) -> Line:
    if until is None:
        return Line(name, _("Missing"), "stop")
    fact = validity(until, today)
    return Line(name, fact.sentence, fact.kind)


def _restrictions(teams: Collection[Team]) -> list[str]:
    found = dict.fromkeys(name for team in teams for name in team.restrictions)
    return [str(Restriction(name).label) for name in found]


def _coming(dog: Dog, *, may_keep: bool, now: datetime) -> list[Coming]:
    rows = Commitment.objects.filter(dog=dog, cancelled_at=None, period__endswith__gt=now)
    rows = rows.select_related("team__handler", "deployment__request").order_by("period", "pk")
    return [_coming_line(row, may_keep=may_keep, today=localdate(now)) for row in rows[:MOST_COMING]]


def _coming_line(row: Commitment, *, may_keep: bool, today: date) -> Coming:
    return Coming(
        day=max(row.local_days[0], today),
        title=title_of(row),
        detail=" ".join(filter(None, [f"{said_time(row)}.", row.note])),
        href=address_of(row),
        cancel=reverse("member_time_cancel", args=[row.uuid]) if row.kind in AWAY and may_keep else "",
    )


def _lately(dog: Dog) -> list[Done]:
    """The last sessions and incidents, the newest first, in one query."""
    sessions = SessionLog.objects.filter(dog=dog).values_list("logged_at", "on", "people", "minutes", Value(""))
    incidents = Incident.objects.filter(dog=dog).values_list(
        "happened_at", F("happened_at__date"), Value(0), Value(0), "kind"
    )
    rows = sessions.order_by().union(incidents.order_by(), all=True).order_by("-logged_at")
    return [_done(*row) for row in rows[:MOST_LATELY]]


def _done(at: datetime, day: date, people: int, minutes: int, incident: str) -> Done:
    if incident:
        return Done(localdate(at), str(IncidentKind(incident).label), date_format(localtime(at), "H:i"), True)
    met = ngettext("%d person met", "%d people met", people) % people
    contact = ngettext("%d minute of contact", "%d minutes of contact", minutes) % minutes
    return Done(day, _("Session"), f"{met}, {contact}")


def _week(facts: TeamFacts, numbers: Limits, today: date) -> list[Day]:
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    return [Day(day, *facts.worked.get(day, (0, 0)), numbers.contact_minutes_a_day) for day in days]


@dataclass(frozen=True)
class DogList:
    """The working teams, and the dogs that work with nobody now."""

    teams: list[TeamLine]
    others: list[Dog]

    @property
    def has_several_forces(self) -> bool:
        return len({team.force for team in self.teams}) > 1


def dog_list(user_id: int, leads: Collection[int], *, now: datetime) -> DogList:
    """A person's own dogs in five queries."""
    teams = own_teams(user_id, leads)
    numbers = limits()
    by_team = {facts.team_id: facts for facts in team_facts([team.pk for team in teams], need_today(now))}
    coming = next_of_teams(teams, now=now)
    lines = [
        team_line(team, by_team[team.pk], leads, coming.get(team.pk, ""), numbers, now=now)
        for team in teams
        if team.pk in by_team
    ]
    others = Dog.objects.filter(force_id__in=leads).exclude(pk__in=[team.dog_id for team in teams])
    return DogList(lines, list(others.order_by("name", "pk")))


def next_of_teams(teams: Collection[Team], *, now: datetime) -> dict[int, str]:
    """What each team is booked for next: one query."""
    rows: Any = Commitment.objects.filter(team__in=teams, cancelled_at=None, period__endswith__gt=now)
    rows = rows.select_related("deployment__request").order_by("team_id", "period", "pk").distinct("team_id")
    return {row.team_id: f"{title_of(row)}, {date_format(localtime(row.period.lower), 'D j M')}" for row in rows}
