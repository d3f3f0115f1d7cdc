"""Scopes: opened, nested, left, and left by an exception; and what the database has been told in each."""

import pytest
from django.db import connection, transaction

from accounts.models import Role, User
from core.tenancy import (
    EnableRowSecurity,
    OutsideScopeError,
    Scope,
    current_scope,
    enter_as,
    network_scope,
    scope,
    system_scope,
)
from dogs.models import Dog
from tests.conftest import Cast

NOTHING = ("", "{}", "")


def settings_now() -> tuple[str, ...]:
    """The three settings as the database has them in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(current_setting('app.user', true), ''),"
            " coalesce(current_setting('app.forces', true), '{}'),"
            " coalesce(current_setting('app.national', true), '')"
        )
        return tuple(value or "{}" if n == 1 else value for n, value in enumerate(cursor.fetchone()))


@pytest.mark.django_db
def test_a_scope_tells_the_database_and_leaves_nothing_behind() -> None:
    with scope(user=7, forces=(1, 2)) as here:
        assert current_scope() == here == Scope(user=7, forces=(1, 2))
        assert settings_now() == ("7", "{1,2}", "")
    assert (current_scope(), settings_now()) == (None, NOTHING)


@pytest.mark.django_db
def test_a_scope_inside_a_scope_gives_back_the_outer_one() -> None:
    with scope(user=7, forces=(1,)):
        with network_scope(user=7, reason="to try it"):
            assert settings_now() == ("7", "{}", "on")
            with scope(user=8):
                assert settings_now() == ("8", "{}", "")
            assert settings_now() == ("7", "{}", "on")
        assert (current_scope(), settings_now()) == (Scope(user=7, forces=(1,)), ("7", "{1}", ""))


@pytest.mark.django_db
def test_an_exception_gives_back_the_outer_scope_too() -> None:
    with scope(user=7, forces=(1,)):
        with pytest.raises(ValueError, match="inside"), system_scope():
            raise ValueError("inside")
        assert (current_scope(), settings_now()) == (Scope(user=7, forces=(1,)), ("7", "{1}", ""))


@pytest.mark.django_db
def test_a_database_error_inside_gives_back_the_outer_scope(cast: Cast) -> None:
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        with pytest.raises(Exception, match="division by zero"), system_scope():
            connection.cursor().execute("select 1/0")
        assert set(Dog.objects.all()) == {cast.north_team.dog}


@pytest.mark.django_db
def test_a_scope_is_a_transaction_that_an_exception_rolls_back(cast: Cast) -> None:
    def write_and_fail() -> None:
        with system_scope():
            Dog.objects.update(name="Changed")
            raise ValueError("after the write")

    with pytest.raises(ValueError, match="after the write"):
        write_and_fail()
    with system_scope():
        assert not Dog.objects.filter(name="Changed").exists()


@pytest.mark.django_db
def test_a_transaction_rolled_back_inside_keeps_the_scope(cast: Cast) -> None:
    with scope(user=cast.north_handler.pk):
        with pytest.raises(ValueError, match="no"), transaction.atomic():
            raise ValueError("no")
        assert settings_now()[0] == str(cast.north_handler.pk)
        assert list(Dog.objects.all()) == [cast.north_team.dog]


@pytest.mark.django_db
def test_a_query_made_inside_does_not_run_wider_outside(cast: Cast) -> None:
    with system_scope():
        rows = Dog.objects.all()
    assert list(rows) == []  # the second wall
    with pytest.raises(OutsideScopeError, match="Dog was used outside a scope"):
        Dog.objects.all()


def test_a_network_scope_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        network_scope(user=1, reason="")


@pytest.mark.django_db
def test_entering_reads_the_roles_from_the_database_and_nothing_else(cast: Cast) -> None:
    for user, forces, national in (
        (cast.north_lead, (cast.north.pk,), False), (cast.north_handler, (), False), (cast.coordinator, (), True),
        (cast.assessor, (), False),
    ):  # fmt: skip
        with enter_as(user.pk) as entry:
            assert current_scope() == Scope(user=user.pk, forces=forces, national=national)
            assert settings_now() == (str(user.pk), f"{{{','.join(map(str, forces))}}}", "on" if national else "")
            assert {row["role"] for row in entry.rows} == {r.role for r in Role.objects.filter(user=user)}
            assert entry.person is not None
            assert entry.person["name"]
        assert current_scope() is None


@pytest.mark.django_db
def test_somebody_who_may_not_sign_in_any_more_enters_as_nobody(cast: Cast) -> None:
    User.objects.filter(pk=cast.coordinator.pk).update(is_active=False)
    with enter_as(cast.coordinator.pk) as entry:
        assert (entry.rows, settings_now()[1:]) == ([], ("{}", ""))
        assert not Dog.objects.exists()


@pytest.mark.django_db
def test_entering_is_one_query(cast: Cast, django_assert_num_queries: object) -> None:
    user = cast.north_lead.pk
    with django_assert_num_queries(3), enter_as(user):  # type: ignore[operator]
        pass  # a test is in a transaction already, so a savepoint is made and released around the one query


def test_the_operation_writes_itself_into_a_migration() -> None:
    full = EnableRowSecurity("dogs_dog", "a", "b", append_only=True, own=True)
    name, args, kwargs = full.deconstruct()
    assert (name, args) == ("EnableRowSecurity", [])
    assert kwargs == {"table": "dogs_dog", "using": "a", "check": "b", "append_only": True, "own": True}
    assert EnableRowSecurity("dogs_dog", "a").deconstruct()[2] == {"table": "dogs_dog", "using": "a"}
    assert "dogs_dog" in full.describe()


class Written:
    """A schema editor that keeps what it was told."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def execute(self, statement: str) -> None:
        self.statements.append(statement)


def test_the_operation_keeps_what_is_ones_own_from_the_network() -> None:
    mine, shared, trail = Written(), Written(), Written()
    EnableRowSecurity("t", "user_id = 1", own=True).database_forwards("a", mine, None, None)
    EnableRowSecurity("t", "force_id = 1").database_forwards("a", shared, None, None)
    EnableRowSecurity("t", "force_id = 1", append_only=True).database_forwards("a", trail, None, None)
    assert "using (user_id = 1)" in mine.statements[1]
    assert "using ((select app_national()) or force_id = 1)" in shared.statements[1]
    assert [words.split(" for ")[1].split(" ")[0] for words in trail.statements[1:]] == ["select", "insert"]


def test_the_operation_can_be_undone() -> None:
    undone = Written()
    EnableRowSecurity("t", "true").database_backwards("a", undone, None, None)
    assert undone.statements[-1] == "alter table t disable row level security"
    assert len(undone.statements) == 4
