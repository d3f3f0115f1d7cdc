"""Finding the dog or the photo that a member's page is about, and turning away who has no business with it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.access import can, must
from accounts.requests import SignedIn
from dogs.actions.showing import leads, works
from dogs.models import Dog, Photo, Profile


def own_dog(request: SignedIn, uuid: str) -> Dog:
    """The dog, if it is behind the reader's wall; and they work it or keep its force."""
    dog = get_object_or_404(Dog.objects.select_related("force", "profile__draft"), uuid=uuid)
    if not (leads(dog, request.user) or works(dog, request.user)):
        raise PermissionDenied
    return dog


def must_read(user: object, force_id: int, *also: str) -> None:
    """Who works in the force, keeps it or keeps the network: the wall alone lets who has left read what was theirs."""
    must(user, "deployment.work", "force.keep", "network.keep", *also, force=force_id)


def own_photo(request: SignedIn, uuid: str) -> Photo:
    """The photo of such a dog. One that the public sees is no reason for anybody else to find it here."""
    photo = _walled_photo(uuid)
    own_dog(request, str(photo.profile.dog.uuid))
    return photo


def seen_photo(request: SignedIn, uuid: str) -> Photo:
    """The photo of a dog that the reader works or keeps, or of any dog for the network, which judges and matches."""
    photo = _walled_photo(uuid)
    if not can(request.user, "network.keep"):
        own_dog(request, str(photo.profile.dog.uuid))
    return photo


def _walled_photo(uuid: str) -> Photo:
    """Of a dog that is behind the reader's wall."""
    profiles = Profile.objects.filter(dog__in=Dog.objects.all())
    rows = Photo.objects.select_related("profile__dog__force", "replaced_by")
    return get_object_or_404(rows, uuid=uuid, profile__in=profiles)
