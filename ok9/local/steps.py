"""What a start prepares before it serves: each step runs once, and again only when what it reads has changed."""

import contextlib
import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ok9.local.home import PROJECT, Home
from ok9.local.servers import environment

LOCK = "requirements/embedded.txt"
MIGRATIONS = ("*/migrations/*.py", LOCK)
REFERENCE = ("data/**/*", "*/management/commands/load_reference.py")
TEXTS = ("pages/texts/**/*", "*/management/commands/load_texts.py")
ASSETS = ("static/**/*", "*/static/**/*", LOCK)


class StepFailedError(RuntimeError):
    """A step of the preparation ended with an error."""


@dataclass(frozen=True)
class Step:
    """A management command, the sentence that tells it, and the files (patterns in the project) that it depends on."""

    sentence: str
    command: tuple[str, ...]
    reads: tuple[str, ...] = ()
    as_owner: bool = False
    demo_only: bool = False


STEPS = (
    Step("Bringing the database up to date", ("migrate", "--no-input", "-v0"), MIGRATIONS, as_owner=True),
    Step("Loading organisations and postcodes", ("load_reference",), REFERENCE),
    Step("Loading the public site's first texts", ("load_texts",), TEXTS),
    Step("Inventing the demonstration network (first start only)", ("seed_demo",), demo_only=True),
    # The API speaks JSON only: nobody asks for the style sheets of its framework.
    Step(
        "Collecting styles, scripts and fonts",
        ("collectstatic", "--no-input", "-v0", "--ignore", "rest_framework"),
        ASSETS,
    ),
)


def prepare(home: Home, *, demo: bool) -> None:
    """Run the steps that this home needs, in order."""
    done = home.fact("steps") or {}
    for step in STEPS:
        if step.demo_only and not demo:
            continue
        wanted = _fingerprint(step)
        # A database that is given may have been emptied since: only its network is taken to be there still.
        if done.get(step.command[0]) == wanted and (step.demo_only or "DATABASE_URL" not in os.environ):
            continue
        print(f"{step.sentence} …", flush=True)
        _run(home, step)
        done = {**done, step.command[0]: wanted}
        home.note(steps=done)


def _fingerprint(step: Step) -> str:
    """What the step reads, as one value: the database's name, and the content of every file."""
    found = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    for pattern in step.reads:
        for path in sorted(path for path in PROJECT.glob(pattern) if _is_source(path)):
            found.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _is_source(path: Path) -> bool:
    first = path.relative_to(PROJECT).parts[0]
    return path.is_file() and not first.startswith(".") and first != "node_modules"


def _run(home: Home, step: Step) -> None:
    """Run the command in a session of its own: Ctrl-C comes to us, and we end it before we go."""
    child = subprocess.Popen(
        [sys.executable, "manage.py", *step.command],
        env=environment(home, as_owner=step.as_owner),
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = child.wait()
    finally:
        with contextlib.suppress(ProcessLookupError):
            child.terminate()
        child.wait()
    if code:
        raise StepFailedError(f"`manage.py {' '.join(step.command)}` failed.")
