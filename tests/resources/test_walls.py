"""Every audience and every role: what the ORM shows, what the database alone shows, and what nobody may write."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.access import roles_of
from accounts.models import User
from core.tenancy import scope, system_scope
from resources.models import Resource, Version
from resources.states import Audience
from tests.conftest import Cast
from tests.factories.accounts import make_user
from tests.factories.resources import make_resource

OPEN_TO = {
    "visitor": {"public"},
    "nobody": {"public"},
    "north_handler": {"public", "members", "handlers"},
    "north_lead": {"public", "members", "leads"},
    "deputy": {"public", "members", "leads"},
    "assessor": {"public", "members"},
    "lead_who_handles": {"public", "members", "handlers", "leads"},
    "coordinator": {*Audience.values, "draft", "withdrawn"},
}


@pytest.fixture
def people(cast: Cast, now: datetime) -> dict[str, User | None]:
    made: dict[str, Any] = {"by": cast.coordinator, "now": now, "must_read_by": now.date() + timedelta(days=9)}
    for audience in Audience.values:
        make_resource(audience, audience=audience, **made)
    make_resource("draft", audience="public", published=False, **made)
    make_resource("withdrawn", audience="public", **made)
    with system_scope():
        Resource.objects.filter(title="withdrawn").update(status="withdrawn")
        both = ("lead", cast.north), ("handler", cast.south)
        return {
            **{name: getattr(cast, name) for name in ("north_handler", "north_lead", "assessor", "coordinator")},
            "visitor": None,
            "nobody": make_user("nobody@x.example", "Nell Nobody"),
            "deputy": make_user("deputy@x.example", "Dee Deputy", ("deputy", cast.north)),
            "lead_who_handles": make_user("both@x.example", "Bo Both", *both),
        }


def entered(user: User | None) -> Any:
    roles = roles_of(user) if user else None
    return scope(
        user=user.pk if user else None,
        forces=roles.leads if roles else (),
        national=bool(roles and roles.is_coordinator),
    )


def ask(sql: str, *values: object) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@pytest.mark.parametrize("who", OPEN_TO)
def test_each_sees_what_is_for_them_through_both_walls(people: dict[str, User | None], who: str) -> None:
    with entered(people[who]):
        assert set(Resource.objects.values_list("title", flat=True)) == OPEN_TO[who]
        assert {row[0] for row in ask("select title from resources_resource")} == OPEN_TO[who]
        assert {version.resource.title for version in Version.objects.select_related("resource")} == OPEN_TO[who]
        versions = ask("select count(*), count(*) filter (where v.words = 'Lead and collar.') from resources_version v")
        assert versions == [(len(OPEN_TO[who]), len(OPEN_TO[who]))]


@pytest.mark.parametrize("who", [who for who in OPEN_TO if who != "coordinator"])
def test_nobody_but_the_network_writes_the_library(people: dict[str, User | None], who: str) -> None:
    with entered(people[who]):
        for table in ("resource", "version", "category"):
            column = {"resource": "title", "version": "words", "category": "name"}[table]
            with pytest.raises(ProgrammingError), transaction.atomic():
                ask(f"update resources_{table} set {column} = 'Mine' returning id")
        with pytest.raises(ProgrammingError), transaction.atomic():
            ask("insert into resources_category (uuid, position, name, name_cy) values (gen_random_uuid(), 1, 'x', '')")


@pytest.mark.parametrize(
    ("table", "column"), [("acknowledgement", "version_id"), ("favourite", "resource_id"), ("download", "version_id")]
)
def test_what_a_reader_can_not_see_they_can_not_sign_keep_or_take(
    people: dict[str, User | None], table: str, column: str
) -> None:
    with system_scope():
        hidden = Resource.objects.get(title="leads")
        target = hidden.pk if column == "resource_id" else hidden.current_id
    rest, value = (', "on", times, last_at', ", now(), 1, now()") if table == "download" else (", at", ", now()")
    sql = f"insert into resources_{table} (uuid, {column}, user_id{rest}) values (gen_random_uuid(), %s, %s{value})"
    for who in ("north_handler", "assessor"):
        user = people[who]
        assert user
        with entered(user), pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            connection.cursor().execute(sql, [target, user.pk])


def test_nobody_signs_for_somebody_else(people: dict[str, User | None], cast: Cast) -> None:
    with system_scope():
        version = Resource.objects.get(title="members").current_id
    sql = (
        "insert into resources_acknowledgement (uuid, version_id, user_id, at)"
        " values (gen_random_uuid(), %s, %s, now())"
    )
    with entered(cast.north_lead), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(sql, [version, cast.north_handler.pk])
