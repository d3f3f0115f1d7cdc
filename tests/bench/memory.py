"""Memory: what a web worker and a Celery worker hold after some work."""

from pathlib import Path

from ok9 import celery_app
from tests.bench.figures import Figure
from tests.bench.network_of_size import Network
from tests.bench.processes import answers, started, until, web_server


def measure(network: Network, found: dict[str, Figure]) -> list[Figure]:
    return [
        Figure("memory, web worker", _web(), "MB", target=150, note="resident, after 60 public pages"),
        Figure("memory, Celery worker", _celery(), "MB", target=200, note="resident, started, before any task"),
    ]


def _web() -> float:
    with web_server(workers=1) as (process, port):
        for _ in range(20):
            for address in ("/", "/dogs/", "/support/"):
                answers(port, address)
        return max(_megabytes(child) for child in _children(process.pid))


def _celery() -> float:
    with started("celery", "-A", "ok9", "worker", "--concurrency", "1", "--loglevel", "warning") as process:
        until(lambda: bool(celery_app.control.ping()))
        return max(_megabytes(child) for child in _children(process.pid))


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
