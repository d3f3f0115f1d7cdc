"""The two tenant walls, read from the database itself and tried with rows of every kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import date, datetime, timedelta
from uuid import uuid4

import environ
import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.access import roles_of
from accounts.models import Invitation, User
from assessments.models import Assessment, Criteria
from audit.models import Record
from core import tenancy
from core.tenancy import OutsideScopeError, Scope, TenantModel, refuse_strong_role, scope, system_scope
from deployments.actions.claims import Expense, add_expense, approve_claim, start_claim, submit_claim
from deployments.actions.deployments import Account, check_in, check_out, write_debrief
from deployments.models import Aftercare, Briefing, Deployment, Request, RequestDetail
from dogs.actions.commitments import book_time
from dogs.actions.kudos import give_kudos
from dogs.actions.work import log_session, report_incident
from dogs.inputs import IncidentReport, Session
from dogs.models import Answer, Dog, Draft, PartConsent, Photo, Profile, Team, WelfareVisit
from dogs.states import WelfareNeed
from notifications.models import Preference
from pages.actions.news import look_at_news
from pages.models import Text
from portal.models import Reminder
from promotion.models import Pack
from resources.actions.reading import acknowledge_version, count_download, keep_favourite
from resources.models import Version
from resources.states import Audience
from tests.conftest import UNTIL, Cast
from tests.factories.deployments import confirmed, proposed, submitted, triaged
from tests.factories.dogs import make_document
from tests.factories.pages import make_enquiry, make_news
from tests.factories.profiles import make_questions
from tests.factories.resources import make_resource

# Every table without row security, each with the reason why it needs none.
OPEN_TABLES = {
    "accounts_force": "reference data: the names and places of forces are public",
    "accounts_user": "sign-in finds the person before there is a scope; it holds an address and a password hash only",
    "account_emailaddress": "sign-in: the address that was verified",
    "account_emailconfirmation": "sign-in: links that verify an address",
    "mfa_authenticator": "sign-in: the second factor is asked for before there is a scope",
    "usersessions_usersession": "sign-in: the list of a person's own sessions",
    "django_session": "sign-in: found by its secret key",
    "dogs_question": "what makes them tick: the questions that public pages show, the same for everybody",
    "assessments_criteria": "a published text, the same for everybody",
    "network_agreementtext": "a published text, the same for everybody",
    "network_networknumbers": "the network's numbers, the same for everybody",
    "dogs_dailysalt": "the day's random number, about nobody, and gone the next day",
    "dogs_searchword": "words that names and breeds of published dogs are made of; whose, it does not say",
    "core_outcode": "reference data: where postcodes are",
    "core_run": "which nightly job has run for which date",
    "auth_group": "Django's own; not used",
    "auth_group_permissions": "Django's own; not used",
    "auth_permission": "Django's own; not used",
    "django_admin_log": "the plain admin's own list, which only coordinators open",
    "django_content_type": "Django's own: the names of models",
    "django_migrations": "Django's own: which migrations have run",
}
TENANT_MODELS = [model for model in apps.get_models() if issubclass(model, TenantModel)]
# Of what everybody may read in part, the part that nobody in particular may not.
KEPT_BACK = {
    "dogs.Profile": Q(published_at=None),
    "dogs.Answer": Q(profile__published_at=None),
    "dogs.Kudos": Q(profile__published_at=None),
    "dogs.Photo": Q(is_shown=False),
    "pages.Text": Q(published_at=None),
    "resources.Category": Q(pk=None),
    "resources.Resource": ~Q(audience="public"),
    "resources.Version": ~Q(resource__audience="public"),
    "resources.Download": Q(user__isnull=False),
}
PEOPLE = [
    "north_lead", "north_handler", "south_lead", "south_handler", "host_lead", "assessor", "coordinator", "visitor"
]  # fmt: skip


def ask(sql: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def refuse(sql: str, *values: object) -> None:
    """The database refuses the statement."""
    with pytest.raises((ProgrammingError, IntegrityError, InternalError)), transaction.atomic():
        connection.cursor().execute(sql, values)


@pytest.mark.django_db
def test_every_table_is_behind_row_security_or_has_a_reason_not_to() -> None:
    tables = dict(
        ask(
            "select relname, relrowsecurity and exists (select 1 from pg_policy where polrelid = c.oid) from pg_class c"
            " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm')"
        )
    )
    assert {name for name, walled in tables.items() if not walled} == set(OPEN_TABLES)


@pytest.mark.django_db
def test_every_tenant_model_has_a_policy_for_reading_and_for_writing() -> None:
    rows = ask("select polrelid::regclass::text, polcmd, polqual is not null, polwithcheck is not null from pg_policy")
    for model in TENANT_MODELS:
        policies = [row[1:] for row in rows if row[0] == model._meta.db_table]
        assert any(reads and command in ("*", "r") for command, reads, _ in policies), model
        assert any(writes and command in ("*", "a") for command, _, writes in policies), model


@pytest.mark.django_db
def test_who_may_read_a_row_and_not_write_it_may_not_delete_it() -> None:
    """PostgreSQL asks a delete for the `using` of its policy alone, never for the `check`."""
    policies = ask(
        "select polrelid::regclass::text, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)"
        " from pg_policy where polcmd = '*' and polwithcheck is not null"
    )
    owned = "(( SELECT app_national() AS app_national) OR %s)"  # the network adds a person's own and does not read it
    readers = {table for table, reads, writes in policies if writes not in (reads, owned % reads)}
    guarded = {table for (table,) in ask("select polrelid::regclass::text from pg_policy where polcmd = 'd'")}
    assert len(readers) > 10
    assert readers - guarded == {"resources_favourite"}  # one's own, to be let go of after it can't be read any more


@pytest.mark.django_db
def test_no_view_or_rule_goes_round_row_security() -> None:
    views = ask("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')")
    assert views == []


@pytest.mark.django_db
def test_functions_that_run_as_the_owner_have_a_fixed_path() -> None:
    loose = ask(
        "select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef"
        " and not coalesce(proconfig::text, '') like %s",
        "%search_path=pg_catalog, public%",
    )
    assert loose == []


@pytest.mark.django_db
def test_the_application_owns_nothing_and_may_empty_nothing() -> None:
    assert ask(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
    ) == [(False, False, False, False)]
    owned = ask(
        "select relname from pg_class where relnamespace = 'public'::regnamespace"
        " and pg_has_role(current_user, relowner, 'member')"
    )
    assert owned == []
    # The tests grant themselves TRUNCATE on tables that stand; what the migrations give is this.
    granted = ask("select defaclacl::text from pg_default_acl where defaclobjtype = 'r'")
    assert all("=arwd/" in str(acl) for (acl,) in granted)
    assert granted


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "alter table dogs_dog disable row level security",
        "drop policy tenant on dogs_dog",
        "alter table dogs_dog disable trigger all",
        "set session_replication_role = replica",
        "create table public.mine (id int)",
    ],
)
def test_the_application_cannot_take_the_wall_down(statement: str) -> None:
    refuse(statement)


@contextmanager
def serving_as(variable: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    url = environ.Env().db_url(variable)
    other = connection.copy()
    other.settings_dict.update(USER=url["USER"], PASSWORD=url["PASSWORD"])
    monkeypatch.setattr(tenancy, "connection", other)
    yield
    other.close()


@pytest.mark.django_db
def test_serving_as_the_owner_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving_as("OWNER_DATABASE_URL", monkeypatch), pytest.raises(ImproperlyConfigured, match="ok9_app"):
        refuse_strong_role()


@pytest.mark.django_db
def test_serving_as_the_application_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving_as("DATABASE_URL", monkeypatch):
        refuse_strong_role()


class ToldConnection:
    """A database that says of its role what the test wants."""

    def __init__(self, *told: bool) -> None:
        self.told = told

    def cursor(self) -> "ToldConnection":
        return self

    def __enter__(self) -> "ToldConnection":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def execute(self, _sql: str) -> None:
        pass

    def fetchone(self) -> tuple[bool, ...]:
        return self.told

    def close(self) -> None:
        pass


@pytest.mark.parametrize("told", [(True, False, False), (False, True, False), (False, False, True)])
def test_serving_as_a_superuser_or_past_row_security_is_refused(
    told: tuple[bool, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tenancy, "connection", ToldConnection(*told))
    with pytest.raises(ImproperlyConfigured, match="must not be a superuser"):
        refuse_strong_role()


@pytest.mark.django_db
def test_outside_a_scope_the_manager_raises_and_the_database_shows_nothing(world: Cast) -> None:
    for model in TENANT_MODELS:
        with pytest.raises(OutsideScopeError, match=model.__name__):
            model.objects.count()
        kept_back = KEPT_BACK.get(model._meta.label, Q())
        assert model.unscoped.filter(kept_back).count() == 0, model


@pytest.fixture(scope="module")
def kept_world(kept_cast: Cast, django_db_blocker: DjangoDbBlocker) -> Cast:
    """At least one row of every tenant model, in both forces where that can be."""
    with django_db_blocker.unblock():
        return _furnished(deepcopy(kept_cast), timezone.now())


@pytest.fixture
def world(kept_world: Cast, db: None) -> Cast:
    return deepcopy(kept_world)


def _furnished(cast: Cast, now: datetime) -> Cast:
    tomorrow = (now + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    _mutual_aid(cast, now, tomorrow)
    _records_of_dogs(cast, now)
    _library(cast, now)
    with system_scope():
        Reminder.objects.create(
            user_id=cast.north_handler.pk, kind="vet_check", item_id=1, expires_on=now.date(), threshold=7,
            reminded_on=now.date(),
        )  # fmt: skip
        Preference.objects.create(user_id=cast.north_handler.pk, topic="work", delivery="off")
        for force, by in ((cast.north, cast.north_lead), (cast.south, cast.south_lead), (None, cast.coordinator)):
            Invitation.objects.create(
                email=f"{uuid4().hex}@ok9.example", name="New Person", force=force,
                role="handler" if force else "assessor", token_hash=uuid4().hex, invited_by=by, invited_at=now,
                expires_at=now + timedelta(days=7),
            )  # fmt: skip
        make_news(cast.coordinator, now)
        make_news(cast.coordinator, now, audience="members")
        make_news(cast.coordinator, now, published=False)
        make_enquiry(now, organisation=cast.north)
    for user in (cast.north_handler, cast.south_handler):
        with scope(user=user.pk):
            look_at_news(by=user, now=now)
            Aftercare.objects.create(user=user, deployment_uuid=uuid4(), due_at=now)
    return cast


def _mutual_aid(cast: Cast, now: datetime, tomorrow: datetime) -> None:
    submitted(cast.host, starts_at=tomorrow, now=now)
    submitted(cast.north, starts_at=tomorrow, now=now)
    request = triaged(cast.host, starts_at=now + timedelta(hours=1), by=cast.coordinator, now=now, places=2)
    triaged(cast.south, starts_at=tomorrow + timedelta(days=30), by=cast.coordinator, now=now)
    north, _south = proposed(request, cast.north_team, cast.south_team, by=cast.coordinator, now=now)
    deployment = confirmed(north, lead=cast.north_lead, handler=cast.north_handler, now=now)
    with scope(user=cast.north_handler.pk):
        check_in(deployment=deployment, by=cast.north_handler, now=now)
        check_out(deployment=deployment, by=cast.north_handler, now=now + timedelta(hours=2))
        claim = start_claim(commitment=deployment.commitment, by=cast.north_handler, now=now + timedelta(hours=3))
        expense = Expense(kind="mileage", on=now.date(), what="There and back", miles=84)
        add_expense(claim=claim, expense=expense, key=uuid4(), by=cast.north_handler, now=now + timedelta(hours=3))
        submit_claim(claim=claim, by=cast.north_handler, now=now + timedelta(hours=3))
        account = Account(went_well="All.", change="", dog_after="Well.", needs_follow_up=False)
        write_debrief(deployment=deployment, account=account, by=cast.north_handler, now=now + timedelta(hours=3))

    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        approve_claim(claim=claim, by=cast.north_lead, now=now + timedelta(hours=4))


def _records_of_dogs(cast: Cast, now: datetime) -> None:
    criteria = Criteria.objects.create(version=1, published_on=date(2025, 1, 1), text="Calm.")
    sides = (
        (cast.north_team, cast.north_handler, cast.assessor, now),
        (cast.south_team, cast.south_handler, None, None),
    )
    for team, handler, assessor, published_at in sides:
        with scope(user=handler.pk):
            told, start = {"signposted": 2, "signposts": {"gp": 2}}, now + timedelta(days=40)
            session = Session(on=now.date(), minutes=20, people=9, **told)  # type: ignore[arg-type]
            log_session(team=team, session=session, key=uuid4(), commitment=None, by=handler, now=now)
            report = IncidentReport(kind="scare", happened_at=now, account="A loud noise.")
            report_incident(
                team=team, report=report, key=uuid4(), commitment=None, host_force_id=None, by=handler, now=now
            )
            book_time(team=team, kind="leave", start=start, end=start + timedelta(days=1), by=handler, now=now)
        with system_scope():
            _welfare_visits(team, cast.assessor, now)
            make_document(team.force, "sop", by=handler, until=UNTIL, status="submitted")
            Assessment.objects.create(
                force=team.force, team=team, handler_user=handler, assessor_user=assessor, criteria=criteria,
                requested_on=now.date(),
            )  # fmt: skip
            who = handler if published_at else None
            profile = Profile.objects.create(
                force=team.force, dog=team.dog, slug=team.dog.name.lower(), name=team.dog.name, breed="Labrador",
                head="round", coat="black", consent="given", consent_at=now, consent_by=handler, parts=["photos"],
                published_at=published_at, published_by=who,
            )  # fmt: skip
            Pack.objects.create(
                force=team.force, dog=team.dog, key=uuid4(), layout="ball", language="cy", starts_at=now,
                place="Canteen", made_by=handler, made_at=now,
            )  # fmt: skip
            _parts_of(profile, handler, now)


def _library(cast: Cast, now: datetime) -> None:
    """Something for each audience, and what each reader has done about all of it."""
    made = {"by": cast.coordinator, "now": now, "must_read_by": now.date() + timedelta(days=9), "file": "x.pdf"}
    for audience in Audience:
        make_resource(audience, audience=audience, **made)
    make_resource("draft", published=False, **made)
    for person in PEOPLE:
        here, by = scope_of(cast, person), getattr(cast, person, None)
        with scope(user=here.user, forces=here.forces, national=here.national):
            for version in Version.objects.filter(resource__status="published").select_related("resource"):
                count_download(version=version, by=by, now=now)
                if by:
                    acknowledge_version(version=version, by=by, now=now)
                    keep_favourite(resource=version.resource, by=by, now=now)


def _parts_of(profile: Profile, handler: User, now: datetime) -> None:
    """A draft, a consent, an answer; and two photos, of which one is part of what was published."""
    of = {"force": profile.force, "profile": profile}
    Draft.objects.create(**of, moved_at=now)
    PartConsent.objects.create(**of, part="photos", given_at=now, given_by=handler)
    Answer.objects.create(**of, question=make_questions()[0], words="Carrots.")
    give_kudos(profile=profile, address="192.0.2.1", agent="A phone", now=now)
    for is_shown in (True, False):
        Photo.objects.create(
            **of, file="photos/none.jpg", width=40, height=30, alt="Asleep", is_shown=is_shown, added_at=now
        )


def _welfare_visits(team: Team, assessor: User, now: datetime) -> None:
    """One that was sent, and a draft."""
    visit = {"force": team.force, "dog": team.dog, "dog_name": team.dog.name, "visitor": assessor, "saved_at": now}
    needs = dict.fromkeys(WelfareNeed.values, "met")
    WelfareVisit.objects.create(
        **visit, **needs, key=uuid4(), status="submitted", submitted_at=now, visited_on=now.date(), finding="improve"
    )
    WelfareVisit.objects.create(**visit, key=uuid4())


def scope_of(cast: Cast, person: str) -> Scope:
    """The scope that signing in as the person gives; nobody's for a visitor."""
    if person == "visitor":
        return Scope()
    user: User = getattr(cast, person)
    roles = roles_of(user)
    return Scope(user=user.pk, forces=roles.leads, national=roles.is_coordinator)


