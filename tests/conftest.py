"""The database as the application's role sees it, and the fixed cast that every test knows."""

import gc
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import environ
import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from accounts.models import Force, User
from core.tenancy import system_scope
from dogs.models import Team
from network.models import NetworkNumbers
from tests.factories.accounts import make_force, make_users
from tests.factories.dogs import make_document, make_team
from tests.factories.network import make_handler, make_member

# The last day of every paper that holds: far enough away whenever the tests run.
UNTIL = date(timezone.now().year + 4, 6, 30)
# Tests make a great deal and keep most of it to their end: looking through it less often saves a twentieth of the time.
gc.set_threshold(50_000, 50, 50)


class JourneysTogether(LoadScopeScheduling):
    """All journeys go to one worker, first of all: they share one running system, and take longest."""

    def _split_scope(self, nodeid: str) -> str:
        return "journeys" if nodeid.startswith("tests/journeys/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> JourneysTogether:
    return JourneysTogether(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests counted and noted with `record_property("counted", …)`, from whichever worker."""
    for report in terminalreporter.stats.get("passed", []):
        for name, words in report.user_properties:
            if name == "counted":
                terminalreporter.write_line(words)


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
        coordinator, assessor, north_lead, north_handler, south_lead, south_handler, host_lead = make_users(
            ("coordinator@ok9.example", "Ceri Coordinator", ("coordinator", None)),
            ("assessor@ok9.example", "Asha Assessor", ("assessor", None)),
            ("lead@northshire.example", "Lee Northshire", ("lead", north)),
            ("handler@northshire.example", "Hari Northshire", ("handler", north)),
            ("lead@southshire.example", "Lee Southshire", ("lead", south)),
            ("handler@southshire.example", "Hari Southshire", ("handler", south)),
            ("lead@hostshire.example", "Hope Hostshire", ("lead", host)),
        )
        teams = []
        for force, user, name in ((north, north_handler, "Bramble"), (south, south_handler, "Custard")):
            make_member(force, by=coordinator, until=UNTIL)
            make_document(force, "public_liability", by=coordinator, until=UNTIL)
            handler = make_handler(force, user, by=coordinator, until=UNTIL)
            teams.append(make_team(force, handler, by=coordinator, until=UNTIL, name=name))
        make_member(host, by=coordinator, until=UNTIL)
    north_team, south_team = teams
    return Cast(
        north, south, host, north_lead, north_handler, south_lead, south_handler, host_lead, assessor, coordinator,
        north_team, south_team,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A request for a Welsh page leaves its language behind; the next test begins in English."""
    with translation.override("en-gb"):
        yield


@pytest.fixture(scope="module")
def kept_cast(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Cast | None]:
    """The cast, made once for a module: its tests undo what they do, and the module undoes the cast.

    None where a test of the module commits, and so empties the tables.
    """
    mine = [item for item in request.session.items if item.path == request.path]
    if any(_commits(item) for item in mine):
        yield None
        return
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_cast()
        transaction.set_rollback(True)


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ())


@pytest.fixture
def cast(kept_cast: Cast | None, db: None) -> Cast:
    """What a test changes in these rows and objects is its own."""
    return deepcopy(kept_cast) if kept_cast else build_cast()


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def one_moment(now: datetime) -> Iterator[None]:
    """The clock stands still: what is counted by the minute or the hour is counted in the same one."""
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def tomorrow(now: datetime) -> datetime:
    return (now + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)


class SignedIn(Client):
    """A browser in which somebody has signed in, coordinators with their second factor."""

    def sign_in(self, user: User, *, second_factor: bool = True) -> "SignedIn":
        """The session that a sign-in leaves, without its way there."""
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        (session[BACKEND_SESSION_KEY],) = settings.AUTHENTICATION_BACKENDS
        if second_factor:
            session["account_authentication_methods"] = [{"method": "password"}, {"method": "mfa", "type": "totp"}]
        session.save()
        self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return self


@pytest.fixture
def as_user() -> type[SignedIn]:
    """`as_user().sign_in(cast.north_lead)` is a client of hers."""
    return SignedIn
