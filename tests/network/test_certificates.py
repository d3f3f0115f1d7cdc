"""Certificates: what submitting, verifying and sending back do, tell and refuse."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from network.actions import certificates
from network.actions.certificates import reject_certificate, submit_certificate, verify_certificate
from network.models import Certificate
from notifications.models import Message
from tests.conftest import Cast


def submit(cast: Cast, now: datetime, **changes: Any) -> Certificate:
    today = localdate(now)
    wanted = {
        "handler": cast.north_team.handler,
        "kind": "mhfa",
        "issued_on": today - timedelta(days=3),
        "expires_on": today + timedelta(days=1000),
        "file": "certificates/x.pdf",
        "by": cast.north_handler,
        "now": now,
        **changes,
    }
    by = wanted["by"]
    leads = (cast.north.pk,) if by == cast.north_lead else (cast.south.pk,) if by == cast.south_lead else ()
    with scope(user=by.pk, forces=leads, national=by == cast.coordinator):
        return submit_certificate(**wanted)


def as_coordinator(cast: Cast) -> Any:
    return scope(user=cast.coordinator.pk, national=True)


def told(kind: str) -> set[str]:
    with system_scope():
        return set(Message.objects.filter(kind=kind).values_list("to", flat=True))


@pytest.mark.parametrize("who", ["north_handler", "north_lead", "coordinator"])
def test_the_handler_the_lead_and_a_coordinator_submit(cast: Cast, now: datetime, who: str) -> None:
    certificate = submit(cast, now, by=getattr(cast, who))
    assert (certificate.status, certificate.handler_user) == ("submitted", cast.north_handler)
    with system_scope():
        assert Record.objects.get(object_uuid=certificate.uuid).verb == "submitted certificate"


@pytest.mark.parametrize("who", ["south_handler", "south_lead", "assessor"])
def test_nobody_else_submits(cast: Cast, now: datetime, who: str) -> None:
    with pytest.raises(PermissionDenied):
        submit(cast, now, by=getattr(cast, who))


def test_kinds_and_days_are_checked(cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused) as kind:
        submit(cast, now, kind="first_aid")
    with pytest.raises(Refused) as days:
        submit(cast, now, expires_on=localdate(now) - timedelta(days=1))
    assert (kind.value.field, days.value.field) == ("kind", "expires_on")


def test_verifying_replaces_and_tells_the_handler(cast: Cast, now: datetime) -> None:
    waiting, certificate = submit(cast, now), submit(cast, now, by=cast.north_lead)
    with as_coordinator(cast):
        older = Certificate.objects.get(handler=cast.north_team.handler, status="verified")
        verify_certificate(certificate=certificate, by=cast.coordinator, now=now)
        for row in (waiting, certificate, older):
            row.refresh_from_db()
    assert [row.status for row in (waiting, older, certificate)] == ["replaced", "replaced", "verified"]
    assert (certificate.decided_by, certificate.decided_at) == (cast.coordinator, now)
    assert told("network/certificate_verified") == {cast.north_handler.email}


def test_the_other_kind_stays(cast: Cast, now: datetime) -> None:
    certificate = submit(cast, now, kind="peer_supporter")
    with as_coordinator(cast):
        verify_certificate(certificate=certificate, by=cast.coordinator, now=now)
        assert Certificate.objects.filter(handler=cast.north_team.handler, status="verified").count() == 2


def test_sending_back_tells_the_handler_and_the_leads(cast: Cast, now: datetime) -> None:
    certificate = submit(cast, now)
    with as_coordinator(cast):
        reject_certificate(certificate=certificate, reason="Not signed", by=cast.coordinator, now=now)
        certificate.refresh_from_db()
        assert Record.objects.get(object_uuid=certificate.uuid, to_state="rejected").why == "Not signed"
        with pytest.raises(Refused):
            verify_certificate(certificate=certificate, by=cast.coordinator, now=now)
        with pytest.raises(Refused):
            reject_certificate(certificate=certificate, reason="", by=cast.coordinator, now=now)
    assert (certificate.status, certificate.reason) == ("rejected", "Not signed")
    assert told("network/certificate_rejected") == {cast.north_handler.email, cast.north_lead.email}


def test_only_coordinators_decide(cast: Cast, now: datetime) -> None:
    certificate = submit(cast, now)
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)), pytest.raises(PermissionDenied):
        verify_certificate(certificate=certificate, by=cast.north_lead, now=now)
    with scope(user=cast.north_lead.pk, forces=(cast.north.pk,)), pytest.raises(PermissionDenied):
        reject_certificate(certificate=certificate, reason="No", by=cast.north_lead, now=now)


def test_nothing_is_kept_of_a_decision_that_fails_halfway(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = submit(cast, now)

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no post today")

    monkeypatch.setattr(certificates.emails, "certificate_rejected", broken)
    with as_coordinator(cast):
        with pytest.raises(RuntimeError):
            reject_certificate(certificate=certificate, reason="Blurred", by=cast.coordinator, now=now)
        certificate.refresh_from_db()
        assert (certificate.status, certificate.reason) == ("submitted", "")