def seen_by_database(model: type[TenantModel], here: Scope) -> set[int]:
    """What row security alone lets through."""
    with scope(user=here.user, forces=here.forces, national=here.national):
        return set(model.unscoped.values_list("pk", flat=True))


def seen_by_manager(model: type[TenantModel], here: Scope) -> set[int]:
    """What the ORM's wall alone lets through: the database is told to show the whole network."""
    with system_scope():
        token = tenancy._current.set(here)
        try:
            return set(model.objects.values_list("pk", flat=True))
        finally:
            tenancy._current.reset(token)


@pytest.mark.django_db
def test_both_walls_say_the_same_for_everybody(world: Cast) -> None:
    different = []
    for model in TENANT_MODELS:
        for person in PEOPLE:
            here = scope_of(world, person)
            walls = seen_by_manager(model, here), seen_by_database(model, here)
            if model.network_reads and walls[0] != walls[1]:
                different.append((model._meta.label, person, *walls))
    assert different == []


@pytest.mark.django_db
def test_the_world_has_rows_of_every_kind_and_the_network_reads_them(world: Cast) -> None:
    network = scope_of(world, "coordinator")
    assert [m._meta.label for m in TENANT_MODELS if m.network_reads and not seen_by_database(m, network)] == []


@pytest.mark.django_db
def test_aftercare_is_read_by_its_handler_and_by_nobody_else(world: Cast) -> None:
    for person in PEOPLE:
        here = scope_of(world, person)
        with scope(user=here.user, forces=here.forces, national=here.national):
            read = [row.user_id for row in Aftercare.objects.all()]
            assert read == [row.user_id for row in Aftercare.unscoped.all()]
        assert read == ([here.user] if person.endswith("handler") else []), person


