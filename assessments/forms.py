"""What an assessor decides, as a form. It checks and never writes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.rules import MAX_RETEST_WEEKS, Outcome
from assessments.states import DECISIONS, AssessmentStatus
from core.forms import HouseForm, StoryField
from dogs.states import Restriction


class OutcomeForm(HouseForm):
    """What the assessor decided. What goes with which result is judged by `assessments.rules`."""

    result = forms.ChoiceField(
        label=_("Result"),
        choices=[(result, AssessmentStatus(result).label) for result in DECISIONS],
        widget=forms.RadioSelect,
    )
    restrictions = forms.MultipleChoiceField(
        label=_("Restrictions"),
        choices=Restriction.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Only for a pass with restrictions: what the team is not sent to."),
    )
    retest_weeks = forms.IntegerField(
        label=_("Retest after, weeks"),
        required=False,
        help_text=_("Only when the team is referred for a retest."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        min_value=1,
        max_value=MAX_RETEST_WEEKS,
        error_messages={
            "invalid": _("Enter the weeks in figures, from 1 to 52."),
            "min_value": _("Enter the weeks in figures, from 1 to 52."),
            "max_value": _("Enter the weeks in figures, from 1 to 52."),
        },
    )
    findings = StoryField(
        label=_("Findings"),
        max_length=4000,
        required=False,
        rows=6,
        help_text=_("The handler, their force and the coordinators read this."),
    )

    def outcome(self) -> Outcome:
        """What was typed, for the action. Only after `is_valid`."""
        said = self.cleaned_data
        return Outcome(
            result=said["result"],
            restrictions=tuple(said["restrictions"]),
            retest_weeks=said["retest_weeks"],
            findings=said["findings"],
        )
