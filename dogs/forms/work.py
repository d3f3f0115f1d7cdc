"""What handlers and leads type of their work: a session, a planned visit, an incident; and a coordinator's review."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, HouseForm, IdempotentForm, LineField, MomentField, StoryField, example_day
from core.typed import in_london, read_time
from dogs.inputs import IncidentReport, PlannedVisit, Session
from dogs.models import Commitment, Dog, Team
from dogs.states import IncidentKind, IncidentOutcome, SupportKind

MOST_MINUTES = 720
MOST_PEOPLE = 2000
# A phone's clock and a typed minute may run a little ahead of ours.
AHEAD = timedelta(minutes=5)
LATE = timedelta(days=60)


class CountField(forms.IntegerField):
    """A number counted by hand: figures only, with large keys on a phone."""

    def __init__(self, *, least: int, most: int, invalid: Any, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-4"}
        wrong = {"invalid": invalid, "required": invalid, "min_value": invalid, "max_value": invalid}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(min_value=least, max_value=most, widget=widget, error_messages=wrong, **kwargs)


class TeamField(forms.ChoiceField):
    """One of the teams that the view found for this person; no other team's id is known here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Which team?"), **kwargs)
        self.teams: dict[str, Team] = {}

    def choose_from(self, teams: Sequence[Team]) -> None:
        self.teams = {str(team.uuid): team for team in teams}
        named = [(key, str(team)) for key, team in self.teams.items()]
        self.choices = named if len(named) == 1 else [("", _("Choose")), *named]

    def clean(self, value: Any) -> Team | None:
        """None only where no team need be chosen."""
        return self.teams.get(super().clean(value))


