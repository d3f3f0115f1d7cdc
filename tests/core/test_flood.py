"""How often one address may do a thing in an hour."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import RequestFactory

from core.flood import too_many


@pytest.fixture(autouse=True)
def _empty() -> None:
    cache.clear()


def test_each_address_thing_and_hour_is_counted_by_itself() -> None:
    one, other = (RequestFactory(REMOTE_ADDR=address).get("/") for address in ("192.0.2.1", "192.0.2.2"))
    now = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        assert [too_many(one, "enquiry", an_hour=2) for _ in range(3)] == [False, False, True]
        assert not too_many(other, "enquiry", an_hour=2)
        assert not too_many(one, "support", an_hour=2)
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        assert not too_many(one, "enquiry", an_hour=2)
