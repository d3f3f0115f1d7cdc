"""The two tenant walls: a scope that every query needs, and row security that PostgreSQL enforces.

Wall 1 is `ScopedManager`: it raises outside a scope and filters inside one. Wall 2 is the database's own row
security, which reads three transaction-local settings that only a scope sets. Neither trusts the other.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models, transaction
from django.db.migrations import RunSQL
from django.db.migrations.operations.base import Operation

M = TypeVar("M", bound=models.Model)

FORCES = "any ((select app_forces())::bigint[])"
USER = "(select app_user())"
NATIONAL = "(select app_national())"

SCOPE_FUNCTIONS = """
create or replace function app_forces() returns bigint[] stable parallel safe language sql as
  $$ select coalesce(nullif(current_setting('app.forces', true), ''), '{}')::bigint[] $$;
create or replace function app_user() returns bigint stable parallel safe language sql as
  $$ select nullif(current_setting('app.user', true), '')::bigint $$;
create or replace function app_national() returns boolean stable parallel safe language sql as
  $$ select coalesce(current_setting('app.national', true), '') = 'on' $$;
"""


@dataclass(frozen=True)
class Scope:
    """Whose eyes a query has: a user, the forces whose rows they keep, or the whole network."""

    user: int | None = None
    forces: tuple[int, ...] = ()
    national: bool = False


class OutsideScopeError(RuntimeError):
    """A tenant table was queried where nobody said for whom."""


_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current_scope() -> Scope | None:
    return _current.get()


def _apply(wanted: Scope | None) -> None:
    wanted = wanted or Scope()
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('app.user', %s, true), set_config('app.forces', %s, true),"
            " set_config('app.national', %s, true)",
            [str(wanted.user or ""), f"{{{','.join(map(str, wanted.forces))}}}", "on" if wanted.national else ""],
        )


@contextmanager
def _entered(wanted: Scope) -> Iterator[Scope]:
    previous, nested = _current.get(), connection.in_atomic_block
    with transaction.atomic():
        _apply(wanted)
        token = _current.set(wanted)
        try:
            yield wanted
        finally:
            _current.reset(token)
        # On the error path the (savepoint's) rollback restores the settings itself.
        if nested and not connection.needs_rollback:
            _apply(previous)


@dataclass(frozen=True)
class Entry:
    """What the database told on entering: the roles held, the person's own profile, and how much is unread."""

    rows: list[dict[str, Any]]
    person: dict[str, Any] | None
    unread: int = 0


@contextmanager
def enter_as(user: int) -> Iterator[Entry]:
    """Open the scope of a signed-in user with one query: the database reads the roles and sets the wall itself."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select app_enter(%s)", [user])
            told = json.loads(cursor.fetchone()[0])
        token = _current.set(Scope(user=user, forces=tuple(told["forces"]), national=told["national"]))
        try:
            yield Entry(rows=told["roles"], person=told["person"], unread=told["unread"])
        finally:
            _current.reset(token)


def scope(*, user: int | None = None, forces: tuple[int, ...] = (), national: bool = False) -> Any:
    """Open a transaction in which queries see what `user`, the keeper of `forces`, may see."""
    return _entered(Scope(user=user, forces=tuple(forces), national=national))


def network_scope(*, user: int | None, reason: str) -> Any:
    """See across forces for one locked step. For `actions.py` and the outbox only; `reason` is for the reader."""
    if not reason:
        raise ValueError("network_scope needs a reason")
    return _entered(Scope(user=user, national=True))


def system_scope() -> Any:
    """The scope of scheduled jobs and commands, which act for the whole network and for no person."""
    return _entered(Scope(national=True))


class ScopedManager(models.Manager[M], Generic[M]):
    """Closed by default: a query outside a scope raises, one inside sees what `Model.visible_in` allows."""

    def get_queryset(self) -> models.QuerySet[M]:
        here = _current.get()
        if here is None:
            raise OutsideScopeError(f"{self.model.__name__} was used outside a scope")
        rows = super().get_queryset()
        may_read_all = here.national and self.model.network_reads  # type: ignore[attr-defined]
        return rows if may_read_all else rows.filter(self.model.visible_in(here))  # type: ignore[attr-defined]


def scoped(queryset: type[models.QuerySet[Any]]) -> Any:
    """A `ScopedManager` with the named queryset's methods."""
    return ScopedManager.from_queryset(queryset)()


