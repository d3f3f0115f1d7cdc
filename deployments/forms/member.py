"""What handlers and leads type: a no, a cancellation, a debrief."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, LineField, StoryField
from deployments.states import Side


class DeclineForm(HouseForm):
    """A no. The force says why; a handler is never asked."""

    reason = StoryField(
        label=_("Why not?"),
        max_length=300,
        rows=3,
        help_text=_("The coordinators and the handler read it. It helps to find another team."),
    )

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if side == Side.HANDLER:
            del self.fields["reason"]


class CancelForm(HouseForm):
    """Why the host no longer needs what it asked for."""

    reason = StoryField(
        label=_("Why is it no longer needed?"),
        max_length=300,
        rows=3,
        help_text=_("The coordinators read it, and so do the forces whose teams were asked."),
    )


class DebriefForm(HouseForm):
    """The handler's account of a deployment."""

    dog_after = LineField(label=_("How is the dog now?"), max_length=400)
    went_well = StoryField(label=_("What went well?"), required=False, max_length=4000, rows=4)
    change = StoryField(label=_("What should change?"), required=False, max_length=4000, rows=4)
    needs_follow_up = forms.BooleanField(
        label=_("Somebody should call me"),
        required=False,
        help_text=_("Your lead and the coordinators are told at once. You need not say why."),
    )

    def __init__(self, *args: Any, dog: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = _("How is %(dog)s now?") % {"dog": dog}
        self.fields["dog_after"].label = asked
        self.fields["dog_after"].error_messages["required"] = _("Say how %(dog)s is, like tired and well.") % {
            "dog": dog
        }
        if self.is_draft:
            self.fields["dog_after"].required = False

    @property
    def is_draft(self) -> bool:
        return self.is_bound and self.data.get("do") == "draft"
