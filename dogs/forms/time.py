"""Time away, leave or a season, as a handler or lead types it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, HouseForm, LineField, example_day
from core.typed import LONDON
from dogs.models import Team
from dogs.states import CommitmentKind

# Nobody is away for longer in one piece; a slip in the year is found by it.
LONGEST_AWAY = timedelta(days=366)
FARTHEST_AHEAD = timedelta(days=2 * 366)


class TimeForm(HouseForm):
    """When a team is away: whole days, the last one included. The team is asked for where there are several."""

    team = forms.ChoiceField(
        label=_("With whom?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the handler who is away with the dog.")},
    )
    kind = forms.ChoiceField(
        label=_("Why?"), widget=forms.RadioSelect, error_messages={"required": _("Choose why the team is away.")}
    )
    first_on = DayField(
        label=_("First day away"),
        help_text=example_day(30),
        error_messages={"required": _("Enter the first day away.")},
    )
    last_on = DayField(
        label=_("Last day away"),
        help_text=_("The same day again, for one day"),
        error_messages={"required": _("Enter the last day away.")},
    )
    note = LineField(
        label=_("Note"), max_length=200, required=False, help_text=_("Your force and the coordinators read it.")
    )

    def __init__(self, data: Any = None, *, teams: list[Team], today: date) -> None:
        super().__init__(data)
        self.today = today
        self.teams = {str(team.uuid): team for team in teams}
        kinds = [CommitmentKind.LEAVE, CommitmentKind.REST]
        if any(team.dog.sex == "f" for team in teams):
            kinds.insert(1, CommitmentKind.SEASON)
        self.choose_from("kind", [(kind.value, kind.label) for kind in kinds])
        self.choose_from("team", [(key, team.handler.name) for key, team in self.teams.items()])
        if len(teams) == 1:
            del self.fields["team"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("first_on"), given.get("last_on")
        if first and first < self.today:
            self.add_error("first_on", _("The first day is over. Enter today or a later day."))
        if first and first > self.today + FARTHEST_AHEAD:
            self.add_error("first_on", _("That is more than two years ahead. Check the year."))
        if first and last and last < first:
            self.add_error("last_on", _("The last day is before the first. Enter the same day or a later one."))
        if first and last and last - first > LONGEST_AWAY:
            self.add_error("last_on", _("That is more than a year. Check the year, or enter it in parts."))
        return given

    @property
    def chosen_team(self) -> Team:
        """The team asked for, or the only one."""
        return self.teams[self.cleaned_data.get("team") or next(iter(self.teams))]

    @property
    def period(self) -> tuple[datetime, datetime]:
        """From the first midnight to the one after the last day."""
        first, last = self.cleaned_data["first_on"], self.cleaned_data["last_on"]
        return _midnight(first), _midnight(last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=LONDON)
