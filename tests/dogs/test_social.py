"""The picture of a dog for where its address is shared."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from core.tenancy import scope, system_scope
from dogs.actions import profiles
from dogs.faces import Face, face_of
from dogs.models import Profile
from dogs.social import forget_social_pictures, social_picture
from tests.conftest import Cast
from tests.dogs.conftest import Publish
from tests.factories.profiles import approved, photographed, published


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_it_is_made_once_and_anew_when_something_on_it_changes(publish: Publish, media: Path) -> None:
    waffle = publish("Waffle", breed="<script>alert(1)</script> 🐶 \u202eevil")
    with scope():
        face = face_of("waffle")
        assert face
        name = social_picture(face)
        made = (media / name).stat().st_mtime_ns
        assert social_picture(face) == name
        assert (media / name).stat().st_mtime_ns == made
    with Image.open(media / name) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert (media / name).stat().st_size < 300_000
    with system_scope():
        Profile.objects.filter(pk=waffle.pk).update(breed="Poodle")
    with scope():
        face = face_of("waffle")
        assert face
        assert social_picture(face) != name
    assert forget_social_pictures() == 2


def test_a_browser_that_has_it_asks_and_is_told(client: Client, publish: Publish) -> None:
    publish("Waffle")
    first = client.get("/dogs/waffle/social.png")
    with Image.open(io.BytesIO(b"".join(first))) as picture:  # type: ignore[arg-type]
        assert picture.size == (1200, 630)
    assert (first["Content-Type"], first["Cache-Control"]) == ("image/png", "public, no-cache")
    again = client.get("/dogs/waffle/social.png", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    page = client.get("/cy/dogs/waffle/").content.decode()
    assert 'property="og:image" content="http://localhost:8000/cy/dogs/waffle/social.png"' in page


def test_a_photo_is_shown_instead_of_the_drawing(cast: Cast, now: datetime, media: Path) -> None:
    with system_scope():
        profile = published(cast, now)
        drawn = social_picture(_face(profile))
        photographed(profile, by=cast.north_handler, now=now)
        approved(cast, now)
        profiles.publish_profile(profile=profile, by=cast.coordinator, now=now)
        shown = social_picture(_face(profile))
    assert shown != drawn
    assert (media / shown).is_file()


def _face(profile: Profile) -> Face:
    face = face_of(profile.slug)
    assert face
    return face
