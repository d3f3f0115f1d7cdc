"""What two do at once, over real connections: no page stands without consent, no leaver is in a team."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connection
from django.utils.timezone import localdate

from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from deployments.actions.leaving import leave_scheme
from dogs.actions.consents import give_consent, withdraw_consent
from dogs.actions.dogs import form_team
from dogs.actions.profiles import publish_profile
from dogs.models import Answer, Profile, Team
from network.models import NetworkNumbers
from tests.conftest import build_cast
from tests.factories.dogs import make_dog
from tests.factories.profiles import approved

pytestmark = pytest.mark.django_db(transaction=True)


def attempt(start: Barrier, act: Callable[[], object], **eyes: object) -> str:
    try:
        start.wait()
        with scope(**eyes):  # type: ignore[arg-type]
            act()
    except Refused:
        return "refused"
    finally:
        connection.close()
    return "done"


@pytest.mark.parametrize("turn", range(4))
def test_publishing_never_outlives_a_withdrawal(turn: int, now: datetime) -> None:
    NetworkNumbers.objects.get_or_create(pk=1)
    cast = build_cast()
    with system_scope():
        profile = give_consent(profile=approved(cast, now), by=cast.north_handler, now=now)
    start = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        shown = pool.submit(
            attempt,
            start,
            lambda: publish_profile(profile=profile, by=cast.coordinator, now=now),
            user=cast.coordinator.pk,
            national=True,
        )
        gone = pool.submit(
            attempt,
            start,
            lambda: withdraw_consent(profile=profile, by=cast.north_handler, now=now),
            user=cast.north_handler.pk,
        )
    assert shown.result() in ("done", "refused")
    assert gone.result() == "done"
    with system_scope():
        profile = Profile.objects.get()
        assert (profile.consent, profile.published_at, profile.parts, profile.story) == ("withdrawn", None, [], "")
        assert not Answer.objects.exists()


@pytest.mark.parametrize("turn", range(4))
def test_nobody_who_leaves_is_put_into_a_team_meanwhile(turn: int, now: datetime) -> None:
    NetworkNumbers.objects.get_or_create(pk=1)
    cast = build_cast()
    with system_scope():
        other = make_dog(cast.north, name="Flo")
    start, handler = Barrier(2), cast.north_team.handler
    everywhere = {"user": cast.coordinator.pk, "national": True}
    with ThreadPoolExecutor(2) as pool:
        formed = pool.submit(
            attempt,
            start,
            lambda: form_team(dog=other, handler=handler, since_on=localdate(now), by=cast.coordinator, now=now),
            **everywhere,
        )
        left = pool.submit(
            attempt, start, lambda: leave_scheme(handler=handler, by=cast.coordinator, now=now), **everywhere
        )
    assert formed.result() in ("done", "refused")
    assert left.result() == "done"
    with system_scope():
        assert not Team.objects.filter(handler=handler, is_active=True).exists()
