"""The photo that stands for a dog among its own people. It is kept beside the dog, so that no list asks for it."""

from typing import Any

from core.tenancy import network_scope
from dogs.models import Dog, Photo, Profile
from dogs.photos import focus_within


def keep_likeness(profile: Profile) -> None:
    """The first photo of the draft is the dog's; until it is cut the one that it replaces, or the drawing.

    To be called last by every action that changes which photos there are or how they are cut, under the locks of
    `showing.locked`.
    """
    photos = Photo.objects.filter(profile=profile, replaced_by=None).select_related("replaces")
    first = photos.order_by("position", "pk").first()
    shown = first.replaces if first and not first.copies else first
    with network_scope(user=None, reason="a handler changes the photos; the dog's row is its force's to write"):
        Dog.objects.filter(pk=profile.dog_id).update(likeness=_likeness_of(shown))


def _likeness_of(photo: Photo | None) -> dict[str, Any] | None:
    """The smallest copy: its address, its size, and where the dog's face is in it."""
    if photo is None or not photo.copies:
        return None
    smallest = photo.copies[0]
    return {
        "uuid": str(photo.uuid),
        "alt": photo.alt,
        "width": smallest["width"],
        "height": smallest["height"],
        "focus": focus_within((photo.width, photo.height), photo.shape, (photo.focus_x, photo.focus_y)),
    }
