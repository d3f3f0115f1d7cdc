"""Publishing and withdrawing at once, over real connections: whichever is first, no page stands without consent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connection

from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from dogs.actions.consents import give_consent, withdraw_consent
from dogs.actions.profiles import publish_profile
from dogs.models import Answer, Profile
from network.models import NetworkNumbers
from tests.conftest import build_cast
from tests.factories.profiles import approved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turn", range(4))
def test_publishing_never_outlives_a_withdrawal(turn: int, now: datetime) -> None:
    NetworkNumbers.objects.get_or_create(pk=1)
    cast = build_cast()
    with system_scope():
        profile = give_consent(profile=approved(cast, now), by=cast.north_handler, now=now)
    start = Barrier(2)

    def attempt(act: Callable[[], object], **eyes: object) -> str:
        try:
            start.wait()
            with scope(**eyes):  # type: ignore[arg-type]
                act()
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        shown = pool.submit(
            attempt,
            lambda: publish_profile(profile=profile, by=cast.coordinator, now=now),
            user=cast.coordinator.pk,
            national=True,
        )
        gone = pool.submit(
            attempt,
            lambda: withdraw_consent(profile=profile, by=cast.north_handler, now=now),
            user=cast.north_handler.pk,
        )
    assert shown.result() in ("done", "refused")
    assert gone.result() == "done"
    with system_scope():
        profile = Profile.objects.get()
        assert (profile.consent, profile.published_at, profile.parts, profile.story) == ("withdrawn", None, [], "")
        assert not Answer.objects.exists()
