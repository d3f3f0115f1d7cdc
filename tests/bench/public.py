"""Public pages for a visitor, against a view that says hello behind the same middleware, in one process."""

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from core.tenancy import scope
from dogs.models import Profile
from tests.bench.browser import visitor
from tests.bench.figures import Figure
from tests.bench.network_of_size import Network
from tests.bench.timing import many, quantile

TIMES = 40


def measure(network: Network, found: dict[str, Figure]) -> list[Figure]:
    with scope():
        slug = Profile.objects.order_by("pk").values_list("slug", flat=True)[0]
    pages = {"home": "/", "gallery": "/dogs/", "profile": f"/dogs/{slug}/", "support form": "/support/"}
    with override_settings(ROOT_URLCONF="tests.bench.urls"):
        hello = _a_second("/hello/")
        return [figure for name, address in pages.items() for figure in _page(name, address, hello)]


def _page(name: str, address: str, hello: float) -> list[Figure]:
    browser = visitor()
    browser.fetch(address)
    with CaptureQueriesContext(connection) as queries:
        browser.fetch(address)
    counted = sum(query["sql"].startswith(("SELECT", "select")) for query in queries)
    cached = name in ("gallery", "profile")
    target = {"target": 0.9, "at_least": True, "of_ratio": True} if cached else {}
    return [
        Figure(f"public {name}", _a_second(address), "a second", hello, "hello", **target),  # type: ignore[arg-type]
        Figure(f"public {name}, queries", counted, "queries", target=5),
    ]


def _a_second(address: str) -> float:
    browser = visitor()
    return 1000 / quantile(many(lambda: browser.fetch(address), TIMES, warm=5), 0.5)
