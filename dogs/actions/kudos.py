"""Paws that anybody gives a dog: one a device and day, and the device forgotten on the next."""

import secrets
from datetime import date, datetime
from hashlib import blake2s

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from core.public_pages import forget_page
from core.tenancy import network_scope, system_scope
from dogs.models import DailySalt, Kudos, Paw, Profile
from dogs.social import forget_social_pictures


@transaction.atomic
def give_kudos(*, profile: Profile, address: str, agent: str, now: datetime) -> tuple[int, bool]:
    """A paw for the dog, unless this device gave one today: how many it has now, and whether this one counted."""
    with network_scope(user=None, reason="a visitor has no force, and a paw is kept in the dog's"):
        today = localdate(now)
        paw = Paw(force_id=profile.force_id, profile=profile, on=today, device=_device(address, agent, today))
        counted = _add(paw)
        kudos = Kudos.objects.filter(profile=profile)
        if counted and not kudos.update(paws=F("paws") + 1):
            Kudos.objects.bulk_create([Kudos(force_id=profile.force_id, profile=profile)], ignore_conflicts=True)
            kudos.update(paws=F("paws") + 1)
        if counted:
            _show_anew(profile.slug)
        return kudos.values_list("paws", flat=True).first() or 0, counted


@transaction.atomic
def forget_devices(night: date, *, now: datetime) -> int:
    """The night's job: devices and salts of the days before today go, whichever night is made good; how many paws.

    So do words and pictures of dogs who are not published any more: nobody could find them, and now they are gone.
    """
    today = localdate(now)
    with system_scope():
        DailySalt.objects.filter(on__lt=today).delete()
        forgotten, _tables = Paw.objects.filter(on__lt=today).delete()
        _forget_unused_words()
    forget_social_pictures()
    return forgotten


def _show_anew(slug: str) -> None:
    """The dog's page is made anew in every language, so that whoever gave the paw finds it counted."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            forget_page(reverse("dog_detail", args=[slug]))


def _add(paw: Paw) -> bool:
    """Keep the paw, unless it is there: the unique constraint decides between two that come at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            'insert into dogs_paw (force_id, profile_id, "on", device) values (%s, %s, %s, %s) on conflict do nothing',
            [paw.force_id, paw.profile_id, paw.on, paw.device],
        )
        return bool(cursor.rowcount)


def _device(address: str, agent: str, today: date) -> str:
    """A word for the device that cannot be traced back once the day's salt is deleted."""
    DailySalt.objects.bulk_create([DailySalt(on=today, salt=secrets.token_bytes(32))], ignore_conflicts=True)
    salt = bytes(DailySalt.objects.values_list("salt", flat=True).get(on=today))
    return blake2s(f"{address}\n{agent}".encode("utf-8", "replace"), key=salt).hexdigest()


def _forget_unused_words() -> None:
    """Words that the search knew of dogs who are not published any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from dogs_searchword w where not exists (select 1 from dogs_profile p"
            " where p.published_at is not null and profile_words(p.name, p.breed) @> array[w.word::text])"
        )
