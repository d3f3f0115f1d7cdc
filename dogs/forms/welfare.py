"""What whoever visits a dog writes of its welfare, and what a coordinator asks of an assessor."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from core.forms import DayField, HouseForm, IdempotentForm, StoryField, example_day
from dogs.inputs import WelfareReport
from dogs.models import Dog, WelfareVisit
from dogs.states import Judgement, WelfareFinding, WelfareNeed

DRAFT, SEND = "draft", "send"
HINTS = {
    WelfareNeed.ENVIRONMENT: _(
        "Where the dog lives, sleeps, travels and waits: clean, dry, safe, neither hot nor cold."
    ),
    WelfareNeed.DIET: _("Food and fresh water; the dog’s weight."),
    WelfareNeed.BEHAVIOUR: _("Exercise, play, rest and sleep; time when the dog need not work."),
    WelfareNeed.COMPANY: _("Whom the dog lives with and how they get on; how long it is alone."),
    WelfareNeed.HEALTH: _("Teeth, coat, ears, feet; fear or stress at work; the vet’s visits."),
}


class NeedFields(NamedTuple):
    """One of the five needs, as its template draws it."""

    name: str
    hint: str
    judged: BoundField
    words: BoundField


class WelfareForm(HouseForm):
    """The report. A draft may be as empty as its writer likes; one that is sent may not."""

    visited_on = DayField(label=_("Day of the visit"), help_text=example_day(-2))
    is_unannounced = forms.ChoiceField(
        label=_("Was the visit announced?"),
        choices=[("no", _("Scheduled: they knew that you would come")), ("yes", _("Unannounced"))],
        initial="no",
        widget=forms.RadioSelect,
    )
    finding = forms.ChoiceField(
        label=_("What do you find overall?"), choices=WelfareFinding.choices, widget=forms.RadioSelect
    )
    summary = StoryField(
        label=_("What must happen, and by when?"),
        required=False,
        max_length=2000,
        rows=4,
        help_text=_("Needed unless everything is acceptable."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for need in WelfareNeed:
            self.fields[need.value] = forms.ChoiceField(
                label=_("Is this need met?"), choices=Judgement.choices, widget=forms.RadioSelect,
                error_messages={"required": _("Say whether this need is met: %(need)s") % {"need": need.label.lower()}},
            )  # fmt: skip
            self.fields[f"{need}_words"] = StoryField(
                label=_("What did you see?"), required=False, max_length=1000, rows=3
            )
        if self.is_draft:
            for field in self.fields.values():
                field.required = False

    @property
    def is_draft(self) -> bool:
        return self.is_bound and self.data.get("do") == DRAFT

    @property
    def needs(self) -> Iterator[NeedFields]:
        """The five, in the Act's order."""
        for need in WelfareNeed:
            yield NeedFields(str(need.label), str(HINTS[need]), self[need.value], self[f"{need}_words"])

    def report(self) -> WelfareReport:
        """What was typed, for the action. Only after `is_valid`."""
        typed = self.cleaned_data
        return WelfareReport(
            visited_on=typed.get("visited_on"),
            is_unannounced=typed["is_unannounced"] == "yes",
            needs={need: (typed[need], typed[f"{need}_words"]) for need in WelfareNeed.values},
            finding=typed["finding"],
            summary=typed["summary"],
        )


def written(visit: WelfareVisit) -> dict[str, Any]:
    """What a draft holds, for the form to show again."""
    names = ("visited_on", "finding", "summary", *WelfareNeed.values, *(f"{need}_words" for need in WelfareNeed.values))
    return {name: getattr(visit, name) for name in names} | {"is_unannounced": "yes" if visit.is_unannounced else "no"}


class NewWelfareForm(IdempotentForm, WelfareForm):
    """A report that begins: it also says which dog. `dogs` are those that this person may visit."""

    dog = forms.ChoiceField(label=_("Which dog did you visit?"))

    def __init__(self, *args: Any, dogs: Sequence[Dog], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dogs = {str(dog.uuid): dog for dog in dogs}
        self.choose_from("dog", [(key, _dog_words(dog)) for key, dog in self.dogs.items()], none=_("Choose"))
        self.fields["dog"].required = self.fields["key"].required = True

    def clean_dog(self) -> Dog:
        return self.dogs[self.cleaned_data["dog"]]


class PassOnForm(HouseForm):
    """Which assessor is to visit, by when."""

    visitor = forms.ChoiceField(label=_("Which assessor?"))
    due_on = DayField(label=_("Visit by"), help_text=example_day(30))

    def __init__(self, *args: Any, assessors: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assessors = {str(role.user.uuid): role for role in assessors}
        named = [(key, role.user.profile.name) for key, role in self.assessors.items()]
        self.choose_from("visitor", named, none=_("Choose"))

    def clean_visitor(self) -> Role:
        return self.assessors[self.cleaned_data["visitor"]]


class AskVisitForm(PassOnForm):
    """Which assessor is to visit which dog, by when."""

    dog = forms.ChoiceField(label=_("Which dog?"))
    field_order = ("dog", "visitor", "due_on")

    def __init__(self, *args: Any, dogs: Sequence[Dog], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dogs = {str(dog.uuid): dog for dog in dogs}
        self.choose_from("dog", [(key, _dog_words(dog)) for key, dog in self.dogs.items()], none=_("Choose"))

    def clean_dog(self) -> Dog:
        return self.dogs[self.cleaned_data["dog"]]


def _dog_words(dog: Dog) -> str:
    return f"{dog.name}, {dog.force.name}"
