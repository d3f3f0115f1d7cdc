"""What a certificate's sender and its judge type. The forms check and never write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, EvidenceFileField, HouseForm, StoryField, example_day
from network.models import Handler
from network.states import CertificateKind


class EvidenceForm(HouseForm):
    """What all dated evidence has: two days and a file."""

    issued_on = DayField(label=_("Issued on"), help_text=example_day(-9))
    expires_on = DayField(label=_("Valid to the end of"), help_text=_("The last day on which it still counts"))
    file = EvidenceFileField(
        label=_("File"),
        help_text=_("A PDF or a clear picture, up to 10 MB"),
    )


class CertificateForm(EvidenceForm):
    """A certificate of the sender, or of a handler in a force that the sender keeps."""

    handler = forms.ChoiceField(label=_("Whose certificate is it?"))
    kind = forms.ChoiceField(label=_("Which certificate is it?"), choices=[("", _("Choose")), *CertificateKind.choices])

    field_order = ["handler", "kind", "issued_on", "expires_on", "file"]

    def __init__(self, *args: Any, handlers: list[Handler], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.handlers = {str(handler.uuid): handler for handler in handlers}
        choices = [(key, handler.name) for key, handler in self.handlers.items()]
        self.choose_from("handler", choices, none=_("Choose") if len(choices) != 1 else "")

    def clean_handler(self) -> Handler:
        return self.handlers[self.cleaned_data["handler"]]


class SendBackForm(HouseForm):
    """Why evidence is sent back; the sender reads it."""

    reason = StoryField(
        label=_("What is wrong with it?"),
        help_text=_("The sender and the leads read this. For example: the second page is missing."),
        max_length=400,
        rows=3,
    )
