"""The demonstration's SMTP server: it delivers nothing, and keeps each message as a file that a person can read."""

import signal
import sys
import time
import uuid
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from ok9.local.home import LOOPBACK

KEPT = 2_000


class Keeper:
    """Writes each accepted message as <time>-<id>.eml, the newest last by name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        recipients = ", ".join(envelope.rcpt_tos)
        name = f"{time.time_ns():020d}-{uuid.uuid4().hex[:8]}"
        draft = self.folder / f".{name}"
        draft.write_bytes(f"X-Delivered-To: {recipients}\r\n".encode() + content)
        draft.replace(self.folder / f"{name}.eml")
        for old in sorted(self.folder.glob("*.eml"))[:-KEPT]:
            old.unlink(missing_ok=True)
        return "250 Kept"


def keep_mail(folder: Path, port: int) -> None:
    """Serve until the process is ended."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    controller = Controller(Keeper(folder), hostname=LOOPBACK, port=port)
    controller.start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    controller.stop()


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    keep_mail(Path(sys.argv[1]), int(sys.argv[2]))
