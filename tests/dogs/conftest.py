"""Dogs that the public may meet."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from core.tenancy import system_scope
from dogs.models import Answer, Profile
from dogs.states import Part
from tests.conftest import Cast
from tests.factories.dogs import make_dog
from tests.factories.profiles import make_questions

Publish = Callable[..., Profile]


@pytest.fixture
def publish(cast: Cast) -> Publish:
    """`publish("Bramble")` puts a dog of Northshire into the gallery."""

    def make(name: str, *, force: str = "north", published: bool = True, trick: str = "", **fields: object) -> Profile:
        with system_scope():
            owner = getattr(cast, force)
            told = {"consent": "given", "consent_at": timezone.now(), "consent_by": cast.north_handler}
            shown = {"published_at": timezone.now(), "published_by": cast.coordinator} if published else {}
            profile = Profile.objects.create(
                **{
                    "force": owner, "dog": make_dog(owner, name), "slug": name.lower(), "name": name,
                    "breed": "Labrador", "head": "labrador", "coat": "chocolate", "handler_first_name": "Dan",
                    "handler_role": "detective", "story": "Leans.", "parts": list(Part), **told, **shown, **fields,
                }
            )  # fmt: skip
            if trick:
                question = make_questions()[1]
                Answer.objects.create(force=owner, profile=profile, question=question, words=trick)
            return profile

    return make
