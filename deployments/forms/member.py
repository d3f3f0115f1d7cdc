"""What handlers and leads type: a no, a session, an incident, a debrief."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, IdempotentForm, LineField, MomentField, StoryField
from deployments.states import Side
from dogs.actions.work import IncidentReport, Session
from dogs.states import IncidentKind

MOST_MINUTES = 720
MOST_PEOPLE = 2000
# A phone's clock and a typed minute may run a little ahead of ours.
AHEAD = timedelta(minutes=5)


class DeclineForm(HouseForm):
    """A no. The force may say why; a handler is never asked."""

    reason = StoryField(
        label=_("Why not?"),
        required=False,
        max_length=300,
        rows=3,
        help_text=_("The coordinators and the handler read it. It helps to find another team."),
    )

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if side == Side.HANDLER:
            del self.fields["reason"]


class CountField(forms.IntegerField):
    """A number counted by hand: figures only, with large keys on a phone."""

    def __init__(self, *, least: int, most: int, invalid: Any, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-4"}
        wrong = {"invalid": invalid, "required": invalid, "min_value": invalid, "max_value": invalid}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(min_value=least, max_value=most, widget=widget, error_messages=wrong, **kwargs)


class SessionForm(IdempotentForm):
    """One session: counts only, no names. `days` are the deployment's days up to today."""

    people = CountField(
        label=_("People met"),
        least=0,
        most=MOST_PEOPLE,
        initial=0,
        help_text=_("No names, only a count."),
        invalid=_("Enter how many people met the dog, in figures, like 27."),
    )
    minutes = CountField(
        label=_("Minutes of contact"),
        least=1,
        most=MOST_MINUTES,
        help_text=_("Breaks do not count."),
        invalid=_("Enter the minutes of contact in figures, from 1 to 720, like 30."),
    )
    breaks = CountField(
        label=_("Breaks"), least=0, most=50, initial=0, invalid=_("Enter how many breaks, in figures, like 1.")
    )
    signposted = CountField(
        label=_("People you told where to find support"),
        least=0,
        most=MOST_PEOPLE,
        initial=0,
        invalid=_("Enter how many people you told where to find support, in figures, like 2."),
    )
    on = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)

    def __init__(self, *args: Any, days: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(day.isoformat(), date_format(day, "l j F")) for day in days]
        self.fields["on"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("on", choices[-1][0] if choices else "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        people, signposted = data.get("people"), data.get("signposted")
        if people is not None and signposted is not None and signposted > people:
            self.add_error("signposted", _("That is more people than met the dog. Check both numbers."))
        return data

    def session(self) -> Session:
        """What was typed, for the action. Only after `is_valid`."""
        return Session(**{name: value for name, value in self.cleaned_data.items() if name != "key"})


class IncidentForm(IdempotentForm):
    """A bite, scare, injury or escape, in the handler's words."""

    kind = forms.ChoiceField(label=_("What happened?"), choices=IncidentKind.choices, widget=forms.RadioSelect)
    happened_at = MomentField(label=_("When?"), help_text=_("Like 27 11 2026 and 14:30."))
    account = StoryField(
        label=_("What happened, in your words"),
        max_length=4000,
        rows=6,
        help_text=_("Leave out names. Short is fine: somebody will ring you."),
    )
    first_aid = forms.BooleanField(label=_("Somebody needed first aid"), required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.initial.setdefault("happened_at", now)

    def clean_happened_at(self) -> datetime:
        happened: datetime = self.cleaned_data["happened_at"]
        if happened > self.now + AHEAD:
            raise forms.ValidationError(_("That is in the future. Check the day and the time."))
        if happened < self.now - timedelta(days=60):
            raise forms.ValidationError(_("That is more than 60 days ago. Ring the coordinators instead."))
        return happened

    def report(self) -> IncidentReport:
        """What was typed, for the action. Only after `is_valid`."""
        return IncidentReport(**{name: value for name, value in self.cleaned_data.items() if name != "key"})


class DebriefForm(HouseForm):
    """The handler's account of a deployment."""

    dog_after = LineField(label=_("How is the dog now?"), max_length=400)
    went_well = StoryField(label=_("What went well?"), required=False, max_length=4000, rows=4)
    change = StoryField(label=_("What should change?"), required=False, max_length=4000, rows=4)
    needs_follow_up = forms.BooleanField(
        label=_("Somebody should call me"),
        required=False,
        help_text=_("Your lead and the coordinators are told at once. You need not say why."),
    )

    def __init__(self, *args: Any, dog: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = _("How is %(dog)s now?") % {"dog": dog}
        self.fields["dog_after"].label = asked
        self.fields["dog_after"].error_messages["required"] = _("Say how %(dog)s is, like tired and well.") % {
            "dog": dog
        }
