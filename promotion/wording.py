"""What a poster says: the house's words in each language, and the handler's own as they were typed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.typed import with_whole_postcodes
from dogs.portrait import Words
from promotion.rules import given_name
from promotion.states import Language

WALES = "Wales"
# Letters of a name up to which it is printed below the code too.
SHORT = 24


@dataclass(frozen=True)
class Photo:
    """A photo that may be shown: a JPEG, what it shows, and its middle of interest in percent."""

    content: bytes
    alt: str
    focus: tuple[int, int] = (50, 50)


@dataclass(frozen=True)
class Subject:
    """The dog as its poster needs it: nothing here that its handler has not agreed to show."""

    name: str
    slug: str
    breed: str
    portrait: Words
    blanket: str
    handler: str = ""
    photo: Photo | None = None


@dataclass(frozen=True)
class Wishes:
    """What somebody asked for. Without `starts_at` the poster is a blank one, to be filled in by hand."""

    layout: str
    language: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    message: str = ""


@dataclass(frozen=True)
class Voice:
    """The house's words in one language, the day and the time among them."""

    lang: str
    network: str
    coming: str
    come: str
    meet: str
    hello: str
    visit: str
    scan: str
    alone: str
    welcome: str
    drawing: str
    code: str
    weekday: str = ""
    day: str = ""
    month: str = ""
    date: str = ""
    times: str = ""


@dataclass(frozen=True)
class Copy:
    """All the text of one poster. `second` is there where both languages are wanted."""

    name: str
    first: Voice
    second: Voice | None
    times: str
    place: str
    message: str
    address: str
    photo: str = ""

    @property
    def voices(self) -> tuple[Voice, ...]:
        return (self.first, self.second) if self.second else (self.first,)

    @property
    def is_blank(self) -> bool:
        return not self.first.date


def example(layout: str, language: str, *, now: datetime) -> Wishes:
    """A visit that nobody plans, to show a layout with."""
    start = localtime(now + timedelta(days=7)).replace(hour=10, minute=0, second=0, microsecond=0)
    return Wishes(layout, language, start, start + timedelta(hours=2), _("the parade room"))


def languages(language: str, country: str) -> tuple[str, ...]:
    """The languages in the order in which a poster speaks them: Welsh stands first in Wales."""
    if language != Language.BOTH:
        return (language,)
    both = (str(Language.ENGLISH), str(Language.WELSH))
    return both[::-1] if country == WALES else both


def copy_for(subject: Subject, wishes: Wishes, *, country: str = "") -> Copy:
    """What the poster of this dog says about this visit."""
    spoken = languages(wishes.language, country)
    voices = [_voice(subject, wishes, lang) for lang in spoken]
    return Copy(
        name=subject.name,
        first=voices[0],
        second=voices[1] if len(voices) > 1 else None,
        times=_times(wishes, voices),
        place=with_whole_postcodes(wishes.place),
        message=with_whole_postcodes(wishes.message),
        address=profile_address(subject.slug, spoken[0]),
        photo=subject.photo.alt if subject.photo else "",
    )


def _times(wishes: Wishes, voices: list[Voice]) -> str:
    """'10:00 to 12:00'; with a dash where two languages share it."""
    return (
        voices[0].times if len(voices) == 1 else "–".join(_clock(at) for at in (wishes.starts_at, wishes.ends_at) if at)
    )


def _clock(at: datetime) -> str:
    return date_format(localtime(at), "H:i")


def profile_address(slug: str, lang: str) -> str:
    """Where the code leads: the dog's public page in this language, or the gallery where there is no dog."""
    with translation.override(lang):
        path = reverse("dog_detail", args=[slug]) if slug else reverse("dog_list")
    return f"{settings.OK9_ADDRESS}{path}"


def _voice(subject: Subject, wishes: Wishes, lang: str) -> Voice:
    with translation.override(lang):
        named = {"dog": subject.name, "handler": given_name(subject.handler)}
        return Voice(
            lang=lang,
            come=_("Come and meet"),
            network=_("Wellbeing and trauma support dogs"),
            welcome=_("Drop in. Sit on the floor. No booking, nobody takes your name."),
            **_of_dog(named, subject.breed) if subject.name else _of_any_dog(),
            **_of_day(wishes) if wishes.starts_at else {},
        )


def _of_dog(named: dict[str, str], breed: str) -> dict[str, str]:
    return {
        "coming": _("%(dog)s is coming in.") % named,
        "meet": _("Come and meet %(dog)s") % named,
        "hello": _("Hello. I’m %(dog)s.") % named,
        "visit": _("A visit from %(dog)s") % named,
        "scan": _("Meet %(dog)s") % named if len(named["dog"]) <= SHORT else _("See my page"),
        "alone": _("with %(handler)s") % named if named["handler"] else "",
        "drawing": _("%(dog)s, %(breed)s") % {**named, "breed": breed[:1].lower() + breed[1:]},
        "code": _("QR code that leads to %(dog)s’s page") % named,
    }


def _of_any_dog() -> dict[str, str]:
    return {
        "coming": _("A dog is coming in."),
        "meet": _("Come and meet our dog"),
        "hello": _("Hello. I’m coming to see you."),
        "visit": _("A visit from our dog"),
        "scan": _("Meet our dogs"),
        "alone": "",
        "drawing": _("A dog with a bandana"),
        "code": _("QR code that leads to all the dogs"),
    }


def _of_day(wishes: Wishes) -> dict[str, str]:
    assert wishes.starts_at  # noqa: S101  (asked by the caller)
    start, times = localtime(wishes.starts_at), _clock(wishes.starts_at)
    if wishes.ends_at:
        times = _("%(start)s to %(end)s") % {"start": times, "end": _clock(wishes.ends_at)}
    return {
        "weekday": date_format(start, "l"),
        "day": date_format(start, "j"),
        "month": date_format(start, "F"),
        "date": date_format(start, "l j F"),
        "times": times,
    }
