"""What clearance looks at, for many teams in one query; and the search for the nearest clear teams."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Sum

from core.geo import LNG_SCALE
from dogs.facts import Busy, Liability, Need, TeamFacts
from dogs.models import SessionLog
from network.models import NetworkNumbers
from network.rules import Limits

# How far commitments and sessions are read around the need: its weeks, and the longest rest either side.
AROUND = timedelta(days=9)
LATELY = timedelta(days=90)
# What pages show of a team besides the facts that rules judge.
_SHOWN = (
    *("team_uuid", "dog_id", "dog_uuid", "breed", "coat", "ears", "likeness"),
    *("base_town", "force_id", "handler_user_id"),
    *("handler_telephone", "duty_contact", "duty_telephone"),
)
_GATHERED = ("certificate", "papers", "liability", "busy", "worked", "likeness")

# The shape of each row that `_facts` reads. Every sub-select is an index look-up for one team.
FACTS = """
select t.id as team_id, t.uuid as team_uuid, t.lat, t.lng, t.assessed_until, t.restrictions, t.base_town,
  t.since_on, t.is_active, t.assessed_on,
  t.force_id, t.handler_user_id,
  d.id as dog_id, d.uuid as dog_uuid, d.name as dog_name, d.sex, d.status as dog_status, d.born_on,
  d.breed, d.coat, d.ears, d.likeness,
  h.name as handler_name, h.status as handler_status, u.is_active as may_sign_in, p.telephone as handler_telephone,
  f.name as force_name, f.region, m.status as membership, m.duty_contact, m.duty_telephone,
  (select max(a.expires_on) from network_agreement a where a.force_id = t.force_id and a.status = 'active')
    as agreement_until,
  (select jsonb_build_object('kind', c.kind, 'until', c.expires_on) from network_certificate c
    where c.handler_id = t.handler_id and c.status = 'verified' order by c.expires_on desc limit 1) as certificate,
  (select jsonb_object_agg(x.kind, x.expires_on) from dogs_document x
    where x.dog_id = t.dog_id and x.status = 'verified') as papers,
  (select jsonb_build_object('until', x.expires_on, 'pounds', x.cover_pounds, 'workplace', x.covers_workplace)
    from dogs_document x where x.force_id = t.force_id and x.dog_id is null and x.kind = 'public_liability'
    and x.status = 'verified') as liability,
  (select jsonb_agg(jsonb_build_object('kind', b.kind, 'start', lower(b.period), 'end', upper(b.period),
      'is_trauma', b.is_trauma, 'of_dog', b.dog_id = t.dog_id) order by b.period)
    from dogs_commitment b where (b.dog_id = t.dog_id or b.handler_user_id = t.handler_user_id)
    and b.cancelled_at is null and b.period && %(around)s::tstzrange) as busy,
  (select jsonb_agg(jsonb_build_object('on', s.day, 'sessions', s.sessions, 'minutes', s.minutes)) from
    (select w.on as day, count(*) as sessions, sum(w.minutes) as minutes from dogs_sessionlog w
      where w.dog_id = t.dog_id and w.on between %(from_day)s and %(to_day)s group by w.on) s) as worked,
  greatest(
    (select max(w.on) from dogs_sessionlog w where w.dog_id = t.dog_id and w.on <= %(first_day)s),
    (select ((max(upper(b.period)) - interval '1 microsecond') at time zone 'Europe/London')::date
      from dogs_commitment b where b.dog_id = t.dog_id and b.cancelled_at is null and b.kind in ('deployment', 'visit')
      and upper(b.period) <= %(starts_at)s)) as last_worked,
  (select count(distinct w.on) from dogs_sessionlog w where w.dog_id = t.dog_id and w.on > %(lately)s) as days_worked
from dogs_team t
join dogs_dog d on d.id = t.dog_id
join network_handler h on h.id = t.handler_id
join accounts_user u on u.id = t.handler_user_id
join accounts_force f on f.id = t.force_id
left join network_membership m on m.force_id = t.force_id
left join accounts_profile p on p.user_id = t.handler_user_id
"""

# Nobody who is busy or resting then. The limits of rest are the numbers a coordinator can change.
FREE = """
not exists (select 1 from dogs_commitment b where b.dog_id = t.dog_id and b.cancelled_at is null
  and b.period && tstzrange(%(starts_at)s::timestamptz - %(rest_trauma)s, %(ends_at)s)
  and (b.period && tstzrange(%(starts_at)s, %(ends_at)s)
    or b.kind = 'deployment' and (b.is_trauma or upper(b.period) > %(starts_at)s::timestamptz - %(rest_event)s)))
and not exists (select 1 from dogs_commitment b where b.handler_user_id = t.handler_user_id and b.cancelled_at is null
  and b.period && tstzrange(%(starts_at)s, %(ends_at)s))
