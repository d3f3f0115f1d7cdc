"""The form by which anybody asks for support."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Force
from core.forms import (
    HouseForm,
    IdempotentForm,
    LineField,
    MomentField,
    PostcodeField,
    StoryField,
    TelephoneField,
    example_day,
)
from core.models import Outcode
from deployments.inputs import NewRequest
from deployments.rules import period_problems
from deployments.states import RequestKind
from dogs.states import Restriction

SETTING = [
    (Restriction.CROWDS, _("A crowd, more than about 50 people")),
    (Restriction.CHILDREN, _("Children will be there")),
    (Restriction.NOISE, _("It is noisy")),
    (Restriction.OTHER_DOGS, _("Other dogs will be there")),
    (Restriction.STAIRS, _("There are stairs and no lift")),
]


class PlaceForm(HouseForm):
    """When and where teams are to come. `outcode` is where the postcode lies, once the form is valid."""

    postcode = PostcodeField(label=_("Postcode of the place"), help_text=_("The first half is enough, like S1."))
    place = LineField(
        label=_("Where should the teams come?"),
        max_length=120,
        help_text=_("A building or an address, like Newport fire station."),
    )
    starts_at = MomentField(label=_("From"), help_text=example_day(3, "09:00"))
    ends_at = MomentField(
        label=_("To"),
        help_text=_("A team works on at most three days of a week. Ask for something longer in parts."),
    )
    outcode: Outcode | None = None

    def clean_postcode(self) -> str:
        postcode: str = self.cleaned_data["postcode"]
        self.outcode = Outcode.of(postcode)
        if self.outcode is None:
            raise forms.ValidationError(
                _("We can't find the postcode %(postcode)s. Check it, or enter the first half only."),
                params={"postcode": postcode},
            )
        return postcode


class SupportForm(IdempotentForm, PlaceForm):
    """A request for support."""

    kind = forms.ChoiceField(
        label=_("What kind of support do you need?"), choices=RequestKind.choices, widget=forms.RadioSelect
    )
    force = forms.ModelChoiceField(
        label=_("Which force or service are you from?"),
        queryset=Force.objects.order_by("name"),
        empty_label=_("Choose your force or service"),
    )
    name = LineField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We send the reference there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": _("Enter an e-mail address, like name@force.police.uk.")},
    )
    telephone = TelephoneField(
        label=_("A telephone number where we reach you now"),
        help_text=_("The duty coordinator rings it, also at night after a major incident."),
    )
    places = forms.IntegerField(
        label=_("How many dog teams?"),
        min_value=1,
        max_value=50,
        initial=1,
        help_text=_("One team is a dog with a handler. One team can meet about 40 people in a day."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={
            "invalid": _("Enter how many teams in figures, like 2."),
            "min_value": _("Ask for at least one team."),
            "max_value": _("Ask for at most 50 teams. If you need more, ring the coordinators."),
        },
    )
    people = forms.IntegerField(
        label=_("About how many people?"),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={
            "invalid": _("Enter how many people you expect, like 40."),
            "min_value": _("Enter how many people you expect, like 40."),
            "max_value": _("Enter how many people you expect, at most 100,000."),
        },
    )
    setting = forms.MultipleChoiceField(
        label=_("What is the setting like?"),
        required=False,
        choices=SETTING,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Some dogs are not for every place. Tick what applies."),
    )
    story = StoryField(
        label=_("What happened, and what should we know?"),
        required=False,
        max_length=10_000,
        rows=6,
        help_text=_("Only the coordinators and your own force's lead read this. Leave out names of people affected."),
    )

    # As the page draws them, so that the list of what is wrong runs down the page.
    field_order = (
        *("key", "kind", "places", "postcode", "place", "starts_at", "ends_at", "people", "setting", "story"),
        *("force", "name", "telephone", "email"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        start, end = data.get("starts_at"), data.get("ends_at")
        for problem in period_problems(start, end, now=timezone.now()) if start and end else ():
            self.add_error(problem.field, problem.sentence)
        return data

    def new_request(self) -> NewRequest:
        """What was typed, for the action. Only after `is_valid`."""
        data, found = self.cleaned_data, self.outcode
        assert found is not None  # noqa: S101  (is_valid has run)
        typed = {name: value for name, value in data.items() if name not in ("key", "setting")}
        return NewRequest(**typed, setting=tuple(data["setting"]), lat=found.lat, lng=found.lng)
