"""The database as the application's role sees it, and the fixed cast that every test knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import environ
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from accounts.models import Force, User
from core.tenancy import system_scope
from dogs.models import Team
from network.models import NetworkNumbers
from tests.factories.accounts import make_force, make_user
from tests.factories.dogs import make_document, make_team
from tests.factories.network import make_handler, make_member

UNTIL = date(2030, 6, 30)


class JourneysTogether(LoadScopeScheduling):
    """All journeys go to one worker, first of all: they share one running system, and take longest."""

    def _split_scope(self, nodeid: str) -> str:
        return "journeys" if nodeid.startswith("tests/journeys/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> JourneysTogether:
    return JourneysTogether(config, log)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Make and migrate the test database as the owner …"""
    _connect_as("OWNER_DATABASE_URL")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """… then run every test as the application's role, which row security binds."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:  # transactional tests empty their tables; the application never may
            cursor.execute("grant truncate on all tables in schema public to ok9_app")
        _connect_as("DATABASE_URL")
    yield
    with django_db_blocker.unblock():
        _connect_as("OWNER_DATABASE_URL")


def _connect_as(variable: str) -> None:
    connection.close()
    url = environ.Env().db_url(variable)
    connection.settings_dict.update(USER=url["USER"], PASSWORD=url["PASSWORD"])


@dataclass
class Cast:
    """Two member forces with a lead, a handler and a clear team each; an assessor; a coordinator."""

    north: Force
    south: Force
    host: Force
    north_lead: User
    north_handler: User
    south_lead: User
    south_handler: User
    host_lead: User
    assessor: User
    coordinator: User
    north_team: Team
    south_team: Team


def build_cast() -> Cast:
    NetworkNumbers.objects.get_or_create(pk=1)  # a transactional test empties this table too
    with system_scope():
        north, south = make_force("northshire", region="North"), make_force("southshire", region="South", lat=51.0)
        host = make_force("hostshire", region="North", lat=53.0)
        coordinator = make_user("coordinator@ok9.example", "Ceri Coordinator", ("coordinator", None))
        assessor = make_user("assessor@ok9.example", "Asha Assessor", ("assessor", None))
        people = {}
        for force in (north, south):
            slug = force.slug
            lead = make_user(f"lead@{slug}.example", f"Lee {slug.capitalize()}", ("lead", force))
            user = make_user(f"handler@{slug}.example", f"Hari {slug.capitalize()}", ("handler", force))
            make_member(force, by=coordinator, until=UNTIL)
            make_document(force, "public_liability", by=coordinator, until=UNTIL)
            handler = make_handler(force, user, by=coordinator, until=UNTIL)
            name = "Bramble" if force is north else "Custard"
            people[slug] = lead, user, make_team(force, handler, by=coordinator, until=UNTIL, name=name)
        host_lead = make_user("lead@hostshire.example", "Hope Hostshire", ("lead", host))
        make_member(host, by=coordinator, until=UNTIL)
    (north_lead, north_handler, north_team), (south_lead, south_handler, south_team) = people.values()
    return Cast(
        north, south, host, north_lead, north_handler, south_lead, south_handler, host_lead, assessor, coordinator,
        north_team, south_team,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A request for a Welsh page leaves its language behind; the next test begins in English."""
    with translation.override("en-gb"):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def tomorrow(now: datetime) -> datetime:
    return (now + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)


class SignedIn(Client):
    """A browser in which somebody has signed in, coordinators with their second factor."""

    def sign_in(self, user: User, *, second_factor: bool = True) -> "SignedIn":
        self.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        if second_factor:
            session = self.session
            session["account_authentication_methods"] = [{"method": "password"}, {"method": "mfa", "type": "totp"}]
            session.save()
        return self


@pytest.fixture
def as_user() -> type[SignedIn]:
    """`as_user().sign_in(cast.north_lead)` is a client of hers."""
    return SignedIn
