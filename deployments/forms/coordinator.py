"""The coordinators' forms: triage, answers taken by telephone, and reasons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, LineField, MomentField, StoryField, TelephoneField, WatchedForm
from deployments.forms.public import SETTING, PlaceForm, SupportForm
from deployments.inputs import Triage, WhenAndWhere
from deployments.models import Request
from deployments.states import RequestKind, Side, Tier

LEGAL_BASES = [
    ("Police Act 1996 s24", _("Police Act 1996, section 24 (England and Wales)")),
    ("Police Act 1996 s98", _("Police Act 1996, section 98 (Scotland, Northern Ireland)")),
    ("Own arrangement", _("The service's own arrangement")),
]


class TelephoneRequestForm(SupportForm):
    """A request that somebody makes on the telephone, typed by the coordinator who listens."""

    WORDS = {
        "kind": _("What kind of support do they need?"),
        "force": _("Which force or service are they from?"),
        "name": _("Who rings?"),
        "telephone": _("Their number"),
        "email": _("Their e-mail address"),
    }
    field_order = (
        *("key", "telephone", "name", "force", "kind", "places", "postcode", "place", "starts_at", "ends_at"),
        *("people", "setting", "story", "email"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.WORDS.items():
            self.rename(name, label)
        self.fields["telephone"].help_text = _("Read it back to them.")
        self.fields["email"].help_text = _("We send the reference there. Without one, read it to them.")
        self.fields["email"].required = False
        self.fields["story"].help_text = _("Only coordinators and the host force read this.")
        self.fields["force"].empty_label = _("Choose")  # type: ignore[attr-defined]


class TriageForm(WatchedForm):
    """What a coordinator decides, and the briefing that the teams will read."""

    tier = forms.TypedChoiceField(
        label=_("Tier"),
        help_text=_("How far the request reaches. Tier 2 puts the host’s region first; every team is judged in each."),
        coerce=int,
        choices=Tier.choices,
        widget=forms.RadioSelect,
    )
    places = forms.IntegerField(
        label=_("Teams needed"),
        min_value=1,
        max_value=50,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={
            "invalid": _("Enter how many teams in figures, like 2."),
            "min_value": _("Ask for at least one team."),
            "max_value": _("Ask for at most 50 teams."),
        },
    )
    setting = forms.MultipleChoiceField(
        label=_("What is the setting like?"),
        choices=SETTING,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Teams whose assessment rules one of these out are not clear. Ask when you ring back."),
    )
    legal_basis = forms.ChoiceField(label=_("Legal basis"), choices=LEGAL_BASES)
    meeting_point = LineField(label=_("Where the teams come"), max_length=200, required=False)
    contact_name = LineField(label=_("Contact on scene"), max_length=120, required=False)
    contact_telephone = TelephoneField(label=_("Their telephone"), required=False)
    expect = StoryField(
        label=_("What to expect"),
        required=False,
        max_length=2000,
        rows=3,
        help_text=_("The teams read this. Say what helps them get ready, not what happened to whom."),
    )
    practical = StoryField(label=_("Parking, water, quiet room"), required=False, max_length=2000, rows=2)
    note = StoryField(
        label=_("Coordinators' note"),
        required=False,
        max_length=2000,
        rows=2,
        help_text=_("Only coordinators read it."),
    )

    @classmethod
    def starting_with(cls, request: Request) -> dict[str, Any]:
        """What the form shows first: what the request says, and the briefing as it stands."""
        briefing = request.briefing
        names = ("meeting_point", "contact_name", "contact_telephone", "expect", "practical")
        basis = request.legal_basis or _usual_basis(request)
        return {
            "tier": request.tier,
            "places": request.places,
            "setting": request.setting,
            "legal_basis": basis,
            "note": request.detail.triage_note,
            **{name: getattr(briefing, name) for name in names},
        }

    def triage(self) -> Triage:
        return Triage(**{**self.cleaned_data, "setting": tuple(self.cleaned_data["setting"])})


class MoveForm(PlaceForm, WatchedForm):
    """Another date, place or kind, and at whose word."""

    field_order = ("kind", "starts_at", "ends_at", "postcode", "place", "asked_by")

    kind = forms.ChoiceField(label=_("Kind of support"), choices=RequestKind.choices)
    asked_by = LineField(label=_("Who asked for the change?"), max_length=120, required=False)

    def when_and_where(self) -> WhenAndWhere:
        """What was typed, for the action. Only after `is_valid`."""
        data, found = self.cleaned_data, self.outcode
        assert found is not None  # noqa: S101  (is_valid has run)
        names = ("kind", "postcode", "place", "starts_at", "ends_at")
        return WhenAndWhere(**{name: data[name] for name in names}, lat=found.lat, lng=found.lng)


class TierForm(HouseForm):
    """Another tier alone, by one press on the match page."""

    tier = forms.TypedChoiceField(label=_("Tier"), coerce=int, choices=Tier.choices)


def _usual_basis(request: Request) -> str:
    """Police Act 1996: section 24 in England and Wales, section 98 elsewhere; other services record their own."""
    if not request.force.kind.startswith("police"):
        return "Own arrangement"
    return "Police Act 1996 s24" if request.force.country in ("England", "Wales") else "Police Act 1996 s98"


class AnswerForm(HouseForm):
    """An answer that was given by telephone: whose, what, who said it, and when."""

    side = forms.ChoiceField(
        label=_("Whose answer is it?"),
        choices=[(Side.LEAD, _("The force's: may the team go?")), (Side.HANDLER, _("The handler's"))],
        widget=forms.RadioSelect,
    )
    answer = forms.ChoiceField(
        label=_("What did they say?"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect
    )
    said_by = LineField(
        label=_("Who said it?"),
        max_length=120,
        help_text=_("Their name, and their role if it is not the usual person."),
    )
    said_at = MomentField(label=_("When?"))
    reason = LineField(
        label=_("Why not?"), required=False, max_length=300, help_text=_("Of a force’s no. A handler needs no reason.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for("reason")
        for box in self.fields["said_at"].widget.widgets:  # it decides whether an answer was in time: never an old one
            box.attrs["data-keep-never"] = ""


class LeavingForm(HouseForm):
    """When a team that had checked in left, and who said so."""

    left_at = MomentField(label=_("When did they leave?"))
    said_by = LineField(label=_("Who said so?"), max_length=120, help_text=_("The team and its force read this."))


class AttendanceForm(LeavingForm):
    """When a team that had not checked in came and left, and who said so."""

    field_order = ("arrived_at", "left_at", "said_by")

    arrived_at = MomentField(label=_("When did they come?"))
    left_at = MomentField(
        label=_("When did they leave?"), required=False, help_text=_("Leave it empty while they are there.")
    )


class ReasonForm(HouseForm):
    """A sentence that the people concerned will read."""

    reason = StoryField(label=_("Why?"), max_length=300, rows=3, help_text=_("The people concerned read this."))


class CancelForm(ReasonForm):
    """Who no longer needs the teams, and why."""

    field_order = ("asked_by", "reason")

    asked_by = LineField(
        label=_("Who asked for it?"),
        max_length=120,
        help_text=_(
            "Their name, and their role if it is not whoever asked for the support. The host and the coordinators"
            " read it."
        ),
    )


class CloseForm(HouseForm):
    note = StoryField(label=_("A closing note"), required=False, max_length=400, rows=3)
