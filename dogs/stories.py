"""What a handler writes of a dog: the words of a draft, as a value and as data. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

# Fifteen digits, as pet passports have them, however they are spaced.
_MICROCHIP = re.compile(r"(?<!\d)\d(?:[ -]?\d){14}(?!\d)")


class Award(NamedTuple):
    """What was won or given, and in which year."""

    year: int
    text: str


@dataclass(frozen=True)
class Story:
    """The words of one profile. `answers` is by the question's uuid, as text."""

    story: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    good_with: tuple[str, ...] = ()
    awards: tuple[Award, ...] = ()
    language: str = "en-gb"

    def as_data(self) -> dict[str, Any]:
        """For a JSON column; `read_story` is the way back."""
        return {**asdict(self), "answers": dict(self.answers)}


def read_story(data: Mapping[str, Any] | None) -> Story:
    known = data or {}
    return Story(
        story=known.get("story", ""),
        answers=dict(known.get("answers", {})),
        good_with=tuple(known.get("good_with", ())),
        awards=tuple(Award(int(year), text) for year, text in known.get("awards", ())),
        language=known.get("language", "en-gb"),
    )


def check_story(story: Story, *, names: Iterable[str], microchip: str) -> str:
    """Why this must not leave the handler's desk, or nothing: it needs a story, and tells nobody's full name.

    `names` are the full names of the dog's handlers; the public reads first names only (domain.md, Who sees what).
    """
    if not story.story.strip():
        return _("Write the story first: a few sentences are enough.")
    said = " ".join([story.story, *story.answers.values(), *(award.text for award in story.awards)])
    plain = " ".join(said.casefold().split())
    for name in names:
        if " " in name.strip() and " ".join(name.casefold().split()) in plain:
            return _("The words name %(name)s in full. The public reads a first name only.") % {"name": name}
    if (microchip and microchip in said) or _MICROCHIP.search(said):
        return _("The words give a microchip number. Take it out: it is never published.")
    return ""
