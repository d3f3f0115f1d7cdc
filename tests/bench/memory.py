"""Memory: what a web worker and a Celery worker hold after some work."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from ok9.local.home import LOOPBACK, PROJECT, free_port
from tests.bench.figures import Figure
from tests.bench.network_of_size import Network

PATIENCE_SECONDS = 30


def measure(network: Network, found: dict[str, Figure]) -> list[Figure]:
    return [
        Figure("memory, web worker", _web(), "MB", target=150, note="resident, after 60 public pages"),
        Figure("memory, Celery worker", _celery(), "MB", target=200, note="resident, started, before any task"),
    ]


def _web() -> float:
    port = free_port()
    bind = ["--bind", f"{LOOPBACK}:{port}", "--workers", "1"]
    with _started("gunicorn", "ok9.wsgi", *bind) as process:
        _until(lambda: _answers(port, "/"))
        for _ in range(20):
            for address in ("/", "/dogs/", "/support/"):
                _answers(port, address)
        return max(_megabytes(child) for child in _children(process.pid))


def _celery() -> float:
    with _started("celery", "-A", "ok9", "worker", "--concurrency", "1", "--loglevel", "warning") as process:
        _until(lambda: bool(_children(process.pid)))
        time.sleep(3)  # the child is forked before it has loaded everything
        return max(_megabytes(child) for child in _children(process.pid))


@contextlib.contextmanager
def _started(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)


def _until(ready: object) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not ready():  # type: ignore[operator]
        if time.monotonic() > deadline:
            raise TimeoutError("A process of the benchmark did not start.")
        time.sleep(0.2)


def _answers(port: int, address: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}{address}", timeout=10) as answer:
            return bool(answer.read())
    except OSError:
        return False


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
