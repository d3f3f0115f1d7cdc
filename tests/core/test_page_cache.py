"""Kept public pages: who gets one, who fills one, when one is gone, and what happens without Redis."""

import gzip
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from django.core.cache import cache, caches
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from pytest_django import Settings
from redis.exceptions import ConnectionError as NoConnectionError

from core import page_cache, public_pages
from core.page_cache import PageCacheMiddleware
from core.public_pages import forget_page, keep_under, public_page, renew_public_pages


@pytest.fixture(autouse=True)
def kept(settings: Settings) -> Iterator[None]:
    settings.PUBLIC_PAGES_KEPT_SECONDS = 600
    cache.clear()
    yield
    cache.clear()


class Site:
    """One page behind the middleware, which counts how often it is made."""

    def __init__(self, *, query: str | None = "", **headers: str) -> None:
        self.made, self.text, self.headers, self.query = 0, "Dogs " * 200, headers, query
        self.middleware = PageCacheMiddleware(public_page(self._page))

    def _page(self, request: HttpRequest) -> HttpResponse:
        self.made += 1
        return keep_under(HttpResponse(self.text, headers=self.headers), self.query)

    def get(self, address: str = "/dogs/", *, method: str = "get", **headers: str) -> HttpResponse:
        return self.middleware(getattr(RequestFactory(), method)(address, headers=headers))


