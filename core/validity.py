"""How long a dated thing holds, and how long still, said as a fact. Pure: days in, a day or a sentence out."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON_DAYS = 30


@dataclass(frozen=True)
class Validity:
    """A fact about a last day. `kind` is how a tag shows it: ok, warn or stop."""

    sentence: str
    kind: str


def validity(expires_on: date, today: date) -> Validity:
    """'Valid to 3 March 2027', 'Ends in 6 days', 'Ended 2 November'. The last day itself still counts."""
    days = (expires_on - today).days
    if days < 0:
        return Validity(_("Ended %(day)s") % {"day": said_day(expires_on, today)}, "stop")
    if days == 0:
        return Validity(_("Ends today"), "stop")
    if days <= SOON_DAYS:
        sentence = ngettext("Ends in %(days)d day", "Ends in %(days)d days", days) % {"days": days}
        return Validity(sentence, "warn" if days > 7 else "stop")
    return Validity(_("Valid to %(day)s") % {"day": date_format(expires_on, "j F Y")}, "ok")


def said_day(day: date, today: date) -> str:
    """'2 November', with the year where it is another one."""
    return date_format(day, "j F" if day.year == today.year else "j F Y")


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def valid_until(begun_on: date, months: int) -> date:
    """The last day on which something holds for `months`: the day before the same day, so many months later.

    Where that month has no such day, its last day: twelve months from 29 February end on 28 February.
    """
    year, month = divmod(begun_on.month - 1 + months, 12)
    year, month = begun_on.year + year, month + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last_of_month = (first_of_next - timedelta(days=1)).day
    if begun_on.day > last_of_month:
        return date(year, month, last_of_month)
    return date(year, month, begun_on.day) - timedelta(days=1)
