"""The coordinators' list of what ends soon and what has ended, force by force."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from core.tenancy import system_scope
from dogs.models import Document, Dog, Team
from network.models import Agreement, Certificate
from tests.conftest import Cast, SignedIn

LIST = "/coordinator/expiring/"


def everything_ends(cast: Cast, now: datetime, days: int) -> None:
    until = localdate(now) + timedelta(days=days)
    dated = {"expires_on": until, "issued_on": until - timedelta(days=365)}
    with system_scope():
        Document.objects.filter(dog=cast.north_team.dog, kind="vet_check").update(**dated)
        Certificate.objects.filter(handler=cast.north_team.handler).update(**dated)
        Team.objects.filter(pk=cast.north_team.pk).update(assessed_until=until)
        Agreement.objects.filter(force=cast.south).update(expires_on=until)


def test_every_kind_by_force(cast: Cast, now: datetime, django_assert_max_num_queries: Any) -> None:
    everything_ends(cast, now, 20)
    client = SignedIn().sign_in(cast.coordinator)
    client.get(LIST)
    with django_assert_max_num_queries(8):
        page = client.get(LIST).content.decode()
    assert "4 things end within 30 days or have ended." in page
    north, south = page.index('<h2 id="force-1">Northshire Police'), page.index('<h2 id="force-2">Southshire Police')
    assert north < page.index("Vet check") < south < page.index("Service Level Agreement")
    for words in ("Suitability assessment", "Mental Health First Aider certificate", "Bramble", "Ends in 20 days"):
        assert words in page


def test_how_far_ahead_is_chosen(cast: Cast, now: datetime) -> None:
    everything_ends(cast, now, 20)
    client = SignedIn().sign_in(cast.coordinator)
    assert "Nothing ends in these days" in client.get(LIST, {"days": "7"}).content.decode()
    for odd in ("0", "-1", "x", "٣٠", "99999999999"):
        assert "within 30 days" in client.get(LIST, {"days": odd}).content.decode()


def test_what_has_ended_is_there_until_it_is_replaced(cast: Cast, now: datetime) -> None:
    everything_ends(cast, now, -40)
    assert "Ended" in SignedIn().sign_in(cast.coordinator).get(LIST, {"days": "7"}).content.decode()


def test_dogs_that_have_retired_are_not(cast: Cast, now: datetime) -> None:
    everything_ends(cast, now, 5)
    with system_scope():
        Dog.objects.filter(pk=cast.north_team.dog_id).update(status="retired")
    page = SignedIn().sign_in(cast.coordinator).get(LIST).content.decode()
    assert "Vet check" not in page
    assert "Suitability assessment" not in page


@pytest.mark.parametrize("who", ["north_lead", "north_handler", "assessor"])
def test_it_is_the_coordinators(cast: Cast, who: str) -> None:
    assert SignedIn().sign_in(getattr(cast, who)).get(LIST).status_code == 403


def test_it_is_only_read_and_behind_sign_in(cast: Cast) -> None:
    assert SignedIn().get(LIST).status_code == 302
    assert SignedIn().sign_in(cast.coordinator).post(LIST).status_code == 405
