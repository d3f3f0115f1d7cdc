"""A profile at any stage of its way, with every part filled."""

from datetime import datetime

from accounts.models import User
from core.files import CleanFile, store_upload
from dogs.actions import consents, profiles
from dogs.actions.photos import AREA, Stored, add_photo, cut_photos
from dogs.models import Photo, Profile, Question
from dogs.photos import Framing
from dogs.stories import Award, Story
from tests.conftest import Cast
from tests.factories.files import picture_bytes

ASKED = (("Favourite treat", "Hoff ddanteithyn"), ("Best trick", "Tric gorau"), ("Nap place", "Lle i gysgu"))


def make_questions() -> list[Question]:
    """The three that every network begins with; a transactional test empties their table."""
    return [
        Question.objects.get_or_create(text=text, defaults={"text_cy": welsh, "position": 10 * place})[0]
        for place, (text, welsh) in enumerate(ASKED, start=1)
    ]


def make_story(**changes: object) -> Story:
    """Every part of it says something that no other part does."""
    treat, trick, _nap = make_questions()
    told = {
        "story": "Leans on people.",
        "answers": {str(treat.uuid): "Carrots only", str(trick.uuid): "Yawns in chorus"},
        "good_with": ("children",),
        "awards": (Award(2024, "Golden biscuit"),),
        **changes,
    }
    return Story(**told)  # type: ignore[arg-type]


def written(cast: Cast, now: datetime, **changes: object) -> Profile:
    return profiles.write_profile(dog=cast.north_team.dog, story=make_story(**changes), by=cast.north_handler, now=now)


def sent(cast: Cast, now: datetime, **changes: object) -> Profile:
    return profiles.send_profile(profile=written(cast, now, **changes), by=cast.north_handler, now=now)


def approved(cast: Cast, now: datetime, **changes: object) -> Profile:
    return profiles.approve_profile(profile=sent(cast, now, **changes), by=cast.north_lead, now=now)


def published(cast: Cast, now: datetime, **changes: object) -> Profile:
    """With consent to every part."""
    profile = approved(cast, now, **changes)
    if profile.consent != "given":
        profile = consents.give_consent(profile=profile, by=cast.north_handler, now=now)
    return profiles.publish_profile(profile=profile, by=cast.coordinator, now=now)


def photographed(profile: Profile, *, by: User, now: datetime, size: tuple[int, int] = (900, 600)) -> Photo:
    """A photo in the draft, cut."""
    name = store_upload(CleanFile(picture_bytes(size=size), ".jpg"), AREA)
    framing = Framing(alt="Asleep on the jackets")
    photo = add_photo(profile=profile, stored=Stored(name, *size), framing=framing, by=by, now=now)
    cut_photos(now=now)
    photo.refresh_from_db()
    return photo
