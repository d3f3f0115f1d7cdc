"""Suitability assessments of teams against a version of the criteria."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Force, User
from assessments import states
from core.models import Identified, both_or_neither
from core.tenancy import Scope, TenantModel
from dogs.models import Team
from dogs.states import Restriction


class Criteria(models.Model):
    """A published version of what a team is assessed against. The same for everybody."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    published_on = models.DateField(_("published"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name_plural = _("criteria")

    def __str__(self) -> str:
        return str(_("Criteria, version %d") % self.version)


class Assessment(Identified, TenantModel):
    """One suitability assessment of one team. A pass is written onto the team by the action that records it."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="assessments")
    handler_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assessor_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    criteria = models.ForeignKey(Criteria, on_delete=models.PROTECT)
    status = models.CharField(
        _("status"),
        max_length=18,
        choices=states.AssessmentStatus.choices,
        default=states.AssessmentStatus.REQUESTED,
    )
    requested_on = models.DateField(_("requested"))
    booked_for = models.DateField(_("booked for"), null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    restrictions = ArrayField(models.CharField(max_length=12, choices=Restriction.choices), default=list, blank=True)
    valid_until = models.DateField(_("valid to the end of"), null=True, blank=True)
    retest_weeks = models.PositiveSmallIntegerField(_("retest after, weeks"), null=True, blank=True)
    findings = models.TextField(_("findings"), max_length=4000, blank=True)

    class Meta:
        triggers = [states.ASSESSMENT.trigger()]
        constraints = [
            both_or_neither("decided_at", "decided_by", name="assessment_decided_when_and_who"),
            models.CheckConstraint(
                condition=~models.Q(status__in=states.PASSES) | models.Q(valid_until__isnull=False),
                name="passed_assessment_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Assessment of %s") % self.team)

    @classmethod
    def visible_in(cls, here: Scope) -> models.Q:
        judges = models.Q(assessor_user_id=here.user, assessor_user_id__isnull=False)
        return models.Q(force_id__in=here.forces) | models.Q(handler_user_id=here.user) | judges
