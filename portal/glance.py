"""What a member's home shows beside the tasks, in one query: the network's numbers, what is new, people met."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language

from network.rules import Limits

WEEKS = 4
MOST_NEW = 3
# To somebody who never looked at the news, what is older than this is not new.
NEWS_AT_FIRST = timedelta(days=30)
BAR = 60  # the height of the highest bar, in the picture's units

GLANCE = """
select to_jsonb(n) as numbers,
  (select jsonb_agg(m) from (select uuid, subject, parts, queued_at from notifications_message
    where user_id = %(user)s and in_inbox and read_at is null
    order by queued_at desc, id desc limit %(most)s) m) as new,
  (select jsonb_agg(w) from (select date_trunc('week', s.on)::date as monday, sum(s.people) as people
    from dogs_sessionlog s where s.on >= %(first)s and s.on < %(after)s
      and (s.force_id = any(%(leads)s::bigint[]) or s.handler_user_id = %(user)s) group by 1) w) as met,
  (select jsonb_agg(b order by b.day) from (select a.uuid, a.booked_for as day, f.name as force
    from assessments_assessment a join accounts_force f on f.id = a.force_id
    where a.assessor_user_id = %(user)s and a.status = 'booked'
    order by a.booked_for, a.id limit %(most_booked)s) b) as to_assess,
  (select to_jsonb(count(*)) from pages_text t where t.kind = 'news' and t.published_at > coalesce(
    (select seen_at from pages_newsseen where user_id = %(user)s), %(news_since)s::timestamptz)) as news
from network_networknumbers n where n.id = 1
"""


@dataclass(frozen=True)
class New:
    """An unread message."""

    subject: str
    language: str
    href: str
    at: datetime


@dataclass(frozen=True)
class Week:
    """People met in one week, and how it is drawn: 0 is the top of the picture."""

    monday: date
    people: int
    x: int
    height: int
    is_highest: bool

    @property
    def y(self) -> int:
        return BAR - self.height

    @property
    def middle(self) -> int:
        return self.x + 29


@dataclass(frozen=True)
class ToAssess:
    """An assessment that the reader is to judge."""

    uuid: UUID
    day: date
    force: str


@dataclass(frozen=True)
class Glance:
    """`news` is how many pieces of news came since this person last looked at them."""

    limits: Limits
    new: list[New]
    weeks: list[Week]
    to_assess: list[ToAssess]
    news: int

    @property
    def people(self) -> int:
        return sum(week.people for week in self.weeks)


def glance(user_id: int, leads: Collection[int], *, now: datetime) -> Glance:
    """For one person: of the forces in `leads` everything, of others what is their own."""
    today = localdate(now)
    this_monday = today - timedelta(days=today.weekday())
    values: dict[str, Any] = {
        "user": user_id,
        "leads": list(leads),
        "most": MOST_NEW,
        "most_booked": 20,
        "first": this_monday - timedelta(weeks=WEEKS),
        "after": this_monday,
        "news_since": now - NEWS_AT_FIRST,
    }
    with connection.cursor() as cursor:
        cursor.execute(GLANCE, values)
        numbers, new, met, to_assess, news = (json.loads(part) if part else [] for part in cursor.fetchone())
    return Glance(
        limits=Limits(**{name: numbers[name] for name in Limits.__dataclass_fields__}),
        new=[_new(row) for row in new],
        weeks=_weeks({date.fromisoformat(row["monday"]): int(row["people"]) for row in met}, this_monday),
        to_assess=[ToAssess(UUID(row["uuid"]), date.fromisoformat(row["day"]), row["force"]) for row in to_assess],
        news=news,
    )


def _new(row: dict[str, Any]) -> New:
    """In the language of the page, where the message was written in it."""
    parts = row["parts"] or [{"language": "", "subject": row["subject"]}]
    part = next((part for part in parts if part["language"] == get_language()), parts[0])
    href = reverse("member_inbox_detail", args=[row["uuid"]])
    return New(part["subject"], part["language"], href, datetime.fromisoformat(row["queued_at"]))


def _weeks(people: dict[date, int], this_monday: date) -> list[Week]:
    """The four whole weeks before this one, the oldest first."""
    mondays = [this_monday - timedelta(weeks=back) for back in range(WEEKS, 0, -1)]
    most = max((people.get(monday, 0) for monday in mondays), default=0)
    weeks = []
    for number, monday in enumerate(mondays):
        met = people.get(monday, 0)
        height = round(BAR * met / most) if most else 0
        weeks.append(Week(monday, met, x=8 + 76 * number, height=height, is_highest=0 < met == most))
    return weeks
