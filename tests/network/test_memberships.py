"""How a force comes into the network, stays in it, and leaves."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction
from django.utils.timezone import localdate

from accounts.models import Force
from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from network.actions import memberships as act
from network.models import Agreement, AgreementText, Membership
from notifications.models import Message
from tests.conftest import UNTIL, Cast
from tests.factories.accounts import make_force, make_user


@pytest.fixture
def network(cast: Cast) -> Iterator[Cast]:
    with system_scope():
        yield cast


@pytest.fixture
def newcomer(network: Cast) -> Force:
    force = make_force("westshire", region="West")
    make_user("lead@westshire.example", "Wren Westshire", ("lead", force))
    return force


def trail(thing: Membership | Agreement) -> list[str]:
    return list(Record.objects.filter(object_uuid=thing.uuid).order_by("pk").values_list("verb", flat=True))


def told(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("to", flat=True))


def agreed(force: Force, cast: Cast, now: datetime, *, until: date = UNTIL) -> Agreement:
    text = AgreementText.objects.get(version=1)
    agreement = act.offer_agreement(force=force, text=text, expires_on=until, by=cast.coordinator, now=now)
    agreement = act.sign_agreement(agreement=agreement, signed_by_name="A Chief", by=cast.coordinator, now=now)
    agreement = act.countersign_agreement(agreement=agreement, by=cast.coordinator, now=now)
    return act.activate_agreement(agreement=agreement, by=cast.coordinator, now=now)


def test_a_force_becomes_a_member_step_by_step(network: Cast, newcomer: Force, now: datetime) -> None:
    membership = act.start_scheme(force=newcomer, by=network.coordinator, now=now)
    membership = act.submit_application(membership=membership, by=network.coordinator, now=now)
    membership = act.approve_application(membership=membership, by=network.coordinator, now=now)
    membership = act.accept_duties(membership=membership, by=network.coordinator, now=now)
    agreed(newcomer, network, now)
    membership = act.admit_member(membership=membership, by=network.coordinator, now=now)
    assert (membership.status, membership.since_on) == ("member", localdate(now))
    assert trail(membership) == [
        "started scheme", "submitted application", "approved application", "accepted duties", "admitted member",
    ]  # fmt: skip
    assert told("network/membership_moved") == {"lead@westshire.example", "coordinator@ok9.example"}


def test_admission_is_refused_with_everything_that_is_missing(network: Cast, newcomer: Force, now: datetime) -> None:
    membership = act.start_scheme(force=newcomer, by=network.coordinator, now=now)
    membership = act.submit_application(membership=membership, by=network.coordinator, now=now)
    newcomer.roles.all().delete()
    with pytest.raises(Refused) as refused:
        act.admit_member(membership=membership, by=network.coordinator, now=now)
    for words in ("not been approved", "duties", "no agreement", "no wellbeing lead"):
        assert words in str(refused.value)
    membership.refresh_from_db()
    assert membership.status == "applicant"


def test_a_lead_starts_and_applies_for_the_own_force_only(cast: Cast, now: datetime) -> None:
    with system_scope():
        Membership.objects.filter(force=cast.north).update(status="left")
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)):
        membership = act.start_scheme(force=cast.north, by=cast.north_lead, now=now)
        act.submit_application(membership=membership, by=cast.north_lead, now=now)
        with pytest.raises(PermissionDenied):
            act.start_scheme(force=cast.south, by=cast.north_lead, now=now)
        with pytest.raises(PermissionDenied):
            act.approve_application(membership=membership, by=cast.north_lead, now=now)


def test_an_application_can_be_declined(network: Cast, newcomer: Force, now: datetime) -> None:
    membership = act.start_scheme(force=newcomer, by=network.coordinator, now=now)
    with pytest.raises(Refused):
        act.decline_application(membership=membership, reason="Too early.", by=network.coordinator, now=now)
    with pytest.raises(Refused):
        act.approve_application(membership=membership, by=network.coordinator, now=now)
    membership = act.submit_application(membership=membership, by=network.coordinator, now=now)
    act.approve_application(membership=membership, by=network.coordinator, now=now)
    later = now + timedelta(hours=1)
    membership = act.decline_application(membership=membership, reason="Too early.", by=network.coordinator, now=later)
    assert (membership.status, membership.application_approved_on) == ("setting_up", None)
    assert "Too early." in Message.objects.filter(kind="network/membership_moved").latest("pk").text


def test_suspension_and_return(network: Cast, now: datetime) -> None:
    membership = Membership.objects.get(force=network.north)
    membership = act.suspend_member(membership=membership, reason="A review.", by=network.coordinator, now=now)
    network.north_team.refresh_from_db()
    assert (membership.status, network.north_team.cleared_until) == ("suspended", None)
    with pytest.raises(Refused):
        act.suspend_member(membership=membership, reason="Again.", by=network.coordinator, now=now)
    membership = act.reinstate_member(membership=membership, by=network.coordinator, now=now)
    network.north_team.refresh_from_db()
    assert (membership.status, network.north_team.cleared_until) == ("member", UNTIL)


def test_a_force_that_left_applies_again(network: Cast, now: datetime) -> None:
    membership = Membership.objects.get(force=network.north)
    membership = act.end_membership(membership=membership, reason="No dogs.", by=network.coordinator, now=now)
    assert (membership.status, membership.since_on, membership.application_approved_on) == ("left", None, None)
    agreement = Agreement.objects.get(force=network.north)
    assert agreement.status == "terminated"
    assert trail(agreement)[-1] == "terminated agreement"
    membership = act.start_scheme(force=network.north, by=network.coordinator, now=now)
    assert membership.status == "setting_up"
    with pytest.raises(Refused):
        act.start_scheme(force=network.north, by=network.coordinator, now=now)


def test_a_new_agreement_supersedes_the_older_one(network: Cast, now: datetime) -> None:
    older = Agreement.objects.get(force=network.north, status="active")
    newer = agreed(network.north, network, now)
    older.refresh_from_db()
    assert (older.status, newer.status, newer.countersigned_by) == ("superseded", "active", network.coordinator)
    assert trail(newer) == ["offered agreement", "signed agreement", "countersigned agreement", "activated agreement"]
    assert "lead@northshire.example" in told("network/agreement_moved")


def test_an_agreement_that_had_run_out_counts_as_expired_once_the_next_begins(network: Cast, now: datetime) -> None:
    older = Agreement.objects.get(force=network.north, status="active")
    Agreement.objects.filter(pk=older.pk).update(expires_on=localdate(now) - timedelta(days=1))
    newer = agreed(network.north, network, now)
    older.refresh_from_db()
    assert (older.status, newer.status) == ("expired", "active")
    assert trail(older)[-1] == "expired agreement"


def test_an_agreement_takes_no_step_out_of_turn(network: Cast, now: datetime) -> None:
    text = AgreementText.objects.get(version=1)
    with pytest.raises(Refused) as refused:
        act.offer_agreement(force=network.north, text=text, expires_on=localdate(now), by=network.coordinator, now=now)
    assert refused.value.field == "expires_on"
    agreement = act.offer_agreement(force=network.north, text=text, expires_on=UNTIL, by=network.coordinator, now=now)
    with pytest.raises(Refused):
        act.offer_agreement(force=network.north, text=text, expires_on=UNTIL, by=network.coordinator, now=now)
    with pytest.raises(Refused):
        act.activate_agreement(agreement=agreement, by=network.coordinator, now=now)
    with pytest.raises(Refused):
        act.sign_agreement(agreement=agreement, signed_by_name=" ", by=network.coordinator, now=now)
    with pytest.raises(PermissionDenied):
        act.countersign_agreement(agreement=agreement, by=network.north_lead, now=now)
    later = now + timedelta(days=3000)
    agreement = act.sign_agreement(agreement=agreement, signed_by_name="A Chief", by=network.coordinator, now=now)
    agreement = act.countersign_agreement(agreement=agreement, by=network.coordinator, now=now)
    with pytest.raises(Refused):
        act.activate_agreement(agreement=agreement, by=network.coordinator, now=later)
    agreement = act.terminate_agreement(agreement=agreement, reason="Ended.", by=network.coordinator, now=now)
    assert agreement.status == "terminated"


def test_the_database_refuses_an_illegal_move_too(network: Cast) -> None:
    with pytest.raises(InternalError), transaction.atomic():
        Membership.objects.filter(force=network.north).update(status="applicant")


def test_nothing_is_kept_when_a_step_fails_halfway(network: Cast, now: datetime) -> None:
    membership = Membership.objects.get(force=network.north)
    with patch("network.emails.queue_mail", side_effect=RuntimeError), pytest.raises(RuntimeError):
        act.suspend_member(membership=membership, reason="A review.", by=network.coordinator, now=now)
    membership.refresh_from_db()
    assert (membership.status, trail(membership)) == ("member", [])


def test_only_a_suspension_is_ended(network: Cast, now: datetime) -> None:
    membership = Membership.objects.get(force=network.north)
    with pytest.raises(Refused, match="no suspension to end"):
        act.reinstate_member(membership=membership, by=network.coordinator, now=now)
    Membership.objects.filter(pk=membership.pk).delete()
    fresh = act.start_scheme(force=network.north, by=network.coordinator, now=now)
    with pytest.raises(Refused, match="no suspension to end"):
        act.reinstate_member(membership=fresh, by=network.coordinator, now=now)


def test_what_its_teams_are_booked_for_is_looked_at_again(
    network: Cast, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    membership = Membership.objects.get(force=network.north)
    with django_capture_on_commit_callbacks() as waiting:
        act.suspend_member(membership=membership, reason="A pause.", by=network.coordinator, now=now)
    assert "_recheck" in {callback.__name__ for callback in waiting}