@pytest.mark.django_db
def test_a_lead_sees_the_own_force_and_not_another(world: Cast) -> None:
    north = scope_of(world, "north_lead")
    with scope(user=north.user, forces=north.forces):
        assert set(Team.objects.all()) == {world.north_team}
        assert {d.handler_user_id for d in Deployment.objects.all()} == {world.north_handler.pk}
    with system_scope():
        south_requests = set(Request.objects.filter(force=world.south).values_list("pk", flat=True))
    assert not seen_by_database(Request, north) & south_requests


@pytest.mark.django_db
def test_a_request_is_the_networks_alone_until_it_is_triaged(world: Cast) -> None:
    host, network = scope_of(world, "host_lead"), scope_of(world, "coordinator")
    for model in (Request, RequestDetail, Briefing):
        with system_scope():
            rows = model.objects.filter(force=world.host)
            path = "status" if model is Request else "request__status"
            fresh = set(rows.filter(**{path: "submitted"}).values_list("pk", flat=True))
        assert fresh
        assert fresh <= seen_by_database(model, network)
        assert not fresh & seen_by_database(model, host)


@pytest.mark.django_db
def test_a_donor_reads_of_a_request_what_it_was_offered_and_never_who_asked(world: Cast) -> None:
    donor, handler = scope_of(world, "south_lead"), scope_of(world, "south_handler")
    with system_scope():
        offered = Request.objects.get(offers__team=world.south_team)
    for here in (donor, handler):
        assert offered.pk in seen_by_database(Request, here)
        assert offered.pk not in seen_by_database(RequestDetail, here)
        assert offered.pk not in seen_by_database(Briefing, here)  # asked, but not confirmed
    assert offered.pk in seen_by_database(Briefing, scope_of(world, "north_handler"))


