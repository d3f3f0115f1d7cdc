"""Public pages that may be kept for every visitor, and how all kept ones are left behind. Knows no domain word."""

from collections.abc import Callable
from functools import wraps
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse

# Kept pages carry this value in their key: a new one makes all the old pages unreachable.
VERSION_KEY = "public-pages-version"

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Mark the answers of `view` as the same for every visitor: no name, no token, no nonce in them."""

    @wraps(view)
    def marked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.is_public_page = True  # type: ignore[attr-defined]
        return response

    return marked


def renew_public_pages() -> None:
    """Leave the kept public pages behind, once what changes them has been committed."""
    transaction.on_commit(lambda: cache.set(VERSION_KEY, uuid4().hex, timeout=None), robust=True)
