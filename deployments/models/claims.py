"""Expenses: a handler's claim, and its lines."""

from datetime import date

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, User
from core.models import Identified, both_or_neither
from core.tenancy import Scope, TenantModel
from deployments import states
from deployments.models.mutual_aid import Request, of_donor
from dogs.models import Commitment


class Claim(Identified, TenantModel):
    """What a handler asks back for one deployment or visit. Of a deployment's, the host reads the sum once approved.

    A visit that was not planned has no commitment: its day, place and purpose are typed here. `total_pence` is the sum
    of the lines; the action that changes a line keeps it.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    host_force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, related_name="+")
    handler_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    handler_name = models.CharField(_("handler"), max_length=120)
    dog_name = models.CharField(_("dog"), max_length=60)
    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, null=True, related_name="claim")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, related_name="claims")
    on = models.DateField(_("day, of a visit that was not planned"), null=True)
    place = models.CharField(_("place"), max_length=120)
    purpose = models.CharField(
        _("what for, of a visit that was not planned"), max_length=200, blank=True, db_default=""
    )
    status = models.CharField(
        _("status"), max_length=9, choices=states.ClaimStatus.choices, default=states.ClaimStatus.DRAFT
    )
    total_pence = models.PositiveIntegerField(_("total, pence"), default=0)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("why it was sent back"), max_length=400, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        triggers = [states.CLAIM.trigger()]
        indexes = [models.Index(fields=["force", "status"], name="claim_by_force")]
        constraints = [
            models.UniqueConstraint(fields=["id", "force"], name="claim_of_force"),
            both_or_neither("request", "host_force", name="claim_of_request_and_host"),
            both_or_neither("decided_at", "decided_by", name="claim_decided_when_and_who"),
            both_or_neither("settled_at", "settled_by", name="claim_settled_when_and_who"),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "submitted"]) | models.Q(decided_at__isnull=False),
                name="claim_answered_when",
            ),
            models.CheckConstraint(
                condition=models.Q(commitment__isnull=False, on__isnull=True, purpose="")
                | (models.Q(commitment__isnull=True, on__isnull=False, request__isnull=True) & ~models.Q(purpose="")),
                name="claim_planned_or_not",
            ),
            models.UniqueConstraint(
                fields=["handler_user", "on", "place"],
                name="claim_once_a_visit",
                condition=models.Q(commitment__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Expenses of %(dog)s at %(place)s") % {"dog": self.dog_name, "place": self.place})

    def days(self) -> tuple[date, date]:
        """The first and the last day in London of what it is for."""
        if self.commitment:
            return self.commitment.local_days
        on = self.on or localdate(self.started_at)
        return on, on

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        owed = models.Q(host_force_id__in=here.forces, status__in=states.CLAIM_OWED)
        return of_donor(here) | owed


class ClaimLine(Identified, TenantModel):
    """One expense, with its receipt where there is one. The donor force and the network; not the host."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="lines")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    handler_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(_("idempotency key"), unique=True)
    on = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=9, choices=states.ExpenseKind.choices)
    what = models.CharField(_("what for"), max_length=200)
    miles = models.PositiveSmallIntegerField(_("miles"), null=True)
    rate_pence = models.PositiveSmallIntegerField(_("pence a mile"), null=True)
    amount_pence = models.PositiveIntegerField(_("amount, pence"))
    receipt = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_pence__gte=1), name="claim_line_of_something"),
            models.CheckConstraint(
                condition=models.Q(kind="mileage", amount_pence=models.F("miles") * models.F("rate_pence"))
                | (~models.Q(kind="mileage") & models.Q(miles__isnull=True, rate_pence__isnull=True)),
                name="claim_line_miles_at_rate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        return of_donor(here)
