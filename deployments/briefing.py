"""What a briefing says, in the order that helps on the way: for its page and for its paper."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deployments.models import Briefing, Request
from dogs.states import Restriction


@dataclass(frozen=True)
class Group:
    """A heading with facts, or with a text that keeps its lines."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    text: str = ""
    telephone: str = ""


def moment(at: datetime) -> str:
    """'Wed 25 Nov, 09:00' in Europe/London."""
    return date_format(localtime(at), "D j M, H:i")


def span(start: datetime, end: datetime) -> str:
    """'38 minutes', up to two days '31 hours', then '8 days'; never less than nothing."""
    minutes = max(int((end - start).total_seconds() // 60), 0)
    if minutes < 60:
        return ngettext("%d minute", "%d minutes", minutes) % minutes
    if minutes < 48 * 60:
        return ngettext("%d hour", "%d hours", minutes // 60) % (minutes // 60)
    return ngettext("%d day", "%d days", minutes // 1440) % (minutes // 1440)


def day_and_time(at: datetime, *, now: datetime) -> str:
    """'today 07:12', 'tomorrow 07:12', 'Wed 25 Nov, 07:12'."""
    near = {0: _("today %s"), 1: _("tomorrow %s")}.get((localtime(at).date() - localtime(now).date()).days)
    return near % date_format(localtime(at), "H:i") if near else moment(at)


def period(start: datetime, end: datetime) -> str:
    """'Wed 25 Nov, 09:00 to 17:00', with the second day where there is one."""
    same_day = localtime(start).date() == localtime(end).date()
    return _("%(start)s to %(end)s") % {
        "start": moment(start),
        "end": date_format(localtime(end), "H:i") if same_day else moment(end),
    }


def setting_words(request: Request) -> str:
    """'Crowds, stairs', or that nothing is known."""
    names = ", ".join(str(Restriction(name).label) for name in request.setting)
    return names[:1].upper() + names[1:] if names else _("Nothing special was named")


def briefing_groups(request: Request, briefing: Briefing, way: tuple[str, str]) -> list[Group]:
    """Every part of the briefing that has something to say; `way` is how far it is, as a name and a value."""
    where = [(_("Where to come"), briefing.meeting_point or request.place), (_("Place"), request.place)]
    if where[0][1] == request.place:
        where.pop()
    where += [(_("Postcode"), request.postcode), way]
    contact = [(_("Name"), briefing.contact_name), (_("Telephone"), briefing.contact_telephone)]
    people = str(request.people) if request.people else _("Not known")
    groups = [
        Group(_("When"), ((_("From and to"), period(request.starts_at, request.ends_at)),)),
        Group(_("Where"), tuple(where)),
        Group(
            _("Whom to ask for"),
            tuple((name, value) for name, value in contact if value),
            text="" if briefing.contact_name or briefing.contact_telephone else _("Ask the coordinators."),
            telephone=briefing.contact_telephone,
        ),
        Group(_("What to expect"), ((_("The setting has"), setting_words(request)), (_("People expected"), people))),
    ]
    if briefing.expect:
        groups.append(Group(_("More to know"), text=briefing.expect))
    if briefing.practical:
        groups.append(Group(_("Parking, water, quiet room"), text=briefing.practical))
    return groups
