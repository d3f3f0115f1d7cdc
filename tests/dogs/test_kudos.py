"""Paws: one a device and day, the count stays, the device does not."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection

from core.models import Run
from core.tenancy import scope, system_scope
from dogs.actions.kudos import forget_devices, give_kudos
from dogs.models import DailySalt, Kudos, Paw, Profile, SearchWord
from dogs.tasks import forget_devices as forget_devices_task
from tests.conftest import Cast
from tests.dogs.conftest import Publish

PHONE = {"address": "192.0.2.1", "agent": "Phone"}


@pytest.fixture
def waffle(publish: Publish) -> Profile:
    return publish("Waffle")


def test_a_paw_counts_once_a_device_and_day(waffle: Profile, now: datetime) -> None:
    with scope():
        assert give_kudos(profile=waffle, now=now, **PHONE) == (1, True)
        assert give_kudos(profile=waffle, now=now, **PHONE) == (1, False)
        assert give_kudos(profile=waffle, now=now, address="192.0.2.1", agent="Laptop") == (2, True)
        assert give_kudos(profile=waffle, now=now + timedelta(days=1), **PHONE) == (3, True)


def test_dogs_are_counted_apart(waffle: Profile, publish: Publish, now: datetime) -> None:
    other = publish("Biscuit", force="south")
    with scope():
        give_kudos(profile=waffle, now=now, **PHONE)
        assert give_kudos(profile=other, now=now, **PHONE) == (1, True)


def test_what_is_kept_does_not_say_who(waffle: Profile, now: datetime) -> None:
    with scope():
        give_kudos(profile=waffle, now=now, **PHONE)
    with system_scope():
        paw = Paw.objects.get()
        assert "192.0.2.1" not in paw.device
        assert re.fullmatch(r"[0-9a-f]{64}", paw.device)
        assert paw.force_id == waffle.force_id
        first = paw.device
        DailySalt.objects.all().delete()
        Paw.objects.all().delete()
        give_kudos(profile=waffle, now=now, **PHONE)
        assert Paw.objects.get().device != first


def test_the_next_day_the_device_is_forgotten_and_the_count_stays(waffle: Profile, now: datetime) -> None:
    with scope():
        give_kudos(profile=waffle, now=now - timedelta(days=1), **PHONE)
        give_kudos(profile=waffle, now=now, **PHONE)
    assert forget_devices(now.date(), now=now) == 1
    with system_scope():
        assert Paw.objects.count() == DailySalt.objects.count() == 1
        assert Kudos.objects.get().paws == 2


def test_the_night_forgets_words_of_dogs_that_are_not_published_any_more(waffle: Profile, now: datetime) -> None:
    with system_scope():
        Profile.objects.filter(pk=waffle.pk).update(published_at=None, published_by=None)
        forget_devices(now.date(), now=now)
        assert not SearchWord.objects.filter(word="waffle").exists()


def test_the_clock_works_each_night_once(waffle: Profile) -> None:
    forget_devices_task()
    forget_devices_task()
    assert Run.objects.filter(job="forget-devices").count() == 1


def test_the_count_is_read_with_the_profile_and_devices_by_the_own_force_only(
    waffle: Profile, cast: Cast, now: datetime
) -> None:
    with scope():
        give_kudos(profile=waffle, now=now, **PHONE)
        assert Kudos.objects.get().paws == 1
        assert not Paw.objects.exists()
        with connection.cursor() as cursor:  # the database's own wall, not only the manager's
            cursor.execute("select count(*) from dogs_paw")
            assert cursor.fetchone()[0] == 0
            cursor.execute("update dogs_kudos set paws = 1000 where false")
    with system_scope():
        Profile.objects.filter(pk=waffle.pk).update(published_at=None, published_by=None)
    with scope(), connection.cursor() as cursor:
        cursor.execute("select count(*) from dogs_kudos")
        assert cursor.fetchone()[0] == 0
