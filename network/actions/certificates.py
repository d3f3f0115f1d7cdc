"""Certificates of handlers: submitted, verified, sent back. Each decision replaces, records and tells."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.access import can, must
from accounts.models import User
from accounts.queries import concerned, people, sent_by
from core.lifecycle import Refused
from core.tenancy import network_scope
from network import emails
from network.actions.evidence import check_days, reject_evidence, submit_evidence, verify_evidence
from network.models import Certificate, Handler, NetworkNumbers
from network.states import CertificateKind


@transaction.atomic
def submit_certificate(
    *, handler: Handler, kind: str, issued_on: date, expires_on: date, file: str, by: User, now: datetime
) -> Certificate:
    """Send a certificate to be verified. `file` is a name from `core.files.store_upload`.

    One that waits already is replaced: only the newest is looked at.
    """
    if not may_submit_for(handler, by):
        raise PermissionDenied
    if kind not in CertificateKind.values:
        raise Refused(_("Choose which certificate it is."), field="kind")
    months = NetworkNumbers.objects.get().certificate_months
    check_days(issued_on, expires_on, months=months, today=localdate(now))
    Handler.objects.select_for_update(no_key=True, of=("self",)).get(pk=handler.pk)
    certificate = Certificate(
        force_id=handler.force_id,
        handler=handler,
        handler_user_id=handler.handler_user_id,
        kind=kind,
        issued_on=issued_on,
        expires_on=expires_on,
        file=file,
        submitted_at=now,
        submitted_by=by,
    )
    submit_evidence(certificate, by=by, now=now)
    return certificate


def may_submit_for(handler: Handler, by: User) -> bool:
    """A handler for themselves, a lead for the own force's handlers, a coordinator for all."""
    if can(by, "network.keep"):
        return True
    mine = handler.handler_user_id == by.pk and can(by, "document.upload", force=handler.force_id)
    return mine or can(by, "force.keep", force=handler.force_id)


@transaction.atomic
def verify_certificate(*, certificate: Certificate, by: User, now: datetime) -> Certificate:
    """It counts from now on; the one that counted until now is replaced."""
    must(by, "document.verify")
    certificate = _locked(certificate)
    verify_evidence(certificate, by=by, now=now)
    with network_scope(user=by.pk, reason="the handler is told that the certificate counts"):
        for recipient in people([certificate.handler_user_id]):
            emails.certificate_verified(certificate, recipient, now=now)
    return certificate


@transaction.atomic
def reject_certificate(*, certificate: Certificate, reason: str, by: User, now: datetime) -> Certificate:
    """Send it back with the reason; the handler, whoever sent it and the leads are told."""
    must(by, "document.verify")
    certificate = _locked(certificate)
    reject_evidence(certificate, reason=reason, by=by, now=now)
    with network_scope(user=by.pk, reason="the handler, the sender and the leads are told"):
        senders = [to.user_id for to in sent_by(certificate.submitted_by_id, certificate.force_id)]
        for recipient in concerned({certificate.handler_user_id, *senders}, certificate.force_id):
            emails.certificate_rejected(certificate, recipient, now=now)
    return certificate


def _locked(certificate: Certificate) -> Certificate:
    """The certificate under the lock of its handler, so that two decisions on one kind follow each other."""
    Handler.objects.select_for_update(no_key=True, of=("self",)).get(pk=certificate.handler_id)
    rows = Certificate.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("handler").get(pk=certificate.pk)
