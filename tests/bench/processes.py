"""Processes that a benchmark starts beside itself: a web server or a worker, as production runs them."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator

from ok9.local.home import LOOPBACK, PROJECT, free_port

PATIENCE_SECONDS = 30


@contextlib.contextmanager
def started(*command: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A module with its arguments and more environment, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=PROJECT,
        env=os.environ | more,
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


@contextlib.contextmanager
def web_server(*, workers: int, **more: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """gunicorn with so many workers, once it answers; and its port."""
    port = free_port()
    with started("gunicorn", "ok9.wsgi", "--bind", f"{LOOPBACK}:{port}", "--workers", str(workers), **more) as process:
        until(lambda: answers(port, "/support/"))
        yield process, port


def until(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError("A process of the benchmark did not start.")
        time.sleep(0.2)


def answers(port: int, address: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}{address}", timeout=10) as answer:
            return bool(answer.read())
    except OSError:
        return False
