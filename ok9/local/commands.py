"""Run one command beside the local servers: those that run already, or ones started for it alone."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import FrameType

from ok9.local.home import PROJECT, AlreadyRunningError, Home
from ok9.local.servers import GIVEN, are_servers_running, environment, start_servers, stop_servers

PATIENCE_SECONDS = 60


def run_beside_servers(home: Home, command: list[str], *, as_owner: bool = False) -> int:
    """The command's exit code. Servers that were down before it are stopped after it."""
    try:
        with home.locked():
            if not are_servers_running(home):
                return _with_own_servers(home, command, as_owner=as_owner)
    except AlreadyRunningError:
        _wait_for_servers(home)
    return _call(command, environment(home, as_owner=as_owner))


def run_in_temporary_home(command: list[str]) -> int:
    """The command's exit code. Its servers and their data are made for it and thrown away after it, for tests."""
    for name in GIVEN:
        os.environ.pop(name, None)
    place = PROJECT / ".ok9" / "test"
    place.mkdir(parents=True, exist_ok=True)
    _sweep(place)
    home = Home(Path(tempfile.mkdtemp(prefix="run-", dir=place)))
    with home.locked():
        try:
            return _with_own_servers(home, command, hasty=True)
        finally:
            shutil.rmtree(home.path, ignore_errors=True)


def _with_own_servers(home: Home, command: list[str], *, as_owner: bool = False, hasty: bool = False) -> int:
    home.note(keeper="command")
    try:
        start_servers(home, hasty=hasty)
        return _call(command, environment(home, as_owner=as_owner))
    finally:
        stop_servers(home)


def _call(command: list[str], variables: dict[str, str]) -> int:
    """Run to its end. Ctrl-C reaches the command by itself; other signals are passed on; we outlive it to clean up."""
    previous = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    with subprocess.Popen(command, env=variables) as child:

        def pass_on(number: int, frame: FrameType | None) -> None:
            if number != signal.SIGINT:
                child.send_signal(number)

        for number in previous:
            signal.signal(number, pass_on)
        try:
            code = child.wait()
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)
    return code if code >= 0 else 128 - code


def _wait_for_servers(home: Home) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not are_servers_running(home) and time.monotonic() < deadline:
        time.sleep(0.2)


def _sweep(place: Path) -> None:
    """Throw away what killed runs left: a home whose lock nobody holds."""
    for path in place.glob("run-*"):
        if not (path / "lock").exists():
            continue
        try:
            with Home(path).locked():
                stop_servers(Home(path))
                shutil.rmtree(path, ignore_errors=True)
        except AlreadyRunningError:
            continue
