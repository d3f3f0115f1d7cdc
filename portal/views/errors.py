"""What is said when something is wrong: one plain page for each kind, that needs no database."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The sentence of a `PermissionDenied` that has one is shown: it was written for the person."""
    sentence = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _page("403.html", 403, sentence=sentence)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Byte for byte the same for what never was and for what belongs to another force."""
    return _page("404.html", 404)


def broken(request: HttpRequest) -> HttpResponse:
    return _page("500.html", 500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or in a browser without cookies: nothing was changed, and the way back is said."""
    return _page("stale_form.html", 403)


def _page(template: str, status: int, **context: str) -> HttpResponse:
    return HttpResponse(render_to_string(template, context), status=status)
