"""The coordinators' admin of assessments and their criteria."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.admin_house import Act, DayBox, HouseAdmin, RowField, RowForm, WhyForm, site
from accounts.models import RoleName, User
from assessments import actions
from assessments.forms import OutcomeForm
from assessments.models import Assessment, Criteria
from assessments.states import ASSESSMENT, AssessmentStatus
from dogs.admin import working_teams


def _assessors() -> QuerySet[User]:
    return User.objects.filter(is_active=True, roles__role=RoleName.ASSESSOR).distinct().order_by("email")


class AskForm(RowForm):
    """Which team is to be assessed."""

    team = RowField(working_teams, with_force=True, label=_("Team"))


class BookingForm(RowForm):
    """Who assesses, and on which day."""

    assessor_user = RowField(_assessors, label=_("Assessor"))
    booked_for = DayBox(label=_("Day"))


class DecisionForm(OutcomeForm):
    """The assessor's form, for a coordinator who records it for them."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        return {"outcome": self.outcome()} if not self.errors else self.cleaned_data


@admin.register(Assessment, site=site)
class AssessmentAdmin(HouseAdmin):
    """Asked for, booked, decided. A pass is written onto the team by its action."""

    noun, lifecycle = "assessment", ASSESSMENT
    list_display = ("team", "force", "status", "requested_on", "booked_for", "assessor_user", "valid_until")
    list_select_related = ("team__dog", "team__handler", "force", "assessor_user")
    list_filter = ("status", ("force", admin.RelatedOnlyFieldListFilter))
    search_fields = ("team__dog__name", "team__handler__name", "force__name", "assessor_user__email")
    ordering = ("-requested_on", "-pk")
    add_act = Act("add", _("Ask for an assessment"), actions.request_assessment, AskForm)
    acts = (
        Act("book", _("Book"), actions.book_assessment, BookingForm, to=AssessmentStatus.BOOKED),
        Act("decide", _("Record the outcome"), actions.record_outcome, DecisionForm, to=AssessmentStatus.PASSED),
        Act("cancel", _("Cancel"), actions.cancel_assessment, WhyForm, to=AssessmentStatus.CANCELLED),
    )


@admin.register(Criteria, site=site)
class CriteriaAdmin(HouseAdmin):
    """Published versions. A version that stands is not changed: a new one is published."""

    list_display = ("version", "published_on")
    ordering = ("-version",)
    addable = ("version", "published_on", "text")
