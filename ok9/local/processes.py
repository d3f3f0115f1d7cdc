"""The long-lived processes of a local system: started, watched, restarted when they die, stopped together."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from ok9.local.home import PROJECT, Home

GRACE_SECONDS = 15
RESTARTS = 5
LOG_BYTES = 10_000_000


class ProcessDiedError(RuntimeError):
    """A process ended again and again."""


@dataclass
class Processes:
    """Named child processes, each in a session of its own: Ctrl-C reaches us alone, and we stop them in order."""

    home: Home
    environment: dict[str, str]
    commands: dict[str, list[str]] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    deaths: dict[str, int] = field(default_factory=dict)

    def start(self, name: str, command: list[str]) -> None:
        self.commands[name] = command
        with _log(self.home, name) as log:
            self.running[name] = subprocess.Popen(
                command,
                env=self.environment,
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        pids = [process.pid for process in self.running.values()]
        self.home.note(processes=[[pid, _birth(pid)] for pid in pids])

    def revive(self) -> None:
        """Start again what has died; give up on a process that dies time after time."""
        for name, process in list(self.running.items()):
            if process.poll() is None:
                continue
            self.deaths[name] = self.deaths.get(name, 0) + 1
            if self.deaths[name] > RESTARTS:
                raise ProcessDiedError(f"The {name} process keeps ending; its log is {log_path(self.home, name)}")
            print(f"The {name} process ended ({process.returncode}); starting it again.", file=sys.stderr)
            self.start(name, self.commands[name])

    def stop(self) -> None:
        """Ask all to finish, newest first, and end those that have not within the grace time."""
        for process in reversed(self.running.values()):
            _signal_group(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for process in self.running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal_group(process.pid, signal.SIGKILL)
                process.wait()
        self.running.clear()
        self.home.note(processes=[])


def log_path(home: Home, name: str) -> Path:
    return home.logs / f"{name}.log"


def stop_leftovers(home: Home) -> None:
    """End what a killed run left behind. Its birth proves that a number is still the same process."""
    left = [pid for pid, birth in home.fact("processes") or [] if birth and _birth(pid) == birth]
    for pid in left:
        _signal_group(pid, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while any(_birth(pid) for pid in left) and time.monotonic() < deadline:
        time.sleep(0.1)
    for pid in left:
        _signal_group(pid, signal.SIGKILL)
    home.note(processes=[])


def _log(home: Home, name: str) -> BinaryIO:
    path = log_path(home, name)
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def _signal_group(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def _birth(pid: int) -> str:
    """When a process started, in whatever form the system tells it; empty when there is none, or only its remains."""
    if Path("/proc/self/stat").exists():
        try:
            facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return ""
        return "" if facts[0] == "Z" else facts[19]
    listing = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True)
    return listing.stdout.strip()
