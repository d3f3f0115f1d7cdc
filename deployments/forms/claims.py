"""What a handler types of expenses, and why a lead sends them back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, EvidenceFileField, HouseForm, IdempotentForm, LineField, StoryField, example_day
from deployments.inputs import UnplannedVisit
from deployments.money import read_pence
from deployments.states import ExpenseKind
from dogs.forms.work import CountField, TeamField
from dogs.models import Commitment, Team

# What stands for a visit that was not planned, beside the keys of deployments and visits.
UNPLANNED = "unplanned"
MOST_MILES = 2000
MOST_PENCE = 1_000_000


class NewClaimForm(HouseForm):
    """For which of the own deployments and visits the claim is (`choices` are those alone); or a visit, typed here.

    Whoever types one need not choose as well.
    """

    commitment = forms.ChoiceField(label=_("What is it for?"), required=False)
    team = TeamField(required=False)
    on = DayField(label=_("Day"), required=False, help_text=example_day(-2))
    place = LineField(
        label=_("Where was it?"), required=False, max_length=120, help_text=_("The station or team, like Control room.")
    )
    purpose = LineField(
        label=_("What was it for?"), required=False, max_length=200, help_text=_("Like: after a death in the team")
    )

    def __init__(
        self, *args: Any, choices: Sequence[tuple[Commitment, str]], teams: Sequence[Team], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.commitments = {str(commitment.uuid): commitment for commitment, _place in choices}
        named = [
            (str(commitment.uuid), f"{date_format(commitment.local_days[0], 'j M Y')}, {place}")
            for commitment, place in choices
        ]
        unplanned = [(UNPLANNED, _("A visit that was not planned"))] if teams else []
        self.choose_from("commitment", [*named, *unplanned], none=_("Choose"))
        self.fields["team"].choose_from(teams)  # type: ignore[attr-defined]
        self.ask_for("commitment", "team", "on", "place", "purpose")

    @property
    def is_unplanned(self) -> bool:
        """Whether the boxes of a visit that was not planned are what counts, or are wrong."""
        return bool(self.errors) or self["commitment"].value() == UNPLANNED

    def clean_commitment(self) -> Commitment | None:
        return self.commitments.get(self.cleaned_data["commitment"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "commitment" in self.errors:
            return data
        has_words = any(data.get(name) or name in self.errors for name in ("on", "place", "purpose"))
        if not (self["commitment"].value() or has_words):
            self.add_error("commitment", _("Answer “What is it for?”"))
            return data
        if data.get("commitment"):
            if has_words:
                said = _("Choose the visit that was not planned here, or leave its boxes empty.")
                self.add_error("commitment", said)
            return data
        missing = {
            "team": _("Answer “Which team?”"),
            "on": _("Fill in “Day”."),
            "place": _("Say where the visit was, like Control room."),
            "purpose": _("Say what the visit was for."),
        }
        for name, said in missing.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, said)
        return data

    def visit(self) -> UnplannedVisit:
        """What was typed, for the action. Only after `is_valid`, and where no commitment was chosen."""
        return UnplannedVisit(**{name: self.cleaned_data[name] for name in ("on", "place", "purpose")})


class ExpenseForm(IdempotentForm):
    """One expense: miles at the network's rate, or an amount with its receipt."""

    kind = forms.ChoiceField(label=_("What kind?"), choices=ExpenseKind.choices, widget=forms.RadioSelect)
    on = DayField(label=_("Day"), help_text=example_day(-2))
    what = LineField(label=_("What for?"), max_length=200, help_text=_("Like Sheffield to Bolton and back"))
    miles = CountField(
        label=_("Miles"),
        least=1,
        most=MOST_MILES,
        required=False,
        invalid=_("Enter the miles in figures, from 1 to 2000, like 84."),
    )
    amount = LineField(
        label=_("Amount in pounds"),
        required=False,
        max_length=12,
        help_text=_("Not for mileage. Like 72.50"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-5"}),
    )
    receipt = EvidenceFileField(
        label=_("Receipt"),
        required=False,
        help_text=_("A PDF or a clear picture, up to 10 MB. The host does not see it."),
    )

    def __init__(self, *args: Any, mileage_pence: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for("miles", "amount")
        self.fields["miles"].help_text = _("Only for mileage, at %(rate)d pence a mile") % {"rate": mileage_pence}

    def clean_amount(self) -> int | None:
        text = self.cleaned_data["amount"]
        if not text:
            return None
        pence = read_pence(text)
        if pence is None or not 1 <= pence <= MOST_PENCE:
            raise forms.ValidationError(_("Enter the amount in pounds, up to 10,000, like 72.50."))
        return pence

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == ExpenseKind.MILEAGE:
            if not data.get("miles") and "miles" not in self.errors:
                self.add_error("miles", _("Enter the miles, like 84."))
            if data.get("amount"):
                self.add_error("amount", _("Mileage is paid by the mile: leave the amount empty."))
        elif data.get("kind"):
            if not data.get("amount") and "amount" not in self.errors:
                self.add_error("amount", _("Enter the amount, like 72.50."))
            if data.get("miles"):
                self.add_error("miles", _("Miles are for mileage only: leave them empty."))
        return data


class ReturnClaimForm(HouseForm):
    """Why a claim is sent back; the handler reads it."""

    reason = StoryField(
        label=_("Why do you send it back?"),
        max_length=400,
        rows=3,
        help_text=_("The handler reads this. For example: the hotel’s receipt is missing."),
    )
