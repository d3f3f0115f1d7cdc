"""The processes of a local system: revived, ended after a kill, given up when they keep dying; and the mail server."""

import os
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from ok9.local import steps
from ok9.local.home import Home, free_port
from ok9.local.processes import RESTARTS, ProcessDiedError, Processes, stop_leftovers

FOREVER = [sys.executable, "-c", "import signal; signal.pause()"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.prepare()
    return home


@pytest.fixture
def processes(home: Home) -> Iterator[Processes]:
    processes = Processes(home, dict(os.environ))
    yield processes
    processes.stop()


def test_a_killed_process_is_started_again(processes: Processes) -> None:
    processes.start("worker", FOREVER)
    killed = processes.running["worker"]
    killed.kill()
    killed.wait()
    processes.revive()
    assert processes.running["worker"].pid != killed.pid
    assert processes.running["worker"].poll() is None


def test_a_process_that_keeps_dying_is_given_up(processes: Processes) -> None:
    processes.start("web", [sys.executable, "-c", "raise SystemExit(3)"])
    for _ in range(RESTARTS):
        processes.running["web"].wait()
        processes.revive()
    processes.running["web"].wait()
    with pytest.raises(ProcessDiedError, match="web process keeps ending"):
        processes.revive()


def test_stopping_ends_a_process_that_will_not_go(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ok9.local.processes.GRACE_SECONDS", 0.2)
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); signal.pause()"
    processes.start("worker", [sys.executable, "-c", deaf])
    process = processes.running["worker"]
    while "deaf" not in (processes.home.logs / "worker.log").read_text():
        assert process.poll() is None
    processes.stop()
    assert process.returncode == -signal.SIGKILL


def test_what_a_killed_run_left_is_ended_by_the_next_one(home: Home, processes: Processes) -> None:
    processes.start("web", FOREVER)
    left = processes.running["web"]
    stop_leftovers(home)
    assert left.wait(timeout=10) == -signal.SIGTERM


def test_a_number_that_now_belongs_to_another_process_is_left_alone(home: Home) -> None:
    with subprocess.Popen(FOREVER, start_new_session=True) as other:
        home.note(processes=[[other.pid, "long ago"]])
        stop_leftovers(home)
        assert other.poll() is None
        other.kill()


def test_the_mail_server_keeps_what_it_is_given(home: Home, processes: Processes) -> None:
    folder, port = home.path / "mail", free_port()
    processes.start("mail", [sys.executable, "-m", "ok9.local.mail", str(folder), str(port)])
    message = "Subject: An offer\r\nTo: lead@northshire.example\r\n\r\nPlease answer by Friday.\r\n"
    with _connected(processes, port) as server:
        server.sendmail("no-reply@ok9.example", ["lead@northshire.example", "deputy@northshire.example"], message)
    (kept,) = folder.glob("*.eml")
    read = message_from_bytes(kept.read_bytes())
    assert read["Subject"] == "An offer"
    assert read["X-Delivered-To"] == "lead@northshire.example, deputy@northshire.example"


def test_a_step_runs_once_and_again_when_what_it_reads_has_changed(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(steps, "PROJECT", tmp_path / "project")
    monkeypatch.setattr(steps, "STEPS", (steps.Step("Loading", ("load_reference",), ("data/*",)),))
    monkeypatch.setattr(steps, "_run", lambda home, step: ran.append(step.command[0]))
    data = tmp_path / "project" / "data"
    data.mkdir(parents=True)
    (data / "forces.csv").write_text("northshire")
    steps.prepare(home, demo=True)
    steps.prepare(home, demo=True)
    assert ran == ["load_reference"]
    (data / "forces.csv").write_text("northshire, southshire")
    steps.prepare(home, demo=True)
    assert ran == ["load_reference"] * 2


def test_a_step_that_fails_is_tried_again_at_the_next_start(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(steps, "STEPS", (steps.Step("Inventing", ("seed_demo",), demo_only=True),))
    tries: list[str] = []

    def fail(home: Home, step: steps.Step) -> None:
        tries.append(step.command[0])
        raise steps.StepFailedError("seed_demo failed")

    monkeypatch.setattr(steps, "_run", fail)
    for _ in range(2):
        with pytest.raises(steps.StepFailedError):
            steps.prepare(home, demo=True)
    assert len(tries) == 2
    steps.prepare(home, demo=False)
    assert len(tries) == 2


def _connected(processes: Processes, port: int) -> smtplib.SMTP:
    """A connection to the mail server, as soon as it listens."""
    while processes.running["mail"].poll() is None:
        try:
            return smtplib.SMTP("127.0.0.1", port, timeout=10)
        except ConnectionRefusedError:
            continue
    raise AssertionError("the mail server ended")
