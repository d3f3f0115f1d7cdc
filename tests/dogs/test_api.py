"""The public read API: published dogs, agreed parts, a limit."""

import re
from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client

from core.tenancy import scope, system_scope
from dogs.actions import consents
from dogs.api import PublicThrottle
from dogs.states import Part
from tests.conftest import Cast
from tests.dogs.conftest import Publish
from tests.factories.profiles import published

LIST = "/api/v1/dogs/"


@pytest.fixture(autouse=True)
def uncounted() -> None:
    cache.clear()


def test_the_list_is_the_gallery(client: Client, publish: Publish) -> None:
    publish("Waffle")
    publish("Custard", force="south")
    publish("Secret", published=False)
    told = client.get(LIST).json()
    assert (told["count"], told["pages"], told["next"], told["previous"]) == (2, 1, None, None)
    assert [dog["slug"] for dog in told["results"]] == ["custard", "waffle"]
    assert [dog["name"] for dog in client.get(f"{LIST}?q=wafle").json()["results"]] == ["Waffle"]
    assert client.get(f"{LIST}?force=southshire").json()["count"] == 1


def test_pages_are_linked(client: Client, publish: Publish) -> None:
    for number in range(25):
        publish(f"Rex{number:02}")
    first = client.get(f"{LIST}?region=North").json()
    assert first["next"] == "http://localhost:8000/api/v1/dogs/?region=North&page=2"
    second = client.get(f"{LIST}?region=North&page=2").json()
    assert (len(second["results"]), second["previous"]) == (1, "http://localhost:8000/api/v1/dogs/?region=North")


def test_a_dog_is_told_with_the_agreed_parts_only(client: Client, cast: Cast, now: datetime) -> None:
    with system_scope():
        profile = published(cast, now)
    whole = client.get(f"{LIST}bramble/").json()
    assert whole["story"] == "Leans on people."
    assert whole["handler_first_name"] == "Hari"
    assert {"question": "Favourite treat", "question_cy": "Hoff ddanteithyn", "answer": "Carrots only"} in whole[
        "answers"
    ]
    assert whole["awards"] == [{"year": 2024, "text": "Golden biscuit"}]
    kept = [part for part in Part.values if part not in ("handler", "place", "story")]
    with scope(user=cast.north_handler.pk):
        consents.choose_parts(profile=profile, parts=kept, by=cast.north_handler, now=now)
    less = client.get(f"{LIST}bramble/").json()
    assert (less["story"], less["handler_first_name"], less["force"], less["region"]) == ("", "", "", "")
    assert "microchip" not in less
    assert not {"id", "dog_id", "uuid"} & less.keys()


def test_near_is_a_postcode_or_a_town_with_a_headquarters(client: Client, publish: Publish, cast: Cast) -> None:
    publish("Waffle")
    town = cast.north.hq_town
    for near in (town, town.upper(), f"  {town} "):
        assert client.get(LIST, {"near": near}).json()["results"][0]["name"] == "Waffle"
        page = client.get("/dogs/", {"near": near}).content.decode()
        assert f"Near {town}" in page
        assert re.search(r"\d+ miles?\b", page)


def test_a_wrong_postcode_is_said(client: Client, publish: Publish) -> None:
    answer = client.get(f"{LIST}?near=nowhere")
    assert answer.status_code == 400
    assert answer.json() == {
        "near": ["We don’t know the place “nowhere”. Enter a postcode or its first part, like BS2."]
    }


def test_it_is_only_read_and_needs_no_account(client: Client, publish: Publish) -> None:
    publish("Waffle")
    for address in (LIST, f"{LIST}waffle/"):
        assert client.get(address).status_code == 200
        assert client.post(address).status_code == 405
    assert client.get(f"{LIST}nobody/").status_code == 404


def test_too_many_questions_are_told_to_wait(client: Client, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PublicThrottle, "rate", "2/min")
    assert [client.get(LIST).status_code for _time in range(3)] == [200, 200, 429]


@pytest.mark.django_db
def test_the_description_has_it(client: Client) -> None:
    paths = client.get("/api/v1/schema/", headers={"accept": "application/json"}).json()["paths"]
    assert {LIST, f"{LIST}{{slug}}/"} <= paths.keys()
    assert "near" in {parameter["name"] for parameter in paths[LIST]["get"]["parameters"]}
