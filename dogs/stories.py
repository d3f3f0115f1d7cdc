"""What a handler writes of a dog: the words of a draft, as a value and as data. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple


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
