"""`bin/run`: everything on one machine until Ctrl-C, with the data kept."""

import http.client
import os
import secrets
import signal
import sys
import time
from types import FrameType
from typing import NoReturn

from ok9.local.home import LOOPBACK, AlreadyRunningError, Home, free_port, is_free
from ok9.local.processes import Processes, log_path, stop_leftovers
from ok9.local.servers import environment, is_switched_on, revive_servers, start_servers, stop_servers
from ok9.local.steps import prepare

# A force that is always part of the demonstration network; its sign-ins are the ones that a start prints.
DEMO_FORCE = "south-yorkshire"
START_SECONDS = 60


class CannotStartError(RuntimeError):
    """The system cannot start, for a reason that a person can mend."""


def run(home: Home) -> int:
    """Start all, serve until a signal, stop all. The exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        with home.locked():
            home.note(keeper="bin/run")
            return _serve(home)
    except AlreadyRunningError:
        print(_already_running(home), file=sys.stderr)
        return 1


def _serve(home: Home) -> int:
    demo, processes = is_switched_on("OK9_DEMO", otherwise=True), None
    try:
        stop_leftovers(home)
        port = _choose_port()
        home.note(port=port, address=f"http://localhost:{port}/", email_port=free_port(home.fact("email_port")))
        start_servers(home)
        if demo:
            _settle_demo_password(home)
        prepare(home, demo=demo)
        processes = Processes(home, environment(home))
        _start_processes(home, processes, port=port, demo=demo)
        _wait_for_web(home, processes, port=port)
        print(_welcome(home, demo=demo), flush=True)
        while True:
            time.sleep(1)
            revive_servers(home)
            processes.revive()
    except KeyboardInterrupt:
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        print("\nStopping …", flush=True)
        if processes:
            processes.stop()
        stop_servers(home)
        print(f"Stopped. The data stays in {home.path}.", flush=True)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _choose_port() -> int:
    port = int(os.environ.get("PORT") or 8000)
    if not is_free(port):
        raise CannotStartError(f"Port {port} is taken by another program. Choose another one: PORT={port + 1} bin/run")
    return port


def _settle_demo_password(home: Home) -> None:
    """Keep the password of the demonstration's people: given or made at the first start, the same from then on."""
    given = os.environ.get("OK9_DEMO_PASSWORD")
    if not home.has_secret("demo_password"):
        parts = (secrets.token_hex(2) for _ in range(3))
        home.keep_secret("demo_password", given or "-".join(("ok9", *parts)))
    elif given and given != home.secret("demo_password"):
        print("OK9_DEMO_PASSWORD counts at the first start only: this network keeps its password.", file=sys.stderr)


def _start_processes(home: Home, processes: Processes, *, port: int, demo: bool) -> None:
    python = [sys.executable, "-m"]
    if demo and "EMAIL_PORT" not in os.environ:
        processes.start("mail", [*python, "ok9.local.mail", str(home.path / "mail"), str(home.fact("email_port"))])
    processes.start("web", [*python, "gunicorn", "ok9.wsgi", "--bind", f"{LOOPBACK}:{port}"])
    celery = [*python, "celery", "-A", "ok9"]
    processes.start("worker", [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2"])
    schedule = str(home.path / "beat-schedule")
    processes.start("beat", [*celery, "beat", "--loglevel", "INFO", "--schedule", schedule, "--pidfile="])


def _wait_for_web(home: Home, processes: Processes, *, port: int) -> None:
    """Return when the home page answers; say where to look when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and processes.running["web"].poll() is None:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=START_SECONDS)
        try:
            connection.request("GET", "/", headers={"Host": "localhost"})
            if connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                return
            break
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    log = log_path(home, "web")
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-25:])
    raise CannotStartError(f"{tail}\nThe web server did not answer with a page; its log is {log}")


def _already_running(home: Home) -> str:
    if home.fact("keeper") == "bin/run":
        return f"OK9 is already running at {home.fact('address')} (data in {home.path}). Stop it there with Ctrl-C."
    return f"A command is using the data in {home.path}. Try again when it has ended, or choose another OK9_HOME."


def _welcome(home: Home, *, demo: bool) -> str:
    address = home.fact("address")
    lines = ["", f"OK9 is running at {address}", f"Logs in {home.logs}. Ctrl-C stops everything; the data stays."]
    if demo:
        lines += [
            "",
            "Demonstration data: forces and places are real; people, dogs and incidents are invented. Sign in as",
            "  coordinator@ok9.example            the national team (asks for a second-factor code, below)",
            f"  lead@{DEMO_FORCE}.example       a force's wellbeing lead",
            f"  handler1@{DEMO_FORCE}.example   a handler",
            "  assessor@ok9.example               an assessor",
            f"Password       {home.secret('demo_password')}",
            "Second factor  bin/manage demo_code coordinator@ok9.example",
            f"Mail           {address}demo/mail/     text messages  {address}demo/texts/",
        ]
    return "\n".join(lines)
