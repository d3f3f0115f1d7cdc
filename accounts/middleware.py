"""A request's scope and transaction, and the second factor that a coordinator needs."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from accounts.access import Roles, roles_from
from accounts.models import Profile, User
from accounts.unsent import door_to, forget_unsent, keep_unsent, page_of, remember_reader, unsent_of
from core.tenancy import enter_as, scope

GetResponse = Callable[[HttpRequest], HttpResponse]
COORDINATOR_SESSION = timedelta(hours=12)


class TenancyMiddleware:
    """One transaction and one scope around the whole response, rendering included.

    It replaces ATOMIC_REQUESTS, which commits before a lazy response renders. It rolls back whenever the view raised
    (a 403 or 404 after a write must not keep the write) or the status is 500 or more.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            request.roles = Roles()  # type: ignore[attr-defined]
            with scope():
                return self._respond(request)
        with enter_as(user.pk) as entry:
            _know(user, entry.rows, entry.person)
            request.roles = user.known_roles  # type: ignore[attr-defined]
            request.unread = entry.unread  # type: ignore[attr-defined]
            return self._respond(request)

    def _respond(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if hasattr(response, "render") and not getattr(response, "is_rendered", True):
            response = response.render()
        if getattr(request, "view_raised", False) or response.status_code >= 500:
            transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        request.view_raised = True  # type: ignore[attr-defined]


def _know(user: User, rows: list[dict[str, object]], person: dict[str, object] | None) -> None:
    """Keep on the user what entering told: no page asks for it again.

    A request's user is a lazy wrapper with attributes of its own; a property of the user looks at what is wrapped.
    """
    name = str(person["name"]) if person else user.email
    known: dict[str, object] = {
        "known_roles": roles_from([(r["role"], r["force_id"], r["name"]) for r in rows], name=name)  # type: ignore[misc]
    }
    if person:
        known["known_profile"] = Profile(user=user, **person)
    for holder in (user, getattr(user, "_wrapped", user)):
        holder.__dict__.update(known)


class UnsentMiddleware:
    """Keeps a form that was sent after the sign-in had ended, says so on the sign-in page, and leads back to its page.

    `request.unsent` is what waits to be sent on the page that is asked for. Once it was sent there, it is forgotten.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        waits = unsent_of(request)
        if waits and request.method == "POST" and request.get_full_path() == waits.action:
            forget_unsent(request)
        request.unsent = waits if waits and request.get_full_path() == waits.page else None  # type: ignore[attr-defined]
        response = self.get_response(request)
        door = resolve_url(settings.LOGIN_URL)
        is_shut = response.status_code == 302 and response.headers["Location"].startswith(f"{door}?")
        if request.method == "POST" and is_shut:
            response.headers["Location"] = door_to(page_of(request), door, REDIRECT_FIELD_NAME)
            messages.warning(request, _kept_words() if keep_unsent(request) else _lost_words())
        remember_reader(request, response, was_signed_in=was_signed_in)
        return response


def _kept_words() -> str:
    return _("This was not sent: your sign-in had ended. What you typed is kept. Sign in, then send it.")


def _lost_words() -> str:
    return _("What you sent was not saved: your sign-in had ended. Sign in, then send it once more.")


class SecondFactorMiddleware:
    """A coordinator who did not sign in with a second factor reaches only the pages that set one up and sign out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        lacks = request.roles.is_coordinator and not signed_in_with_second_factor(request)  # type: ignore[attr-defined]
        if lacks and not _is_sign_in_page(request):
            return redirect("mfa_activate_totp" if not _has_authenticator(request.user) else "account_logout")
        return self.get_response(request)


def signed_in_with_second_factor(request: HttpRequest) -> bool:
    methods = request.session.get("account_authentication_methods", [])
    return any(method.get("method") == "mfa" for method in methods)


def _is_sign_in_page(request: HttpRequest) -> bool:
    try:
        name = resolve(request.path_info).url_name or ""
    except Resolver404:
        return False
    return name.startswith(("account_", "mfa_")) or request.path_info.startswith(settings.STATIC_URL)


def _has_authenticator(user: object) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select 1 from mfa_authenticator where user_id = %s and type = 'totp'", [user.pk])  # type: ignore[attr-defined]
        return cursor.fetchone() is not None
