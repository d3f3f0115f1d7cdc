"""Which servers a command needs, started and stopped together, and the environment that leads to them."""

import os
import sys

from ok9.local.home import LOOPBACK, Home, is_free
from ok9.local.postgres import is_postgres_running, postgres_url, start_postgres, stop_postgres
from ok9.local.valkey import is_valkey_running, start_valkey, stop_valkey, valkey_url

GIVEN = ("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL")


class MissingOwnerError(RuntimeError):
    """A database is given for serving, but none for migrating."""


def is_switched_on(name: str, *, otherwise: bool) -> bool:
    value = os.environ.get(name, "")
    return value.lower() in ("1", "on", "true", "yes", "y") if value else otherwise


def start_servers(home: Home, *, hasty: bool = False) -> None:
    """Start what the environment does not give. Servers that already run under this home are kept."""
    if "DATABASE_URL" not in os.environ:
        start_postgres(home, hasty=hasty)
    elif "OWNER_DATABASE_URL" not in os.environ:
        raise MissingOwnerError("DATABASE_URL is set: set OWNER_DATABASE_URL as well, the role that owns and migrates.")
    if "REDIS_URL" not in os.environ:
        start_valkey(home)


def revive_servers(home: Home) -> None:
    """Start again a server of this home that has died, where it was. One that is only slow still holds its port."""
    if "DATABASE_URL" not in os.environ and not is_postgres_running(home) and is_free(home.fact("postgres_port")):
        print("PostgreSQL ended; starting it again.", file=sys.stderr)
        start_postgres(home)
    if "REDIS_URL" not in os.environ and is_free(home.fact("valkey_port")):
        print("Valkey ended; starting it again.", file=sys.stderr)
        start_valkey(home)


def stop_servers(home: Home) -> None:
    """Stop this home's own servers; a given database or Redis is left alone."""
    stop_valkey(home)
    stop_postgres(home)


def are_servers_running(home: Home) -> bool:
    return ("DATABASE_URL" in os.environ or is_postgres_running(home)) and (
        "REDIS_URL" in os.environ or is_valkey_running(home)
    )


def server_variables(home: Home, *, as_owner: bool = False) -> dict[str, str]:
    """The variables that name servers, secrets and address. What the caller's environment sets already wins."""
    given = os.environ
    app = given.get("DATABASE_URL") or postgres_url(home, "ok9_app")
    owner = given.get("OWNER_DATABASE_URL") or postgres_url(home, "ok9_owner")
    port = given.get("PORT") or home.fact("port") or "8000"
    demo = {"OK9_DEMO_PASSWORD": home.secret("demo_password")} if home.has_secret("demo_password") else {}
    return {
        **demo,
        "OK9_HOME": str(home.path),
        "DATABASE_URL": owner if as_owner else app,
        "OWNER_DATABASE_URL": owner,
        "REDIS_URL": given.get("REDIS_URL") or valkey_url(home),
        "SECRET_KEY": given.get("SECRET_KEY") or home.secret("secret_key"),
        "OK9_DEMO": "on" if is_switched_on("OK9_DEMO", otherwise=True) else "off",
        "OK9_ADDRESS": given.get("OK9_ADDRESS") or f"http://localhost:{port}",
        "OK9_COORDINATORS_TELEPHONE": given.get("OK9_COORDINATORS_TELEPHONE") or "07700 900999",
        "SECURE_HTTPS": given.get("SECURE_HTTPS") or "off",
        "EMAIL_HOST": given.get("EMAIL_HOST") or LOOPBACK,
        "EMAIL_PORT": given.get("EMAIL_PORT") or str(home.fact("email_port") or 1025),
    }


def environment(home: Home, *, as_owner: bool = False) -> dict[str, str]:
    return {**os.environ, **server_variables(home, as_owner=as_owner)}
