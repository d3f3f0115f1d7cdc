"""The states of memberships, agreements, handlers and certificates, and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle


class MembershipStatus(models.TextChoices):
    SETTING_UP = "setting_up", _("Setting up")
    APPLICANT = "applicant", _("Applicant")
    MEMBER = "member", _("Member")
    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Left")


MEMBERSHIP = Lifecycle(
    "membership",
    {
        MembershipStatus.SETTING_UP: (MembershipStatus.APPLICANT, MembershipStatus.LEFT),
        MembershipStatus.APPLICANT: (MembershipStatus.MEMBER, MembershipStatus.SETTING_UP, MembershipStatus.LEFT),
        MembershipStatus.MEMBER: (MembershipStatus.SUSPENDED, MembershipStatus.LEFT),
        MembershipStatus.SUSPENDED: (MembershipStatus.MEMBER, MembershipStatus.LEFT),
        MembershipStatus.LEFT: (MembershipStatus.SETTING_UP,),
    },
)


class AgreementStatus(models.TextChoices):
    OFFERED = "offered", _("Offered")
    SIGNED = "signed", _("Signed by the force")
    COUNTERSIGNED = "countersigned", _("Countersigned by NPWS")
    ACTIVE = "active", _("Active")
    SUPERSEDED = "superseded", _("Superseded")
    EXPIRED = "expired", _("Expired")
    TERMINATED = "terminated", _("Terminated")


AGREEMENT = Lifecycle(
    "agreement",
    {
        AgreementStatus.OFFERED: (AgreementStatus.SIGNED, AgreementStatus.TERMINATED),
        AgreementStatus.SIGNED: (AgreementStatus.COUNTERSIGNED, AgreementStatus.TERMINATED),
        AgreementStatus.COUNTERSIGNED: (AgreementStatus.ACTIVE, AgreementStatus.TERMINATED),
        AgreementStatus.ACTIVE: (AgreementStatus.SUPERSEDED, AgreementStatus.EXPIRED, AgreementStatus.TERMINATED),
    },
)


class HandlerStatus(models.TextChoices):
    INVITED = "invited", _("Invited")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    LEFT = "left", _("Left")


HANDLER = Lifecycle(
    "handler",
    {
        HandlerStatus.INVITED: (HandlerStatus.ACTIVE, HandlerStatus.LEFT),
        HandlerStatus.ACTIVE: (HandlerStatus.PAUSED, HandlerStatus.LEFT),
        HandlerStatus.PAUSED: (HandlerStatus.ACTIVE, HandlerStatus.LEFT),
        HandlerStatus.LEFT: (HandlerStatus.INVITED,),
    },
)


class CertificateKind(models.TextChoices):
    PEER_SUPPORTER = "peer_supporter", _("Peer supporter certificate")
    MHFA = "mhfa", _("Mental Health First Aider certificate")


class EvidenceStatus(models.TextChoices):
    """Of certificates and documents alike. Expiring and expired follow from the date and are never stored."""

    SUBMITTED = "submitted", _("Waiting to be verified")
    VERIFIED = "verified", _("Verified")
    REJECTED = "rejected", _("Sent back")
    REPLACED = "replaced", _("Replaced by a newer one")


EVIDENCE_MOVES: dict[str, tuple[str, ...]] = {
    EvidenceStatus.SUBMITTED: (EvidenceStatus.VERIFIED, EvidenceStatus.REJECTED, EvidenceStatus.REPLACED),
    EvidenceStatus.VERIFIED: (EvidenceStatus.REPLACED,),
}
CERTIFICATE = Lifecycle("certificate", EVIDENCE_MOVES)