@pytest.mark.django_db
def test_another_forces_rows_can_be_neither_changed_nor_made(world: Cast) -> None:
    north, dog = scope_of(world, "north_lead"), world.south_team.dog
    with scope(user=north.user, forces=north.forces):
        assert Dog.unscoped.filter(pk=dog.pk).update(name="Stolen") == 0
        assert Dog.unscoped.filter(pk=dog.pk).delete()[0] == 0
        refuse(
            "insert into dogs_dog (uuid, force_id, name, status, status_reason, breed, coat, ears, sex, born_on)"
            " values (gen_random_uuid(), %s, 'Planted', 'prospective', '', 'Lab', '', '', 'f', '2020-01-01')",
            world.south.pk,
        )
        refuse("update dogs_dog set force_id = %s where id = %s", world.south.pk, world.north_team.dog_id)


@pytest.mark.django_db
def test_a_host_reads_its_request_and_does_not_change_it(world: Cast) -> None:
    host = scope_of(world, "host_lead")
    with scope(user=host.user, forces=host.forces):
        assert Request.objects.exists()
        refuse("update deployments_request set places = 50 where force_id = %s", world.host.pk)
        refuse("update deployments_requestdetail set story = '' where force_id = %s", world.host.pk)
        refuse("update deployments_briefing set practical = '' where force_id = %s", world.host.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("person", "tables"),
    [
        ("host_lead", ["deployments_request", "deployments_requestdetail", "deployments_briefing"]),
        ("host_lead", ["deployments_deployment"]),
        ("south_lead", ["deployments_request"]),
        ("north_handler", ["deployments_request", "deployments_briefing"]),
        ("north_handler", ["dogs_dog", "dogs_team", "network_handler", "accounts_role"]),
    ],
)
def test_who_reads_a_row_and_does_not_keep_it_deletes_none(world: Cast, person: str, tables: list[str]) -> None:
    here = scope_of(world, person)
    with scope(user=here.user, forces=here.forces):
        for table in tables:
            assert ask(f"select 1 from {table}"), table
            assert ask(f"delete from {table} returning 1") == [], table


