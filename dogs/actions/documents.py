"""Documents of forces and dogs: submitted, verified, sent back. Each decision replaces, records and tells."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import can, must
from accounts.models import Force, User
from accounts.queries import concerned, people, sent_by
from core.lifecycle import Refused
from core.tenancy import network_scope
from dogs import emails
from dogs.inputs import NewDocument
from dogs.models import Document, Dog, Team
from dogs.queries import limits
from dogs.states import FORCE_DOCUMENTS, DocumentKind
from network.actions.evidence import check_days, mark_verified, reject_evidence, submit_evidence, verify_evidence
from network.states import EvidenceStatus


@transaction.atomic
def submit_document(*, force: Force, dog: Dog | None, new: NewDocument, by: User, now: datetime) -> Document:
    """Send a document of a force, or of one of its dogs, to be verified.

    One that waits already is replaced: only the newest is looked at.
    """
    if not may_submit_for(force_id=force.pk, dog=dog, by=by):
        raise PermissionDenied
    check_kind(new.kind, dog=dog, cover_pounds=new.cover_pounds)
    check_days(new.issued_on, new.expires_on, months=_months_of(new.kind), today=localdate(now))
    insured = new.kind == DocumentKind.PUBLIC_LIABILITY
    document = Document(
        force=force,
        dog=dog,
        kind=new.kind,
        issued_on=new.issued_on,
        expires_on=new.expires_on,
        cover_pounds=new.cover_pounds if insured else None,
        covers_workplace=insured and new.covers_workplace,
        file=new.file,
        submitted_at=now,
        submitted_by=by,
    )
    submit_evidence(document, by=by, now=now)
    return document


def _months_of(kind: str) -> int | None:
    """How long a paper of this kind holds, where the network says so; an insurance says it itself."""
    numbers = limits()
    return {
        DocumentKind.VET_CHECK.value: numbers.vet_check_months,
        DocumentKind.RISK_ASSESSMENT.value: numbers.risk_assessment_months,
        DocumentKind.WELFARE_VISIT.value: numbers.welfare_visit_months,
    }.get(kind)


def record_welfare_evidence(
    dog: Dog, *, visited_on: date, expires_on: date, is_verified: bool, by: User, now: datetime
) -> Document | None:
    """The evidence that an acceptable welfare visit leaves, without a file: the report is the proof.

    Verified at once where whoever visited is not of the dog's own force; else it waits for a coordinator like any
    other. The report of an older visit than the one that counts, sent late, leaves none: None.
    To be called inside the transaction of the report, in the network's scope.
    """
    document = Document(
        force_id=dog.force_id, dog=dog, kind=DocumentKind.WELFARE_VISIT, issued_on=visited_on, expires_on=expires_on,
        submitted_at=now, submitted_by=by,
    )  # fmt: skip
    if document.siblings().filter(status=EvidenceStatus.VERIFIED, issued_on__gt=visited_on).exists():
        return None
    replaces = (EvidenceStatus.SUBMITTED, EvidenceStatus.VERIFIED) if is_verified else (EvidenceStatus.SUBMITTED,)
    submit_evidence(document, replaces=replaces, by=by, now=now)
    if is_verified:
        mark_verified(document, by=by, now=now)
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
    must(by, "document.verify")
    document = _locked(document)
    verify_evidence(document, by=by, now=now)
    with network_scope(user=by.pk, reason="whoever sent it is told that it counts"):
        senders = {to.user_id: to for to in sent_by(document.submitted_by_id, document.force_id)}
        if document.submitted_by_id and document.submitted_by_id not in senders:  # (the national team entered it)
            working = Team.objects.filter(dog=document.dog, is_active=True).values_list("handler_user_id", flat=True)
            senders |= {to.user_id: to for to in people(working)}
        for recipient in senders.values():
            emails.document_verified(document, recipient, now=now)
    return document


@transaction.atomic
def reject_document(*, document: Document, reason: str, by: User, now: datetime) -> Document:
    """Send it back with the reason; whoever sent it and the leads are told."""
    must(by, "document.verify")
    document = _locked(document)
    reject_evidence(document, reason=reason, by=by, now=now)
    with network_scope(user=by.pk, reason="the sender and the leads are told"):
        senders = [to.user_id for to in sent_by(document.submitted_by_id, document.force_id)]
        for recipient in concerned(senders, document.force_id):
            emails.document_rejected(document, recipient, now=now)
    return document


def _locked(document: Document) -> Document:
    """The document, locked with all its kind in one order, so that two decisions follow each other."""
    of_kind = Document.objects.filter(force_id=document.force_id, dog_id=document.dog_id, kind=document.kind)
    list(of_kind.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk"))
    return Document.objects.select_related("dog", "force").get(pk=document.pk)
