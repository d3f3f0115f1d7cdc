"""What every page carries: navigation by role, the demo note, the coordinators' number. Never asks the database."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Item(NamedTuple):
    """A line of the navigation; `current` marks where the reader is."""

    label: str | Promise
    page: str
    href: str = ""
    current: bool = False


_PUBLIC = (Item(_("Meet our dogs"), "dog_list"),)
_COORDINATOR = (
    Item(_("Today"), "coordinator_home"),
    Item(_("Requests"), "coordinator_request_list"),
    Item(_("Teams"), "coordinator_team_list"),
    Item(_("Documents"), "coordinator_document_list"),
    Item(_("Expiring"), "coordinator_expiring"),
    Item(_("People"), "coordinator_person_list"),
    Item(_("Mail"), "coordinator_mail_list"),
    Item(_("Network"), "admin:index"),
)
_MEMBER_FIRST = (Item(_("Today"), "member_home"),)
_OFFERS = (Item(_("Offers"), "member_offer_list"),)
_LEAD = (Item(_("Requests"), "member_request_list"), Item(_("People"), "person_list"))
_ASSESS = (Item(_("Assessments"), "member_assessment_list"),)
_WORK = (Item(_("Deployments"), "member_deployment_list"), Item(_("Documents"), "member_document_list"))


def furniture(request: HttpRequest) -> dict[str, Any]:
    """The template variable `furniture`."""
    roles = getattr(request, "roles", None)
    path = getattr(request, "path", "")
    return {
        "furniture": {
            "demo": bool(getattr(settings, "OK9_DEMO", False)),
            "site": settings.OK9_ADDRESS,
            "telephone": getattr(settings, "OK9_COORDINATORS_TELEPHONE", ""),
            "public": _marked(_PUBLIC, path),
            "navigation": _marked(_items_for(roles), path),
            "name": getattr(roles, "name", ""),
            "place": _place(roles),
            "home": reverse("coordinator_home" if getattr(roles, "is_coordinator", False) else "member_home"),
            "signed_in": bool(getattr(getattr(request, "user", None), "is_authenticated", False)),
        }
    }


def _items_for(roles: Any) -> tuple[Item, ...]:
    """What this person may open, in one line and without repeats."""
    leads = bool(getattr(roles, "leads", ()))
    handles = bool(getattr(roles, "is_handler", False))
    items: tuple[Item, ...] = _COORDINATOR if getattr(roles, "is_coordinator", False) else ()
    if not items and (leads or handles or getattr(roles, "is_assessor", False)):
        items = _MEMBER_FIRST
    if leads or handles:
        items += _OFFERS
    if leads:
        items += _LEAD
    if getattr(roles, "is_assessor", False):
        items += _ASSESS
    return items + (_WORK if leads or handles else ())


def _marked(items: tuple[Item, ...], path: str) -> list[Item]:
    """The items with their addresses; of those that lead to `path`, the one that fits longest is current."""
    placed = [item._replace(href=reverse(item.page)) for item in items]
    here = max((item.href for item in placed if path.startswith(item.href)), key=len, default="")
    return [item._replace(current=item.href == here) for item in placed]


def _place(roles: Any) -> str:
    """Where this person works, in a few words: a force, several, or the national team."""
    if getattr(roles, "is_coordinator", False):
        return str(_("coordinator"))
    names = list(dict.fromkeys(getattr(roles, "force_names", {}).values()))
    if len(names) > 1:
        return ngettext("%(count)d force", "%(count)d forces", len(names)) % {"count": len(names)}
    return names[0] if names else ""