def test_the_second_visitor_gets_the_page_that_was_made_for_the_first() -> None:
    site = Site()
    first, second = site.get(), site.get()
    assert site.made == 1
    assert first.content == second.content == site.text.encode()
    assert dict(first.items()) == dict(second.items())
    assert second["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert {"Accept-Encoding", "Cookie"} <= set(second["Vary"].split(", "))


def test_a_reader_gets_the_encoding_that_it_takes() -> None:
    site = Site()
    for _time in range(2):
        assert brotli.decompress(site.get(**{"Accept-Encoding": "gzip, br"}).content) == site.text.encode()
        assert gzip.decompress(site.get(**{"Accept-Encoding": "gzip, br;q=0"}).content) == site.text.encode()
        assert site.get(**{"Accept-Encoding": "identity"}).content == site.text.encode()
    assert site.made == 1


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_a_copy_that_is_still_right_is_not_sent_again(encoding: str) -> None:
    site = Site()
    taken = {"Accept-Encoding": encoding}
    etag = site.get(**taken)["ETag"]
    for held in (etag, f'"other", W/{etag}'):
        answer = site.get(**taken, **{"If-None-Match": held})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    assert site.get(**taken, **{"If-None-Match": '"other"'}).status_code == 200


def test_head_has_the_headers_of_the_page_and_nothing_else() -> None:
    site = Site()
    assert site.get(method="head").content == b""
    page, head = site.get(), site.get(method="head")
    assert head.content == b""
    assert dict(head.items()) == dict(page.items())
    assert site.made == 2, "what HEAD made is not kept, what GET made serves both"


@pytest.mark.django_db(transaction=True)
def test_a_renewal_is_seen_by_the_next_visitor() -> None:
    site = Site()
    site.get()
    site.text = "No dogs"
    assert site.get().content != b"No dogs"
    renew_public_pages()
    assert site.get().content == b"No dogs"


@pytest.mark.django_db(transaction=True)
def test_one_page_alone_is_left_behind() -> None:
    site = Site()
    for address in ("/dogs/", "/cy/dogs/"):
        site.get(address)
    forget_page("/dogs/")
    site.text = "Other dogs"
    assert site.get("/dogs/").content == b"Other dogs"
    assert site.get("/cy/dogs/").content != b"Other dogs"


@pytest.mark.django_db(transaction=True)
def test_a_page_made_while_the_renewal_happened_is_never_given() -> None:
    site = Site()
    made, site.text = site._page, "Old"

    def overtaken(request: HttpRequest) -> HttpResponse:
        page = made(request)
        renew_public_pages()
        return page

    site.middleware.get_response = public_page(overtaken)
    assert site.get().content == b"Old"
    site.middleware.get_response, site.text = public_page(made), "New"
    assert site.get().content == b"New"


def test_a_version_that_redis_lost_is_made_anew_and_old_pages_stay_behind() -> None:
    site = Site()
    site.get()
    cache.delete(public_pages.VERSION_KEY)
    site.text = "New"
    assert site.get().content == b"New"


@pytest.mark.parametrize("headers", [{"Cookie": "a=b; sessionid=x"}, {"Authorization": "Bearer x"}])
def test_somebody_we_may_know_neither_gets_nor_fills_a_kept_page(headers: dict[str, str]) -> None:
    site = Site()
    assert not site.get(**headers).has_header("ETag")
    site.get()
    site.text = "For you"
    assert site.get(**headers).content == b"For you"
    assert site.made == 3


@pytest.mark.parametrize(
    "address", ["/dogs/?utm_source=x", "/dogs/?region=South%20West", "/dogs/?&region=South+West", "/dogs/?"]
)
def test_a_query_that_is_not_the_pages_own_is_answered_and_not_kept(address: str) -> None:
    site = Site(query="region=South+West")
    before = len(keys())
    assert site.get(address).status_code == site.get(address).status_code == 200
    assert site.made == 2
    assert len(keys()) == before + 1, "the version, no page"


def test_a_page_is_kept_by_its_own_query_and_once_for_every_host() -> None:
    """Whoever asks under ever other names fills nothing with it."""
    site = Site(query="region=South+West")
    address = "/dogs/?region=South+West"
    site.get(address)
    before = len(keys())
    site.get(address, Host="other.example")
    site.get(address, Host="LOCALHOST:20001")
    assert (site.made, len(keys())) == (1, before)


def test_words_that_a_stranger_makes_up_are_never_kept() -> None:
    site = Site(query=None)
    site.get("/dogs/")
    site.get("/dogs/?q=a")
    assert len(keys()) == 1


@pytest.mark.parametrize(
    "headers",
    [{"Cache-Control": "private, no-store"}, {"Content-Security-Policy": "script-src 'self' 'nonce-abc'"}],
)
def test_a_page_that_says_it_is_one_visitors_is_not_kept(headers: dict[str, str]) -> None:
    site = Site(**headers)
    site.get()
    assert not site.get().has_header("ETag")
    assert site.made == 2


@pytest.mark.parametrize("status", [404, 500, 302])
def test_only_a_whole_page_is_kept(status: int) -> None:
    site = Site()
    page = site._page
    site.middleware.get_response = public_page(lambda request: HttpResponse(page(request), status=status))
    assert site.get().status_code == site.get().status_code == status
    assert site.made == 2


def test_a_page_with_a_cookie_or_without_a_mark_is_not_kept() -> None:
    site = Site()

    def with_cookie(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        response.set_cookie("csrftoken", "x")
        return response

    site.middleware.get_response = public_page(with_cookie)
    assert site.get().cookies
    site.middleware.get_response = lambda request: HttpResponse("plain")
    assert site.get().content == b"plain"
    assert not site.get().has_header("ETag")


def test_without_redis_pages_are_made_one_by_one_and_it_is_said_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(*_args: object, **_kwargs: object) -> None:
        raise NoConnectionError("refused")

    site = Site()
    clock = [1000.0]
    monkeypatch.setattr(page_cache, "monotonic", lambda: clock[0])
    with monkeypatch.context() as without:
        without.setattr(caches["pages"], "get_many", gone, raising=False)
        for _time in range(3):
            assert site.get().content == site.text.encode()
        clock[0] += page_cache.PATIENCE_SECONDS + 1
        site.get()
    assert len(caplog.records) == 1
    assert site.made == 4
    clock[0] += page_cache.PATIENCE_SECONDS + 1
    site.get()
    site.get()
    assert site.made == 5


@pytest.mark.django_db(transaction=True)
def test_a_renewal_that_redis_missed_is_made_good_before_a_page_is_trusted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(*_args: object, **_kwargs: object) -> None:
        raise NoConnectionError("refused")

    site = Site()
    site.get()
    with monkeypatch.context() as without:
        without.setattr(caches["pages"], "set", gone, raising=False)
        renew_public_pages()
    site.text = "New"
    assert site.get().content == b"New"
    assert "could not be renewed" in caplog.text


@override_settings(PUBLIC_PAGES_KEPT_SECONDS=0)
def test_nothing_is_kept_where_it_is_turned_off() -> None:
    site = Site()
    site.get()
    site.get()
    assert site.made == 2


def test_many_visitors_of_a_cold_page_all_get_it() -> None:
    site = Site()
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(lambda _number: site.get(), range(16)))
    assert {answer.content for answer in answers} == {site.text.encode()}


def test_files_of_the_style_are_not_looked_for() -> None:
    Site().get("/static/css/none.css")
    assert not keys()


def keys() -> list[bytes]:
    return list(cache._cache.get_client().keys("*"))  # type: ignore[attr-defined]
