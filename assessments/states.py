"""The states of a suitability assessment."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle


class AssessmentStatus(models.TextChoices):
    REQUESTED = "requested", _("Requested")
    BOOKED = "booked", _("Booked")
    PASSED = "passed", _("Passed")
    PASSED_RESTRICTED = "passed_restricted", _("Passed with restrictions")
    REFERRED = "referred", _("Referred for a retest")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


PASSES = (AssessmentStatus.PASSED, AssessmentStatus.PASSED_RESTRICTED)
DECISIONS = (*PASSES, AssessmentStatus.REFERRED, AssessmentStatus.FAILED)
ASSESSMENT = Lifecycle(
    "assessment",
    {
        AssessmentStatus.REQUESTED: (AssessmentStatus.BOOKED, AssessmentStatus.CANCELLED),
        AssessmentStatus.BOOKED: (*DECISIONS, AssessmentStatus.CANCELLED),
    },
)
