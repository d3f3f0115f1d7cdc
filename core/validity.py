"""How long a dated thing still holds, said as a fact. Pure: two days in, a sentence out."""

from dataclasses import dataclass
from datetime import date

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