"""

# The partial index team_clear_near answers this: nearest first, the date inside the index.
NEAREST_CLEAR = f"""
select t.id from dogs_team t
where t.is_active and t.cleared_until is not null and t.cleared_until >= %(last_day)s and {FREE}
order by t.loc <-> point(%(lng)s * {LNG_SCALE}, %(lat)s) limit %(clear_limit)s
"""

NEAREST_OTHERS = f"""
select t.id from dogs_team t join dogs_dog d on d.id = t.dog_id
where t.is_active and d.status not in ('retired', 'died') and t.id not in (select id from near_clear)
order by t.loc <-> point(%(lng)s * {LNG_SCALE}, %(lat)s) limit %(other_limit)s
"""


def limits() -> Limits:
    """The network's numbers as they stand."""
    return NetworkNumbers.objects.get(pk=1).limits()


def worked_in_week(dog_id: int, on: date) -> dict[date, tuple[int, int]]:
    """For each day of that Monday-to-Sunday week on which the dog worked: its sessions and minutes."""
    monday = on - timedelta(days=on.weekday())
    rows = SessionLog.objects.filter(dog_id=dog_id, on__range=(monday, monday + timedelta(days=6)))
    found = rows.order_by().values("on").annotate(sessions=Count("pk"), worked=Sum("minutes"))
    return {row["on"]: (row["sessions"], row["worked"]) for row in found}


def nearest_teams(need: Need, numbers: Limits, *, clear: int, others: int) -> list[TeamFacts]:
    """Facts of the `clear` nearest teams that SQL finds clear and the `others` nearest of the rest.

    SQL narrows; `dogs.rules.judge` has the last word on each, with its reasons.
    """
    sql = (
        f"with near_clear as materialized ({NEAREST_CLEAR}), near_other as ({NEAREST_OTHERS}) {FACTS}"
        " where t.id in (select id from near_clear union all select id from near_other)"
    )
    return _facts(sql, {**search_values(need, numbers), "clear_limit": clear, "other_limit": others})


def team_facts(team_ids: Iterable[int], need: Need) -> list[TeamFacts]:
    """Facts of the named teams, for a need; in no order. One query whatever their number."""
    return _facts(f"{FACTS} where t.id = any (%(teams)s)", {**search_values(need, Limits()), "teams": list(team_ids)})


def every_team_facts(need: Need) -> list[TeamFacts]:
    """Facts of every working team in the country. For the command and small networks: the page uses `nearest_teams`."""
    return _facts(f"{FACTS} where t.is_active and d.status not in ('retired', 'died')", search_values(need, Limits()))


def search_values(need: Need, numbers: Limits) -> dict[str, Any]:
    """What the statements above are given, but for their limits."""
    return {
        "starts_at": need.starts_at,
        "ends_at": need.ends_at,
        "first_day": need.first_day,
        "last_day": need.last_day,
        "around": f"[{(need.starts_at - AROUND).isoformat()},{(need.ends_at + AROUND).isoformat()})",
        "from_day": need.first_day - AROUND,
        "to_day": need.last_day + AROUND,
        "lately": need.first_day - LATELY,
        "rest_trauma": timedelta(hours=numbers.rest_hours_after_trauma),
        "rest_event": timedelta(hours=numbers.rest_hours_after_event),
        "lat": need.lat,
        "lng": need.lng,
    }


def _facts(sql: str, values: Mapping[str, Any]) -> list[TeamFacts]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description or ()]
        return [_fact(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _fact(row: dict[str, Any]) -> TeamFacts:
    # Django has its connections hand jsonb over as text.
    row |= {name: json.loads(row[name]) for name in _GATHERED if row[name] is not None}
    certificate, liability = row["certificate"] or {}, row["liability"]
    return TeamFacts(
        team_id=row["team_id"],
        team_uuid=str(row["team_uuid"]),
        dog_name=row["dog_name"],
        pronoun="she" if row["sex"] == "f" else "he",
        dog_status=row["dog_status"],
        born_on=row["born_on"],
        handler_name=row["handler_name"],
        handler_status=row["handler_status"],
        may_sign_in=row["may_sign_in"],
        force_name=row["force_name"],
        region=row["region"],
        lat=row["lat"],
        lng=row["lng"],
        is_active=row["is_active"],
        since_on=row["since_on"],
        membership=row["membership"],
        agreement_until=row["agreement_until"],
        certificate_until=_date(certificate.get("until")),
        certificate_kind=certificate.get("kind", ""),
        assessed_on=row["assessed_on"],
        assessed_until=row["assessed_until"],
        restrictions=frozenset(row["restrictions"]),
        papers={kind: date.fromisoformat(until) for kind, until in (row["papers"] or {}).items()},
        liability=liability
        and Liability(date.fromisoformat(liability["until"]), liability["pounds"] or 0, liability["workplace"]),
        busy=tuple(_busy(found) for found in row["busy"] or ()),
        worked={date.fromisoformat(w["on"]): (w["sessions"], int(w["minutes"])) for w in row["worked"] or ()},
        last_worked=row["last_worked"],
        days_worked=row["days_worked"],
        extra={name: row[name] for name in _SHOWN},
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _busy(found: dict[str, Any]) -> Busy:
    start, end = datetime.fromisoformat(found["start"]), datetime.fromisoformat(found["end"])
    return Busy(kind=found["kind"], start=start, end=end, is_trauma=found["is_trauma"], of_dog=found["of_dog"])
