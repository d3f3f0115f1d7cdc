"""What a handler types of a dog, ticks to agree to, and chooses of a photo; and what coordinators ask."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.fields import PICTURES
from core.forms import EvidenceFileField, HouseForm, LineField, StoryField
from dogs.models import Photo, Question
from dogs.photos import Framing
from dogs.states import GoodWith, Language, Part, Shape
from dogs.stories import Award, Story

MOST_AWARDS = 10
_AWARD = re.compile(r"^\s*((?:19|20)\d\d)[\s:,.–-]+(.+)$", re.ASCII)


class ProfileForm(HouseForm):
    """The words of a draft: the story, an answer to each question, what is good to know, awards."""

    story = StoryField(
        label=_("Story"),
        help_text=_("Who is this dog? A few sentences, funny about the dog and kind about people."),
        max_length=4000,
        rows=9,
        required=False,
    )
    good_with = forms.MultipleChoiceField(
        label=_("Good with"), choices=GoodWith.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    awards = StoryField(
        label=_("Awards"),
        help_text=_("One a line, the year first, like: 2024 Animal of the year"),
        max_length=1000,
        rows=3,
        required=False,
    )
    language = forms.ChoiceField(label=_("You write in"), choices=Language.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, questions: list[Question], story: Story | None = None, **kwargs: Any) -> None:
        initial = _typed(story or Story())
        super().__init__(*args, initial=initial, **kwargs)
        self.questions = questions
        for question in questions:
            name = f"answer_{question.pk}"
            self.fields[name] = LineField(label=question.asked, max_length=200, required=False)
            self.initial[name] = (story.answers if story else {}).get(str(question.uuid), "")
        self.order_fields(["story", *(f"answer_{question.pk}" for question in questions), "good_with", "awards"])

    def clean_awards(self) -> tuple[Award, ...]:
        lines = [line for line in self.cleaned_data["awards"].splitlines() if line.strip()]
        if len(lines) > MOST_AWARDS:
            raise ValidationError(_("Choose the ten awards that matter most."))
        found = [_AWARD.match(line) for line in lines]
        wrong = next((line for line, match in zip(lines, found, strict=True) if not match), None)
        if wrong is not None:
            raise ValidationError(
                _("Begin each line with the year, like 2024 Animal of the year. This one does not: %(line)s"),
                params={"line": wrong[:60]},
            )
        return tuple(Award(int(match[1]), match[2].strip()[:120]) for match in found if match)

    @property
    def written(self) -> Story:
        said = self.cleaned_data
        answers = {str(question.uuid): said[f"answer_{question.pk}"] for question in self.questions}
        return Story(
            story=said["story"],
            answers={key: words for key, words in answers.items() if words},
            good_with=tuple(said["good_with"]),
            awards=said["awards"],
            language=said["language"],
        )


def _typed(story: Story) -> dict[str, Any]:
    """The story as it was typed into the boxes."""
    awards = "\n".join(f"{award.year} {award.text}" for award in story.awards)
    return {
        "story": story.story, "good_with": list(story.good_with), "awards": awards, "language": story.language
    }  # fmt: skip


MEANING = {
    Part.STORY: _("The text you wrote about the dog."),
    Part.ANSWERS: _("Favourite treat, best trick and the other answers."),
    Part.PHOTOS: _("Without them a drawing made from breed and coat is shown."),
    Part.HANDLER: _("Never your surname, and never where you live."),
    Part.PLACE: _("The name of the force and its headquarters on the map. Without it nobody finds the dog by place."),
    Part.SINCE: _("The year in which the dog began to work."),
    Part.GOOD_TO_KNOW: _("Children, crowds, stairs and so on."),
    Part.AWARDS: _("What the dog was given, and in which year."),
    Part.TRIBUTE: _(
        "The page stays, as a tribute, when the dog retires or dies. Without it the page goes on that day."
    ),
}


class ConsentForm(HouseForm):
    """The parts of the page that the handler agrees to, one tick each."""

    parts = forms.MultipleChoiceField(
        label=_("What may be shown"),
        choices=Part.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The dog’s name and breed, and a drawing, are on every page. The rest is yours to choose."),
    )

    @property
    def switches(self) -> list[dict[str, Any]]:
        """Each part with what it means and whether it is ticked, for the page."""
        ticked = self["parts"].value() or []
        return [
            {"value": part.value, "label": part.label, "means": MEANING[part], "ticked": part.value in ticked}
            for part in Part
        ]


class SendBackProfileForm(HouseForm):
    """What to change before it can be shown; the handler reads it."""

    reason = StoryField(
        label=_("What should be changed?"),
        help_text=_("The handler reads this. For example: leave out the name of the hospital."),
        max_length=400,
        rows=3,
    )


NINE = tuple((x, y) for y in (0, 50, 100) for x in (0, 50, 100))
_NAMES = (
    _("Top left"), _("Top"), _("Top right"), _("Left"), _("Middle"), _("Right"), _("Bottom left"), _("Bottom"),
    _("Bottom right"),
)  # fmt: skip
FOCUS = [(f"{x}-{y}", name) for (x, y), name in zip(NINE, _NAMES, strict=True)]
_EXACT = re.compile(r"^(\d{1,3}),(\d{1,3})$", re.ASCII)


def nearest_of_nine(focus: tuple[int, int]) -> str:
    x, y = (min((0, 50, 100), key=lambda step: abs(step - percent)) for percent in focus)
    return f"{x}-{y}"


class FramingForm(HouseForm):
    """What a photo shows, its shape, and where its middle of interest is: one of nine, or where a finger tapped."""

    alt = LineField(
        label=_("What does the photo show?"),
        help_text=_("For people who can’t see it. For example: Bramble asleep on a pile of hi-vis jackets"),
        max_length=200,
    )
    shape = forms.ChoiceField(label=_("Shape"), choices=Shape.choices, widget=forms.RadioSelect)
    focus = forms.ChoiceField(
        label=_("Where is the dog’s face?"),
        choices=FOCUS,
        widget=forms.RadioSelect,
        help_text=_("What is there stays in sight wherever the photo is cropped."),
    )
    exact = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, photo: Photo | None = None, **kwargs: Any) -> None:
        self.before = (photo.focus_x, photo.focus_y) if photo else (50, 50)
        shown = {"alt": photo.alt if photo else "", "shape": photo.shape if photo else Shape.AS_TAKEN}
        super().__init__(*args, initial={**shown, "focus": nearest_of_nine(self.before)}, **kwargs)

    @property
    def framing(self) -> Framing:
        said = self.cleaned_data
        return Framing(alt=said["alt"], shape=said["shape"], focus=self._focus(said["focus"], said["exact"]))

    def _focus(self, chosen: str, exact: str) -> tuple[int, int]:
        """A tap is exact; one of the nine is meant only where it is another than the nearest was."""
        tapped = _EXACT.match(exact)
        if tapped and int(tapped[1]) <= 100 and int(tapped[2]) <= 100:
            return int(tapped[1]), int(tapped[2])
        if chosen == nearest_of_nine(self.before):
            return self.before
        x, _dash, y = chosen.partition("-")
        return int(x), int(y)


class PhotoForm(FramingForm):
    """A photo from a phone or a camera."""

    file = EvidenceFileField(
        label=_("Photo"),
        help_text=_("A JPEG, PNG or WebP, up to 10 MB. Where and with what it was taken is removed."),
        accept=PICTURES,
    )
    field_order = ["file", "alt", "shape", "focus"]


class QuestionForm(HouseForm):
    """A question that is asked of every dog."""

    text = LineField(label=_("Question in English"), help_text=_("Short, like: Favourite treat"), max_length=80)
    text_cy = LineField(label=_("Question in Welsh"), max_length=80, required=False)
    position = forms.IntegerField(
        label=_("Place in the order"),
        min_value=0,
        max_value=1000,
        help_text=_("The smallest number is asked first."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )


class QuestionChangeForm(QuestionForm):
    """The same, and whether it is still asked."""

    is_active = forms.BooleanField(
        label=_("It is asked now"),
        required=False,
        help_text=_("Without the tick neither the question nor its answers are shown. The answers are kept."),
    )
