"""The coordinators' admin of memberships, agreements, handlers, certificates and the network's numbers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin_house import Act, DayBox, HouseAdmin, ReasonForm, RowField, RowForm, WhyForm, site
from accounts.models import Force
from core.fields import LineField
from core.forms import HouseForm
from network.actions import certificates, memberships
from network.models import Agreement, AgreementText, Certificate, Membership, NetworkNumbers
from network.states import (
    AGREEMENT,
    CERTIFICATE,
    MEMBERSHIP,
    AgreementStatus,
    EvidenceStatus,
    MembershipStatus,
)


class SchemeForm(RowForm):
    """Which force sets up a scheme."""

    force = RowField(lambda: Force.objects.order_by("name", "pk"), label=_("Force"))


@admin.register(Membership, site=site)
class MembershipAdmin(HouseAdmin):
    """A force's standing, and its duty contact, which is typed here."""

    noun, lifecycle = "membership", MEMBERSHIP
    list_display = ("force", "status", "since_on", "duty_contact", "duty_telephone")
    list_select_related = ("force",)
    list_filter = ("status", "force__region", "force__kind")
    search_fields = ("force__name", "duty_contact", "duty_telephone")
    ordering = ("force__name", "pk")
    editable = ("duty_contact", "duty_telephone")
    add_act = Act("add", _("Start a scheme"), memberships.start_scheme, SchemeForm)
    acts = (
        Act("submit", _("Submit application"), memberships.submit_application, to=MembershipStatus.APPLICANT),
        Act(
            "approve",
            _("Approve application"),
            memberships.approve_application,
            when=lambda m: m.status == MembershipStatus.APPLICANT and not m.application_approved_on,
        ),
        Act(
            "decline",
            _("Decline application"),
            memberships.decline_application,
            ReasonForm,
            when=lambda m: m.status == MembershipStatus.APPLICANT,
        ),
        Act("accept-duties", _("Record duties accepted"), memberships.accept_duties),
        Act(
            "admit",
            _("Admit to the network"),
            memberships.admit_member,
            when=lambda m: m.status == MembershipStatus.APPLICANT,
        ),
        Act("suspend", _("Suspend"), memberships.suspend_member, ReasonForm, to=MembershipStatus.SUSPENDED),
        Act(
            "reinstate",
            _("Reinstate"),
            memberships.reinstate_member,
            WhyForm,
            when=lambda m: m.status == MembershipStatus.SUSPENDED,
        ),
        Act("end", _("End membership"), memberships.end_membership, ReasonForm, to=MembershipStatus.LEFT),
    )


@admin.register(AgreementText, site=site)
class AgreementTextAdmin(HouseAdmin):
    """Published versions. A version that stands is not changed: a new one is published."""

    list_display = ("version", "published_on", "sign_by_on")
    ordering = ("-version",)
    addable = ("version", "published_on", "sign_by_on", "text")


class OfferForm(RowForm):
    """Which text is offered to which force, and until when it would hold."""

    force = RowField(lambda: Force.objects.order_by("name", "pk"), label=_("Force"))
    text = RowField(lambda: AgreementText.objects.order_by("-version"), label=_("Version of the text"))
    expires_on = DayBox(label=_("Active to the end of"))


class SignatureForm(HouseForm):
    """Who signed."""

    signed_by_name = LineField(label=_("Signed for the force by"), max_length=120)


@admin.register(Agreement, site=site)
class AgreementAdmin(HouseAdmin):
    """Offered, signed, countersigned, active: each step is an action."""

    noun, lifecycle = "agreement", AGREEMENT
    list_display = ("force", "text", "status", "signed_on", "countersigned_on", "expires_on")
    list_select_related = ("force", "text")
    list_filter = ("status", "text", ("force", admin.RelatedOnlyFieldListFilter))
    search_fields = ("force__name", "signed_by_name")
    ordering = ("force__name", "-offered_on", "-pk")
    add_act = Act("add", _("Offer an agreement"), memberships.offer_agreement, OfferForm)
    acts = (
        Act("sign", _("Record signature"), memberships.sign_agreement, SignatureForm, to=AgreementStatus.SIGNED),
        Act("countersign", _("Countersign"), memberships.countersign_agreement, to=AgreementStatus.COUNTERSIGNED),
        Act("activate", _("Activate"), memberships.activate_agreement, to=AgreementStatus.ACTIVE),
        Act("terminate", _("Terminate"), memberships.terminate_agreement, ReasonForm, to=AgreementStatus.TERMINATED),
    )


@admin.register(Certificate, site=site)
class CertificateAdmin(HouseAdmin):
    """Peer supporter and Mental Health First Aider certificates: looked at, verified or sent back."""

    noun, lifecycle = "certificate", CERTIFICATE
    list_display = ("handler", "force", "kind", "status", "issued_on", "expires_on")
    list_select_related = ("handler", "force")
    list_filter = ("status", "kind", ("force", admin.RelatedOnlyFieldListFilter))
    search_fields = ("handler__name", "force__name")
    ordering = ("-submitted_at", "-pk")
    acts = (
        Act("verify", _("Verify"), certificates.verify_certificate, to=EvidenceStatus.VERIFIED),
        Act("send-back", _("Send back"), certificates.reject_certificate, ReasonForm, to=EvidenceStatus.REJECTED),
    )


@admin.register(NetworkNumbers, site=site)
class NetworkNumbersAdmin(HouseAdmin):
    """The one row of numbers by which clearance judges."""

    list_display = ("__str__", "contact_minutes_a_day", "sessions_a_week", "assessment_months", "certificate_months")
    editable = tuple(field.name for field in NetworkNumbers._meta.fields if field.name != "id")
    ordering = ("pk",)
