"""What readers see of a text in their language, as finished values: templates ask nothing and judge nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.markdown import contents, first_words, to_html
from pages.inputs import Words
from pages.models import Text

ENGLISH, WELSH = "en-gb", "cy"


@dataclass(frozen=True)
class Shown:
    """A text in one language. `awaits_review`: no translator has looked at it; `lacks_welsh`: it is English instead."""

    slug: str
    title: str
    body: str
    language: str
    published_at: datetime | None = None
    awaits_review: bool = False
    lacks_welsh: bool = False
    below: int = 1

    @cached_property
    def html(self) -> SafeString:
        return to_html(self.body, below=self.below)

    @cached_property
    def contents(self) -> list[tuple[str, str]]:
        """The parts of a long text: what to link to, and the words."""
        found = contents(self.body)
        return found if len(found) > 2 else []

    @cached_property
    def summary(self) -> str:
        return first_words(self.body)


def shown(text: Text, *, below: int = 1) -> Shown:
    """The text for whoever reads this page: in Welsh on a Welsh page where there is any, else in English.

    Its headings begin one level under `below`.
    """
    reads_welsh = get_language() == WELSH
    in_welsh = reads_welsh and bool(text.body_cy)
    return Shown(
        slug=text.slug,
        title=text.title_cy if in_welsh else text.title_en,
        body=text.body_cy if in_welsh else text.body_en,
        language=WELSH if in_welsh else ENGLISH,
        published_at=text.published_at,
        awaits_review=in_welsh and text.awaits_review,
        lacks_welsh=reads_welsh and not in_welsh,
        below=below,
    )


def both(words: Words, *, below: int = 1) -> list[Shown]:
    """The words as they would be read in each language that they have, for those who write them."""
    english = Shown("", words.title_en, words.body_en, ENGLISH, below=below)
    return [english, *([Shown("", words.title_cy, words.body_cy, WELSH, below=below)] if words.body_cy else [])]
