"""Row security: the same statement as the application's role, whom it binds, and as the owner, whom it does not."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import environ
import psycopg2
from django.db import connection
from django.db.models import QuerySet

from accounts.models import Role
from core.tenancy import scope, system_scope
from dogs.models import Commitment, Document, Team
from tests.bench.figures import Figure
from tests.bench.network_of_size import BASE, Network
from tests.bench.timing import many, quantile

TIMES = 60


def measure(network: Network, found: dict[str, Figure]) -> list[Figure]:
    """A lead's and a handler's usual lists, a line for each."""
    with system_scope():
        handler = BASE + 1
        force = Role.objects.filter(user_id=handler).values_list("force_id", flat=True)[0]
    figures = [_compare(f"a lead's {name}", rows, {"forces": (force,)}) for name, rows in LISTS.items()]
    return [*figures, *(_compare(f"a handler's {name}", rows, {"user": handler}) for name, rows in LISTS.items())]


def _teams() -> QuerySet[Any]:
    return Team.objects.select_related("dog", "handler").order_by("pk")[:50]


def _documents() -> QuerySet[Any]:
    return Document.objects.select_related("dog").filter(status="verified").order_by("expires_on", "pk")[:50]


def _commitments() -> QuerySet[Any]:
    return Commitment.objects.select_related("team__dog").order_by("-pk")[:50]


LISTS = {"teams": _teams, "documents": _documents, "commitments": _commitments}


def _compare(name: str, rows: Any, eyes: dict[str, Any]) -> Figure:
    with scope(**eyes):
        statement = rows().query.sql_with_params()
        walled = quantile(many(lambda: _run(connection, statement), TIMES), 0.5)
    with _owner() as strong:
        free = quantile(many(lambda: _run(strong, statement), TIMES), 0.5)
    return Figure(f"row security, {name}", walled, "ms", free, "as the owner", target=1.4, of_ratio=True)


def _run(where: Any, statement: tuple[str, tuple[Any, ...]]) -> None:
    with where.cursor() as cursor:
        cursor.execute(*statement)
        cursor.fetchall()


@contextmanager
def _owner() -> Iterator[Any]:
    """The same database as the role that owns its tables, which row security does not bind."""
    url = environ.Env.db_url_config(os.environ["OWNER_DATABASE_URL"])
    here = connection.settings_dict
    strong = psycopg2.connect(
        host=url["HOST"],
        port=url["PORT"] or None,
        user=url["USER"],
        password=url["PASSWORD"] or None,
        dbname=here["NAME"],
    )
    try:
        yield strong
    finally:
        strong.close()
