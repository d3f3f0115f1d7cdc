"""What may be promoted, and what may be printed: values in, a sentence or nothing out."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dogs.states import Consent

FARTHEST = timedelta(days=366)
_TITLES = r"pc|dc|ps|ds|pcso|sgt|sergeant|constable|officer|inspector|insp|mr|mrs|ms|miss|mx|dr"


def check_consent(name: str, *, has_profile: bool, consent: str, is_published: bool, is_tribute: bool = False) -> str:
    """Why `name` may not be on a poster, or nothing. Domain: who sees what, the public's line."""
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


def check_surname(text: str, handlers: Iterable[str]) -> str:
    """The sentence where `text` tells a handler's surname: the full name, or a title or initial before it."""
    for handler in handlers:
        first, *rest = handler.split() or [""]
        for surname in rest[-1:]:
            before = rf"(?:{re.escape(first)}|{_TITLES})\b|{re.escape(first[:1])}\."
            if re.search(rf"\b(?:{before})[\s.,]*{re.escape(surname)}\b", text, re.IGNORECASE):
                return _("A handler’s surname is never printed. Take out %(name)s.") % {"name": surname}
    return ""


def check_letters(missing: Sequence[str]) -> str:
    """The sentence about letters that the posters' fonts don't have."""
    if not missing:
        return ""
    return _("Our fonts can’t print %(letters)s. Take it out, or say it in words.") % {"letters": " ".join(missing[:8])}
