"""Documents: what submitting, verifying and sending back do, tell and refuse."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.timezone import localdate

from audit.models import Record
from core.lifecycle import Refused
from core.tenancy import scope, system_scope
from dogs.actions import documents
from dogs.actions.documents import reject_document, submit_document, verify_document
from dogs.inputs import NewDocument
from dogs.models import Document, Team
from notifications.models import Message
from tests.conftest import Cast
from tests.factories.dogs import make_dog


def submit(cast: Cast, now: datetime, **changes: Any) -> Document:
    """Northshire's handler sends Bramble's new vet check, unless changed."""
    today = localdate(now)
    wanted = {
        "force": cast.north,
        "dog": cast.north_team.dog,
        "kind": "vet_check",
        "issued_on": today - timedelta(days=3),
        "expires_on": today + timedelta(days=360),
        "file": "documents/x.pdf",
        "by": cast.north_handler,
        "now": now,
        **changes,
    }
    by = wanted["by"]
    leads = (cast.north.pk,) if by == cast.north_lead else (cast.south.pk,) if by == cast.south_lead else ()
    with scope(user=by.pk, forces=leads, national=by == cast.coordinator):
        sent = {field.name: wanted.pop(field.name) for field in fields(NewDocument) if field.name in wanted}
        return submit_document(new=NewDocument(**sent), **wanted)


def as_coordinator(cast: Cast) -> Any:
    return scope(user=cast.coordinator.pk, national=True)


def trail(document: Document) -> list[tuple[str, str, str]]:
    with system_scope():
        rows = Record.objects.filter(object_uuid=document.uuid).order_by("pk")
        return list(rows.values_list("verb", "from_state", "to_state"))


def mails(kind: str) -> dict[str, str]:
    with system_scope():
        return dict(Message.objects.filter(kind=kind).values_list("to", "text"))


def test_a_handler_submits_for_their_own_dog(cast: Cast, now: datetime) -> None:
    document = submit(cast, now)
    assert (document.status, document.submitted_by, document.submitted_at) == ("submitted", cast.north_handler, now)
    assert trail(document) == [("submitted document", "", "submitted")]
    assert not mails("dogs/document_verified")


def test_a_newer_submission_takes_the_place_of_the_one_that_waits(cast: Cast, now: datetime) -> None:
    first, second = submit(cast, now), submit(cast, now)
    with system_scope():
        first.refresh_from_db()
    assert (first.status, second.status) == ("replaced", "submitted")
    assert trail(first)[-1] == ("replaced document", "submitted", "replaced")


def test_a_lead_submits_the_forces_own_insurance(cast: Cast, now: datetime) -> None:
    changes = {"dog": None, "kind": "public_liability", "cover_pounds": 10_000_000, "covers_workplace": True}
    document = submit(cast, now, by=cast.north_lead, **changes)
    assert (document.cover_pounds, document.covers_workplace) == (10_000_000, True)


def test_cover_is_kept_with_liability_insurance_only(cast: Cast, now: datetime) -> None:
    document = submit(cast, now, cover_pounds=5, covers_workplace=True)
    assert (document.cover_pounds, document.covers_workplace) == (None, False)


def test_whoever_does_not_keep_the_dog_may_not_submit(cast: Cast, now: datetime) -> None:
    with system_scope():
        stranger = make_dog(cast.north, "Biscuit")
    attempts: list[dict[str, Any]] = [
        {"by": cast.south_handler},
        {"by": cast.south_lead},
        {"by": cast.assessor},
        {"dog": stranger},
        {"dog": None, "kind": "sop"},
        {"by": cast.south_handler, "force": cast.south},
        {"by": cast.south_lead, "force": cast.south},
    ]
    for changes in attempts:
        with pytest.raises(PermissionDenied):
            submit(cast, now, **changes)


def test_a_team_that_has_parted_no_longer_submits(cast: Cast, now: datetime) -> None:
    with system_scope():
        Team.objects.filter(pk=cast.north_team.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        submit(cast, now)


def days(now: datetime, issued: int, expires: int) -> dict[str, date]:
    today = localdate(now)
    return {"issued_on": today + timedelta(days=issued), "expires_on": today + timedelta(days=expires)}


@pytest.mark.parametrize(
    ("issued", "expires", "field", "words"),
    [
        (1, 300, "issued_on", "is in the future"),
        (-5, -5, "expires_on", "must be after"),
        (-5, -6, "expires_on", "must be after"),
        (-400, -1, "expires_on", "It ended on"),
        (0, 1200, "expires_on", "It holds for 12 months"),
    ],
)
def test_days_that_can_not_be(cast: Cast, now: datetime, issued: int, expires: int, field: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as caught:
        submit(cast, now, **days(now, issued, expires))
    assert caught.value.field == field


def test_no_paper_holds_for_ever(cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused, match="more than 37 months"):
        submit(cast, now, kind="insurance", expires_on=localdate(now) + timedelta(days=1200))


@pytest.mark.parametrize(
    ("kind", "ends", "is_taken"),
    [
        ("vet_check", date(2027, 2, 1), True),  # written by many as the same day, a year later
        ("vet_check", date(2027, 2, 2), False),
        ("risk_assessment", date(2027, 6, 30), False),
        ("welfare_visit", date(2029, 1, 1), False),
        ("insurance", date(2027, 6, 30), True),
    ],
)
def test_a_paper_holds_no_longer_than_its_kind_does(cast: Cast, kind: str, ends: date, *, is_taken: bool) -> None:
    now = datetime(2026, 2, 3, 12, tzinfo=UTC)
    wanted = {"kind": kind, "issued_on": date(2026, 2, 1), "expires_on": ends}
    if is_taken:
        assert submit(cast, now, **wanted).status == "submitted"
        return
    with pytest.raises(Refused, match="It holds for 12 months: to 31 January 2027 at most") as refused:
        submit(cast, now, **wanted)
    assert refused.value.field == "expires_on"


def test_the_last_day_may_be_today(cast: Cast, now: datetime) -> None:
    assert submit(cast, now, **days(now, -10, 0)).pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "passport"}, "kind"),
        ({"kind": "sop"}, "of"),
        ({"dog": None}, "of"),
        ({"dog": None, "kind": "public_liability"}, "cover_pounds"),
    ],
)
def test_a_kind_that_does_not_fit(cast: Cast, now: datetime, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as caught:
        submit(cast, now, by=cast.north_lead, **changes)
    assert caught.value.field == field


def test_verifying_replaces_the_one_that_counted_and_tells_the_sender(cast: Cast, now: datetime) -> None:
    document = submit(cast, now)
    with as_coordinator(cast):
        older = Document.objects.get(dog=cast.north_team.dog, kind="vet_check", status="verified")
        verify_document(document=document, by=cast.coordinator, now=now)
        document.refresh_from_db()
        older.refresh_from_db()
    assert (document.status, document.decided_by, document.decided_at) == ("verified", cast.coordinator, now)
    assert older.status == "replaced"
    assert trail(document)[-1] == ("verified document", "submitted", "verified")
    assert trail(older) == [("replaced document", "verified", "replaced")]
    told = mails("dogs/document_verified")
    assert list(told) == [cast.north_handler.email]
    assert "Vet check, Bramble" in told[cast.north_handler.email]


def test_verifying_moves_the_day_to_which_the_team_is_clear(cast: Cast, now: datetime) -> None:
    document = submit(cast, now)
    with as_coordinator(cast):
        verify_document(document=document, by=cast.coordinator, now=now)
        assert Team.objects.get(pk=cast.north_team.pk).cleared_until == document.expires_on


def test_sending_back_tells_the_sender_and_the_leads_why(cast: Cast, now: datetime) -> None:
    document = submit(cast, now)
    with as_coordinator(cast):
        reject_document(document=document, reason=" The second page is missing. ", by=cast.coordinator, now=now)
        document.refresh_from_db()
        record = Record.objects.get(object_uuid=document.uuid, verb="sent back document")
    assert (document.status, document.reason) == ("rejected", "The second page is missing.")
    assert (record.why, record.actor_id) == ("The second page is missing.", cast.coordinator.pk)
    told = mails("dogs/document_rejected")
    assert set(told) == {cast.north_handler.email, cast.north_lead.email}
    for text in told.values():
        assert "The second page is missing." in text
        assert f"/member/documents/add/?kind=vet_check&dog={cast.north_team.dog.uuid}" in text


def test_a_reason_is_needed(cast: Cast, now: datetime) -> None:
    document = submit(cast, now)
    with as_coordinator(cast), pytest.raises(Refused) as caught:
        reject_document(document=document, reason="  ", by=cast.coordinator, now=now)
    assert caught.value.field == "reason"


def test_a_decision_is_made_once(cast: Cast, now: datetime) -> None:
    document = submit(cast, now)
    with as_coordinator(cast):
        reject_document(document=document, reason="Blurred", by=cast.coordinator, now=now)
        for decide in (
            lambda: verify_document(document=document, by=cast.coordinator, now=now),
            lambda: reject_document(document=document, reason="Blurred", by=cast.coordinator, now=now),
        ):
            with pytest.raises(Refused, match="Somebody may have been quicker"):
                decide()


def test_what_ended_while_it_waited_is_not_verified(cast: Cast, now: datetime) -> None:
    document = submit(cast, now, **days(now, -10, 2))
    with as_coordinator(cast), pytest.raises(Refused, match="It ended on"):
        verify_document(document=document, by=cast.coordinator, now=now + timedelta(days=3))


def test_only_coordinators_decide(cast: Cast, now: datetime) -> None:
    document = submit(cast, now)
    for user in (cast.north_handler, cast.north_lead, cast.assessor):
        with scope(user=user.pk, forces=(cast.north.pk,)), pytest.raises(PermissionDenied):
            verify_document(document=document, by=user, now=now)
        with scope(user=user.pk, forces=(cast.north.pk,)), pytest.raises(PermissionDenied):
            reject_document(document=document, reason="No", by=user, now=now)


def test_nothing_is_kept_of_a_decision_that_fails_halfway(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = submit(cast, now)

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no post today")

    monkeypatch.setattr(documents.emails, "document_verified", broken)
    with as_coordinator(cast):
        with pytest.raises(RuntimeError):
            verify_document(document=document, by=cast.coordinator, now=now)
        document.refresh_from_db()
        counting = Document.objects.filter(dog=cast.north_team.dog, kind="vet_check", status="verified")
        assert (document.status, counting.count()) == ("submitted", 1)
    assert len(trail(document)) == 1


def test_the_database_refuses_another_forces_dog(cast: Cast, now: datetime) -> None:
    """A form that got past every check still meets the composite key."""
    with pytest.raises(PermissionDenied):
        submit(cast, now, by=cast.north_lead, dog=cast.south_team.dog)
    assert connection.is_usable()
