"""By what a list of forms is narrowed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Force
from core.forms import HouseForm


class DayInput(forms.DateInput):
    """The browser's own calendar; where it has none, a box for 2026-11-27."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "govuk-input--width-10"})


class FilterForm(HouseForm):
    """From a day, to a day, and for the coordinators of one force. What makes no sense narrows nothing and is said."""

    since = forms.DateField(label=_("From"), required=False, widget=DayInput, input_formats=["%Y-%m-%d"])
    until = forms.DateField(label=_("To"), required=False, widget=DayInput, input_formats=["%Y-%m-%d"])
    force = forms.ChoiceField(label=_("Force"), required=False)

    def __init__(self, *args: Any, forces: Sequence[Force], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forces = {force.slug: force for force in forces}
        if forces:
            self.choose_from("force", [(force.slug, force.name) for force in forces], none=_("Every force"))
        else:
            del self.fields["force"]
        for name in ("since", "until"):
            self.fields[name].error_messages["invalid"] = _("Enter a day like 2026-11-27.")

    def narrowing(self, day: str) -> Q:
        """What the rows must meet; `day` is their column."""
        typed = self.cleaned_data if self.is_valid() else {}
        wanted = Q()
        if typed.get("since"):
            wanted &= Q(**{f"{day}__gte": typed["since"]})
        if typed.get("until"):
            wanted &= Q(**{f"{day}__lte": typed["until"]})
        if typed.get("force"):
            wanted &= Q(force_id=self.forces[typed["force"]].pk)
        return wanted
