"""Handlers are added, work, pause and leave."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from network.actions import handlers as act
from network.models import Handler
from notifications.models import Message
from tests.conftest import Cast
from tests.factories.accounts import make_user


@pytest.fixture
def network(cast: Cast) -> Iterator[Cast]:
    with system_scope():
        yield cast


def test_a_lead_adds_a_handler_with_the_role_that_lets_them_work(cast: Cast, now: datetime) -> None:
    with system_scope():
        user = make_user("new@northshire.example", "Nell New")
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        handler = act.add_handler(force=cast.north, handler_user=user, name="Nell New", by=cast.north_lead, now=now)
        with pytest.raises(Refused):
            act.add_handler(force=cast.north, handler_user=user, name="Nell New", by=cast.north_lead, now=now)
    with system_scope():
        assert (handler.status, Role.objects.get(user=user).role) == ("invited", "handler")
        assert Message.objects.filter(kind="network/handler_moved", to="new@northshire.example").exists()


def test_another_force_is_none_of_a_leads_business(cast: Cast, now: datetime) -> None:
    with system_scope():
        user = make_user("new@southshire.example", "Nell New")
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)), pytest.raises(PermissionDenied):
        act.add_handler(force=cast.south, handler_user=user, name="Nell New", by=cast.north_lead, now=now)


def test_pausing_takes_the_clearance_and_returning_gives_it_back(network: Cast, now: datetime) -> None:
    handler = act.pause_handler(handler=network.north_team.handler, by=network.coordinator, now=now, why="Away.")
    network.north_team.refresh_from_db()
    assert (handler.status, network.north_team.cleared_until) == ("paused", None)
    handler = act.activate_handler(handler=handler, by=network.coordinator, now=now)
    network.north_team.refresh_from_db()
    assert network.north_team.cleared_until is not None
    moves = Record.objects.filter(object_uuid=handler.uuid).order_by("pk").values_list("from_state", "to_state", "why")
    assert list(moves) == [("active", "paused", "Away."), ("paused", "active", "")]


def test_who_left_stays_gone_and_has_no_role(network: Cast, now: datetime) -> None:
    handler = act.leave_handler(handler=network.north_team.handler, by=network.coordinator, now=now)
    assert not Role.objects.filter(user=network.north_handler).exists()
    with pytest.raises(Refused):
        act.activate_handler(handler=handler, by=network.coordinator, now=now)
    assert Handler.objects.get(pk=handler.pk).status == "left"


def test_whoever_had_left_comes_back_the_way_they_came(network: Cast, now: datetime) -> None:
    handler = act.leave_handler(handler=network.north_team.handler, by=network.coordinator, now=now)
    again = act.add_handler(
        force=network.north, handler_user=network.north_handler, name="Hari North", by=network.coordinator, now=now
    )
    assert (again.pk, again.status, again.name) == (handler.pk, "invited", "Hari North")
    assert Role.objects.filter(user=network.north_handler, role="handler", force=network.north).exists()
    assert Record.objects.filter(object_uuid=handler.uuid, from_state="left", to_state="invited").exists()
