"""What readers and writers see of a text, as finished values: templates ask nothing and judge nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.markdown import contents, first_words, to_html
from pages.inputs import Words
from pages.models import Text, Version
from pages.rules import difference, shortened
from pages.states import Audience, Kind

ENGLISH, WELSH = "en-gb", "cy"
_PARTS = {
    "title_en": _("Title"),
    "body_en": _("Text"),
    "title_cy": _("Welsh title"),
    "body_cy": _("Welsh text"),
}


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


def public_address(text: Text) -> str:
    """Where readers find the text."""
    if text.kind == Kind.QUESTION:
        return f"{reverse('question_list')}#{text.slug}"
    if text.kind == Kind.NEWS:
        for_members = text.audience == Audience.MEMBERS
        return f"{reverse('member_news_list')}#{text.slug}" if for_members else reverse("news_detail", args=[text.slug])
    return reverse(f"about_{text.slug}" if text.slug in ("dogs", "network") else text.slug)


def changes_between(before: Version, after: Version) -> list[tuple[str, list[object]]]:
    """The difference in each field that differs: its name, and the lines near a change."""
    found = ((label, getattr(before, field), getattr(after, field)) for field, label in _PARTS.items())
    return [(str(label), list(shortened(difference(old, new)))) for label, old, new in found if old != new]
