"""A local SMTP server, in a process of its own, that takes everything and remembers for whom."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from aiosmtpd.controller import Controller

from ok9.local.home import LOOPBACK, free_port

PATIENCE_SECONDS = 20


@contextmanager
def smtp_sink() -> Iterator[tuple[int, Callable[[], list[str]]]]:
    """The server's port, and a function that tells the addresses that it has taken mail for."""
    ours, theirs = multiprocessing.Pipe()
    port = free_port()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, port), daemon=True)
    server.start()

    def heard() -> Any:
        if not ours.poll(PATIENCE_SECONDS):
            raise TimeoutError("The SMTP server of the benchmark does not answer.")
        return ours.recv()

    def taken() -> list[str]:
        ours.send("taken?")
        return list(heard())

    try:
        heard()
        yield port, taken
    finally:
        server.terminate()
        server.join()


class _Taker:
    def __init__(self) -> None:
        self.taken: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken += envelope.rcpt_tos
        return "250 Taken"


def _serve(pipe: Connection, port: int) -> None:
    taker = _Taker()
    controller = Controller(taker, hostname=LOOPBACK, port=port)
    controller.start()
    pipe.send("ready")
    while pipe.recv():
        pipe.send(taker.taken)
