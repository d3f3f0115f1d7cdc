"""Which dogs may be promoted, and what of each may be printed."""

import re

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Force
from core.files import read_upload
from core.lifecycle import Refused
from dogs.faces import Face, faces_of
from dogs.models import Dog, Profile, Team
from dogs.models import Photo as KeptPhoto
from dogs.portrait import blanket_for, words_for
from dogs.states import GONE, Consent
from promotion.lettering import unprintable
from promotion.models import Pack
from promotion.rules import check_consent, given_name
from promotion.wording import Photo, Subject

LATELY = 12
# Pixels across of the photo that goes on paper (design, speed).
WIDEST = 900


def own_dogs(wanted: str) -> QuerySet[Dog]:
    """The dogs behind the reader's wall that still visit, by name; `wanted` is a part of a name or of a force's."""
    working = Dog.objects.exclude(status__in=GONE)
    if wanted:
        working = working.filter(Q(name__icontains=wanted) | Q(force__name__icontains=wanted))
    return working.select_related("force", "profile").order_by("name", "pk")


def own_packs() -> QuerySet[Pack]:
    """The packs made lately for those dogs, the newest first."""
    return Pack.objects.select_related("dog").order_by("-made_at", "-pk")[:LATELY]


def why_not(dog: Dog) -> str:
    """The sentence why this dog may not be printed, or nothing. `dog` comes with its profile."""
    profile = profile_of(dog)
    return check_consent(
        dog.name,
        has_profile=profile is not None,
        consent=profile.consent if profile else "",
        is_published=bool(profile and profile.published_at),
        is_tribute=bool(profile and profile.is_tribute),
        status=dog.status,
    )


def profile_of(dog: Dog) -> Profile | None:
    return getattr(dog, "profile", None)


def subject_of(dog: Dog) -> Subject:
    """What is printed of a dog: its public face and nothing else. Raises `Refused` with the sentence why nothing is."""
    if sentence := why_not(dog):
        raise Refused(sentence)
    face = next(iter(faces_of(Profile.objects.filter(dog_id=dog.pk))), None)
    if face is None:  # taken down a moment ago
        raise Refused(check_consent(dog.name, has_profile=True, consent=Consent.GIVEN, is_published=False))
    subject = Subject(
        name=face.name,
        slug=face.slug,
        breed=face.breed,
        portrait=words_for(face, mood="smile"),
        blanket=blanket_for(face),
        handler=given_name(face.handler_first_name),
        photo=_photo_of(face),
    )
    if missing := unprintable(f"{subject.name} {subject.handler} {subject.breed}"):
        words = _(
            "Our fonts can’t print %(letters)s on the page of %(dog)s, so there is no poster. Tell the coordinators."
        )
        raise Refused(words % {"letters": " ".join(missing[:8]), "dog": dog.name})
    return subject


def _photo_of(face: Face) -> Photo | None:
    """The photo that stands for the dog, large enough for paper; None where none may be shown or its file is gone."""
    shown = KeptPhoto.objects.filter(uuid=face.photo.uuid).first() if face.photo else None
    if not (shown and face.photo and shown.copies):
        return None
    wide = [copy for copy in shown.copies if copy["width"] <= WIDEST] or shown.copies[:1]
    try:
        return Photo(read_upload(wide[-1]["names"]["jpg"]), face.photo.alt, face.photo.focus)
    except FileNotFoundError:
        return None


def handlers_of(dog: Dog) -> list[str]:
    """The full names of the dog's handlers, which nothing may print."""
    return list(Team.objects.filter(dog=dog).values_list("handler__name", flat=True))


def place_words(dog: Dog) -> set[str]:
    """The words of every organisation's name and town, and of the dog's own name: a surname may be one of them."""
    names = " ".join(f"{name} {town}" for name, town in Force.objects.values_list("name", "hq_town"))
    return set(re.findall(r"[^\W_]+", f"{names} {dog.name}".casefold()))
