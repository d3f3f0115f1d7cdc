"""Two web workers against one: pages a second that many visitors at once get, each page made anew."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

from tests.bench.figures import Figure
from tests.bench.network_of_size import Network
from tests.bench.processes import answers, web_server

CLIENTS, PAGES = 8, 300
# The gallery is read and drawn, the form is drawn alone.
ADDRESSES = ("/dogs/", "/support/")


def measure(network: Network, found: dict[str, Figure]) -> list[Figure]:
    one, two = (_pages_a_second(workers) for workers in (1, 2))
    limit = {"target": 1.8, "at_least": True, "of_ratio": True}
    note = f"{CLIENTS} clients, {' and '.join(ADDRESSES)} in turn, made anew"
    return [Figure("web, two workers", two, "a second", one, "one worker", note=note, **limit)]  # type: ignore[arg-type]


def _pages_a_second(workers: int) -> float:
    wanted = [ADDRESSES[number % len(ADDRESSES)] for number in range(PAGES)]
    server = web_server(workers=workers, PUBLIC_PAGES_KEPT_SECONDS="0")
    with server as (_process, port), ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(answers, repeat(port), wanted[: PAGES // 10]))
        begun = time.perf_counter()
        given = sum(clients.map(answers, repeat(port), wanted))
        return given / (time.perf_counter() - begun)
