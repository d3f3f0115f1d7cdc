"""The local servers under kills, double starts and strict roles, each in a home of its own."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import psycopg2
import psycopg2.errors
import pytest
import redis

from ok9.local.home import AlreadyRunningError, Home, is_free
from ok9.local.servers import GIVEN, are_servers_running, revive_servers, valkey_url
from tests.places import folder_for_servers

Local = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home() -> Iterator[Home]:
    with folder_for_servers() as folder:
        yield Home(folder / "home")


@pytest.fixture
def local(home: Home) -> Iterator[Local]:
    """Call `python -m ok9.local` on this test's home, which is stopped at the end whatever happened."""
    variables = {name: value for name, value in os.environ.items() if name not in (*GIVEN, "PORT", "EMAIL_PORT")}

    def call(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ok9.local", *arguments]
        variables_now = {**variables, "OK9_HOME": str(home.path), **more}
        return subprocess.run(command, env=variables_now, capture_output=True, text=True, timeout=120, check=False)

    yield call
    call("down")


@pytest.fixture
def started(local: Local) -> Local:
    done = local("up")
    assert done.returncode == 0, done.stderr
    return local


def addresses(local: Local) -> dict[str, str]:
    lines = local("env").stdout.splitlines()
    return dict(line.removeprefix("export ").split("=", 1) for line in lines)


def ask(url: str, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def postmaster(home: Home) -> int:
    return int((home.path / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def test_the_roles_are_as_strict_as_they_are_said_to_be(started: Local) -> None:
    urls = addresses(started)
    ask(urls["OWNER_DATABASE_URL"], "create table kept (id bigint generated always as identity, word text)")
    facts = ask(
        urls["DATABASE_URL"],
        "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user",
    )
    assert facts == [(False, False, False, False)]
    ask(urls["DATABASE_URL"], "insert into kept (word) values ('a')")
    for forbidden in (
        "truncate kept",
        "drop table kept",
        "create table mine (id bigint)",
        "alter table kept add x int",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(urls["DATABASE_URL"], forbidden)


def test_secrets_are_for_their_owner_alone(started: Local, home: Home) -> None:
    assert (home.path / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert (home.path / "valkey" / "valkey.conf").stat().st_mode & 0o777 == 0o600


def test_the_data_outlives_a_stop_and_a_killed_server(started: Local, home: Home) -> None:
    ask(addresses(started)["OWNER_DATABASE_URL"], "create table kept as select 1 as id")
    assert started("down").returncode == 0
    assert started("up").returncode == 0
    os.kill(postmaster(home), signal.SIGKILL)
    again = started("up")
    assert again.returncode == 0, again.stderr
    assert ask(addresses(started)["DATABASE_URL"], "select id from kept") == [(1,)]


def test_a_server_that_died_is_started_again_where_it_was(
    started: Local, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in GIVEN:
        monkeypatch.delenv(name, raising=False)
    before = addresses(started)
    redis.Redis.from_url(valkey_url(home)).shutdown(nosave=True)
    os.kill(postmaster(home), signal.SIGQUIT)
    for _try in range(100):
        if not are_servers_running(home) and is_free(home.fact("valkey_port")) and is_free(home.fact("postgres_port")):
            break
        time.sleep(0.05)
    else:
        pytest.fail("The servers outlived being killed.")
    revive_servers(home)
    assert are_servers_running(home)
    assert addresses(started) == before
    revive_servers(home)
    assert are_servers_running(home)


def test_a_stale_pid_that_is_now_another_program_does_not_stop_the_start(started: Local, home: Home) -> None:
    file = home.path / "postgres" / "data" / "postmaster.pid"
    stale = file.read_text().split("\n")
    assert started("down").returncode == 0
    file.write_text("\n".join([str(os.getpid()), *stale[1:]]))
    again = started("up")
    assert again.returncode == 0, again.stderr
    assert ask(addresses(started)["DATABASE_URL"], "select 1") == [(1,)]


def test_of_two_starts_at_once_one_serves_and_the_other_says_so(local: Local, home: Home) -> None:
    home.prepare()
    with home.locked():
        home.note(keeper="bin/run", address="http://localhost:8123/")
        second = local("run")
    assert second.returncode == 1
    assert "already running at http://localhost:8123/" in second.stderr


def test_a_home_has_one_keeper(home: Home) -> None:
    refused: list[Exception] = []

    def try_to_keep() -> None:
        try:
            with home.locked():
                pass
        except AlreadyRunningError as problem:
            refused.append(problem)

    with home.locked():
        other = threading.Thread(target=try_to_keep)
        other.start()
        other.join()
    assert len(refused) == 1
    with home.locked():
        assert home.path.is_dir()


def test_a_command_gets_servers_for_itself_and_its_exit_code_back(local: Local) -> None:
    look = "import os, sys, psycopg2; psycopg2.connect(os.environ['DATABASE_URL']); sys.exit(7)"
    assert local("exec", sys.executable, "-c", look).returncode == 7
    assert local("exec", sys.executable, "-c", look).returncode == 7


def test_given_servers_are_used_and_none_is_started(local: Local, home: Home) -> None:
    given = {"DATABASE_URL": "postgres://a@db/x", "OWNER_DATABASE_URL": "postgres://o@db/x", "REDIS_URL": "redis://r/0"}
    shown = local("exec", sys.executable, "-c", "import os; print(os.environ['DATABASE_URL'])", **given)
    assert shown.stdout.strip() == "postgres://a@db/x"
    assert not (home.path / "postgres").exists()
    assert not (home.path / "valkey").exists()


def test_a_given_database_needs_its_owner_named_too(local: Local) -> None:
    refused = local("up", DATABASE_URL="postgres://a@db/x")
    assert refused.returncode == 1
    assert "OWNER_DATABASE_URL" in refused.stderr


def test_a_taken_port_is_named_before_anything_starts(local: Local, home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        refused = local("run", PORT=str(other.getsockname()[1]))
    assert refused.returncode == 1
    assert "is taken by another program" in refused.stderr
    assert not (home.path / "postgres").exists()
