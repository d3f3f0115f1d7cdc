"""What the coordinators' home draws below its counts: places by day, what ends, who waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from deployments.models import Request
from deployments.states import WORKED_ON
from portal.emails import thing_name
from portal.queries import expiring

# How far ahead the chart of places looks, and how high and wide a bar may be, in the drawing's own units.
DAYS = 14
BAR = 100
BAR_WIDTH = 60


@dataclass(frozen=True)
class Day:
    """The places of one day over all requests that somebody works on; heights of its bars."""

    name: str
    number: int
    needed: int
    filled: int
    x: int
    needed_height: int
    filled_height: int

    @property
    def short(self) -> int:
        return self.needed - self.filled

    @property
    def needed_top(self) -> int:
        return BAR - self.needed_height

    @property
    def filled_top(self) -> int:
        return BAR - self.filled_height


def places_by_day(requests: Iterable[Request], today: date) -> list[Day]:
    """Filled against needed, for each day from today on which a team is needed."""
    days: dict[date, list[int]] = {}
    for request in requests:
        if request.status not in WORKED_ON:
            continue
        for day in _days_of(request, today):
            sums = days.setdefault(day, [0, 0])
            sums[0] += request.places
            sums[1] += request.taken
    most = max((needed for needed, _filled in days.values()), default=1)
    return [
        Day(
            date_format(day, "D j M"),
            day.day,
            needed,
            filled,
            BAR_WIDTH * n,
            needed * BAR // most,
            filled * BAR // most,
        )
        for n, (day, (needed, filled)) in enumerate(sorted(days.items()))
    ]


def _days_of(request: Request, today: date) -> list[date]:
    """The request's days in London, those that are in the chart. One that ends at midnight has no part of the next."""
    first = localtime(request.starts_at).date()
    last = localtime(request.ends_at - timedelta(microseconds=1)).date()
    wanted = range(max(first, today).toordinal(), min(last, today + timedelta(days=DAYS - 1)).toordinal() + 1)
    return [date.fromordinal(day) for day in wanted]


@dataclass(frozen=True)
class Ending:
    """How many things of one kind have ended or end soon: each is counted once. `bars` are (class, x, width)."""

    name: str
    ended: int
    week: int
    month: int
    quarter: int
    bars: tuple[tuple[str, int, int], ...] = ()

    @property
    def all(self) -> int:
        return self.ended + self.week + self.month + self.quarter


ENDING = """
select what, sort_of, count(*) filter (where until < %s), count(*) filter (where until between %s and %s),
  count(*) filter (where until > %s and until <= %s), count(*) filter (where until > %s)
from ({}) ends group by what, sort_of
"""


def ending_by_kind(today: date) -> list[Ending]:
    """What counts now and has ended or ends within 90 days, by kind, most first: one query."""
    week, month, quarter = (today + timedelta(days=days) for days in (7, 30, 90))
    sql, values = expiring(quarter).order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(ENDING.format(sql), (today, today, week, week, month, month, *values))
        found = [Ending(thing_name(what, sort_of), *numbers) for what, sort_of, *numbers in cursor.fetchall()]
    most = max((line.all for line in found), default=1)
    return [_with_bars(line, most) for line in sorted(found, key=lambda line: (-line.all, line.name))]


def _with_bars(line: Ending, most: int) -> Ending:
    bars, x = [], 0
    for name in ("ended", "week", "month", "quarter"):
        width = getattr(line, name) * 2 * BAR // most
        if width:
            bars.append((name, x, max(width - 1, 1)))
        x += width
    return Ending(line.name, line.ended, line.week, line.month, line.quarter, tuple(bars))


@dataclass(frozen=True)
class Waits:
    """What only a coordinator can move on: how many, since when, and where."""

    name: str
    number: int
    since: date
    href: str


WATCHED = """
select
  (select count(*) from dogs_document where status = 'submitted')
  + (select count(*) from network_certificate where status = 'submitted') as to_verify,
  (select count(*) from notifications_message where failed_at is not null) as failed_mail,
  (select array[count(*)::text, min(offered_on)::text] from network_agreement where status = 'signed') as agreements,
  (select array[count(*)::text, min(requested_on)::text] from assessments_assessment where status = 'requested')
    as assessments,
  (select array[count(*)::text, (min(submitted_at) at time zone %(zone)s)::date::text] from (
    select submitted_at from dogs_document where status = 'submitted'
    union all select submitted_at from network_certificate where status = 'submitted') e) as evidence,
  (select array[count(*)::text, (min(reported_at) at time zone %(zone)s)::date::text] from dogs_incident
    where reviewed_at is null) as incidents,
  (select count(*) from dogs_draft where status = 'approved') as to_publish,
  (select count(*) from pages_enquiry where answered_at is null) as enquiries
"""


@dataclass(frozen=True)
class Watched:
    """The numbers on the coordinators' home that come from several apps."""

    to_verify: int
    failed_mail: int
    to_publish: int
    enquiries: int
    waits: list[Waits]


def watched() -> Watched:
    """What waits to be verified, mail that was given up, and what else waits: one query."""
    with connection.cursor() as cursor:
        cursor.execute(WATCHED, {"zone": settings.TIME_ZONE})
        to_verify, failed_mail, agreements, assessments, evidence, incidents, *counts = cursor.fetchone()
    to_publish, enquiries = counts
    waits = [
        _waits(_("Incidents to review"), incidents, reverse("coordinator_form_list")),
        _waits(_("Agreements to countersign"), agreements, _kept("network_agreement", "signed")),
        _waits(_("Assessments to book"), assessments, _kept("assessments_assessment", "requested")),
        _waits(_("Documents to verify"), evidence, reverse("coordinator_document_list")),
    ]
    return Watched(to_verify, failed_mail, to_publish, enquiries, [line for line in waits if line])


def _kept(model: str, status: str) -> str:
    return f"{reverse(f'admin:{model}_changelist')}?status__exact={status}"


def _waits(name: str, found: list[str], href: str) -> Waits | None:
    number, since = found
    return Waits(name, int(number), date.fromisoformat(since), href) if int(number) else None