class SessionForm(IdempotentForm):
    """One session: counts only, no names. `days` are a deployment's days up to today."""

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
    on: forms.Field = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)

    def __init__(self, *args: Any, days: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, name in SupportKind.choices:
            self.fields[f"to_{kind}"] = CountField(
                label=name, least=0, most=MOST_PEOPLE, required=False, invalid=_("Enter a number in figures, like 2.")
            )
        self._settle_days(days)

    def _settle_days(self, days: list[date]) -> None:
        choices = [(day.isoformat(), date_format(day, "l j F")) for day in days]
        self.choose_from("on", choices)
        self.initial.setdefault("on", choices[-1][0] if choices else "")

    @property
    def supports(self) -> list[forms.BoundField]:
        """The counts by kind of support, for the template."""
        return [self[f"to_{kind}"] for kind in SupportKind.values]

    @property
    def supports_are_wrong(self) -> bool:
        return self.is_bound and any(field.errors for field in self.supports)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        people, signposted = data.get("people"), data.get("signposted")
        if people is not None and signposted is not None and signposted > people:
            self.add_error("signposted", _("That is more people than met the dog. Check both numbers."))
        for kind in SupportKind.values:
            most = signposted or people
            if most is not None and (data.get(f"to_{kind}") or 0) > most:
                self.add_error(f"to_{kind}", _("That is more people than you told. Check both numbers."))
        return data

    def session(self) -> Session:
        """What was typed, for the action. Only after `is_valid`."""
        typed = {name: self.cleaned_data[name] for name in ("people", "minutes", "breaks", "signposted", "on")}
        by_kind = {kind: self.cleaned_data.get(f"to_{kind}") or 0 for kind in SupportKind.values}
        return Session(**typed, signposts=by_kind, place=self.cleaned_data.get("place", ""))


class VisitSessionForm(SessionForm):
    """A session of a local visit, planned or not."""

    team = TeamField()
    visit = forms.ChoiceField(label=_("Which visit?"), required=False)
    place = LineField(
        label=_("Where was it?"),
        required=False,
        max_length=120,
        help_text=_("Only for a visit that was not planned: the station or team, like Control room."),
    )
    on = DayField(label=_("Day"), help_text=example_day(-2))
    field_order = ["key", "team", "visit", "on", "place", "people", "minutes", "breaks", "signposted"]

    def __init__(self, *args: Any, teams: Sequence[Team], visits: Sequence[Any], today: date, **kwargs: Any):
        self.today = today
        super().__init__(*args, days=[today], **kwargs)
        self.fields["team"].choose_from(teams)  # type: ignore[attr-defined]
        self.visits = {str(visit.uuid): visit for visit in visits}
        named = [(key, _visit_words(visit, with_team=len(teams) > 1)) for key, visit in self.visits.items()]
        self.choose_from("visit", named, none=_("One that was not planned"))
        self.ask_for("visit", "place")

    def _settle_days(self, days: list[date]) -> None:
        self.initial.setdefault("on", days[-1])

    def clean_visit(self) -> Commitment | None:
        return self.visits.get(self.cleaned_data["visit"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        visit, team = data.get("visit"), data.get("team")
        if visit and team and visit.team_id != team.pk:
            self.add_error("visit", _("That visit is another team’s."))
        if "visit" in data and not visit and not data.get("place") and "place" not in self.errors:
            self.add_error("place", _("Say where the visit was, like Control room."))
        return data


def _visit_words(visit: Any, *, with_team: bool) -> str:
    words = f"{date_format(visit.local_days[0], 'D j M')}, {visit.place or visit.note or visit.team}"
    words = f"{words}, {visit.team}" if with_team else words
    return _("%(visit)s (logged)") % {"visit": words} if visit.is_logged else words


class VisitForm(HouseForm):
    """A visit in the own force: which team, when and where."""

    team = TeamField()
    on = DayField(label=_("Day"), help_text=example_day(9))
    start = LineField(label=_("From"), max_length=20, help_text=_("Like 10:00"))
    end = LineField(label=_("To"), max_length=20, help_text=_("Like 12:00, on the same day"))
    place = LineField(
        label=_("Where in your force?"), max_length=120, help_text=_("The building and the team, like Control room.")
    )
    note = LineField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("start", "end"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-5"
        self.fields["team"].choose_from(teams)  # type: ignore[attr-defined]

    def clean_start(self) -> Any:
        return self._time("start")

    def clean_end(self) -> Any:
        return self._time("end")

    def _time(self, name: str) -> Any:
        found = read_time(self.cleaned_data[name])
        if found is None:
            raise forms.ValidationError(_("Enter a time like 09:30 or 2pm."))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("start", "end"):
            if data.get("on") and data.get(name) is not None:
                moment = in_london(data["on"], data[name])
                if moment is None:
                    self.add_error(name, _("There is no such time on that day: the clocks go forward."))
                data[name] = moment
        return data

    def visit(self) -> PlannedVisit:
        """What was typed, for the action. Only after `is_valid`."""
        return PlannedVisit(**{name: self.cleaned_data[name] for name in ("start", "end", "place", "note")})


class IncidentForm(IdempotentForm):
    """A bite, scare, injury, escape or near miss, in the handler's words."""

    kind = forms.ChoiceField(label=_("What happened?"), choices=IncidentKind.choices, widget=forms.RadioSelect)
    happened_at = MomentField(label=_("When?"), help_text=example_day(-1, "14:30"))
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
        if happened < self.now - LATE:
            raise forms.ValidationError(_("That is more than 60 days ago. Ring the coordinators instead."))
        return happened

    def report(self) -> IncidentReport:
        """What was typed, for the action. Only after `is_valid`."""
        typed = {name: self.cleaned_data[name] for name in ("kind", "happened_at", "account", "first_aid")}
        return IncidentReport(**typed)


class TeamIncidentForm(IncidentForm):
    """An incident outside a deployment."""

    team = TeamField()
    field_order = ["key", "team", "kind", "happened_at", "account", "first_aid"]

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choose_from(teams)  # type: ignore[attr-defined]


class ReviewForm(HouseForm):
    """What a coordinator found about an incident, and what becomes of the dog."""

    found = StoryField(
        label=_("What did you find?"),
        max_length=2000,
        help_text=_("The handler and the leads of the dog’s force read this. Leave out names."),
    )
    outcome = forms.ChoiceField(label=_("What happens now?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, dog: Dog, is_suspended: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"dog": dog.name}
        offered = (
            [
                (IncidentOutcome.RETURNED, _("%(dog)s goes back to work")),
                (IncidentOutcome.KEPT, _("%(dog)s stays suspended")),
            ]
            if is_suspended
            else [(IncidentOutcome.NOTED, _("Nothing more needs doing"))]
        )
        self.choose_from("outcome", [(value, label % words) for value, label in offered])
        if not is_suspended:
            self.initial.setdefault("outcome", IncidentOutcome.NOTED)
