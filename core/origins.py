"""Whether a form that carries no token was sent from one of our own pages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_from_own_page(request: HttpRequest) -> bool:
    """The browser's own word: `Origin`, or where it is missing the address of the page that was left.

    Kept pages are the same for everybody and so carry no token. What can be sent this way must be harmless even to
    somebody who writes their own headers: the check keeps other sites out, not a person with a program.
    """
    sent_from = request.headers.get("Origin") or request.headers.get("Referer", "")
    if not sent_from:
        return False
    parts = urlsplit(sent_from)
    origin = f"{parts.scheme}://{parts.netloc}"
    return origin == f"{request.scheme}://{request.get_host()}" or origin in settings.CSRF_TRUSTED_ORIGINS
