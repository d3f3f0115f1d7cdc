"""How forms look and behave here: the renderer, the bound field, and the two base forms."""

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from core import typed
from core.fields import (
    DayField,
    EvidenceFileField,
    LineField,
    MomentField,
    PartsWidget,
    PostcodeField,
    StoryField,
    TelephoneField,
    example_day,
)
from core.lifecycle import Refused

__all__ = [
    "DayField",
    "EvidenceFileField",
    "HouseForm",
    "HouseRenderer",
    "IdempotentForm",
    "LineField",
    "MomentField",
    "PartsWidget",
    "PostcodeField",
    "StoryField",
    "TelephoneField",
    "WatchedForm",
    "example_day",
    "say_it_plainly",
]


class HouseBoundField(BoundField):
    """A field that knows its GOV.UK class, how its template draws it, and where an error links to."""

    @property
    def drawn_as(self) -> str:
        widget = self.field.widget
        if isinstance(widget, PartsWidget):
            return "parts"
        if isinstance(widget, forms.CheckboxSelectMultiple):
            return "checkboxes"
        if isinstance(widget, forms.RadioSelect):
            return "radios"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        if isinstance(widget, forms.PasswordInput):
            return "password"
        return "story" if isinstance(widget, forms.Textarea) else "line"

    @property
    def error_target(self) -> str:
        """The id that an error message links to: the first box, radio or checkbox of the field."""
        if self.drawn_as in ("parts", "radios", "checkboxes"):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def is_optional(self) -> bool:
        """Said beside the label; not of a box that another answer asks for: its hint says when."""
        return not self.field.required and not getattr(self.field, "is_asked_for", False)

    @property
    def limit(self) -> int | None:
        """How many characters a long text may have, where there is a limit to count down from."""
        return getattr(self.field, "max_length", None) if self.drawn_as == "story" else None

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        # A browser that cuts a paste short loses words in silence: length is checked on the server, and said.
        widget.attrs.pop("maxlength", None)
        widget.attrs.pop("placeholder", None)
        style = _class_of(widget)
        if style and not self.is_hidden:
            attrs["class"] = " ".join(dict.fromkeys(f"{style} {widget.attrs.get('class', '')}".split()))
        if self.limit:
            attrs["class"] = f"{attrs['class']} govuk-js-character-count"
            attrs["aria-describedby"] = f"{attrs.get('aria-describedby', '')} {self.auto_id}-info".strip()
        return attrs


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget, forms.HiddenInput)):
        return ""
    if isinstance(widget, forms.CheckboxInput):
        return "govuk-checkboxes__input"
    if isinstance(widget, forms.PasswordInput):
        return "govuk-input govuk-password-input__input govuk-js-password-input-input"
    if isinstance(widget, forms.Textarea):
        return "govuk-textarea"
    if isinstance(widget, forms.Select):
        return "govuk-select"
    return "govuk-file-upload" if isinstance(widget, forms.FileInput) else "govuk-input"


class HouseRenderer(TemplatesSetting):
    """Every `{{ form }}` and `{{ field.as_field_group }}` is drawn the GOV.UK way."""

    form_template_name = "components/form/form.html"
    field_template_name = "components/form/field.html"
    bound_field_class = HouseBoundField


class HouseForm(forms.Form):
    """A form that cleans what was typed before anything judges it, and shows the clean text again."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        for name, field in self.fields.items():
            say_it_plainly(name, field)
        if data is not None:
            self.data = self._tidied(data)

    def _tidied(self, data: Any) -> Any:
        tidied = data.copy()
        for name, field in self.fields.items():
            key = self.add_prefix(name)
            if (
                not isinstance(field, forms.CharField)
                or isinstance(field.widget, forms.PasswordInput)
                or key not in data
            ):
                continue
            clean = typed.tidy_lines if isinstance(field.widget, forms.Textarea) else typed.tidy_line
            if isinstance(data, QueryDict):
                tidied.setlist(key, [clean(value) for value in data.getlist(key)])
            elif isinstance(data[key], str):
                tidied[key] = clean(data[key])
        return tidied

    def choose_from(self, name: str, choices: Iterable[tuple[str, Any]], *, none: Any = "") -> None:
        """What may be chosen in the field called so, below `none`, the line that chooses nothing."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (the form itself declares it)
        field.choices = [*([("", none)] if none else []), *choices]

    def rename(self, name: str, label: Any) -> None:
        """Call a field that is declared elsewhere otherwise, also where it is left empty."""
        field = self.fields[name]
        field.label = label
        field.error_messages["required"] = forms.Field.default_error_messages["required"]
        say_it_plainly(name, field)

    def ask_for(self, *names: str) -> None:
        """These boxes must be filled in only with some answers to another: they are not called optional."""
        for name in names:
            self.fields[name].is_asked_for = True  # type: ignore[attr-defined]

    def refuse(self, refused: Refused) -> None:
        """Say why the action did not do it: beside the field that it concerns, at the top where it concerns none."""
        self.add_error(refused.field if refused.field in self.fields else None, str(refused))

    @property
    def first_id(self) -> str:
        """Where an error about the whole form links to."""
        return next((getattr(field, "error_target", "") for field in self if not field.is_hidden), "")


