"""What a document's sender types, and when a team is away. The forms check and never write."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Force
from core.forms import DayField, HouseForm, LineField
from core.typed import LONDON
from dogs.models import Dog, Team
from dogs.states import FORCE_DOCUMENTS, CommitmentKind, DocumentKind
from network.forms import EvidenceForm

MOST_POUNDS = 1_000_000_000
# Nobody is away for longer in one piece; a slip in the year is found by it.
LONGEST_AWAY = timedelta(days=366)
FARTHEST_AHEAD = timedelta(days=2 * 366)


class DocumentForm(EvidenceForm):
    """A document of one of the own dogs, or of a force that the sender keeps. `of` is checked against those alone."""

    of = forms.ChoiceField(label=_("What is it for?"))
    kind = forms.ChoiceField(label=_("What is it?"))
    cover_pounds = LineField(
        label=_("Cover in pounds"),
        required=False,
        help_text=_("Only for public liability insurance: at least 10,000,000"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
    )
    covers_workplace = forms.BooleanField(
        label=_("The policy covers the handlers' own workplace"),
        required=False,
        help_text=_("Only for public liability"),
    )
    field_order = ["of", "kind", "issued_on", "expires_on", "cover_pounds", "covers_workplace", "file"]

    def __init__(self, *args: Any, forces: list[Force], dogs: list[Dog], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.things: dict[str, Force | Dog] = {f"dog-{dog.uuid}": dog for dog in dogs}
        self.things |= {f"force-{force.uuid}": force for force in forces}
        self.fields["of"].choices = [("", _("Choose")), *((key, str(thing)) for key, thing in self.things.items())]  # type: ignore[attr-defined]
        kinds = [kind for kind in DocumentKind if forces or kind not in FORCE_DOCUMENTS]
        kinds = [kind for kind in kinds if dogs or kind in FORCE_DOCUMENTS]
        self.fields["kind"].choices = [("", _("Choose")), *((kind.value, kind.label) for kind in kinds)]  # type: ignore[attr-defined]
        if not self._may_be_liability(bool(forces)):
            del self.fields["cover_pounds"], self.fields["covers_workplace"]

    def _may_be_liability(self, keeps_force: bool) -> bool:
        kind = self.data.get("kind") if self.is_bound else self.initial.get("kind")
        return keeps_force and kind in (None, "", DocumentKind.PUBLIC_LIABILITY)

    @property
    def dog(self) -> Dog | None:
        thing = self.things[self.cleaned_data["of"]]
        return thing if isinstance(thing, Dog) else None

    @property
    def force(self) -> Force:
        thing = self.things[self.cleaned_data["of"]]
        return thing.force if isinstance(thing, Dog) else thing

    def clean_cover_pounds(self) -> int | None:
        text = self.cleaned_data["cover_pounds"].replace(",", "").replace(" ", "").removeprefix("£")
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()) or not 0 < int(text[:12]) <= MOST_POUNDS:
            raise ValidationError(_("Enter the cover as whole pounds, like 10,000,000."))
        return int(text[:12])


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
        help_text=_("For example, 27 3 2027"),
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
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["team"].choices = [(key, team.handler.name) for key, team in self.teams.items()]  # type: ignore[attr-defined]
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
