"""The whole system as `bin/run` starts it, in a home of its own, and browsers that travel through it."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect, sync_playwright

from tests.places import folder_for_servers

ROOT = Path(__file__).resolve().parents[2]
# Playwright's loop stands still between its calls, so the tests that follow in this process are not inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
PASSWORD = "correct horse battery staple"
# Enough forces for whatever a journey meets, in little more than half of the time that all of them take to invent.
MEMBERS = "8"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Axe().axe_script
# Axe's whole report, which says what was right of each element, is larger than the page. Preloading would fetch each
# style sheet once more, for rules about sound and film, of which there is none.
VIOLATIONS = """axe.run({resultTypes: ['violations'], preload: false}).then(
  report => report.violations.map(rule => [rule.id, rule.nodes[0].html.slice(0, 200)]))"""
# What belongs to the test run's own servers, and must not reach the system that is started here.
OF_THE_TEST_RUN = (
    *("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL", "OK9_HOME", "OK9_ADDRESS", "DJANGO_SETTINGS_MODULE"),
    *("SECRET_KEY", "SECURE_HTTPS", "EMAIL_HOST", "EMAIL_PORT"),
)
MANAGE = (sys.executable, "-m", "ok9.local", "exec", sys.executable, "manage.py")
# Answers questions, a line each, until nobody asks any more.
ANSWERING = """
import json, sys, traceback
from core.tenancy import system_scope
for line in sys.stdin:
    known = {}
    try:
        with system_scope():
            exec(json.loads(line), known)
        print(json.dumps([known["told"], ""]), flush=True)
    except Exception:
        print(json.dumps([None, traceback.format_exc()]), flush=True)
