"""What a member types to have a visit's posters made."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from core import typed
from core.forms import IdempotentForm, LineField, MomentField, StoryField, example_day
from promotion.lettering import ordinary, unprintable
from promotion.models import MESSAGE_MOST, PLACE_MOST
from promotion.rules import check_letters, check_when
from promotion.states import Language, Layout
from promotion.wording import Wishes

TOO_LONG = _("Write at most %(limit_value)d characters. This has %(show_value)d.")


class PackForm(IdempotentForm):
    """The visit, the words and the look."""

    starts_at = MomentField(label=_("When does the visit begin?"), help_text=example_day(30, "10:00"))
    until = LineField(
        label=_("When does it end?"),
        help_text=_("A time on the same day, like 12:00"),
        required=False,
        max_length=20,
        error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    place = StoryField(
        label=_("Where is it?"), help_text=_("As people there say it: the parade room, Bridgwater"), rows=2,
        max_length=PLACE_MOST,
    )  # fmt: skip
    message = StoryField(
        label=_("A message"),
        help_text=_(
            "In your own words. Empty: “Drop in. Sit on the floor. No booking, nobody takes your name.” On a"
            " poster in both languages it stands as you type it here."
        ),
        required=False,
        rows=4,
        max_length=MESSAGE_MOST,
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, widget=forms.RadioSelect)
    layout = forms.ChoiceField(label=_("Layout"), choices=Layout.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_place(self) -> str:
        """In one line, as a sentence goes on: the lines of an address are parted by commas."""
        lines = (" ".join(line.split()).rstrip(",") for line in str(self.cleaned_data["place"]).splitlines())
        return self._printable(", ".join(filter(None, lines)))

    def clean_message(self) -> str:
        return self._printable(str(self.cleaned_data["message"]))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        starts_at, until = found.get("starts_at"), found.get("until")
        if starts_at:
            found["ends_at"] = self._end(starts_at, until) if until else None
            field, sentence = check_when(starts_at, found["ends_at"], now=self.now)
            if sentence:
                self.add_error(field, sentence)
        return found

    @property
    def wishes(self) -> Wishes:
        names = ("layout", "language", "starts_at", "ends_at", "place", "message")
        return Wishes(**{name: self.cleaned_data[name] for name in names})

    def _end(self, starts_at: datetime, until: str) -> datetime | None:
        at = typed.read_time(until)
        end = typed.in_london(localtime(starts_at).date(), at) if at else None
        if end is None:
            words = _("%(typed)s is not a time. Enter one like 09:30 or 2pm.")
            self.add_error("until", ValidationError(words, params={"typed": until[:40]}))
        return end

    def _printable(self, text: str) -> str:
        text = ordinary(text)
        if sentence := check_letters(unprintable(text)):
            raise ValidationError(sentence)
        return text
