"""What every page carries: navigation by role, the demo note, the coordinators' number. Never asks the database."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Item(NamedTuple):
    """A line of the navigation; `current` marks where the reader is.

    The pages below `also` belong to it too, and those whose names begin with one of `names`, wherever they stand.
    """

    label: str | Promise
    page: str
    href: str = ""
    current: bool = False
    also: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


# Every address of an audience begins with its home's: a home is current by itself alone.
_HOMES = ("coordinator_home", "member_home")
_PUBLIC = (
    Item(_("Meet our dogs"), "dog_list"),
    Item(_("How it works"), "about_network"),
    Item(_("Start a scheme"), "join"),
    Item(_("News"), "news_list"),
)
# What a coordinator opens daily, and the rest, which stands behind "More".
_COORDINATOR = (
    Item(_("Today"), "coordinator_home"),
    Item(
        _("Requests"),
        "coordinator_request_list",
        names=("coordinator_offer_", "coordinator_deployment_", "member_deployment_"),
    ),
    Item(_("Teams"), "coordinator_team_list", names=("member_dog_detail", "member_dog_time")),
    Item(_("Documents"), "coordinator_document_list", names=("coordinator_certificate_",)),
    Item(
        _("Forms"),
        "coordinator_form_list",
        names=(
            *("coordinator_incident_", "member_form_", "member_session_", "member_visit_", "member_incident_"),
            *("member_welfare_", "member_debrief_", "member_claim_"),
        ),
    ),
    Item(_("Expiring"), "coordinator_expiring"),
    Item(_("Profiles"), "coordinator_profile_list", also=("coordinator_question_list",)),
    Item(_("Library"), "coordinator_resource_list", names=("member_resource_", "member_version_")),
)
_COORDINATOR_MORE = (
    Item(_("Enquiries"), "coordinator_enquiry_list"),
    Item(_("People"), "coordinator_person_list"),
    Item(_("Contacts"), "member_contact_list"),
    Item(_("Mail"), "coordinator_mail_list"),
    Item(_("Promote a visit"), "member_promotion_list"),
    Item(_("Public site"), "coordinator_text_list", also=("coordinator_answer_list", "coordinator_news_list")),
    Item(_("Network"), "admin:index"),
)
_TODAY = (Item(_("Today"), "member_home"),)
_WORK = (Item(_("Offers"), "member_offer_list"), Item(_("Deployments"), "member_deployment_list"))
_LEAD = (Item(_("Requests"), "member_request_list"),)
_DOGS = (
    Item(_("Dogs"), "member_dog_list"),
    Item(_("Documents"), "member_document_list", names=("member_certificate_",)),
)
_ASSESS = (Item(_("Assessments"), "member_assessment_list"),)
_FORMS = (Item(_("Forms"), "member_form_list"),)
_LIBRARY = (Item(_("Library"), "member_resource_list", names=("member_version_",)),)
_WORK_MORE = (
    Item(_("Profiles"), "member_profile_list", names=("member_dog_profile", "member_dog_photos", "member_photo_")),
    Item(_("Promote a visit"), "member_promotion_list"),
    Item(_("Contacts"), "member_contact_list"),
)
_LEAD_MORE = (Item(_("People"), "person_list"),)
_NEWS = (Item(_("News"), "member_news_list"),)


def furniture(request: HttpRequest) -> dict[str, Any]:
    """The template variable `furniture`."""
    roles = getattr(request, "roles", None)
    path, name = getattr(request, "path", ""), getattr(getattr(request, "resolver_match", None), "url_name", "") or ""
    daily, rest = _items_for(roles)
    marked = _marked((*daily, *rest), path, name)
    more = marked[len(daily) :]
    return {
        "furniture": {
            "demo": bool(getattr(settings, "OK9_DEMO", False)),
            "site": settings.OK9_ADDRESS,
            "telephone": getattr(settings, "OK9_COORDINATORS_TELEPHONE", ""),
            "public": _marked(_PUBLIC, path),
            "navigation": marked[: len(daily)],
            "more": more,
            "in_more": any(item.current for item in more),
            "name": getattr(roles, "name", ""),
            "place": _place(roles),
            "home": reverse("coordinator_home" if getattr(roles, "is_coordinator", False) else "member_home"),
            "unread": _said_unread(getattr(request, "unread", 0)),
            "audience": _audience(roles),
            "signed_in": bool(getattr(getattr(request, "user", None), "is_authenticated", False)),
        }
    }


def _items_for(roles: Any) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """What this person may open: what is opened daily, and the rest."""
    leads = bool(getattr(roles, "leads", ()))
    assesses = bool(getattr(roles, "is_assessor", False))
    works = leads or bool(getattr(roles, "is_handler", False))
    daily = (
        *(_WORK if works else ()),
        *(_LEAD if leads else ()),
        *(_DOGS if works else ()),
        *(_ASSESS if assesses else ()),
    )
    more = (*(_LEAD_MORE if leads else ()), *(_WORK_MORE if works else ()))
    if getattr(roles, "is_coordinator", False):
        return _COORDINATOR, tuple({item.page: item for item in (*daily, *more, *_COORDINATOR_MORE)}.values())
    if works or assesses:
        return (*_TODAY, *daily, *_FORMS, *_LIBRARY), (*more, *_NEWS)
    return (), ()


def _marked(items: tuple[Item, ...], path: str, name: str = "") -> list[Item]:
    """The items with their addresses; of those that lead to `path`, the one that fits longest is current."""
    placed = [item._replace(href=reverse(item.page)) for item in items]
    fits = [_fit(item, path, name) for item in placed]
    best = max(fits, default=0)
    return [item._replace(current=bool(best) and fit == best) for item, fit in zip(placed, fits, strict=True)]


def _fit(item: Item, path: str, name: str) -> int:
    """How much of `path` the item or a page that belongs to it covers; a home covers itself alone."""
    if name.startswith(item.names):
        return len(path) + 1
    if item.page in _HOMES:
        return len(path) if path == item.href else 0
    addresses = (item.href, *(reverse(page) for page in item.also))
    return max((len(address) for address in addresses if path.startswith(address)), default=0)


def _audience(roles: Any) -> str:
    """Whose lists lead back from a page that members and coordinators both read."""
    works = getattr(roles, "leads", ()) or getattr(roles, "is_handler", False)
    return "coordinator" if getattr(roles, "is_coordinator", False) and not works else "member"


def _said_unread(number: int) -> str:
    return "99+" if number > 99 else str(number or "")


def _place(roles: Any) -> str:
    """Where this person works, in a few words: a force, several, or the national team."""
    if getattr(roles, "is_coordinator", False):
        return str(_("coordinator"))
    names = list(dict.fromkeys(getattr(roles, "force_names", {}).values()))
    if len(names) > 1:
        return ngettext("%(count)d force", "%(count)d forces", len(names)) % {"count": len(names)}
    return names[0] if names else ""
