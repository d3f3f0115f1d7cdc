"""Public pages kept in Redis and given to every visitor, before sessions, tenancy and the database are touched."""

import gzip
import logging
from collections.abc import Callable
from hashlib import blake2s
from time import monotonic
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from redis.exceptions import RedisError

from core.encoding import chosen_encoding, squeeze
from core.public_pages import ENCODINGS, VERSION_KEY, place_of, renew_if_owed, version_or_new

GetResponse = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)

# A reader's copy is asked after each time: what was unpublished is gone with the next request.
FRESHNESS = "public, max-age=0, must-revalidate"
VARIES_BY = ("Accept-Encoding", "Cookie")
# How long pages are made one by one after Redis failed, before it is asked again.
PATIENCE_SECONDS = 5.0
_OWN_HEADERS = {"Content-Length", "Content-Encoding", "Cache-Control", "ETag", "Vary", "Date"}


class Page(NamedTuple):
    """A page as it goes over the wire, for those who take this encoding."""

    version: str
    etag: str
    headers: dict[str, str]
    body: bytes


class PageCacheMiddleware:
    """Outermost but for the packing of other pages. Each page is kept under its address, with the version that was in
    force before it was made.

    Whoever has a session neither gets nor fills a kept page. The version is read together with the page on every
    request, so a renewal holds from the next one on; a page made while the renewal happened carries the old version
    and is never given. Where Redis fails, pages are made one by one.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.shelf = Shelf()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_for_everybody(request):
            return self.get_response(request)
        encoding = chosen_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        place = place_of(request.scheme or "", request.path, request.META.get("QUERY_STRING", ""))
        version, page = self.shelf.look(f"{place}:{encoding or 'gzip'}")
        if page is not None:
            return _answer(request, page if encoding else _unpacked(page))
        response = self.get_response(request)
        if not _may_be_shared(response):
            return response
        if version and _is_own_address(request, response):
            pages = {kind: _packed(response, version, kind) for kind in ENCODINGS}
            self.shelf.put({f"{place}:{kind}": tuple(page) for kind, page in pages.items()})
        return _answer(request, _packed(response, version, encoding))


class Shelf:
    """The kept pages. While Redis does not answer it holds none, and does not ask each time."""

    def __init__(self) -> None:
        self._ask_again_at = 0.0

    def look(self, key: str) -> tuple[str, Page | None]:
        """The version in force and the page that is kept under `key` with it. No version: nothing may be kept now."""
        if monotonic() < self._ask_again_at:
            return "", None
        try:
            renew_if_owed()
            found = caches["pages"].get_many((VERSION_KEY, key))
            version = version_or_new(found.get(VERSION_KEY))
        except RedisError as error:
            self._wait(error)
            return "", None
        self._ask_again_at = 0.0
        kept = found.get(key)
        return version, Page(*kept) if kept and kept[0] == version else None

    def put(self, pages: dict[str, tuple[object, ...]]) -> None:
        try:
            caches["pages"].set_many(pages, timeout=settings.PUBLIC_PAGES_KEPT_SECONDS)
        except RedisError as error:
            self._wait(error)

    def _wait(self, error: RedisError) -> None:
        if not self._ask_again_at:
            log.warning("The kept public pages can't be reached; each page is made anew: %s", error)
        self._ask_again_at = monotonic() + PATIENCE_SECONDS


def _is_for_everybody(request: HttpRequest) -> bool:
    """Nothing in the request says who asks; and it asks for a page, not for a file of the style."""
    meta = request.META
    return (
        request.method in ("GET", "HEAD")
        and bool(settings.PUBLIC_PAGES_KEPT_SECONDS)
        and f"{settings.SESSION_COOKIE_NAME}=" not in meta.get("HTTP_COOKIE", "")
        and "HTTP_AUTHORIZATION" not in meta
        and not request.path_info.startswith(settings.STATIC_URL)
    )


def _may_be_shared(response: HttpResponse) -> bool:
    """A whole page that its view has marked, with nothing in its headers that is one visitor's."""
    return (
        getattr(response, "is_public_page", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
        and "nonce-" not in response.get("Content-Security-Policy", "")
    )


def _is_own_address(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the page was asked for under the one address that it may be kept under."""
    return request.method == "GET" and getattr(response, "own_query", "") == request.META.get("QUERY_STRING", "")


def _packed(response: HttpResponse, version: str, encoding: str) -> Page:
    body = response.content
    mark = blake2s(body, digest_size=12).hexdigest()
    headers = {name: value for name, value in response.items() if name not in _OWN_HEADERS}
    if encoding:
        headers["Content-Encoding"] = encoding
    return Page(version, f'"{mark}{encoding and "-"}{encoding}"', headers, squeeze(body, encoding))


def _unpacked(page: Page) -> Page:
    """For the rare reader who takes no encoding, the page that is kept for gzip."""
    headers = {name: value for name, value in page.headers.items() if name != "Content-Encoding"}
    return page._replace(headers=headers, etag=page.etag.replace("-gzip", ""), body=gzip.decompress(page.body))


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    """The page, only its headers, or the word that the reader's own copy is still right."""
    if page.etag in _etags(request):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    else:
        response = HttpResponse(page.body if request.method == "GET" else b"", headers=page.headers)
        response.headers["Content-Length"] = str(len(page.body))
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = FRESHNESS
    patch_vary_headers(response, VARIES_BY)
    return response


def _etags(request: HttpRequest) -> set[str]:
    """What the reader holds. A proxy on the way may have marked it as weak, which is good enough for a page."""
    header = request.META.get("HTTP_IF_NONE_MATCH", "")
    return {part.strip().removeprefix("W/") for part in header.split(",")} if header else set()
