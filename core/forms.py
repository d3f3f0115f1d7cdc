"""How forms look and behave here: the renderer, the bound field, and the two base forms."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.http import QueryDict
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
            _say_what_is_missing(name, field)
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


def _say_what_is_missing(name: str, field: forms.Field) -> None:
    """A required field that has no words of its own for being empty names itself."""
    if field.error_messages.get("required") != forms.Field.default_error_messages["required"]:
        return
    sentence = _("Choose: %(label)s") if isinstance(field, forms.ChoiceField) else _("Fill in: %(label)s")
    field.error_messages["required"] = sentence % {"label": field.label or pretty_name(name)}


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
