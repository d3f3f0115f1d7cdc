"""A form that arrived after its sender's sign-in had ended: kept until they have signed in and send it again.

Only the person who was last signed in on that browser gets it back: somebody else may sign in there next. A signed
cookie says who that was; signing out takes it away, and from then on nothing is kept.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme

COOKIE = "lasthere"
KEPT = timedelta(days=1)
# The longest story is ten thousand characters; what is larger than this was not typed.
LARGEST = 100_000
_SALT = "accounts.unsent"
# The addresses of allauth's pages begin so.
_SIGN_IN = "/sign-in/"
_PLACE = "unsent"
_NOT_TYPED = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Unsent:
    """What is to be sent: where to, from which page, when it was tried, every field in its order."""

    action: str
    page: str
    at: datetime
    fields: tuple[tuple[str, str], ...]
    has_files: bool

    @property
    def words(self) -> list[str]:
        """What somebody wrote, as far as it can be told from keys and choices: it has a space in it."""
        return [value for _name, value in self.fields if " " in value.strip()]


def remember_reader(request: HttpRequest, response: HttpResponse, *, was_signed_in: bool) -> None:
    """Note on the browser who is signed in there; of somebody who has just signed out nothing is noted any more."""
    user = request.user
    if user.is_authenticated:
        if _reader(request) != str(user.pk):
            response.set_signed_cookie(
                COOKIE, str(user.pk), salt=_SALT, max_age=settings.SESSION_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
            )  # fmt: skip
    elif was_signed_in:
        response.delete_cookie(COOKIE, samesite="Lax")


def keep_unsent(request: HttpRequest) -> bool:
    """Keep what was sent with this request; whether it is kept. What is about signing in never is."""
    reader = _reader(request)
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name != _NOT_TYPED]
    is_secret = request.path.startswith(_SIGN_IN) or any("password" in name for name, _value in fields)
    is_large = sum(len(name) + len(value) for name, value in fields) > LARGEST
    if not reader or not fields or is_secret or is_large:
        return False
    request.session.set_expiry(KEPT)  # signing in gives it its own time
    request.session[_PLACE] = {
        "reader": reader,
        "action": request.get_full_path(),
        "page": page_of(request),
        "at": timezone.now().isoformat(),
        "fields": fields,
        "has_files": bool(request.FILES),
    }
    return True


def unsent_of(request: HttpRequest) -> Unsent | None:
    """What waits for this reader. What waits for another, or waited for too long, is forgotten."""
    held: dict[str, Any] | None = request.session.get(_PLACE)
    if held is None or not request.user.is_authenticated:
        return None
    at = datetime.fromisoformat(held["at"])
    if held["reader"] != str(request.user.pk) or timezone.now() - at > KEPT:
        forget_unsent(request)
        return None
    fields = tuple((name, value) for name, value in held["fields"])
    return Unsent(held["action"], held["page"], at, fields, held["has_files"])


def forget_unsent(request: HttpRequest) -> None:
    request.session.pop(_PLACE, None)


def page_of(request: HttpRequest) -> str:
    """The page that a form was sent from: many buttons send to an address that is no page."""
    came_from = request.META.get("HTTP_REFERER", "")
    if came_from and url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    ):
        parts = urlsplit(came_from)
        return escape_leading_slashes(parts._replace(scheme="", netloc="", fragment="").geturl() or "/")
    return request.get_full_path()


def door_to(page: str, door: str, name: str) -> str:
    """The sign-in page's address that leads to `page` afterwards."""
    query = QueryDict(mutable=True)
    query[name] = page
    return f"{door}?{query.urlencode(safe='/')}"


def _reader(request: HttpRequest) -> str:
    return request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=settings.SESSION_COOKIE_AGE) or ""
