"""Which dogs may be promoted, and what of each may be printed."""

from django.db.models import Q, QuerySet

from dogs.models import Dog, Profile, Team
from dogs.portrait import blanket_for, words_for
from dogs.states import DogStatus
from promotion.models import Pack
from promotion.rules import check_consent, given_name
from promotion.wording import Subject

LATELY = 12


def own_dogs(wanted: str) -> QuerySet[Dog]:
    """The dogs behind the reader's wall that still visit, by name; `wanted` is a part of a name or of a force's."""
    working = Dog.objects.exclude(status__in=(DogStatus.RETIRED, DogStatus.DIED))
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
    )


def profile_of(dog: Dog) -> Profile | None:
    return getattr(dog, "profile", None)


def subject_of(profile: Profile) -> Subject:
    """What is printed of a dog: its public face and nothing else."""
    return Subject(
        name=profile.name,
        slug=profile.slug,
        breed=profile.breed,
        portrait=words_for(profile, mood="smile"),
        blanket=blanket_for(profile),
        handler=given_name(profile.handler_first_name),
    )


def handlers_of(dog: Dog) -> list[str]:
    """The full names of the dog's handlers, which nothing may print."""
    return list(Team.objects.filter(dog=dog).values_list("handler__name", flat=True))