def by_force(here: Scope) -> models.Q:
    return models.Q(force_id__in=here.forces)


def by_force_or_handler(here: Scope) -> models.Q:
    return models.Q(force_id__in=here.forces) | models.Q(handler_user_id=here.user)


class TenantModel(models.Model):
    """A row that belongs to a force. `objects` is walled; `unscoped` is for locks inside a network scope and tests."""

    objects: ScopedManager[Any] = ScopedManager()
    unscoped: models.Manager[Any] = models.Manager()
    # False only for what is one person's own: then the network is kept out by both walls as well.
    network_reads = True

    class Meta:
        abstract = True

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return by_force(here)


class EnableRowSecurity(Operation):
    """Put a table behind wall 2. `using` is what a row needs to be read, `check` (same if not given) to be written.

    The network passes, except where `own` keeps a row for one person. `append_only` lets anybody add a row (a trail)
    that they may not read, and nobody change one.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(
        self, table: str, using: str, check: str | None = None, *, append_only: bool = False, own: bool = False
    ) -> None:
        self.table, self.using, self.check, self.append_only, self.own = table, using, check, append_only, own

    def deconstruct(self) -> tuple[str, list[str], dict[str, Any]]:
        kwargs: dict[str, Any] = {"table": self.table, "using": self.using}
        if self.check:
            kwargs["check"] = self.check
        if self.append_only:
            kwargs["append_only"] = True
        if self.own:
            kwargs["own"] = True
        return self.__class__.__name__, [], kwargs

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Row security is not part of Django's model state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        using = self.using if self.own else f"{NATIONAL} or {self.using}"
        schema_editor.execute(f"alter table {self.table} enable row level security")
        if self.append_only:
            schema_editor.execute(f"create policy tenant_read on {self.table} for select using ({using})")
            schema_editor.execute(f"create policy tenant_add on {self.table} for insert with check (true)")
            return
        check = f"{NATIONAL} or {self.check or self.using}"  # the network may add what it may not read
        schema_editor.execute(f"create policy tenant on {self.table} using ({using}) with check ({check})")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for policy in ("tenant", "tenant_read", "tenant_add"):
            schema_editor.execute(f"drop policy if exists {policy} on {self.table}")
        schema_editor.execute(f"alter table {self.table} disable row level security")

    def describe(self) -> str:
        return f"Enable row security on {self.table}"


def deleted_only_by(table: str, using: str) -> RunSQL:
    """Let the network and those of `using` delete a row of `table`, of all who may read it.

    PostgreSQL asks a delete for no `check`: without this, whoever reads a row could delete it.
    """
    return RunSQL(
        f"create policy writers_delete on {table} as restrictive for delete using ({NATIONAL} or {using})",
        f"drop policy writers_delete on {table}",
    )


def refuse_strong_role(complain: Callable[[str], Exception] = ImproperlyConfigured) -> None:
    """Refuse to serve as a superuser, as a role that bypasses row security, or as an owner of tables.

    Row security does not bind those roles, so the wall would be a drawing of a wall.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolsuper, rolbypassrls, exists (select 1 from pg_class c join pg_namespace n"
            " on n.oid = relnamespace where nspname = 'public' and relkind = 'r'"
            " and pg_has_role(current_user, relowner, 'member'))"
            " from pg_roles where rolname = current_user"
        )
        superuser, bypass, owner = cursor.fetchone()
    connection.close()
    if superuser or bypass or owner:
        raise complain(
            "The database role must not be a superuser, bypass row security or own tables:"
            f" use {settings.OK9_APP_ROLE}."
        )
