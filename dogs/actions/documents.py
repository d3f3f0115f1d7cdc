"""Documents of forces and dogs: submitted, verified, sent back. Each decision replaces, records and tells."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import can
from accounts.models import Force, User
from accounts.queries import leads_of, people
from audit.actions import record
from core.lifecycle import Refused
from core.tenancy import network_scope
from dogs import emails
from dogs.models import Document, Dog, Team
from dogs.states import DOCUMENT, FORCE_DOCUMENTS, DocumentKind
from network.actions.evidence import check_days, check_still_holds
from network.states import EvidenceStatus


@transaction.atomic
def submit_document(
    *,
    force: Force,
    dog: Dog | None,
    kind: str,
    issued_on: date,
    expires_on: date,
    file: str,
    cover_pounds: int | None = None,
    covers_workplace: bool = False,
    by: User,
    now: datetime,
) -> Document:
    """Send a document to be verified. `file` is a name from `core.files.store_upload`.

    One that waits already is replaced: only the newest is looked at.
    """
    if not may_submit_for(force_id=force.pk, dog=dog, by=by):
        raise PermissionDenied
    check_kind(kind, dog=dog, cover_pounds=cover_pounds)
    check_days(issued_on, expires_on, today=localdate(now))
    insured = kind == DocumentKind.PUBLIC_LIABILITY
    document = Document(
        force=force,
        dog=dog,
        kind=kind,
        issued_on=issued_on,
        expires_on=expires_on,
        cover_pounds=cover_pounds if insured else None,
        covers_workplace=insured and covers_workplace,
        file=file,
        submitted_at=now,
        submitted_by=by,
    )
    for waiting in _locked_siblings(document).filter(status=EvidenceStatus.SUBMITTED):
        _replace(waiting, by=by, now=now)
    document.save(force_insert=True)
    record("submitted document", document, by=by, now=now, moved=("", EvidenceStatus.SUBMITTED))
    return document


def record_welfare_evidence(
    dog: Dog, *, visited_on: date, expires_on: date, is_verified: bool, by: User, now: datetime
) -> Document:
    """The evidence that an acceptable welfare visit leaves, without a file: the report is the proof.

    Verified at once where whoever visited is not of the dog's own force; else it waits for a coordinator like any
    other. To be called inside the transaction of the report, in the network's scope.
    """
    document = Document(
        force_id=dog.force_id, dog=dog, kind=DocumentKind.WELFARE_VISIT, issued_on=visited_on, expires_on=expires_on,
        submitted_at=now, submitted_by=by,
    )  # fmt: skip
    replaced = (EvidenceStatus.SUBMITTED, EvidenceStatus.VERIFIED) if is_verified else (EvidenceStatus.SUBMITTED,)
    for older in _locked_siblings(document).filter(status__in=replaced):
        _replace(older, by=by, now=now)
    document.save(force_insert=True)
    record("submitted document", document, by=by, now=now, moved=("", EvidenceStatus.SUBMITTED))
    if is_verified:
        _decide(document, EvidenceStatus.VERIFIED, by=by, now=now)
        record("verified document", document, by=by, now=now, moved=(EvidenceStatus.SUBMITTED, document.status))
    return document


def check_kind(kind: str, *, dog: Dog | None, cover_pounds: int | None) -> None:
    """Raise `Refused` unless the kind fits what it is of, and says what it must."""
    if kind not in DocumentKind.values:
        raise Refused(_("Choose what kind of document it is."), field="kind")
    if kind in FORCE_DOCUMENTS and dog is not None:
        raise Refused(_("This document is the force's, not one dog's. Choose the force."), field="of")
    if kind not in FORCE_DOCUMENTS and dog is None:
        raise Refused(_("Choose the dog that this document is about."), field="of")
    if kind == DocumentKind.PUBLIC_LIABILITY and not cover_pounds:
        raise Refused(_("Enter the cover in pounds, as the policy says it."), field="cover_pounds")


def may_submit_for(*, force_id: int, dog: Dog | None, by: User) -> bool:
    """A handler for the dogs of their own teams, a lead for the own force and its dogs, a coordinator for all."""
    if can(by, "network.keep") or can(by, "force.keep", force=force_id):
        return dog is None or dog.force_id == force_id
    if dog is None or dog.force_id != force_id or not can(by, "document.upload", force=force_id):
        return False
    return Team.objects.filter(dog=dog, handler_user=by, is_active=True).exists()


@transaction.atomic
def verify_document(*, document: Document, by: User, now: datetime) -> Document:
    """It counts from now on; the one that counted until now is replaced."""
    if not can(by, "document.verify"):
        raise PermissionDenied
    document = _locked(document)
    DOCUMENT.check(document.status, EvidenceStatus.VERIFIED, thing=str(document))
    check_still_holds(document.expires_on, today=localdate(now))
    for older in _siblings(document).filter(status=EvidenceStatus.VERIFIED):
        _replace(older, by=by, now=now)
    _decide(document, EvidenceStatus.VERIFIED, by=by, now=now)
    record("verified document", document, by=by, now=now, moved=(EvidenceStatus.SUBMITTED, document.status))
    with network_scope(user=by.pk, reason="whoever sent it is told that it counts"):
        for recipient in people([document.submitted_by_id] if document.submitted_by_id else []):
            emails.document_verified(document, recipient, now=now)
    return document


@transaction.atomic
def reject_document(*, document: Document, reason: str, by: User, now: datetime) -> Document:
    """Send it back with the reason; whoever sent it and the leads are told."""
    if not can(by, "document.verify"):
        raise PermissionDenied
    if not reason.strip():
        raise Refused(_("Say why you send it back."), field="reason")
    document = _locked(document)
    DOCUMENT.check(document.status, EvidenceStatus.REJECTED, thing=str(document))
    document.reason = reason.strip()[:400]
    _decide(document, EvidenceStatus.REJECTED, by=by, now=now)
    moved = (EvidenceStatus.SUBMITTED, document.status)
    record("sent back document", document, by=by, now=now, moved=moved, why=document.reason)
    with network_scope(user=by.pk, reason="the sender and the leads are told"):
        senders = people([document.submitted_by_id] if document.submitted_by_id else [])
        for recipient in {to.user_id: to for to in [*senders, *leads_of(document.force_id)]}.values():
            emails.document_rejected(document, recipient, now=now)
    return document


@transaction.atomic
def open_document(*, document: Document, by: User, now: datetime) -> str:
    """Leave the record that somebody looked at the file, and give its name."""
    record("opened document", document, by=by, now=now)
    return document.file


def _siblings(document: Document) -> QuerySet[Document]:
    """Documents of the same kind for the same dog or force, this one aside."""
    rows = Document.objects.filter(force_id=document.force_id, dog_id=document.dog_id, kind=document.kind)
    return rows.exclude(pk=document.pk).order_by("pk")


def _locked_siblings(document: Document) -> QuerySet[Document]:
    return _siblings(document).select_for_update(no_key=True, of=("self",))


def _locked(document: Document) -> Document:
    """The document, locked with all its kind in one order, so that two decisions follow each other."""
    of_kind = Document.objects.filter(force_id=document.force_id, dog_id=document.dog_id, kind=document.kind)
    list(of_kind.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk"))
    return Document.objects.select_related("dog", "force").get(pk=document.pk)


def _replace(document: Document, *, by: User, now: datetime) -> None:
    was, document.status = document.status, EvidenceStatus.REPLACED
    document.save(update_fields=["status"])
    record("replaced document", document, by=by, now=now, moved=(was, document.status))


def _decide(document: Document, status: EvidenceStatus, *, by: User, now: datetime) -> None:
    document.status, document.decided_at, document.decided_by = status, now, by
    document.save(update_fields=["status", "decided_at", "decided_by", "reason"])
