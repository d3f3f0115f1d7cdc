"""A local SMTP server, in a process of its own, that speaks TLS as real ones do and remembers for whom it took mail."""

import multiprocessing
import os
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from ok9.local.home import LOOPBACK, free_port

PATIENCE_SECONDS = 20


@contextmanager
def smtp_sink() -> Iterator[tuple[int, Callable[[], list[str]]]]:
    """The server's port, and a function that tells the addresses that it has taken mail for.

    It asks for STARTTLS with a certificate that this process trusts for as long as the server runs.
    """
    with TemporaryDirectory() as folder:
        certificate = _certificate(Path(folder))
        with patch.dict(os.environ, {"SSL_CERT_FILE": str(certificate)}):
            yield from _running(certificate)


def _running(certificate: Path) -> Iterator[tuple[int, Callable[[], list[str]]]]:
    ours, theirs = multiprocessing.Pipe()
    port = free_port()
    serve = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, port, certificate), daemon=True)
    serve.start()

    def heard() -> Any:
        if not ours.poll(PATIENCE_SECONDS):
            raise TimeoutError("The SMTP server of the benchmark does not answer.")
        return ours.recv()

    def taken() -> list[str]:
        ours.send("taken?")
        return list(heard())

    try:
        heard()
        yield port, taken
    finally:
        serve.terminate()
        serve.join()


def _certificate(folder: Path) -> Path:
    """A file with a new key and a certificate for this machine, signed by itself and good for a day."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "OK9 bench")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(LOOPBACK))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "bench.pem"
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain) + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


class _Taker:
    def __init__(self) -> None:
        self.taken: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken += envelope.rcpt_tos
        return "250 Taken"


def _serve(pipe: Connection, port: int, certificate: Path) -> None:
    taker = _Taker()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    controller = Controller(taker, hostname=LOOPBACK, port=port, tls_context=context, require_starttls=True)
    controller.start()
    pipe.send("ready")
    while pipe.recv():
        pipe.send(taker.taken)
