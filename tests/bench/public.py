"""Public pages for a visitor, against a view that says hello behind the same middleware, in one process."""

from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from core.tenancy import scope
from dogs.models import Profile
from tests.bench.browser import Browser, visitor
from tests.bench.figures import Figure
from tests.bench.network_of_size import Network
from tests.bench.timing import many, quantile

TIMES = 200
# Asked in turn, so that what else the machine does falls on all alike.
ROUNDS = 5
HELLO = "/hello/"


def measure(network: Network, found: dict[str, Figure]) -> list[Figure]:
    with scope():
        slug = Profile.objects.order_by("pk").values_list("slug", flat=True)[0]
    pages = {"home": "/", "gallery": "/dogs/", "profile": f"/dogs/{slug}/", "support form": "/support/"}
    with override_settings(ROOT_URLCONF="tests.bench.urls"):
        with override_settings(PUBLIC_PAGES_KEPT_SECONDS=0):
            made = _rounds({"hello": HELLO, **pages})
            counted = {name: _queries(address) for name, address in pages.items()}
        kept = {"gallery": "/dogs/", "profile": pages["profile"], "region": "/dogs/?region=London"}
        cache.clear()
        given = _rounds({"hello": HELLO, **kept})
    return [
        *(Figure(f"public {name}, made", made[name], "a second", made["hello"], "hello") for name in pages),
        *(Figure(f"public {name}, queries", counted[name], "queries", target=5) for name in pages),
        *(
            Figure(
                f"public {name}, kept", given[name], "a second", given["hello"], "hello",
                target=0.9, at_least=True, of_ratio=True,
            )
            for name in ("gallery", "profile")
        ),
    ]  # fmt: skip


def _rounds(pages: dict[str, str]) -> dict[str, float]:
    """How many of each page a second, by the median of all its times."""
    browsers = {name: visitor() for name in pages}
    times: dict[str, list[float]] = {name: [] for name in pages}
    for _round in range(ROUNDS):
        for name, address in pages.items():
            times[name] += many(lambda: _fetch(browsers[name], address), TIMES // ROUNDS)  # noqa: B023
    return {name: 1000 / quantile(sorted(values), 0.5) for name, values in times.items()}


def _fetch(browser: Browser, address: str) -> None:
    """As a browser asks: with the encodings that it takes."""
    browser.fetch(address, headers={"Accept-Encoding": "gzip, deflate, br"})


def _queries(address: str) -> int:
    browser = visitor()
    browser.fetch(address)
    with CaptureQueriesContext(connection) as queries:
        browser.fetch(address)
    return sum(query["sql"].startswith(("SELECT", "select")) for query in queries)
