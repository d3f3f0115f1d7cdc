"""Photos of dogs: added, changed, put first, removed; cut for the page by a task; shown with what is published."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from celery import current_app
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from core.files import CleanFile, discard_upload, read_upload, store_upload
from core.lifecycle import Refused
from core.public_pages import renew_public_pages
from core.tenancy import system_scope
from dogs.actions.drafts import open_draft
from dogs.actions.likeness import keep_likeness
from dogs.actions.showing import keeps, locked, works
from dogs.models import Photo, Profile
from dogs.photos import Copy, Framing, cut

logger = logging.getLogger(__name__)

MOST_PHOTOS = 8
AREA = "photos"
# A picture that can't be cut so often is left alone: the drawing stands in for it.
MOST_ATTEMPTS = 5
_BATCH = 20


@dataclass(frozen=True)
class Stored:
    """A picture that `core.files` keeps already: its name and its size in pixels."""

    name: str
    width: int
    height: int


@transaction.atomic
def add_photo(*, profile: Profile, stored: Stored, framing: Framing, by: User, now: datetime) -> Photo:
    """Add a picture to the draft. The public sees it once it is approved, published, agreed to and cut."""
    profile = _opened(profile, by=by, now=now)
    others = Photo.objects.filter(profile=profile, replaced_by=None)
    if others.count() >= MOST_PHOTOS:
        raise Refused(_("%(dog)s has %(most)d photos, and a page shows no more. Remove one first.") % {
            "dog": profile, "most": MOST_PHOTOS,
        }, field="file")  # fmt: skip
    photo = _framed(
        Photo(
            force_id=profile.force_id,
            profile=profile,
            file=stored.name,
            width=stored.width,
            height=stored.height,
            position=(others.aggregate(last=Max("position"))["last"] or 0) + 1,
            added_at=now,
            added_by=by,
        ),
        framing,
    )
    photo.save(force_insert=True)
    record("added photo", profile, by=by, now=now, photo=str(photo.uuid))
    _ask_to_cut()
    return photo


@transaction.atomic
def change_photo(*, photo: Photo, framing: Framing, by: User, now: datetime) -> Photo:
    """Other words or another crop. A picture that the public sees stays as it is until its successor is published."""
    profile = _opened(photo.profile, by=by, now=now)
    photo = _locked(Photo.objects.filter(replaces=photo).first() or photo)
    before = Framing(photo.alt, photo.shape, (photo.focus_x, photo.focus_y))
    if framing == before:
        return photo
    if photo.is_shown:
        photo = _successor(photo, by=by, now=now)
    if (framing.shape, framing.focus) != (before.shape, before.focus):
        _discard_copies(photo)
        photo.copies, photo.attempts = [], 0
    _framed(photo, framing).save()
    keep_likeness(profile)
    record("changed photo", profile, by=by, now=now, photo=str(photo.uuid))
    _ask_to_cut()
    return photo


@transaction.atomic
def put_photo_first(*, photo: Photo, by: User, now: datetime) -> Photo:
    """This picture stands for the dog where there is room for one. The order counts at once: all of it was approved."""
    if not (works(photo.profile.dog, by) or keeps(photo.profile.dog, by)):
        raise PermissionDenied
    profile = locked(photo.profile)
    photo = _locked(photo)
    Photo.objects.filter(profile=profile).update(position=F("position") + 1)
    _with_its_other(photo).update(position=0)
    keep_likeness(profile)
    record("put photo first", profile, by=by, now=now, photo=str(photo.uuid))
    renew_public_pages()
    photo.refresh_from_db()
    return photo


@transaction.atomic
def remove_photo(*, photo: Photo, by: User, now: datetime) -> Profile:
    """The picture is gone for everybody, with its files: showing less needs nobody's leave. Twice is once.

    What it is to replace, and the public sees until then, goes with it.
    """
    if not (works(photo.profile.dog, by) or keeps(photo.profile.dog, by)):
        raise PermissionDenied
    profile = locked(photo.profile)
    if not (gone := list(_with_its_other(photo))):
        return profile
    _forget(gone)
    keep_likeness(profile)
    record("removed photo", profile, by=by, now=now, photo=str(photo.uuid))
    renew_public_pages()
    return profile


def show_photos(profile: Profile) -> None:
    """What the draft has is shown now, and what it replaced is forgotten. Part of publishing."""
    _forget(Photo.objects.filter(profile=profile, replaced_by__isnull=False))
    Photo.objects.filter(profile=profile).update(is_shown=True)
    keep_likeness(profile)


def cut_photos(*, now: datetime) -> int:
    """Cut every picture that has no copies yet, and say how many were. Each commits by itself."""
    cut_ones = 0
    with system_scope():
        waiting = Photo.objects.filter(copies=[], attempts__lt=MOST_ATTEMPTS).order_by("attempts", "pk")[:_BATCH]
        keys = list(waiting.values_list("pk", flat=True))
    for key in keys:
        cut_ones += _cut_one(key)
    return cut_ones


def _cut_one(key: int) -> bool:
    """Cut one picture, unless somebody else is at it or has been. Rows are locked only once the work is done.

    The attempt is counted before: a picture that kills its worker is not tried for ever.
    """
    with system_scope():
        if not (_begun(key) and Photo.objects.filter(pk=key, copies=[]).update(attempts=F("attempts") + 1)):
            return False
    with system_scope():
        photo = Photo.objects.filter(pk=key, copies=[]).select_related("profile").first() if _begun(key) else None
        if photo is None:
            return False
        try:
            copies = cut(read_upload(photo.file), photo.shape, (photo.focus_x, photo.focus_y))
        except Exception:  # whatever is wrong with one picture, the others are cut
            logger.exception("A photo could not be cut: %s", photo.uuid)
            return False
        return _kept(photo, copies)


def _begun(key: int) -> bool:
    """Whether nobody else is cutting this picture: the lock is this transaction's."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext('cut-photo'), %s)", [key])
        return bool(cursor.fetchone()[0])


