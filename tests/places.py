"""Folders that tests need outside pytest's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def folder_for_servers() -> Iterator[Path]:
    """A folder that a database's own user may enter. Pytest's are closed to others by whichever run begins next."""
    with TemporaryDirectory(prefix="ok9-tests-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
