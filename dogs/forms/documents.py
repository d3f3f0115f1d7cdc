"""What a document's sender types, and when a team is away. The forms check and never write."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Force
from core.forms import HouseForm, LineField
from dogs.inputs import NewDocument
from dogs.models import Dog
from dogs.states import FORCE_DOCUMENTS, DocumentKind
from network.forms import EvidenceForm

MOST_POUNDS = 1_000_000_000


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
        self.choose_from("of", [(key, str(thing)) for key, thing in self.things.items()], none=_("Choose"))
        kinds = [kind for kind in DocumentKind if forces or kind not in FORCE_DOCUMENTS]
        kinds = [kind for kind in kinds if dogs or kind in FORCE_DOCUMENTS]
        self.choose_from("kind", [(kind.value, kind.label) for kind in kinds], none=_("Choose"))
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

    def new_document(self, file: str) -> NewDocument:
        """What was typed, for the action, with the name of the stored file. Only after `is_valid`."""
        names = ("kind", "issued_on", "expires_on", "cover_pounds", "covers_workplace")
        return NewDocument(file=file, **{name: self.cleaned_data[name] for name in names if name in self.fields})

    def clean_cover_pounds(self) -> int | None:
        text = self.cleaned_data["cover_pounds"].replace(",", "").replace(" ", "").removeprefix("£")
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()) or not 0 < int(text[:12]) <= MOST_POUNDS:
            raise ValidationError(_("Enter the cover as whole pounds, like 10,000,000."))
        return int(text[:12])


class WhoseForm(HouseForm):
    """Whose paper was sent to the national team, and of which sort it is: each has a form of its own."""

    force = forms.ChoiceField(label=_("Which force is it of?"))
    what = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            ("document", _("A document of the force or of a dog: insurance, risk assessment, vet check, SOP")),
            ("certificate", _("A handler’s certificate: peer supporter or Mental Health First Aider")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, forces: list[Force], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forces = {str(force.uuid): force for force in forces}
        self.choose_from("force", [(key, force.name) for key, force in self.forces.items()], none=_("Choose"))

    def clean_force(self) -> Force:
        return self.forces[self.cleaned_data["force"]]
