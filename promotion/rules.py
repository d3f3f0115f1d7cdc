"""What may be promoted, and what may be printed: values in, a sentence or nothing out."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dogs.states import Consent, DogStatus

FARTHEST = timedelta(days=366)
_TITLES = r"w?pc|w?dc|ps|ds|pcso|sgt|sergeant|constable|officer|handler|inspector|insp|mr|mrs|ms|miss|mx|dr"
# Surnames that places and greetings are full of.
_ORDINARY = frozenset({
    "abbey", "ash", "bank", "banks", "barn", "barnes", "bay", "bell", "best", "bird", "bishop", "black",
    "booth", "bridge", "bright", "brook", "brooks", "brown", "burns", "bush", "case", "castle", "church",
    "coates", "cook", "court", "cross", "day", "dean", "drake", "east", "farm", "field", "fields", "fisher",
    "flower", "forest", "fox", "frost", "gate", "gates", "good", "grange", "grant", "gray", "green", "grey",
    "grove", "hall", "hand", "harbour", "hill", "hills", "hope", "house", "hunt", "king", "knight", "lake",
    "lane", "law", "long", "lord", "love", "marsh", "may", "mead", "mill", "miles", "moor", "moore", "more",
    "north", "oak", "park", "parish", "parks", "pond", "pool", "power", "price", "prior", "pitt", "queen",
    "rich", "ridge", "rivers", "road", "rock", "rose", "saint", "shaw", "short", "small", "south", "spring",
    "stone", "street", "strong", "summer", "temple", "tower", "town", "vale", "wall", "walls", "ward", "waters",
    "way", "wells", "west", "white", "winter", "wise", "wood", "woods", "young",
})  # fmt: skip


def check_consent(
    name: str, *, has_profile: bool, consent: str, is_published: bool, is_tribute: bool = False, status: str = ""
) -> str:
    """Why `name` may not be on a poster, or nothing. Domain: who sees what, the public's line.

    A dog whose `status` keeps its page from being published visits nobody either; why is not said.
    """
    if not has_profile:
        return _("%(dog)s has no public page yet. Write one and have it published first.") % {"dog": name}
    if consent == Consent.WITHDRAWN:
        return _("The handler has withdrawn consent for %(dog)s, so nothing more is printed.") % {"dog": name}
    if consent != Consent.GIVEN:
        return _("%(dog)s’s handler has not given consent yet.") % {"dog": name}
    if not is_published:
        return _("%(dog)s’s public page is not published, so there is nothing to print from.") % {"dog": name}
    if is_tribute:
        return _("%(dog)s visits no longer.") % {"dog": name}
    if status in (DogStatus.PROSPECTIVE, DogStatus.SUSPENDED):
        return _("%(dog)s does not visit at present, so no visit is announced.") % {"dog": name}
    return ""


def check_when(starts_at: datetime, ends_at: datetime | None, *, now: datetime) -> tuple[str, str]:
    """The field and the sentence about a visit's time that can't be printed; two empty texts where it can."""
    if starts_at < now:
        return "starts_at", _("Choose a day and time that are still to come.")
    if starts_at > now + FARTHEST:
        return "starts_at", _("Choose a day within the next year.")
    if ends_at and ends_at <= starts_at:
        return "until", _("The end must be after the start.")
    return "", ""


def given_name(name: str) -> str:
    """The first name only, whatever was kept in its place."""
    return name.split()[0] if name.split() else ""


def check_surname(text: str, handlers: Iterable[str], *, places: Collection[str] = ()) -> str:
    """The sentence where `text` tells a handler's surname, whatever stands around it.

    A surname that is an ordinary word too, one of `places` (small letters) or very short, may stand by itself: "Town
    Hall", "Kent Police". It is told where a first name, an initial or a title goes with it.
    """
    read = _plain(text)
    for handler in handlers:
        first, *rest = _plain(handler).split() or [""]
        for surname in rest[-1:]:
            is_word = surname in _ORDINARY or surname in places or len(surname) < 3
            if re.search(_told_with(first, surname) if is_word else _as_word(re.escape(surname), first), read):
                return _("A handler’s surname is never printed. Take out %(name)s.") % {"name": handler.split()[-1]}
    return ""


def _plain(text: str) -> str:
    """Small letters without accents: a name is the same name in capitals."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def _as_word(surname: str, first: str) -> str:
    """By itself, or grown together with the first name; a letter or digit beside it makes it another word."""
    return rf"(?<![^\W_])(?:{re.escape(first)})?{surname}(?![^\W_])"


def _told_with(first: str, surname: str) -> str:
    name, first, initial = re.escape(surname), re.escape(first), re.escape(first[:1])
    before = rf"{first}(?:[\W_]+[^\W\d_]\b\.?)?[\W_]*|(?:{_TITLES}|{initial})[\W_]+"
    return rf"(?<![^\W_])(?:(?:{before}){name}|{name}\s*,\s*{first})(?![^\W_])"


def check_letters(missing: Sequence[str]) -> str:
    """The sentence about letters that the posters' fonts don't have."""
    if not missing:
        return ""
    return _("Our fonts can’t print %(letters)s. Take it out, or say it in words.") % {"letters": " ".join(missing[:8])}
