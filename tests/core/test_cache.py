"""A cache that is away is no reason to turn anybody away."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from core.cache import ForgetfulCache
from core.models import Outcode
from core.tenancy import system_scope
from deployments.models import Request
from tests.boundaries.matrix import moment
from tests.conftest import Cast, SignedIn


@pytest.fixture
def nowhere() -> Iterator[str]:
    """An address at which nobody answers: a port that is held and not listened on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"redis://127.0.0.1:{held.getsockname()[1]}/0"


def test_while_it_is_away_nothing_is_remembered(nowhere: str) -> None:
    cache = ForgetfulCache(nowhere, {})
    assert cache.add("a", 1)
    cache.set("a", 1)
    cache.delete_many(["a"])
    assert (cache.get("a"), cache.get("a", 7), cache.incr("a"), cache.get_or_set("a", 3)) == (None, 7, 1, 3)
    assert (cache.has_key("a"), cache.touch("a"), cache.delete("a")) == (False, False, False)
    assert (cache.get_many(["a"]), cache.set_many({"a": 1})) == ({}, ["a"])


def test_without_it_people_sign_in_and_ask_for_support(cast: Cast, client: Client, nowhere: str) -> None:
    Outcode.objects.get_or_create(code="S1", defaults={"lat": 53.38, "lng": -1.47})
    away: dict[str, Any] = {"default": {"BACKEND": "core.cache.ForgetfulCache", "LOCATION": nowhere}}
    start = timezone.now() + timedelta(days=3)
    typed = {
        "key": "0190b3f0-0000-7000-8000-000000000001", "kind": "training", "force": cast.host.pk, "name": "Vic",
        "email": "vic@hostshire.example", "telephone": "07700 900777", "postcode": "S1", "place": "Town hall",
        "places": "1", **moment("starts_at", start), **moment("ends_at", start + timedelta(hours=6)),
    }  # fmt: skip
    engine = "django.contrib.sessions.backends.cached_db"
    with override_settings(CACHES=away, SESSION_ENGINE=engine, MESSAGE_STORAGE=settings.MESSAGE_STORAGE):
        answer = client.post("/support/", typed)
        assert answer.headers["Location"] == "/support/sent/"
        assert client.get("/support/sent/").status_code == 200
        assert SignedIn().sign_in(cast.coordinator).get("/coordinator/").status_code == 200
    with system_scope():
        assert Request.objects.get().place == "Town hall"
