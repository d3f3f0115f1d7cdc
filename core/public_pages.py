"""Public pages that may be kept for every visitor, and how all kept ones are left behind. Knows no domain word."""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from hashlib import blake2s
from typing import TypeVar
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

# Kept pages carry this value: a new one makes all the old pages unreachable.
VERSION_KEY = "public-pages-version"
# How a page is kept, for the wire.
ENCODINGS = ("br", "gzip")

View = Callable[..., HttpResponse]
V = TypeVar("V")
log = logging.getLogger(__name__)


class _Owed:
    """Whether this process has still to leave the kept pages behind, because Redis could not be reached."""

    renewal = False


def public_page(view: View) -> View:
    """Mark the answers of `view` as the same for every visitor: no name, no token, no nonce in them.

    A page is kept under its plain address. One that depends on its query says under which: see `keep_under`.
    """

    @wraps(view)
    def marked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.is_public_page = True  # type: ignore[attr-defined]
        return response

    marked.is_public_page = True  # type: ignore[attr-defined]
    return marked


def keep_under(response: HttpResponse, query: str | None) -> HttpResponse:
    """Keep this page under exactly this query and no other spelling of it; None: never keep it.

    Only a query whose every value the view knows may be named here. Whatever a stranger can make up as they please
    (searched words, a postcode) would fill the memory with pages that nobody asks for again.
    """
    response.own_query = query  # type: ignore[attr-defined]
    return response


def kept_value(name: str, make: Callable[[], V]) -> V:
    """What `make` gives, kept as long as public pages are: for what pages that can't be kept have in common."""
    if not settings.PUBLIC_PAGES_KEPT_SECONDS:
        return make()
    key = f"public-value:{name}"
    try:
        renew_if_owed()
        found = caches["pages"].get_many((VERSION_KEY, key))
        version = version_or_new(found.get(VERSION_KEY))
    except RedisError:
        return make()
    kept = found.get(key)
    if kept and kept[0] == version:
        return kept[1]
    value = make()
    with suppress(RedisError):
        caches["pages"].set(key, (version, value), timeout=settings.PUBLIC_PAGES_KEPT_SECONDS)
    return value


def place_of(scheme: str, path: str, query: str = "") -> str:
    """Where a page is kept: one short word for scheme, path (which holds the language) and query.

    Not for the host: pages write their addresses from the settings, and whoever asks under other names fills nothing.
    """
    return f"page:{blake2s(chr(10).join((scheme, path, query)).encode('utf-8', 'replace')).hexdigest()}"


def forget_page(path: str) -> None:
    """Leave this one kept page behind, once what it counts has been committed. Not for what must not be seen any more:
    a page that is being made meanwhile is kept all the same."""
    places = [place_of(scheme, path) for scheme in ("http", "https")]
    transaction.on_commit(lambda: _forget([f"{place}:{kind}" for place in places for kind in ENCODINGS]), robust=True)


def renew_public_pages() -> None:
    """Leave the kept public pages behind, once what changes them has been committed."""
    transaction.on_commit(_renew, robust=True)


def renew_if_owed() -> None:
    """Make good a renewal that Redis was not there for, before any kept page is trusted again."""
    if _Owed.renewal:
        _new_version()


def version_or_new(version: str | None) -> str:
    """The version that is in force; where Redis has lost it, a new one that all processes agree on."""
    return version or str(caches["pages"].get_or_set(VERSION_KEY, lambda: uuid4().hex, timeout=None))


def _forget(keys: list[str]) -> None:
    with suppress(RedisError):
        caches["pages"].delete_many(keys)


def _renew() -> None:
    try:
        _new_version()
    except RedisError:
        _Owed.renewal = True
        log.warning("The kept public pages could not be renewed. They are, as soon as the cache answers again.")


def _new_version() -> None:
    caches["pages"].set(VERSION_KEY, uuid4().hex, timeout=None)
    _Owed.renewal = False
