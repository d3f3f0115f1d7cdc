"""The API's health and its own description."""

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from redis.exceptions import ConnectionError as NoConnection

pytestmark = pytest.mark.django_db


def test_health_is_told_to_anybody(client: Client) -> None:
    answer = client.get(reverse("api_health"))
    assert (answer.status_code, answer.json()) == (200, {"database": True, "cache": True})


class Broken:
    """A part that is away."""

    def cursor(self) -> None:
        raise DatabaseError

    def get(self, key: str) -> None:
        raise NoConnection


@pytest.mark.parametrize(("name", "part"), [("connection", "database"), ("cache", "cache")])
def test_a_part_that_does_not_answer_is_named(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str, part: str
) -> None:
    monkeypatch.setattr(f"ok9.api.{name}", Broken())
    answer = client.get(reverse("api_health"))
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "cache": True, part: False}


def test_the_description_names_what_is_there(client: Client) -> None:
    answer = client.get(reverse("api_schema"), headers={"accept": "application/json"})
    assert answer.status_code == 200
    assert "/api/v1/health/" in answer.json()["paths"]
