"""The API's health and its own description."""

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


def test_health_is_told_to_anybody(client: Client) -> None:
    answer = client.get(reverse("api_health"))
    assert (answer.status_code, answer.json()) == (200, {"database": True, "cache": True})


class Away:
    """A database that does not answer."""

    def cursor(self) -> None:
        raise DatabaseError


def test_without_the_database_nothing_is_served(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ok9.api.connection", Away())
    answer = client.get(reverse("api_health"))
    assert (answer.status_code, answer.json()) == (503, {"database": False, "cache": True})


def test_a_cache_that_is_away_is_said_and_takes_no_server_out(client: Client, settings: Settings) -> None:
    nobody = {"LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {name: {**cache, **nobody} for name, cache in settings.CACHES.items()}
    answer = client.get(reverse("api_health"))
    assert (answer.status_code, answer.json()) == (200, {"database": True, "cache": False})


def test_the_description_names_what_is_there(client: Client) -> None:
    answer = client.get(reverse("api_schema"), headers={"accept": "application/json"})
    assert answer.status_code == 200
    assert "/api/v1/health/" in answer.json()["paths"]
