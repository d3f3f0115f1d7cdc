"""What coordinators write into texts, and what anybody asks in an enquiry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Force
from core.forms import HouseForm, IdempotentForm, LineField, StoryField, TelephoneField
from pages.inputs import NewEnquiry, Placing, Words
from pages.models import Text
from pages.states import Audience, EnquiryKind, Group, Kind

MARKDOWN = _(
    "## makes a heading, a line that begins with - makes a list, **two stars** make bold, [words](/questions/) make a"
    " link. HTML is shown as text. Welsh links begin with /cy/."
)


class TextForm(HouseForm):
    """The words of a text in both languages. `version` is the one that the writer began from."""

    title_en = LineField(label=_("Title in English"), max_length=120)
    body_en = StoryField(label=_("Text in English"), max_length=20_000, rows=16, help_text=MARKDOWN)
    title_cy = LineField(label=_("Title in Welsh"), max_length=120, required=False)
    body_cy = StoryField(label=_("Text in Welsh"), max_length=20_000, rows=16, required=False)
    note = LineField(
        label=_("What did you change, and why?"), max_length=200, help_text=_("Other coordinators read it.")
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=1_000_000,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("This page has grown old. Open it again.")
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("body_cy") and not data.get("title_cy") and "title_cy" not in self.errors:
            self.add_error("title_cy", _("Give the Welsh text its title too."))
        if data.get("title_cy") and not data.get("body_cy") and "body_cy" not in self.errors:
            self.add_error("body_cy", _("Write the Welsh text too, or leave its title empty."))
        return data

    def words(self) -> Words:
        data = self.cleaned_data
        return Words(data["title_en"], data["body_en"], data["title_cy"], data["body_cy"])

    def placing(self) -> Placing:
        return Placing()


class QuestionForm(TextForm):
    """A question and its answer, and where they stand on the page."""

    group = forms.ChoiceField(label=_("Part of the page"), choices=Group.choices, widget=forms.RadioSelect)
    place = forms.IntegerField(
        label=_("Place in its part"),
        min_value=0,
        max_value=999,
        help_text=_("The lowest number comes first, like 10."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Enter a whole number from 0 to 999, like 10.")
        ),
    )
    field_order = ("group", "place")

    def placing(self) -> Placing:
        return Placing(group=self.cleaned_data["group"], place=self.cleaned_data["place"])


class NewsForm(TextForm):
    """A piece of news, and who reads it."""

    audience = forms.ChoiceField(label=_("Who reads it?"), choices=Audience.choices, widget=forms.RadioSelect)
    field_order = ("audience",)

    def placing(self) -> Placing:
        return Placing(audience=self.cleaned_data["audience"])


_FORMS: dict[str, type[TextForm]] = {Kind.PAGE: TextForm, Kind.QUESTION: QuestionForm, Kind.NEWS: NewsForm}


def text_form(kind: str, data: Any = None, *, text: Text | None = None) -> TextForm:
    """The form for a text of this kind. A new one has no version yet and needs no reason."""
    initial = {name: getattr(text, name) for name in _FORMS[kind].base_fields if hasattr(text, name)} if text else {}
    form = _FORMS[kind](data, initial={"place": 10, "audience": Audience.PUBLIC, **initial})
    if text is None:
        del form.fields["note"], form.fields["version"]
    return form


class AnswerForm(HouseForm):
    """How an enquiry was answered."""

    note = LineField(
        label=_("How was it answered?"), max_length=300, help_text=_("Like: rang on Tuesday, sent the start guide.")
    )


class EnquiryForm(IdempotentForm):
    """An enquiry. Which kinds there are to choose from, the page says."""

    kind = forms.ChoiceField(label=_("What is it about?"), choices=EnquiryKind.choices, widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        label=_("Your force or service"),
        queryset=Force.objects.order_by("name"),
        required=False,
        empty_label=_("Choose from the list"),
    )
    organisation_name = LineField(
        label=_("If it is not in the list, its name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    name = LineField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We answer there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": _("Enter an e-mail address, like name@force.police.uk.")},
    )
    telephone = TelephoneField(
        label=_("A telephone number"), required=False, help_text=_("If you would rather be rung.")
    )
    wish = StoryField(
        label=_("What would you like to do, or to know?"),
        max_length=4000,
        rows=6,
        help_text=_("Only the coordinators read this. Leave out names of people affected by an incident."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for("organisation", "organisation_name")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        named = {"organisation", "organisation_name"}
        if not any(data.get(name) for name in named) and not named & self.errors.keys():
            self.add_error("organisation", _("Choose your force or service, or write its name below."))
        return data

    def new_enquiry(self, language: str) -> NewEnquiry:
        """What was typed, for the action. Only after `is_valid`."""
        return NewEnquiry(**{k: v for k, v in self.cleaned_data.items() if k != "key"}, language=language)
