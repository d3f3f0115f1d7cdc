"""A network of any size, made with set-based statements: forces as they are loaded, everything else invented.

Each team has a user, a handler with a certificate, a dog with its five documents, and an assessment. Documents end
evenly over the year ahead, a few have ended. One team in five is committed at `NEAR`, 99 in a hundred on `FULL`.
"""

from datetime import date, timedelta
from typing import Any

# Far above anything a sequence gives out.
BASE = 10_000_000
DOCUMENTS_A_TEAM = 5
NEAR, FULL = timedelta(days=10), timedelta(days=60)
# Of the documents' last days: this long ago to this long ahead.
LAPSED, AHEAD = 14, 365
# With ends spread like that, about one team in a hundred still holds every document after this long.
RARE = timedelta(days=220)

LEADS = """
insert into accounts_user (id, uuid, password, email, is_active, date_joined)
  select %(base)s - 1 - id, uuidv7(), '!', 'bench-lead-' || id || '@ok9.example', true, now()
    from accounts_force
  union all select %(base)s, uuidv7(), '!', 'bench-coordinator@ok9.example', true, now();
insert into accounts_profile (uuid, user_id, name, telephone, texts, shares_telephone, language)
  select uuidv7(), %(base)s - 1 - id, 'Lee Lead', '07700 900100', true, true, 'en-gb' from accounts_force
  union all select uuidv7(), %(base)s, 'Ceri Coordinator', '07700 900101', true, true, 'en-gb';
insert into accounts_role (uuid, user_id, force_id, role)
  select uuidv7(), %(base)s - 1 - id, id, 'lead' from accounts_force
  union all select uuidv7(), %(base)s, null, 'coordinator';
"""

MEMBERS = """
insert into network_agreementtext (version, published_on, sign_by_on, text)
  values (1, '2025-01-01', '2025-04-01', 'We agree.') on conflict do nothing;
insert into network_agreement (uuid, force_id, text_id, status, offered_on, signed_by_name, expires_on)
  select uuidv7(), f.id, t.id, 'active', '2025-01-02', '', %(today)s::date + 1000
    from accounts_force f, network_agreementtext t where t.version = 1;
insert into network_membership (uuid, force_id, status, since_on, duty_contact, duty_telephone)
  select uuidv7(), id, 'member', '2025-01-05', 'Control room', '01632 960111' from accounts_force;
insert into dogs_document (uuid, force_id, kind, status, issued_on, expires_on, cover_pounds, covers_workplace, file,
    submitted_at, reason)
  select uuidv7(), id, 'public_liability', 'verified', %(today)s::date - 30, %(today)s::date + 1000, 10000000,
    true, '', now(), '' from accounts_force;
"""

# `chance(n, salt)` is a number in [0, 1) that is always the same for the same n and salt.
CHANCE = "((hashint8extended({n}, {salt}) & 1048575) / 1048576.0)"

FORCES = """place as materialized (select row_number() over (order by id) - 1 as slot, id, lat, lng,
  count(*) over () as all_of_them from accounts_force),
  numbered as (select n, %(base)s + n as id, place.id as force_id, lat, lng
  from generate_series(%(first)s::bigint, %(last)s::bigint) n join place on place.slot = n %% place.all_of_them)"""

PEOPLE = f"""
insert into accounts_user (id, uuid, password, email, is_active, date_joined)
  select %(base)s + n, uuidv7(), '!', 'bench-' || n || '@ok9.example', true, now()
    from generate_series(%(first)s::bigint, %(last)s::bigint) n;
insert into accounts_profile (uuid, user_id, name, telephone, texts, shares_telephone, language)
  select uuidv7(), %(base)s + n, 'Hari Handler', '07700 900123', true, true, 'en-gb'
    from generate_series(%(first)s::bigint, %(last)s::bigint) n;
with {FORCES} insert into accounts_role (uuid, user_id, force_id, role)
  select uuidv7(), id, force_id, 'handler' from numbered;
with {FORCES} insert into network_handler (id, uuid, force_id, handler_user_id, name, role_title, status)
  select id, uuidv7(), force_id, id, 'Hari Handler', 'Response officer', 'active' from numbered;
with {FORCES} insert into network_certificate (uuid, force_id, handler_id, handler_user_id, kind, status, issued_on,
    expires_on, file, submitted_at, reason)
  select uuidv7(), force_id, id, id, 'mhfa', 'verified', %(today)s::date - 30,
    %(today)s::date + 200 + ({CHANCE.format(n="n", salt=1)} * 800)::integer, '', now(), '' from numbered;
"""

