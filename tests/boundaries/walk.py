"""Walking through the matrix: one world for a module, a browser for each person, and no step leaves a trace."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote

from django.db import connection, transaction
from django.http import HttpResponseBase
from django.template import Context
from django.test import override_settings
from django.test.utils import ContextList
from django.urls import reverse
from django.utils import timezone

from core.tenancy import scope
from dogs.api import PublicThrottle
from tests.boundaries.matrix import DONE, NO_FACTOR, PEOPLE, SET_UP, SIGN_IN, VISITOR, key_of
from tests.boundaries.sessions import SessionStore
from tests.boundaries.world import World, build_world
from tests.conftest import SignedIn

# Signing in and walking about write here; nothing else may change when somebody is refused.
_OWN_TRACES = {"django_session", "django_migrations", "usersessions_usersession"}
_NONCE = re.compile(rb"nonce-[\w+/=-]+|nonce=\"[^\"]+\"|name=\"csrfmiddlewaretoken\" value=\"\w+\"")
_UUID = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Walk:
    """A world with everybody in it, each in a browser of their own."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.browsers = {who: self._browser(who) for who in PEOPLE}
        self.cookies = {who: browser.cookies.output(header="") for who, browser in self.browsers.items()}
        self.tables = sorted(set(connection.introspection.table_names()) - _OWN_TRACES)
        with connection.cursor() as cursor:
            cursor.execute("select array_agg(name::regclass::oid) from unnest(%s) name", [self.tables])
            self.oids: list[int] = cursor.fetchone()[0]
        self.rows = self._count_rows()
        self.began = timezone.now()

    def _browser(self, who: str) -> SignedIn:
        browser = SignedIn()
        if who != VISITOR:
            browser.sign_in(self.world.people[who], second_factor=who != NO_FACTOR)
        return browser

    def send(self, who: str, method: str, address: str, data: dict[str, Any] | None = None) -> HttpResponseBase:
        """One request, from the browser as it was after signing in."""
        browser = self.browsers[who]
        browser.cookies = SimpleCookie()
        for line in self.cookies[who].splitlines():
            browser.cookies.load(line)
        if method == "POST":  # (a browser says from which page it sends)
            return browser.post(address, data, headers={"Origin": "http://testserver"})
        return browser.generic(method, address) if method == "DELETE" else browser.get(address, data)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever happens inside did not happen."""
        sessions = dict(SessionStore.kept)
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        SessionStore.kept.clear()
        SessionStore.kept.update(sessions)

    def has_written(self) -> bool:
        """Whether any row was written, undone or not, since this was last asked. Where none was, nothing changed."""
        before, self.rows = self.rows, self._count_rows()
        return self.rows != before

    def _count_rows(self) -> int:
        parts = " + ".join(f"pg_stat_get_xact_tuples_{what}(oid)" for what in ("inserted", "updated", "deleted"))
        with connection.cursor() as cursor:
            cursor.execute(f"select sum({parts}) from unnest(%s::oid[]) oid", [self.oids])
            return int(cursor.fetchone()[0])

    def digest(self) -> dict[str, str]:
        """What every table holds, as one short word each."""
        columns = ", ".join(f"(select md5(string_agg(t::text, '|' order by t::text)) from {t} t)" for t in self.tables)
        # Aftercare is read by its own handler alone.
        with scope(user=self.world.cast.north_handler.pk, national=True), connection.cursor() as cursor:
            cursor.execute(f"select {columns}")
            return dict(zip(self.tables, cursor.fetchone(), strict=True))


@contextmanager
def walking(folder: Path) -> Iterator[Walk]:
    """A walk in a transaction that is never committed."""
    places = {"MEDIA_ROOT": folder / "media", "DEMO_MAIL_DIR": folder / "mail", "DEMO_TEXTS_DIR": folder / "texts"}
    places["MEDIA_ROOT"].mkdir()
    names = ("SUPPORT_REQUESTS_AN_HOUR", "ENQUIRIES_AN_HOUR", "PROMOTION_FILES_AN_HOUR")
    limits = dict.fromkeys(names, 1_000_000)
    settled = {"SESSION_ENGINE": "tests.boundaries.sessions", **limits}
    often = patch.object(PublicThrottle, "rate", "1000000/min")
    drawn = patch("django.test.client.store_rendered_templates", _keep_the_form)
    refusals = patch.object(logging.getLogger("django.request"), "disabled", True)  # they are what is looked for
    with override_settings(**settled, **places), often, drawn, refusals, transaction.atomic():
        yield Walk(build_world())
        transaction.set_rollback(True)


def _keep_the_form(store: dict[str, Any], signal: object, sender: object, *, context: Context, **_more: object) -> None:
    """Of all that is drawn, a response knows its page's form: copying the context of every part takes long."""
    if "context" not in store and "form" in context:
        store["context"] = ContextList([{"form": context["form"]}])


def address_of(name: str, thing: str, walk: Walk) -> str:
    return reverse(name, args=key_of(thing, walk.world).split() if thing else [])


def read(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def told(response: HttpResponseBase, address: str) -> str | int:
    """The answer in the words of `expected`."""
    to = response.headers.get("Location", "")
    if to.startswith(f"{reverse('account_login')}?"):
        assert unquote(to).endswith(f"next={address}"), to
        return SIGN_IN
    if to in (reverse("mfa_activate_totp"), reverse("account_logout")):
        return SET_UP
    return DONE if response.status_code in (200, 302, 409, 422) else response.status_code


def fingerprint(response: HttpResponseBase) -> tuple[int, str, str]:
    """Everything that a stranger could compare: status, headers and body, without tokens and the address's own key."""
    headers = b"\n".join(f"{name}: {value}".encode() for name, value in sorted(response.headers.items()))
    plain = [_UUID.sub(b"KEY", _NONCE.sub(b"NONCE", part)) for part in (headers, read(response))]
    return response.status_code, plain[0].decode(), sha256(plain[1]).hexdigest()
