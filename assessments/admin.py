"""The coordinators' admin of assessments and their criteria."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.admin import Act, DayBox, HouseAdmin, RowField, RowForm, WhyForm, site
from accounts.models import RoleName, User
from assessments import actions
from assessments.models import Assessment, Criteria
from assessments.rules import Outcome
from assessments.states import ASSESSMENT, DECISIONS, AssessmentStatus
from core.fields import StoryField
from core.forms import HouseForm
from dogs.admin import working_teams
from dogs.states import Restriction


def _assessors() -> QuerySet[User]:
    return User.objects.filter(is_active=True, roles__role=RoleName.ASSESSOR).distinct().order_by("email")


class AskForm(RowForm):
    """Which team is to be assessed."""

    team = RowField(working_teams, with_force=True, label=_("Team"))


class BookingForm(RowForm):
    """Who assesses, and on which day."""

    assessor_user = RowField(_assessors, label=_("Assessor"))
    booked_for = DayBox(label=_("Day"))


class OutcomeForm(HouseForm):
    """What the assessor decided."""

    result = forms.ChoiceField(
        label=_("Result"), choices=[(result, AssessmentStatus(result).label) for result in DECISIONS]
    )
    restrictions = forms.MultipleChoiceField(
        label=_("Restrictions"), choices=Restriction.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    retest_weeks = forms.IntegerField(label=_("Retest after, weeks"), required=False, min_value=1, max_value=52)
    findings = StoryField(label=_("Findings"), max_length=4000, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        outcome = Outcome(
            result=said.get("result", ""),
            restrictions=tuple(said.get("restrictions", ())),
            retest_weeks=said.get("retest_weeks"),
            findings=said.get("findings", ""),
        )
        return {"outcome": outcome}


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
        Act("decide", _("Record the outcome"), actions.record_outcome, OutcomeForm, to=AssessmentStatus.PASSED),
        Act("cancel", _("Cancel"), actions.cancel_assessment, WhyForm, to=AssessmentStatus.CANCELLED),
    )


@admin.register(Criteria, site=site)
class CriteriaAdmin(HouseAdmin):
    """Published versions. A version that stands is not changed: a new one is published."""

    list_display = ("version", "published_on")
    ordering = ("-version",)
    addable = ("version", "published_on", "text")
