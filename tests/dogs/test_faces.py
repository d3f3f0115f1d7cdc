"""The one reading that everything public stands on: what it holds, and how little it asks."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import Settings

from core.tenancy import scope, system_scope
from dogs.actions.profiles import unpublish_profile
from dogs.actions.questions import change_question
from dogs.faces import Picture, face_of, faces_of
from dogs.models import Profile, Question
from tests.conftest import Cast
from tests.factories.profiles import photographed, published, written


@pytest.fixture
def network(cast: Cast, settings: Settings, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path
    with system_scope():
        yield cast


def test_a_face_is_one_query_with_everything_on_it(network: Cast, now: datetime) -> None:
    photographed(written(network, now), by=network.north_handler, now=now)
    published(network, now)
    with scope(), CaptureQueriesContext(connection) as asked:
        face = face_of("bramble")
    assert len([query for query in asked if "dogs_profile" in query["sql"]]) == 1
    assert face is not None
    assert [(told.question, told.words) for told in face.answers] == [
        ("Favourite treat", "Carrots only"),
        ("Best trick", "Yawns in chorus"),
    ]
    assert (face.line, face.force, face.awards[0].year) == ("Yawns in chorus", "Northshire Police", 2024)
    assert face.photo is not None
    assert face.photo.sizes == ((400, 267), (800, 533))
    assert face.photo.avif == f"/photos/{face.photo.uuid}/400.avif 400w, /photos/{face.photo.uuid}/800.avif 800w"


def test_questions_are_asked_in_the_readers_language(network: Cast, now: datetime) -> None:
    published(network, now)
    face = face_of("bramble")
    assert face is not None
    with translation.override("cy"):
        assert face.answers[0].question == "Hoff ddanteithyn"
    assert face.language == "en-gb"


def test_a_question_that_is_no_longer_asked_is_not_shown(network: Cast, now: datetime) -> None:
    published(network, now)
    treat = Question.objects.get(text="Favourite treat")
    change_question(
        question=treat, text=treat.text, text_cy="", position=10, is_active=False, by=network.coordinator, now=now
    )
    face = face_of("bramble")
    assert face is not None
    assert [told.text for told in face.answers] == ["Best trick"]


def test_a_keeper_sees_no_more_than_anybody(network: Cast, now: datetime) -> None:
    profile = published(network, now)
    unpublish_profile(profile=profile, by=network.north_lead, now=now)
    assert face_of("bramble") is None
    assert faces_of(Profile.objects.order_by("pk")[:10]) == []


def test_nothing_private_is_in_a_face(network: Cast, now: datetime) -> None:
    dog = network.north_team.dog
    dog.microchip = "900123456789012"
    dog.save()
    published(network, now)
    told = str(face_of("bramble"))
    for secret in (dog.microchip, "Hari Northshire", "handler@northshire.example", str(dog.uuid)):
        assert secret not in told


def test_the_focus_becomes_classes_because_no_style_may() -> None:
    assert Picture("u", "Asleep", ((400, 300),), focus=(62, 4)).focus_class == "fx-6 fy-0"
