"""What people type, made into values: clean text, times of day, days, postcodes. Pure: no form, no clock."""

import re
import unicodedata
from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_EMOJI = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
# A joiner between two emoji makes one picture of them; anywhere else it is invisible dirt.
_LOOSE_JOINER = re.compile(f"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])")
_INVISIBLE = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_TIME = re.compile(r"^(\d{1,2})(?:[:.\s]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$", re.IGNORECASE)
_NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OUTWARD = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
_INWARD = "[0-9][ABD-HJLNP-UW-Z]{2}"
_POSTCODE = re.compile(rf"^({_OUTWARD})({_INWARD})$")
_POSTCODE_IN_WORDS = re.compile(rf"\b({_OUTWARD}) ({_INWARD})\b", re.IGNORECASE)


def tidy(text: str) -> str:
    """The text in NFC, with plain line ends, without invisible and control characters. A NUL stays, to be refused."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _LOOSE_JOINER.sub("", _INVISIBLE.sub("", plain))


def tidy_line(text: str) -> str:
    """`tidy`, on one line, with single spaces."""
    return " ".join(tidy(text).split())


def tidy_lines(text: str) -> str:
    """`tidy`, with no spaces at line ends and at most one empty line in a row."""
    lines = "\n".join(line.rstrip() for line in tidy(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def read_time(text: str) -> time | None:
    """A time of day as people write it: 9, 9.30, 0930, 9:30pm, noon. None when it is none."""
    typed = text.strip().lower()
    if typed in _NAMED_TIMES:
        return _NAMED_TIMES[typed]
    found = _TIME.match(f"0{typed}" if re.fullmatch(r"\d{3}", typed) else typed)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_month(text: str) -> int | None:
    """A month by number or English name."""
    typed = text.strip().lower()
    if typed.isdecimal() and len(typed) <= 2:
        return int(typed)
    return _MONTHS.index(typed[:3]) + 1 if typed[:3] in _MONTHS else None


def read_year(text: str) -> int | None:
    """A year of four digits, or of two in this century."""
    typed = text.strip()
    if not typed.isdecimal() or len(typed) not in (2, 4):
        return None
    return int(typed) + (2000 if len(typed) == 2 else 0)


def read_day(day: str, month: str, year: str) -> date | None:
    """The day, or None when there is no such day."""
    number, whole_month, whole_year = day.strip(), read_month(month), read_year(year)
    if not (number.isdecimal() and len(number) <= 2 and whole_month and whole_year):
        return None
    try:
        return date(whole_year, whole_month, int(number))
    except ValueError:
        return None


def in_london(day: date, at: time) -> datetime | None:
    """That moment of Europe/London, in UTC; None when the clocks skip it. Of an hour that comes twice, the first.

    In UTC because a moment of the hour that comes twice equals no other, and hours are counted across both changes.
    """
    moment = datetime.combine(day, at, tzinfo=LONDON)
    there_and_back = datetime.fromtimestamp(moment.timestamp(), tz=LONDON)
    stays = there_and_back.replace(tzinfo=None) == moment.replace(tzinfo=None)
    return moment.astimezone(UTC) if stays else None


def with_whole_postcodes(words: str) -> str:
    """The same words, with a space that no line breaks at inside each postcode."""
    return _POSTCODE_IN_WORDS.sub("\\1\u00a0\\2", words)


def read_postcode(text: str, *, outward_is_enough: bool = True) -> str | None:
    """A postcode in its usual spelling (S1 2HE), or its outward part (S1). Only the syntax is judged."""
    half = re.fullmatch(rf"({_OUTWARD})[\s\-.]+[0-9]", text.strip().upper())
    if half:  # S1 2 is somewhere in S1, and not in S12
        return half[1] if outward_is_enough else None
    packed = re.sub(r"[\s\-.]", "", text).upper()
    full = _POSTCODE.match(packed)
    if full:
        return f"{full[1]} {full[2]}"
    return packed if outward_is_enough and re.fullmatch(_OUTWARD, packed) else None


def read_telephone(text: str) -> str | None:
    """A telephone number with single spaces, 9 to 15 digits; None when it is none."""
    number = re.sub(r"[().\-\u2010-\u2015\s]+", " ", text).strip()
    if not re.fullmatch(r"\+?[0-9 ]+", number):
        return None
    return number if 9 <= sum(letter.isdecimal() for letter in number) <= 15 else None


def read_moment(text: str) -> datetime | None:
    """The moment that a page's hidden field carries, in ISO 8601; None where it is none."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def read_uuid(text: str) -> UUID | None:
    """A key from an address or a form; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