@pytest.mark.django_db
def test_a_row_cannot_join_two_forces(world: Cast) -> None:
    """Foreign-key checks go past row security, so the keys carry the force."""
    north = scope_of(world, "north_lead")
    with scope(user=north.user, forces=north.forces):
        for column, foreign in (("dog_id", world.south_team.dog_id), ("handler_id", world.south_team.handler_id)):
            refuse(
                f"update dogs_team set {column} = %s where id = %s; set constraints all immediate",
                foreign,
                world.north_team.pk,
            )


@pytest.mark.django_db
def test_the_trail_can_be_added_to_and_not_changed(world: Cast) -> None:
    with system_scope():
        record = Record.objects.order_by("pk").first()
        assert record is not None
        assert Record.unscoped.filter(pk=record.pk).update(why="rewritten") == 0
        assert Record.unscoped.filter(pk=record.pk).delete()[0] == 0
        assert Record.objects.filter(pk=record.pk, why=record.why).exists()


@pytest.mark.django_db
def test_a_text_that_is_read_by_all_is_written_by_the_network_alone(world: Cast) -> None:
    for person in ("visitor", "north_handler", "south_lead"):
        here = scope_of(world, person)
        with scope(user=here.user, forces=here.forces):
            assert Text.unscoped.exists()
            assert ask("delete from pages_text returning id") == []
            refuse("update pages_text set body_en = 'Planted'")


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["visitor", "south_lead", "south_handler", "host_lead", "assessor"])
def test_a_published_profile_is_changed_by_its_own_people_alone(world: Cast, person: str) -> None:
    here = scope_of(world, person)
    columns = {"dogs_profile": "name", "dogs_answer": "words", "dogs_photo": "alt", "dogs_kudos": "paws"}
    with scope(user=here.user, forces=here.forces):
        assert Profile.unscoped.filter(force=world.north).exists()
        for table, column in columns.items():
            value = "77" if column == "paws" else "'Planted'"
            changed = ask(f"update {table} set {column} = {value} where force_id = %s returning id", world.north.pk)
            assert changed == [], table
            assert ask(f"delete from {table} where force_id = %s returning id", world.north.pk) == [], table


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["north_lead", "north_handler", "coordinator"])
def test_its_own_people_and_the_network_change_a_profile(world: Cast, person: str) -> None:
    here = scope_of(world, person)
    with scope(user=here.user, forces=here.forces, national=here.national):
        for table, column in (("dogs_profile", "name"), ("dogs_answer", "words"), ("dogs_photo", "alt")):
            changed = ask(f"update {table} set {column} = 'Theirs' where force_id = %s returning id", world.north.pk)
            assert changed, table
        assert ask("delete from dogs_answer where force_id = %s returning id", world.north.pk)


@pytest.mark.django_db
def test_readers_delete_nothing_of_the_library(world: Cast) -> None:
    for person in ("visitor", "north_handler", "north_lead", "assessor"):
        here = scope_of(world, person)
        with scope(user=here.user, forces=here.forces):
            for table in ("resources_category", "resources_resource", "resources_version"):
                assert ask(f"select id from {table}"), table
                assert ask(f"delete from {table} returning id") == [], table
    lead = scope_of(world, "north_lead")
    with scope(user=lead.user, forces=lead.forces):
        theirs = "resources_acknowledgement where user_id = %s"
        assert ask(f"select id from {theirs}", world.north_handler.pk)
        assert ask(f"delete from {theirs} returning id", world.north_handler.pk) == []
