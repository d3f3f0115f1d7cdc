"""Asking for a visit's posters, and fetching them: each asks again whether the dog may be shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import can
from accounts.models import User
from audit.actions import record
from core.lifecycle import Refused
from core.once import fresh_key, must_say_the_same
from core.tenancy import network_scope
from dogs.models import Dog
from promotion.models import Pack
from promotion.queries import handlers_of, place_words, subject_of
from promotion.rules import check_surname, check_when
from promotion.wording import Subject, Wishes

# What a pack keeps of the wishes.
SAID = ("layout", "language", "starts_at", "ends_at", "place", "message")


@dataclass(frozen=True)
class Fetched:
    """What a file is made of, once it has been asked whether it may be."""

    subject: Subject
    wishes: Wishes
    country: str


def may_promote(dog: Dog, by: User) -> bool:
    """Whose dogs one may put on a poster: one's own force's or one's own; a coordinator any."""
    return can(by, "visit.promote", force=dog.force_id)


@transaction.atomic
def make_pack(*, dog: Dog, wishes: Wishes, key: UUID, by: User, now: datetime) -> Pack:
    """Keep what is wished for a visit of `dog`, so that its files can be fetched.

    The same key gives the same pack; one that comes again with other wishes is refused.
    """
    if not may_promote(dog, by):
        raise PermissionDenied
    dog = _fresh(dog)
    subject_of(dog)
    said = {"dog_id": dog.pk, **{name: getattr(wishes, name) for name in SAID}}
    if standing := Pack.objects.filter(key=key).first():
        must_say_the_same(standing, said, _("This poster"))
        return standing
    _check(dog, wishes, by=by, now=now)
    with fresh_key():
        made = Pack.objects.create(key=key, force_id=dog.force_id, made_by=by, made_at=now, **said)
    at = wishes.starts_at.isoformat() if wishes.starts_at else ""
    record("made promotion", made, by=by, now=now, place=wishes.place, at=at, layout=wishes.layout)
    return made


def fetch_pack(*, pack: Pack, by: User) -> Fetched:
    """What the pack's files are made of now. Refused when the dog may not be shown any more."""
    if not may_promote(pack.dog, by):
        raise PermissionDenied
    dog = _fresh(pack.dog)
    return Fetched(subject_of(dog), wishes_of(pack), dog.force.country)


def wishes_of(pack: Pack) -> Wishes:
    return Wishes(pack.layout, pack.language, pack.starts_at, pack.ends_at, pack.place, pack.message)


def _fresh(dog: Dog) -> Dog:
    """The dog and its public page as they are now."""
    return Dog.objects.select_related("force", "profile").get(pk=dog.pk)


def _check(dog: Dog, wishes: Wishes, *, by: User, now: datetime) -> None:
    if wishes.starts_at:
        field, sentence = check_when(wishes.starts_at, wishes.ends_at, now=now)
        if sentence:
            raise Refused(sentence, field=field)
    with network_scope(user=by.pk, reason="a handler sees only the own team, and nobody's surname is printed"):
        names, places = handlers_of(dog), place_words(dog)
    for field in ("place", "message"):
        if sentence := check_surname(getattr(wishes, field), names, places=places):
            raise Refused(sentence, field=field)
