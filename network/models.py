"""Memberships, agreements, handlers and their certificates, and the network's numbers."""

from typing import Any, ClassVar

from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, User
from core.lifecycle import Lifecycle
from core.models import Identified, both_or_neither
from core.tenancy import Scope, TenantModel, by_force_or_handler
from network import rules, states

# Who judges a date looks at what a team does up to nine days around it (`dogs.queries.AROUND`): a longer rest would be
# overlooked.
LONGEST_REST = 7 * 24


def _to(most: int, *, least: int = 0) -> list[BaseValidator]:
    """What may be typed: far more than makes sense, and nothing that would break a rule."""
    return [MinValueValidator(least), MaxValueValidator(most)]


class NetworkNumbers(models.Model):
    """The one row of numbers that coordinators can change. `limits()` is what the rules read."""

    min_age_months = models.PositiveSmallIntegerField(_("youngest dog, months"), default=12, validators=_to(120))
    min_age_months_major = models.PositiveSmallIntegerField(
        _("youngest dog at a major incident, months"), default=18, validators=_to(120)
    )
    together_months = models.PositiveSmallIntegerField(
        _("dog with its handler at least, months"), default=9, db_default=9, validators=_to(120)
    )
    contact_minutes_a_day = models.PositiveSmallIntegerField(
        _("contact a day, minutes"), default=120, validators=_to(24 * 60, least=1)
    )
    sessions_a_week = models.PositiveSmallIntegerField(_("sessions a week"), default=3, validators=_to(50, least=1))
    break_every_minutes = models.PositiveSmallIntegerField(
        _("break every, minutes"), default=45, validators=_to(24 * 60, least=1)
    )
    rest_hours_after_event = models.PositiveSmallIntegerField(
        _("rest after an event day, hours"), default=24, validators=_to(LONGEST_REST)
    )
    rest_hours_after_trauma = models.PositiveSmallIntegerField(
        _("rest after a trauma deployment, hours"), default=48, validators=_to(LONGEST_REST)
    )
    assessment_months = models.PositiveSmallIntegerField(
        _("assessment valid, months"), default=24, validators=_to(120, least=1)
    )
    certificate_months = models.PositiveSmallIntegerField(
        _("certificate valid, months"), default=36, validators=_to(36, least=1)
    )
    welfare_visit_months = models.PositiveSmallIntegerField(
        _("welfare visit valid, months"), default=12, db_default=12, validators=_to(36, least=1)
    )
    vet_check_months = models.PositiveSmallIntegerField(
        _("vet check valid, months"), default=12, db_default=12, validators=_to(36, least=1)
    )
    risk_assessment_months = models.PositiveSmallIntegerField(
        _("risk assessment valid, months"), default=12, db_default=12, validators=_to(36, least=1)
    )
    mileage_pence = models.PositiveSmallIntegerField(
        _("mileage, pence a mile"), default=45, db_default=45, validators=_to(1_000, least=1)
    )
    public_liability_pounds = models.PositiveBigIntegerField(
        _("public liability at least, £"), default=10_000_000, validators=_to(1_000_000_000)
    )
    offer_hours_major = models.PositiveSmallIntegerField(
        _("time to answer, major incident, hours"), default=4, validators=_to(168, least=1)
    )
    offer_days_event = models.PositiveSmallIntegerField(
        _("time to answer, event, days"), default=5, validators=_to(60, least=1)
    )
    travel_stop_hours = models.PositiveSmallIntegerField(
        _("travel stop every, hours"), default=2, validators=_to(24, least=1)
    )

    class Meta:
        verbose_name = verbose_name_plural = _("network numbers")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_numbers")]

    def __str__(self) -> str:
        return str(_("Network numbers"))

    def limits(self) -> rules.Limits:
        return rules.Limits(**{name: getattr(self, name) for name in rules.Limits.__dataclass_fields__})


class Membership(Identified, TenantModel):
    """A force's standing in the network, its duty contact, and the steps that it has taken."""

    force = models.OneToOneField(Force, on_delete=models.PROTECT, related_name="membership")
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=states.MembershipStatus.choices,
        default=states.MembershipStatus.SETTING_UP,
    )
    since_on = models.DateField(_("member since"), null=True, blank=True)
    application_approved_on = models.DateField(_("application approved"), null=True, blank=True)
    duties_accepted_on = models.DateField(_("duties on procedures and risk accepted"), null=True, blank=True)
    duty_contact = models.CharField(_("duty contact, answered day and night"), max_length=120, blank=True)
    duty_telephone = models.CharField(_("duty telephone"), max_length=20, blank=True)

    class Meta:
        triggers = [states.MEMBERSHIP.trigger()]

    def __str__(self) -> str:
        return f"{self.force}: {self.get_status_display()}"


