"""What coordinators type about a resource, and what a reader looks for. The forms check and never write."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, EvidenceFileField, HouseForm, LineField, StoryField
from core.lifecycle import Refused
from core.markdown import to_words
from dogs.states import Language
from resources.inputs import Card, Change
from resources.models import Category
from resources.paper import Paper, paper_of
from resources.states import Audience, ResourceKind

MOST_TEXT = 40_000
# What a resource's row and its card call the same.
CARD = ("title", "summary", "language", "audience", "must_read_by")


class ResourceForm(HouseForm):
    """How a resource is listed, whom it is for, by when it must be read."""

    title = LineField(label=_("Title"), max_length=160)
    summary = StoryField(
        label=_("Summary"), help_text=_("What it is for, and when to reach for it"), max_length=500, rows=3
    )
    language = forms.ChoiceField(
        label=_("What is it written in?"),
        choices=Language.choices,
        initial=Language.ENGLISH,
        widget=forms.RadioSelect,
    )
    category = forms.ChoiceField(label=_("Category"))
    audience = forms.ChoiceField(
        label=_("Who is it for?"),
        help_text=_("Nobody else can open it or see that it exists. Coordinators see everything."),
        choices=Audience.choices,
        widget=forms.RadioSelect,
    )
    must_read_by = DayField(
        label=_("Must be read by"),
        help_text=_("Leave it empty where reading is up to them. With a day, each is asked, reminded and counted."),
        required=False,
    )

    def __init__(self, *args: Any, categories: list[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = {str(category.uuid): category for category in categories}
        choices = [(key, str(category)) for key, category in self.categories.items()]
        self.choose_from("category", choices, none=_("Choose"))

    def clean_category(self) -> Category:
        return self.categories[self.cleaned_data["category"]]

    @property
    def card(self) -> Card:
        typed = self.cleaned_data
        return Card(**{name: typed[name] for name in (*CARD, "category")})


class ContentForm(HouseForm):
    """A file or a page's text: which of the two is for the form that stands on this one."""

    file = EvidenceFileField(
        label=_("File"),
        help_text=_("A PDF or a picture, up to 10 MB. The words in a PDF are found by the search."),
        required=False,
    )
    markdown = StoryField(
        label=_("Text of the page"),
        help_text=_("## makes a heading, - a list, - [ ] a box to tick, **two stars** bold. HTML is shown as text."),
        required=False,
        max_length=MOST_TEXT,
        rows=16,
    )

    def clean_file(self) -> Paper | None:
        file = self.cleaned_data["file"]
        try:
            return paper_of(file) if file else None
        except Refused as refused:
            raise ValidationError(str(refused)) from refused

    def clean_markdown(self) -> str:
        text = str(self.cleaned_data["markdown"])
        if text and not to_words(text).strip():
            raise ValidationError(_("Write what the page says: these are marks without a word."))
        return text

    def check_kind(self, kind: str) -> None:
        """Ask for what this kind needs, and let go of the other."""
        wanted, other = ("file", "markdown") if kind == ResourceKind.FILE else ("markdown", "file")
        if not self.cleaned_data.get(wanted) and wanted not in self.errors:
            sentence = _("Choose the file.") if wanted == "file" else _("Write the text of the page.")
            self.add_error(wanted, sentence)
        self.cleaned_data[other] = None if other == "file" else ""


class AddForm(ResourceForm, ContentForm):
    """A new resource with its first version."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=ResourceKind.choices, widget=forms.RadioSelect)

    field_order = ["title", "summary", "language", "category", "audience", "must_read_by", "kind", "file", "markdown"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "kind" in cleaned:
            self.check_kind(cleaned["kind"])
        return cleaned


class VersionForm(ContentForm):
    """A newer version of a file or a page, and why."""

    what_changed = LineField(label=_("What changed?"), help_text=_("Readers see this."), max_length=300)
    must_read_by = DayField(
        label=_("Must be read again by"),
        help_text=_("Everybody it is for is asked again, also those who have read it."),
    )

    field_order = ["file", "markdown", "what_changed", "must_read_by"]

    def __init__(self, *args: Any, kind: str, must_read: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        del self.fields["markdown" if kind == ResourceKind.FILE else "file"]
        if not must_read:
            del self.fields["must_read_by"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.check_kind(self.kind)
        return cleaned

    @property
    def change(self) -> Change:
        return Change(self.cleaned_data["what_changed"], self.cleaned_data.get("must_read_by"))


class WithdrawForm(HouseForm):
    """Why a resource is withdrawn."""

    reason = StoryField(
        label=_("Why is it withdrawn?"), help_text=_("Those who kept it at hand read this."), max_length=300, rows=3
    )
