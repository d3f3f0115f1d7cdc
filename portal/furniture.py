"""What every page carries: navigation by role, the demo note, the coordinators' number. Never asks the database."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, get_urlconf, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Item(NamedTuple):
    """A line of the navigation; `current` marks where the reader is."""

    label: str | Promise
    href: str
    current: bool = False


_PUBLIC = (Item(_("Meet our dogs"), "/dogs/"),)
_COORDINATOR = (
    Item(_("Today"), "/coordinator/"),
    Item(_("Requests"), "/coordinator/requests/"),
    Item(_("Teams"), "/coordinator/teams/"),
    Item(_("Documents"), "/coordinator/documents/"),
    Item(_("Expiring"), "/coordinator/expiring/"),
    Item(_("People"), "/coordinator/people/"),
    Item(_("Mail"), "/coordinator/mail/"),
    Item(_("Network"), "/coordinator/admin/"),
)
_MEMBER_FIRST = (Item(_("Today"), "/member/"),)
_OFFERS = (Item(_("Offers"), "/member/offers/"),)
_LEAD = (
    Item(_("Teams"), "/member/teams/"),
    Item(_("Requests"), "/member/requests/"),
    Item(_("People"), "/member/people/"),
)
_WORK = (Item(_("Deployments"), "/member/deployments/"), Item(_("Documents"), "/member/documents/"))
_ASSESSOR = (Item(_("Assessments"), "/member/assessments/"),)


def furniture(request: HttpRequest) -> dict[str, Any]:
    """The template variable `furniture`."""
    roles = getattr(request, "roles", None)
    path = getattr(request, "path", "")
    return {
        "furniture": {
            "demo": bool(getattr(settings, "OK9_DEMO", False)),
            "telephone": getattr(settings, "OK9_COORDINATORS_TELEPHONE", ""),
            "public": _marked(_PUBLIC, path),
            "navigation": _marked(_items_for(roles), path),
            "name": getattr(roles, "name", ""),
            "place": _place(roles),
            "home": "/coordinator/" if getattr(roles, "is_coordinator", False) else "/member/",
            "signed_in": bool(getattr(getattr(request, "user", None), "is_authenticated", False)),
        }
    }


def _items_for(roles: Any) -> tuple[Item, ...]:
    """What this person may open, in one line and without repeats."""
    leads = bool(getattr(roles, "leads", ()))
    handles = bool(getattr(roles, "is_handler", False))
    assesses = bool(getattr(roles, "is_assessor", False))
    items: tuple[Item, ...] = _COORDINATOR if getattr(roles, "is_coordinator", False) else ()
    if not items and (leads or handles or assesses):
        items = _MEMBER_FIRST
    if leads or handles:
        items += _OFFERS
    if leads:
        items += _LEAD
    if leads or handles:
        items += _WORK
    return items + (_ASSESSOR if assesses else ())


def _marked(items: tuple[Item, ...], path: str) -> list[Item]:
    """The items whose pages exist; of those that lead to `path`, the one that fits longest is current."""
    known = [item for item in items if _exists(item.href, get_urlconf())]
    here = max((item.href for item in known if path.startswith(item.href)), key=len, default="")
    return [item._replace(current=item.href == here) for item in known]


@lru_cache(maxsize=256)
def _exists(href: str, urlconf: str | None) -> bool:
    try:
        resolve(href, urlconf)
    except Resolver404:
        return False
    return True


def _place(roles: Any) -> str:
    """Where this person works, in a few words: a force, several, or the national team."""
    if getattr(roles, "is_coordinator", False):
        return str(_("coordinator"))
    names = list(dict.fromkeys(getattr(roles, "force_names", {}).values()))
    if len(names) > 1:
        return ngettext("%(count)d force", "%(count)d forces", len(names)) % {"count": len(names)}
    return names[0] if names else ""
