"""What is told of certificates, memberships, agreements and handlers. A function a message; links are made here."""

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from network.models import Agreement, Certificate, Handler, Membership
from network.states import MembershipStatus
from notifications.outbox import Recipient, queue_mail


def add_certificate_address(certificate: Certificate) -> str:
    """The page on which a newer certificate of the same kind and handler is added."""
    query = urlencode({"kind": certificate.kind, "handler": certificate.handler.uuid})
    return f"{settings.OK9_ADDRESS}{reverse('member_certificate_add')}?{query}"


def certificate_verified(certificate: Certificate, to: Recipient, *, now: datetime) -> None:
    queue_mail(
        to,
        "network/certificate_verified",
        key=f"network-certificate:{certificate.uuid}:verified",
        context=lambda: {"certificate": certificate, "link": settings.OK9_ADDRESS + reverse("member_document_list")},
        now=now,
    )


def certificate_rejected(certificate: Certificate, to: Recipient, *, now: datetime) -> None:
    queue_mail(
        to,
        "network/certificate_rejected",
        key=f"network-certificate:{certificate.uuid}:rejected",
        context=lambda: {"certificate": certificate, "link": add_certificate_address(certificate)},
        now=now,
    )


def _home() -> str:
    return settings.OK9_ADDRESS + reverse("home_redirect")


def membership_moved(membership: Membership, to: Recipient, *, now: datetime, why: str = "") -> None:
    """Where the force stands now, in the words of its status."""
    queue_mail(
        to,
        "network/membership_moved",
        key=f"network-membership:{membership.uuid}:{membership.status}:{now:%Y%m%d%H%M%S}",
        context=lambda: {"force": membership.force, "status": membership.status, "why": why, "link": _home()},
        now=now,
        urgent=membership.status == MembershipStatus.SUSPENDED,
    )


def application_approved(membership: Membership, to: Recipient, *, now: datetime, why: str = "") -> None:
    queue_mail(
        to,
        "network/application_approved",
        key=f"network-membership:{membership.uuid}:approved:{now:%Y%m%d%H%M%S}",
        context=lambda: {"force": membership.force, "link": _home()},
        now=now,
    )


def agreement_moved(agreement: Agreement, to: Recipient, *, now: datetime, why: str = "") -> None:
    """Offered, signed, active or terminated: what it is now, and who does what next."""
    queue_mail(
        to,
        "network/agreement_moved",
        key=f"network-agreement:{agreement.uuid}:{agreement.status}",
        context=lambda: {"agreement": agreement, "force": agreement.force, "why": why, "link": _home()},
        now=now,
    )


def handler_moved(handler: Handler, to: Recipient, *, now: datetime, why: str = "") -> None:
    """To the handler and to those who keep the force, in the same words."""
    queue_mail(
        to,
        "network/handler_moved",
        key=f"network-handler:{handler.uuid}:{handler.status}:{now:%Y%m%d%H%M%S}",
        context=lambda: {"handler": handler, "force": handler.force, "why": why, "link": _home()},
        now=now,
    )