def _kept(photo: Photo, copies: list[Copy]) -> bool:
    """Keep the copies, unless the picture was changed or removed while they were made."""
    profile = locked(photo.profile)
    framing = {name: getattr(photo, name) for name in ("file", "shape", "focus_x", "focus_y")}
    row = Photo.objects.select_for_update(no_key=True, of=("self",)).filter(pk=photo.pk, copies=[], **framing).first()
    if row is None:
        return False
    row.copies = [
        {
            "width": copy.width,
            "height": copy.height,
            "names": {end: store_upload(CleanFile(data, f".{end}"), AREA) for end, data in copy.content.items()},
        }
        for copy in copies
    ]
    row.save(update_fields=["copies"])
    keep_likeness(profile)
    renew_public_pages()
    return True


def _opened(profile: Profile, *, by: User, now: datetime) -> Profile:
    """The locked profile, whose draft may be changed by who asks."""
    if not (works(profile.dog, by) or keeps(profile.dog, by)):
        raise PermissionDenied
    profile = locked(profile)
    open_draft(profile, by=by, now=now)
    return profile


def _framed(photo: Photo, framing: Framing) -> Photo:
    photo.alt, photo.shape = framing.alt, framing.shape
    photo.focus_x, photo.focus_y = framing.focus
    return photo


def _successor(photo: Photo, *, by: User, now: datetime) -> Photo:
    """A row that takes the picture's place at the next publication, with files of its own."""
    kept = CleanFile(read_upload(photo.file), f".{photo.file.rpartition('.')[2]}")
    return Photo(
        force_id=photo.force_id,
        profile_id=photo.profile_id,
        file=store_upload(kept, AREA),
        width=photo.width,
        height=photo.height,
        position=photo.position,
        replaces=photo,
        added_at=now,
        added_by=by,
    )


def _locked(photo: Photo) -> Photo:
    rows = Photo.objects.select_for_update(no_key=True, of=("self",)).select_related("profile")
    if found := rows.filter(pk=photo.pk).first():
        return found
    raise Refused(_("This photo is not there any more: somebody has removed it."))


def _with_its_other(photo: Photo) -> QuerySet[Photo]:
    """The picture with what it replaces, or what is to replace it; the successor first, so that it goes first."""
    return Photo.objects.filter(Q(pk=photo.pk) | Q(replaced_by=photo.pk) | Q(replaces=photo.pk)).order_by("-pk")


def _forget(photos: Iterable[Photo]) -> None:
    for photo in list(photos):
        _discard_copies(photo)
        _discard([photo.file])
        photo.delete()


def _discard_copies(photo: Photo) -> None:
    _discard([name for copy in photo.copies for name in copy["names"].values()])


def _discard(names: list[str]) -> None:
    """The files go when the rows that name them have gone."""

    def discard() -> None:
        for name in names:
            discard_upload(name)

    transaction.on_commit(discard, robust=True)


def _ask_to_cut() -> None:
    """If the broker is away, the beat's next look does it."""
    transaction.on_commit(
        lambda: current_app.send_task("dogs.tasks.cut_photos", ignore_result=True, retry=False), robust=True
    )