"""


@dataclass(frozen=True)
class System:
    """The running system: its address, and an operator's command line beside it."""

    address: str
    variables: dict[str, str]

    def manage(self, *arguments: str) -> str:
        command = [*MANAGE, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.variables, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def ask(self, code: str) -> Any:
        """What `code` leaves in `told`, read as the network: for what a person would look up by hand."""
        there = self._answering
        assert there.stdin
        assert there.stdout
        there.stdin.write(json.dumps(dedent(code)) + "\n")
        there.stdin.flush()
        told, failed = json.loads(there.stdout.readline())
        assert not failed, failed
        return told

    def code_of(self, email: str) -> str:
        """What the authenticator app of that person shows now."""
        code = f"""
            from io import StringIO
            from django.core.management import call_command
            said = StringIO()
            call_command("demo_code", {email!r}, stdout=said)
            told = said.getvalue()
        """
        return str(self.ask(code)).strip()

    @cached_property
    def _answering(self) -> "subprocess.Popen[str]":
        """One shell for every question: starting one takes longer than all of them."""
        command = [*MANAGE, "shell", "-v", "0", "-c", ANSWERING]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        return subprocess.Popen(command, cwd=ROOT, env=self.variables, text=True, **pipes)

    def close(self) -> None:
        if there := self.__dict__.get("_answering"):
            there.communicate(timeout=60)


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """A system of this run's own. `OK9_JOURNEYS=port,home` travels through one that runs already, to try a journey."""
    variables = {name: value for name, value in os.environ.items() if name not in OF_THE_TEST_RUN}
    if "OK9_JOURNEYS" in os.environ:
        port, _comma, home = os.environ["OK9_JOURNEYS"].partition(",")
        with closing(System(f"http://localhost:{port}", variables | {"OK9_HOME": home})) as there:
            yield there
    else:
        with folder_for_servers() as folder, _started(folder, variables) as made, closing(made):
            yield made


@contextmanager
def _started(folder: Path, variables: dict[str, str]) -> Iterator[System]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    variables |= {"OK9_HOME": str(folder / "ok9"), "PORT": port, "OK9_DEMO": "on", "OK9_DEMO_PASSWORD": PASSWORD}
    variables["OK9_DEMO_MEMBERS"] = MEMBERS
    log = folder / "run.log"
    with log.open("w") as out:
        running = subprocess.Popen(
            [sys.executable, "-m", "ok9.local", "run"],
            cwd=ROOT, env=variables, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        _wait_until_it_runs(running, log)
        yield System(f"http://localhost:{port}", variables)
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=60)


def _wait_until_it_runs(running: "subprocess.Popen[bytes]", log: Path) -> None:
    for _try in range(1200):
        if "OK9 is running at" in log.read_text():
            return
        try:
            running.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            continue
        break
    raise AssertionError(f"The system did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=15_000)  # the other tests keep the machine busy meanwhile
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Traveller:
    """A person with a browser of their own. With scripts on, every page they reach is looked at by axe.

    Who only repeats what somebody else has done need not look (`looks=False`).
    """

    page: Page
    system: System
    scripts: bool = True
    looks: bool = True
    pressed: int = 0
    blocked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._listen)

    def _listen(self, said: ConsoleMessage) -> None:
        """The browser says on its console what a page's content policy kept from running or loading."""
        if "Content Security Policy" in said.text:
            self.blocked.append(said.text)

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.system.address + path)
        self.look()

    def press(self, name: str, *, role: str = "button", exact: bool = False) -> None:
        self.follow(self.page.get_by_role(role, name=name, exact=exact).first)  # type: ignore[arg-type]

    def follow(self, target: Locator) -> None:
        """Press what leads to a page (the next one or this one again), and look at it when it has arrived."""
        with self.page.expect_navigation(wait_until="load"):
            target.click()
        self.pressed += 1
        self.look()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=True).fill(value)

    def fill_moment(self, name: str, at: Any) -> None:
        parts = {"day": at.day, "month": at.month, "year": at.year, "time": f"{at:%H:%M}"}
        for part, value in parts.items():
            self.page.locator(f"[name={name}_{part}]").fill(str(value))

    def tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()
        self.pressed += 1

    def reads(self, text: str) -> bool:
        return text in self.page.locator("body").inner_text()

    def look(self) -> None:
        """Nothing in a page is against its policy, no page is wider than its window, and axe finds nothing to say."""
        assert not self.blocked, (self.page.url, self.blocked)
        if not self.scripts:
            return
        self.fits()
        if not self.looks:
            return
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate(VIOLATIONS)
        assert not found, (self.page.url, found)

    def fits(self) -> None:
        """No page may be wider than its window."""
        wide, window = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide <= window, (self.page.url, wide, window)

    def sign_in(self, email: str) -> None:
        """From the sign-in page, wherever it stands, to where it leads."""
        if "/sign-in/" not in self.page.url:
            self.go("/sign-in/login/")
        self.page.locator("[name=login]").fill(email)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.press("Sign in")
        for _try in range(4):  # a code counts once: one that was used already gives way to the next
            if "/2fa/" not in self.page.url:  # (an identifier may hold these letters, too)
                return
            if _try:
                self.page.wait_for_timeout(12_000)
            self.page.locator("[name=code]").fill(self.system.code_of(email))
            self.press("Sign in")


@pytest.fixture
def travel(browser: Browser, system: System) -> Iterator[Callable[..., Traveller]]:
    """`travel(width=360)` opens a browser of its own; `scripts=False` turns JavaScript off."""
    opened: list[BrowserContext] = []

    def start(*, width: int = 1440, scripts: bool = True, looks: bool = True, state: Any = None) -> Traveller:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, storage_state=state
        )
        opened.append(context)
        context.set_default_timeout(15_000)
        return Traveller(page=context.new_page(), system=system, scripts=scripts, looks=looks)

    yield start
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def coordinator_state(browser: Browser, system: System) -> Any:
    """The signed-in state of the coordinator: password, then second factor. A code counts once, so it is done once."""
    context = browser.new_context()
    person = Traveller(page=context.new_page(), system=system)
    person.sign_in("coordinator@ok9.example")
    assert person.page.url.endswith("/coordinator/"), person.page.url
    state = context.storage_state()
    context.close()
    return state
