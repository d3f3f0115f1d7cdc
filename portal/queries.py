"""What lapses, across apps: the night's one scan, and the coordinators' list."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, UUIDField, Value

from dogs.models import Document, Team
from dogs.states import GONE
from network.models import Agreement, Certificate
from network.rules import COORDINATORS_REMINDED_FROM, LEAD_REMINDED_FROM
from network.states import AgreementStatus, EvidenceStatus, HandlerStatus, MembershipStatus
from portal.rules import THRESHOLDS

# The days that crossed a threshold since the last scan, whom they concern, and a row for each who was not told yet.
# Each lateral part reads a range of the partial index on the last day; `offset 0` and the single-row look-ups keep the
# planner, which can't see how few rows a night has, from reading whole tables instead.
SCAN = """
with threshold as materialized (
  select t.threshold, %(after)s::date + t.days as after, %(upto)s::date + t.days as upto
  from unnest(%(thresholds)s::smallint[], %(days)s::integer[]) t(threshold, days)
),
due as materialized (
  select 'document' as kind, x.id as item_id, x.force_id, x.dog_id, null::bigint as handler_user_id, x.expires_on,
    t.threshold
    from threshold t, lateral (select id, force_id, dog_id, expires_on from dogs_document
      where status = 'verified' and expires_on > t.after and expires_on <= t.upto offset 0) x
    where coalesce((select status from dogs_dog where id = x.dog_id), '') not in ('retired', 'died')
  union all
  select 'certificate', c.id, c.force_id, null, c.handler_user_id, c.expires_on, t.threshold
    from threshold t, lateral (select id, force_id, handler_id, handler_user_id, expires_on from network_certificate
      where status = 'verified' and expires_on > t.after and expires_on <= t.upto offset 0) c
    where (select status from network_handler where id = c.handler_id) <> 'left'
      and not exists (select 1 from network_certificate n where n.handler_id = c.handler_id and n.status = 'verified'
        and n.expires_on > c.expires_on)
  union all
  select 'assessment', m.id, m.force_id, null, m.handler_user_id, m.assessed_until, t.threshold
    from threshold t, lateral (select id, force_id, dog_id, handler_id, handler_user_id, assessed_until from dogs_team
      where is_active and assessed_until > t.after and assessed_until <= t.upto offset 0) m
    where (select status from dogs_dog where id = m.dog_id) not in ('retired', 'died')
      and (select status from network_handler where id = m.handler_id) <> 'left'
  union all
  select 'agreement', a.id, a.force_id, null, null, a.expires_on, t.threshold
    from threshold t, lateral (select id, force_id, expires_on from network_agreement
      where status = 'active' and expires_on > t.after and expires_on <= t.upto offset 0) a
),
wanted as (
  select * from due where force_id not in (select force_id from network_membership where status = 'left')
),
keeper as materialized (
  select user_id, force_id, role from accounts_role where role in ('lead', 'deputy', 'coordinator')
),
concerned as (
  select handler_user_id as user_id, w.* from wanted w where handler_user_id is not null
  union all
  select m.handler_user_id, w.* from wanted w, lateral (select handler_user_id, handler_id from dogs_team
      where dog_id = w.dog_id and is_active offset 0) m
    where w.dog_id is not null and (select status from network_handler where id = m.handler_id) <> 'left'
  union all
  select k.user_id, w.* from wanted w join keeper k on k.force_id = w.force_id
    where w.threshold <= %(lead_from)s or (w.dog_id is null and w.handler_user_id is null)
  union all
  select k.user_id, w.* from wanted w join keeper k on k.role = 'coordinator'
    where w.threshold <= %(coordinators_from)s
)
insert into portal_reminder (user_id, kind, item_id, expires_on, threshold, reminded_on)
select c.user_id, c.kind, c.item_id, c.expires_on, c.threshold, %(upto)s
  from concerned c where (select is_active from accounts_user where id = c.user_id)
on conflict do nothing
returning id, user_id, kind, item_id, expires_on
"""

# What the mail says of each thing that lapses: one statement a kind, for the rows of the night alone.
_ABOUT = """
select {item}.id, {sort_of} as sort_of, f.name as force_name, f.uuid as force_uuid,
  {dog} as dog_name, {dog_uuid} as dog_uuid, {handler} as handler_name, {handler_uuid} as handler_uuid,
  {waiting} as waiting_since, {booked} as booked_on
