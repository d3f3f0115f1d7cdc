"""The home folder of a local system: its lock, its secrets and the facts of its last start."""

import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent.parent
LOOPBACK = "127.0.0.1"


class AlreadyRunningError(RuntimeError):
    """Another process keeps this home."""


@dataclass(frozen=True)
class Home:
    """A folder that belongs to one running system at a time."""

    path: Path

    @property
    def logs(self) -> Path:
        return self.path / "log"

    def prepare(self) -> None:
        """Make the folders. As root, others may pass through (the database has a user of its own), never list."""
        mode = 0o711 if os.geteuid() == 0 else 0o700
        for folder, folder_mode in ((self.path, mode), (self.logs, 0o700)):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(folder_mode)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep this home until the block ends. The kernel frees the lock when its holder dies, however it dies."""
        self.prepare()
        with (self.path / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AlreadyRunningError(str(self.path)) from None
            yield

    def secret(self, name: str) -> str:
        """The random secret of that name, made when it is first asked for and kept in a file for its owner alone."""
        kept = self._read("secrets.json")
        if name not in kept:
            kept[name] = secrets.token_urlsafe(48)
            self._write("secrets.json", kept)
        return str(kept[name])

    def keep_secret(self, name: str, value: str) -> None:
        self._write("secrets.json", {**self._read("secrets.json"), name: value})

    def has_secret(self, name: str) -> bool:
        return name in self._read("secrets.json")

    def fact(self, name: str) -> Any:
        return self._read("state.json").get(name)

    def note(self, **facts: Any) -> None:
        self._write("state.json", {**self._read("state.json"), **facts})

    def _read(self, name: str) -> dict[str, Any]:
        try:
            return dict(json.loads((self.path / name).read_text()))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def _write(self, name: str, content: dict[str, Any]) -> None:
        """Replace the file in one step, so that a kill leaves the old one or the new one, never half."""
        draft = self.path / f".{name}.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(content, file, indent=1)
        draft.replace(self.path / name)


def home_from_environment() -> Home:
    return Home(Path(os.environ.get("OK9_HOME") or PROJECT / ".ok9").resolve())


def is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port(preferred: int | None = None) -> int:
    """The preferred port when nobody has it, else one that the system picks."""
    if preferred and is_free(preferred):
        return preferred
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        return int(listener.getsockname()[1])
