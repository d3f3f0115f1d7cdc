"""The draft of a profile: opened for writing, and moved along its way."""

from datetime import datetime

from django.db import connection
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from core.lifecycle import Refused
from core.tenancy import network_scope
from dogs.actions.showing import draft_of, locked
from dogs.models import Dog, Draft, Profile
from dogs.portrait import coat_for, head_for
from dogs.states import DRAFT, GONE, DogStatus, DraftStatus


def open_profile(dog: Dog, *, by: User | None, now: datetime) -> Profile:
    """The dog's profile, locked; made with its address where there is none. To be called inside a transaction."""
    dog = Dog.objects.select_for_update(no_key=True, of=("self",)).select_related("force").get(pk=dog.pk)
    profile = Profile.objects.filter(dog=dog).first()
    if profile is None:
        head = head_for(dog.breed)
        profile = Profile.objects.create(
            force_id=dog.force_id,
            dog=dog,
            slug=_slug(dog),
            name=dog.name,
            breed=dog.breed,
            head=head,
            coat=dog.coat or coat_for(dog.breed, head, dog.pk),
            ears=dog.ears,
            **_ending(dog, now),
        )
        record("opened profile", profile, by=by, now=now)
    return locked(profile)


def _ending(dog: Dog, now: datetime) -> dict[str, object]:
    """A page that is begun after the dog's work has ended is a tribute from the start."""
    if dog.status not in GONE:
        return {}
    return {"is_tribute": True, "has_died": dog.status == DogStatus.DIED, "until_on": localdate(now)}


def open_draft(profile: Profile, *, by: User | None, now: datetime) -> Draft:
    """The draft of a locked profile, ready to be changed: what was published is now being written on."""
    draft = draft_of(profile, now=now)
    if draft.status == DraftStatus.SENT:
        raise Refused(_("%s’s profile is with the lead. Take it back to change it.") % profile)
    if draft.status == DraftStatus.APPROVED:
        raise Refused(_("%s’s profile is with the coordinators. Take it back to change it.") % profile)
    if draft.status == DraftStatus.PUBLISHED:
        move_draft(profile, draft, DraftStatus.WRITING, "began to edit profile", by=by, now=now)
    return draft


def move_draft(
    profile: Profile, draft: Draft, to: DraftStatus, verb: str, *, by: User | None, now: datetime, why: str = ""
) -> None:
    was = draft.status
    DRAFT.check(was, to, thing=_("%s’s profile") % profile)
    draft.status, draft.reason, draft.moved_at, draft.moved_by = to, why[:400], now, by
    draft.save()
    record(verb, profile, by=by, now=now, moved=(was, to), why=why)


def _slug(dog: Dog) -> str:
    """'bramble', then 'bramble-2': free in the whole network, though each dog's force sees only its own."""
    stem = slugify(dog.name)[:70] or "dog"
    with connection.cursor() as cursor:  # two dogs of one name are one after the other
        cursor.execute("select pg_advisory_xact_lock(hashtext('profile-slug'), hashtext(%s))", [stem])
    with network_scope(user=None, reason="an address is one dog's in the whole network"):
        taken = set(Profile.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for n in range(1, 10_000) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)
