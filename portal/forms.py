"""What members choose about their messages. The forms check and never write."""

from typing import Any

from django import forms

from core.forms import HouseForm
from notifications.states import ABOUT, ALLOWED, Delivery, Topic


class PreferencesForm(HouseForm):
    """A question for each topic that leaves a choice."""

    def __init__(self, data: Any = None, *, initial: dict[str, str]) -> None:
        super().__init__(data, initial=dict.fromkeys(Topic.values, Delivery.AT_ONCE) | initial)
        for topic in Topic:
            allowed = ALLOWED[topic]
            if len(allowed) > 1:
                self.fields[topic.value] = forms.ChoiceField(
                    label=topic.label,
                    help_text=ABOUT[topic],
                    choices=[(way.value, way.label) for way in allowed],
                    widget=forms.RadioSelect,
                )


class ReadForm(HouseForm):
    """Up to which message the inbox is marked as read."""

    upto = forms.UUIDField()
