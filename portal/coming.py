"""What is coming in the next two weeks, a line a thing: work, leave, offers, papers that end, hosts' requests."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from core.words import inside
from deployments.briefing import period
from deployments.models import Offer
from dogs.models import Commitment, Team
from portal.busy import address_of, said_time, title_of
from portal.glance import ToAssess
from portal.shape import Row
from portal.todo_papers import Paper

AHEAD = timedelta(days=14)
MOST_EVENTS = 14


@dataclass(frozen=True)
class Event:
    day: date
    title: str
    detail: str
    href: str = ""


def coming(
    busy: list[Commitment],
    offers: list[Offer],
    papers: Collection[Paper],
    booked: Collection[ToAssess],
    rows: Collection[Row],
    *,
    now: datetime,
) -> list[Event]:
    """By day: the first so many."""
    today = localdate(now)
    found = [
        *_events(busy, offers, now=now),
        *_endings(papers, today=today),
        *_to_assess(booked, today=today),
        *_hosted(rows, today=today),
    ]
    return sorted(found, key=lambda event: (event.day, event.title))[:MOST_EVENTS]


def next_of(team: Team, busy: list[Commitment], *, now: datetime) -> str:
    """Where the team goes next, and on which day."""
    first = next((row for row in busy if row.team_id == team.pk and row.period.upper > now), None)
    return f"{title_of(first)}, {date_format(localtime(first.period.lower), 'D j M')}" if first else ""


def _events(busy: list[Commitment], offers: list[Offer], *, now: datetime) -> list[Event]:
    """The next two weeks, a line a thing, by day."""
    found = []
    for row in busy:
        if row.period.upper <= now:
            continue
        day = max(localdate(row.period.lower), localdate(now))
        title = _("%(dog)s: %(what)s") % {"dog": row.team.dog.name, "what": title_of(row)}
        found.append(Event(day, title, said_time(row), address_of(row)))
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


def _to_assess(booked: Collection[ToAssess], *, today: date) -> list[Event]:
    """Those whose day has not come; the others are things to do."""
    title, coming = _("Assessment of a team"), [assessment for assessment in booked if assessment.day > today]
    return [
        Event(found.day, title, found.force, reverse("member_assessment_decide", args=[found.uuid])) for found in coming
    ]


def _hosted(rows: Collection[Row], *, today: date) -> list[Event]:
    """The requests that the reader's forces host."""
    found = [(row, max(row.day, today)) for row in rows if row.what == "hosted" and row.day]
    return [
        Event(
            day,
            _("Teams come to %(place)s") % {"place": row.place},
            _("%(taken)d of %(places)d confirmed") % {"taken": row.number, "places": row.about or 0},
            reverse("member_request_detail", args=[row.key]),
        )
        for row, day in found
    ]