from {table} {item} {joins} join accounts_force f on f.id = {item}.force_id
where {item}.id = any (%(ids)s)
"""
_NOTHING = {
    "sort_of": "''",
    "dog": "''",
    "dog_uuid": "null::uuid",
    "handler": "''",
    "handler_uuid": "null::uuid",
    "waiting": "null::timestamptz",
    "booked": "null::date",
    "joins": "",
}
ABOUT = {
    "document": _ABOUT.format_map(
        _NOTHING
        | {
            "table": "dogs_document",
            "item": "x",
            "sort_of": "x.kind",
            "joins": "left join dogs_dog g on g.id = x.dog_id",
            "dog": "coalesce(g.name, '')",
            "dog_uuid": "g.uuid",
            "waiting": "(select max(n.submitted_at) from dogs_document n where n.status = 'submitted'"
            " and n.kind = x.kind and n.force_id = x.force_id"
            " and (n.dog_id = x.dog_id or (n.dog_id is null and x.dog_id is null)))",
        }
    ),
    "certificate": _ABOUT.format_map(
        _NOTHING
        | {
            "table": "network_certificate",
            "item": "c",
            "sort_of": "c.kind",
            "joins": "join network_handler h on h.id = c.handler_id",
            "handler": "h.name",
            "handler_uuid": "h.uuid",
            "waiting": "(select max(n.submitted_at) from network_certificate n where n.status = 'submitted'"
            " and n.kind = c.kind and n.handler_id = c.handler_id)",
        }
    ),
    "assessment": _ABOUT.format_map(
        _NOTHING
        | {
            "table": "dogs_team",
            "item": "m",
            "joins": "join dogs_dog g on g.id = m.dog_id",
            "dog": "g.name",
            "dog_uuid": "g.uuid",
            "booked": "(select max(b.booked_for) from assessments_assessment b where b.team_id = m.id"
            " and b.status = 'booked')",
        }
    ),
    "agreement": _ABOUT.format_map(_NOTHING | {"table": "network_agreement", "item": "a"}),
}


@dataclass(frozen=True)
class Thing:
    """What lapses: its own name, and whose it is."""

    sort_of: str
    force_name: str
    force_uuid: UUID
    dog_name: str
    dog_uuid: UUID | None
    handler_name: str
    handler_uuid: UUID | None
    waiting_since: datetime | None
    booked_on: date | None


@dataclass(frozen=True)
class Lapsing:
    """One thing that lapses, as one person is told of it; `first_id` is the reminder's."""

    first_id: int
    kind: str
    expires_on: date
    thing: Thing


def take_lapsing(*, after: date, upto: date) -> dict[int, list[Lapsing]]:
    """Note every reminder whose threshold lies later than `after` and not later than `upto`; the new ones by user.

    What a person was told before is left out; a thing that crossed several thresholds is one. Needs a scope of the
    whole network.
    """
    values: dict[str, Any] = {
        "after": after,
        "upto": upto,
        "thresholds": list(THRESHOLDS),
        "days": list(THRESHOLDS.values()),
        "lead_from": LEAD_REMINDED_FROM,
        "coordinators_from": COORDINATORS_REMINDED_FROM,
    }
    with connection.cursor() as cursor:
        cursor.execute(SCAN, values)
        added = cursor.fetchall()
    firsts: dict[tuple[int, str, int, date], int] = {}
    for reminder, *told in sorted(added):
        firsts.setdefault(tuple(told), reminder)
    things = _things({(kind, item) for _user, kind, item, _day in firsts})
    found: dict[int, list[Lapsing]] = defaultdict(list)
    for (user, kind, item, expires_on), first in firsts.items():
        found[user].append(Lapsing(first, kind, expires_on, things[kind, item]))
    return found


def _things(wanted: set[tuple[str, int]]) -> dict[tuple[str, int], Thing]:
    found: dict[tuple[str, int], Thing] = {}
    for kind, statement in ABOUT.items():
        ids = sorted(item for of_kind, item in wanted if of_kind == kind)
        if ids:
            with connection.cursor() as cursor:
                cursor.execute(statement, {"ids": ids})
                found |= {(kind, item): Thing(*about) for item, *about in cursor.fetchall()}
    return found


NO_DOG = Value(None, output_field=UUIDField())


def expiring(upto: date) -> QuerySet[Any, Any]:
    """Everything that counts now and ends on or before `upto`, ended things included: force by force, by day."""
    works = Q(dog__isnull=True) | ~Q(dog__status__in=GONE)
    documents = Document.objects.filter(works, status=EvidenceStatus.VERIFIED, expires_on__lte=upto)
    certificates = Certificate.objects.filter(status=EvidenceStatus.VERIFIED, expires_on__lte=upto)
    # Of the two kinds one is enough: what counts is the one that holds longest.
    longer = Certificate.objects.filter(handler=OuterRef("handler"), status=EvidenceStatus.VERIFIED)
    certificates = certificates.exclude(Exists(longer.filter(expires_on__gt=OuterRef("expires_on"))))
    teams = Team.objects.filter(is_active=True, assessed_until__lte=upto)
    agreements = Agreement.objects.filter(status=AgreementStatus.ACTIVE, expires_on__lte=upto)
    still = Q(force__membership__isnull=True) | ~Q(force__membership__status=MembershipStatus.LEFT)
    rows = [
        _values(
            documents.filter(still),
            "document",
            sort_of=F("kind"),
            whose=F("dog__name"),
            until=F("expires_on"),
            dog_uuid=F("dog__uuid"),
        ),
        _values(
            certificates.filter(still).exclude(handler__status=HandlerStatus.LEFT),
            "certificate",
            sort_of=F("kind"),
            whose=F("handler__name"),
            until=F("expires_on"),
            dog_uuid=NO_DOG,
        ),
        _values(
            teams.filter(still).exclude(dog__status__in=GONE).exclude(handler__status=HandlerStatus.LEFT),
            "assessment",
            sort_of=Value(""),
            whose=F("dog__name"),
            until=F("assessed_until"),
            dog_uuid=F("dog__uuid"),
        ),
        _values(
            agreements.filter(still),
            "agreement",
            sort_of=Value(""),
            whose=Value(""),
            until=F("expires_on"),
            dog_uuid=NO_DOG,
        ),
    ]
    return rows[0].union(*rows[1:], all=True).order_by("force_name", "until", "what", "item_uuid")


def _values(rows: Any, what: str, **columns: Any) -> Any:
    return rows.values(what=Value(what), item_uuid=F("uuid"), force_name=F("force__name"), **columns)
