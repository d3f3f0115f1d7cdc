"""What holds for all dated evidence, a handler's certificate as well as a dog's document."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.lifecycle import Refused
from core.validity import said_day

# The longest that domain.md gives is 36 months; a month more forgives a certificate issued ahead.
LONGEST = timedelta(days=37 * 31)


def check_days(issued_on: date, expires_on: date, *, today: date) -> None:
    """Raise `Refused` unless evidence with these days can be taken today."""
    if issued_on > today:
        raise Refused(_("The day it was issued is in the future."), field="issued_on")
    if expires_on <= issued_on:
        raise Refused(_("The last valid day must be after the day it was issued."), field="expires_on")
    if expires_on < today:
        raise Refused(
            _("It ended on %(day)s. Add one that still holds.") % {"day": said_day(expires_on, today)},
            field="expires_on",
        )
    if expires_on > today + LONGEST:
        raise Refused(_("The last valid day can't be more than 37 months from today."), field="expires_on")


def check_still_holds(expires_on: date, *, today: date) -> None:
    """Raise `Refused` where evidence ended while it waited: verifying it would help nobody."""
    if expires_on < today:
        raise Refused(_("It ended on %(day)s. Send it back instead.") % {"day": said_day(expires_on, today)})