# Where the framework's own words would blame, or name a thing that nobody sees.
_SENTENCES = {
    "invalid_choice": _("Choose one of those that are offered."),
    "min_value": _("Enter %(limit_value)s or more."),
    "max_value": _("Enter %(limit_value)s or less."),
    "max_length": _("Write at most %(limit_value)d characters. You wrote %(show_value)d."),
    "null_characters_not_allowed": _("There is a mark in this that no text can hold. Type it again by hand."),
}


def say_it_plainly(name: str, field: forms.Field) -> None:
    """A field that has no words of its own for being empty names itself; the other defaults are the house's."""
    for code, sentence in _SENTENCES.items():
        own = field.error_messages.get(code)
        if own is None or own == type(field).default_error_messages.get(code):
            field.error_messages[code] = sentence
    if field.error_messages.get("required") != forms.Field.default_error_messages["required"]:
        return
    label = str(field.label or pretty_name(name))
    if isinstance(field, MomentField):
        sentence = _("Enter the day and the time at “%(label)s”.")
    elif isinstance(field, DayField):
        sentence = _("Enter the day at “%(label)s”.")
    elif isinstance(field, forms.FileField):
        sentence = _("Choose a file.")
    elif label.endswith("?"):
        sentence = _("Answer “%(label)s”")
    elif isinstance(field, forms.ChoiceField):
        sentence = _("Choose one at “%(label)s”.")
    else:
        sentence = _("Fill in “%(label)s”.")
    field.error_messages["required"] = sentence % {"label": label}


class WatchedForm(HouseForm):
    """A form on something that others change too, with its present state as `initial`.

    Its page carries a mark of what was read. Where somebody else has changed it since, the first sending is refused
    and says what it is now; what was typed is kept, and sending again saves it. The view holds the row meanwhile.
    """

    as_read = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        names = [name for name in self.fields if name != "as_read"]
        self.marks = {name: _mark(self.get_initial_for_field(self.fields[name], name)) for name in names}
        self.initial["as_read"] = " ".join(self.marks.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        read = str(cleaned.pop("as_read", "") or "").split(" ")
        data: Any = self.data  # (a copy already)
        data["as_read"] = self.initial["as_read"]
        if len(read) == len(self.marks):
            self._compare(cleaned, dict(zip(self.marks, read, strict=True)))
        return cleaned

    def _compare(self, cleaned: dict[str, Any], read: dict[str, str]) -> None:
        """What others changed and this person did not touch stays changed; what both changed is said."""
        crossed = []
        for name in (name for name in self.marks if read[name] != self.marks[name] and name in cleaned):
            sent = _mark(cleaned[name])
            if sent == read[name]:
                self._take_over(name, cleaned)
            elif sent != self.marks[name]:  # (not pressed twice, and not the same wish)
                crossed.append(name)
        if crossed:
            self.add_error(None, self._changed(crossed))

    def _take_over(self, name: str, cleaned: dict[str, Any]) -> None:
        """The present value, in what is saved and on the page if it is shown again."""
        field, data = self.fields[name], cast(Any, self.data)
        value = cleaned[name] = self.get_initial_for_field(field, name)
        widget: Any = field.widget
        if isinstance(field.widget, forms.MultiWidget):
            for part, words in zip(widget.widgets_names, widget.decompress(value), strict=True):
                data[f"{name}{part}"] = words
        elif isinstance(value, (list, tuple)) and isinstance(data, QueryDict):
            data.setlist(name, [str(one) for one in value])
        else:
            data[name] = value

    def _changed(self, names: Iterable[str]) -> str:
        """'Somebody has changed this since you opened it. It says now: Teams needed: 3; …'"""
        words = [f"{str(self.fields[name].label).rstrip('?')}: {self._words(name)}" for name in names]
        told = _("Somebody has changed this since you opened it. It says now: %(words)s. To save yours, send it again.")
        return str(told % {"words": "; ".join(words)})

    def _words(self, name: str) -> str:
        value, field = self.get_initial_for_field(self.fields[name], name), self.fields[name]
        if isinstance(field, forms.ChoiceField):
            choices: Any = field.choices
            labels = {str(key): str(label) for key, label in choices}
            chosen = value if isinstance(value, (list, tuple)) else [value]
            value = ", ".join(labels.get(str(one), "") for one in chosen)
        if isinstance(value, datetime):
            value = date_format(localtime(value), "D j M Y, H:i")
        return f"“{str(value).rstrip('.')}”" if value else str(_("nothing"))


def _mark(value: Any) -> str:
    """A short word for a value: the same for what a form shows of it and for what it makes of that again."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC).replace(second=0, microsecond=0)
    elif isinstance(value, (list, tuple)):
        value = sorted(str(one) for one in value)
    return sha256(repr(value or "").encode()).hexdigest()[:8]


class KeyInput(forms.HiddenInput):
    """Carries the key of one sending; where none that can be read came back, a fresh one."""

    def format_value(self, value: Any) -> str:
        try:
            return str(uuid.UUID(str(value)))
        except ValueError:
            return str(uuid.uuid4())


class IdempotentForm(HouseForm):
    """A form that counts once however often it is sent: its hidden `key` names this one sending."""

    key = forms.UUIDField(
        widget=KeyInput,
        initial=uuid.uuid4,
        error_messages={
            "required": _("This page has grown old. Send it once more."),
            "invalid": _("This page has grown old. Send it once more."),
        },
    )