DOGS = f"""
with {FORCES} insert into dogs_dog (id, uuid, force_id, name, status, status_reason, breed, coat, ears, sex, born_on)
  select id, uuidv7(), force_id, 'Bramble', 'accredited', '', 'Labrador', 'chocolate', 'drop', 'f',
    '2021-03-01' from numbered;
with {FORCES} insert into dogs_document (uuid, force_id, dog_id, kind, status, issued_on, expires_on, covers_workplace,
    file, submitted_at, reason)
  select uuidv7(), force_id, id, kind, 'verified', %(today)s::date - 400,
    %(today)s::date - {LAPSED} + ({CHANCE.format(n="n", salt="10 + kind_number")} * {LAPSED + AHEAD})::integer,
    false, '', now(), ''
    from numbered, unnest(array['insurance', 'risk_assessment', 'vet_check', 'vaccination', 'welfare_visit'])
      with ordinality as k(kind, kind_number);
with {FORCES} insert into dogs_team (id, uuid, force_id, dog_id, handler_id, handler_user_id, is_active, since_on,
    base_town, lat, lng, assessed_on, assessed_until, restrictions, cleared_until)
  select id, uuidv7(), force_id, id, id, id, true, '2022-01-01', 'Town',
    lat + ({CHANCE.format(n="n", salt=2)} - 0.5) * 0.8, lng + ({CHANCE.format(n="n", salt=3)} - 0.5) * 1.2,
    %(today)s::date - 30, %(today)s::date + 600, '{{}}',
    (select least(min(x.expires_on), %(today)s::date + 200 + ({CHANCE.format(n="n", salt=1)} * 800)::integer,
      %(today)s::date + 600) from dogs_document x where x.dog_id = numbered.id) from numbered;
"""

PROFILES = f"""
with {FORCES} insert into dogs_profile (uuid, force_id, dog_id, slug, name, breed, head, coat, ears, handler_first_name,
    handler_role, story, language, awards, parts, has_died, good_with, is_tribute, consent, consent_at,
    consent_by_id, published_at, published_by_id)
  select uuidv7(), force_id, id, 'bench-' || n, 'Bramble', 'Labrador', 'labrador', 'chocolate', 'drop', 'Hari',
    'Response officer', 'Bramble likes people.', 'en-gb', '[]',
    '{{story,answers,photos,handler,place,since,good_to_know,awards,tribute}}', false, '{{}}', false, 'given', now(),
    id, now(), %(base)s from numbered where n <= %(published)s;
"""

COMMITMENTS = f"""
with {FORCES} insert into dogs_commitment (uuid, force_id, team_id, dog_id, handler_id, handler_user_id, kind, period,
    is_trauma, note)
  select uuidv7(), force_id, id, id, id, id, 'visit',
    tstzrange(day + interval '9 hours', day + interval '17 hours'), false, ''
    from numbered, lateral (select %(near)s::date::timestamptz as day where n %% 5 = 0
      union all select %(full)s::date::timestamptz where n %% 100 <> 0) d;
"""


class Network:
    """The network in one database, as far as it has grown. `cursor` may write everything."""

    # Public pages are measured with as many dogs as a real gallery has.
    PUBLISHED = 190

    def __init__(self, cursor: Any, *, today: date) -> None:
        self._cursor, self.today, self.teams = cursor, today, 0

    def grow(self, teams: int) -> None:
        """Add teams until there are `teams`."""
        values = {
            "base": BASE,
            "today": self.today,
            "first": self.teams + 1,
            "last": teams,
            "published": self.PUBLISHED,
            "near": self.today + NEAR,
            "full": self.today + FULL,
        }
        steps = [PEOPLE, DOGS, PROFILES, COMMITMENTS]
        for step in [LEADS, MEMBERS, *steps] if not self.teams else steps:
            self._cursor.execute(step, values)
        self.teams = max(teams, self.teams)

    def run(self, statements: str) -> None:
        """Something more about this network that one benchmark needs."""
        self._cursor.execute(statements)
