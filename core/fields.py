"""Form fields and widgets of the house: days, moments, postcodes, telephone numbers, long text, files."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from core import typed
from core.files import CleanFile, check_upload
from core.lifecycle import Refused

_DAY_PARTS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
_MOMENT_PARTS = {**_DAY_PARTS, "time": _("Time")}
_WIDTHS = {"day": 2, "month": 2, "year": 4, "time": 5}


class PartsWidget(forms.MultiWidget):
    """A day or a moment as small text boxes in a fieldset."""

    template_name = "components/form/parts.html"
    use_fieldset = True

    def __init__(self, parts: dict[str, Any], attrs: dict[str, Any] | None = None) -> None:
        self.labels = tuple(parts.values())
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput(attrs=_box_attrs(part)) for part in parts
        }
        super().__init__(boxes, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for box, label in zip(context["widget"]["subwidgets"], self.labels, strict=True):
            box["label"] = label
        return context

    def decompress(self, value: Any) -> list[str]:
        if not value:
            return [""] * len(self.widgets)
        if isinstance(value, datetime):
            value = timezone.localtime(value, typed.LONDON) if timezone.is_aware(value) else value
        parts = [str(value.day), str(value.month), str(value.year)]
        return [*parts, f"{value:%H:%M}"] if len(self.widgets) == 4 else parts

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


def _box_attrs(part: str) -> dict[str, Any]:
    attrs = {"class": f"govuk-input govuk-date-input__input govuk-input--width-{_WIDTHS[part]}"}
    return attrs if part == "time" else {**attrs, "inputmode": "numeric"}


class _PartsField(forms.Field):
    """What days and moments share: a list of typed parts in, one value out."""

    parts: dict[str, Any] = _DAY_PARTS

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=PartsWidget(self.parts), **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date):
            return value
        found = [typed.tidy_line(part or "") for part in value or []]
        if not any(found):
            return None
        if len(found) != len(self.parts) or not all(found):
            self._say_missing(found)
        return self.read(found)

    def _say_missing(self, found: list[str]) -> None:
        names = list(self.parts.values())
        missing = [str(name).lower() for name, part in zip(names, found, strict=False) if not part]
        raise ValidationError(
            _("%(label)s must include: %(missing)s."),
            code="incomplete",
            params={"label": self.label or _("The date"), "missing": ", ".join(missing)},
        )

    def read(self, found: list[str]) -> Any:
        day = typed.read_day(*found[:3])
        if day is None:
            raise ValidationError(
                _("%(typed)s is not a day. Enter one like 27 3 2027."),
                code="invalid",
                params={"typed": " ".join(found[:3])[:40]},
            )
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.widget.decompress(initial) != [part or "" for part in data or []])


def _example(days: int, at: str) -> str:
    day = timezone.localdate() + timedelta(days=days)
    typed_as = f"{day.day} {day.month} {day.year}"
    if at:
        return _("For example, %(day)s and %(time)s") % {"day": typed_as, "time": at}
    return _("For example, %(day)s") % {"day": typed_as}


def example_day(days: int, at: str = "") -> str:
    """The hint of a day's field, as long as it is shown: so many days from today (before it where negative)."""
    return lazy(_example, str)(days, at)


class DayField(_PartsField):
    """A day, typed as day, month and year."""


class MomentField(_PartsField):
    """A day and a time in Europe/London, tolerant of how the time is written."""

    parts = _MOMENT_PARTS

    def read(self, found: list[str]) -> datetime:
        day, at = super().read(found), typed.read_time(found[3])
        if at is None:
            raise ValidationError(
                _("%(typed)s is not a time. Enter one like 09:30 or 2pm."),
                code="invalid",
                params={"typed": found[3][:40]},
            )
        moment = typed.in_london(day, at)
        if moment is None:
            raise ValidationError(
                _("There is no %(time)s on that day: the clocks go forward at 01:00. Enter a time before or after."),
                code="skipped",
                params={"time": f"{at:%H:%M}"},
            )
        return moment


class LineField(forms.CharField):
    """One line of text."""


class StoryField(forms.CharField):
    """Several lines of text, with a count of what is left when `max_length` is given."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        too_long = _("Write at most %(limit_value)d characters. This has %(show_value)d.")
        words = {"max_length": too_long, **kwargs.pop("error_messages", {})}
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), error_messages=words, **kwargs)


class TelephoneField(forms.CharField):
    """A telephone number; only its shape is judged."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "tel", "inputmode": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **{"max_length": 20, **kwargs})

    def to_python(self, value: Any) -> str:
        text = typed.tidy_line(super().to_python(value) or "")
        if not text:
            return text
        number = typed.read_telephone(text)
        if number is None:
            raise ValidationError(_("Enter a telephone number, like 07700 900123 or +44 7700 900123."), code="invalid")
        return number


class PostcodeField(forms.CharField):
    """A postcode, or its outward part unless `full`. Whether it exists is for the one who looks it up."""

    def __init__(self, *, full: bool = False, **kwargs: Any) -> None:
        self.full = full
        attrs = {"autocomplete": "postal-code", "autocapitalize": "characters", "class": "govuk-input--width-10"}
        super().__init__(widget=forms.TextInput(attrs={**attrs, "spellcheck": "false"}), **kwargs)

    def to_python(self, value: Any) -> str:
        text = typed.tidy_line(super().to_python(value) or "")
        if not text:
            return text
        postcode = typed.read_postcode(text, outward_is_enough=not self.full)
        if postcode is None:
            raise ValidationError(_("Enter a postcode, like S1 2HE."), code="invalid")
        return postcode


PICTURES = "image/jpeg,image/png,image/webp"


class EvidenceFileField(forms.FileField):
    """One file chosen by hand, made safe; a PDF or a picture, where `accept` does not say otherwise.

    That list tells the browser what to offer, and nothing is believed from it.
    """

    def __init__(self, *, accept: str = f"application/pdf,{PICTURES}", **kwargs: Any) -> None:
        # An empty file passes here: `check_upload` has a sentence for it.
        super().__init__(widget=forms.FileInput(attrs={"accept": accept}), allow_empty_file=True, **kwargs)
        self.only_pictures = "pdf" not in accept

    def clean(self, data: Any, initial: Any = None) -> CleanFile | None:
        file = super().clean(data, initial)
        try:
            return check_upload(file, only_pictures=self.only_pictures) if file else None
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