class AgreementText(models.Model):
    """A published version of the Service Level Agreement's text. The same for everybody."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    published_on = models.DateField(_("published"))
    sign_by_on = models.DateField(_("members sign by"))
    text = models.TextField(_("text"))

    def __str__(self) -> str:
        return str(_("Agreement text, version %d") % self.version)


class Agreement(Identified, TenantModel):
    """A force's agreement on one version of the text."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="agreements")
    text = models.ForeignKey(AgreementText, on_delete=models.PROTECT)
    status = models.CharField(
        _("status"), max_length=14, choices=states.AgreementStatus.choices, default=states.AgreementStatus.OFFERED
    )
    offered_on = models.DateField(_("offered"))
    signed_on = models.DateField(_("signed by the force"), null=True, blank=True)
    signed_by_name = models.CharField(_("signed by"), max_length=120, blank=True)
    countersigned_on = models.DateField(_("countersigned"), null=True, blank=True)
    countersigned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    expires_on = models.DateField(_("active to the end of"))

    class Meta:
        triggers = [states.AGREEMENT.trigger()]
        indexes = [
            models.Index(fields=["expires_on"], name="agreement_expiring", condition=models.Q(status="active")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["force"], name="one_active_agreement", condition=models.Q(status="active")),
            both_or_neither("countersigned_on", "countersigned_by", name="agreement_countersigned_when_and_who"),
        ]

    def __str__(self) -> str:
        return str(_("Agreement of %s") % self.force)


class Handler(Identified, TenantModel):
    """The person who works a dog, in one force."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="handlers")
    handler_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="handlers")
    name = models.CharField(_("name"), max_length=120)
    role_title = models.CharField(_("role, as the public may read it"), max_length=80, blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=states.HandlerStatus.choices, default=states.HandlerStatus.INVITED
    )

    class Meta:
        triggers = [states.HANDLER.trigger()]
        constraints = [
            models.UniqueConstraint(fields=["force", "handler_user"], name="handler_once_a_force"),
            models.UniqueConstraint(fields=["id", "force"], name="handler_of_force"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return by_force_or_handler(here)


class Evidence(Identified, TenantModel):
    """Dated proof that somebody submits and a coordinator decides on. Its file is served through its own page only."""

    status = models.CharField(
        _("status"), max_length=9, choices=states.EvidenceStatus.choices, default=states.EvidenceStatus.SUBMITTED
    )
    issued_on = models.DateField(_("issued"))
    expires_on = models.DateField(_("valid to the end of"))
    file = models.CharField(max_length=200, blank=True, editable=False)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("why it was sent back"), max_length=400, blank=True)

    lifecycle: ClassVar[Lifecycle]
    # The columns that say what it is evidence of.
    of: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True

    def siblings(self) -> models.QuerySet[Any]:
        """The others of its kind for the same handler, dog or force, oldest first: one of them all counts at a time."""
        same = {name: getattr(self, name) for name in self.of}
        return type(self).objects.filter(**same).exclude(pk=self.pk).order_by("pk")


class Certificate(Evidence):
    """A handler's peer supporter or Mental Health First Aider certificate."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(Handler, on_delete=models.CASCADE, related_name="certificates")
    handler_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=states.CertificateKind.choices)

    lifecycle, of = states.CERTIFICATE, ("handler_id", "kind")

    class Meta:
        triggers = [states.CERTIFICATE.trigger()]
        indexes = [
            models.Index(
                fields=["expires_on"],
                name="certificate_expiring",
                condition=models.Q(status="verified"),
                include=["handler", "force"],
            ),
            models.Index(fields=["submitted_at"], name="certificate_queue", condition=models.Q(status="submitted")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["handler", "kind"], name="one_verified_certificate", condition=models.Q(status="verified")
            ),
            models.CheckConstraint(
                condition=models.Q(issued_on__lte=models.F("expires_on")), name="certificate_issued_before_expiry"
            ),
            both_or_neither("decided_at", "decided_by", name="certificate_decided_when_and_who"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.handler}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return by_force_or_handler(here)
