"""A timestamp authority on this machine: `openssl ts` behind a small HTTP server.

A simulator, not a mock: it answers any RFC 3161 query with a token `openssl` signed. Its
certificate's validity can be set and its answers replaced, so that a bad authority can be had.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

OPENSSL = shutil.which("openssl")

CONFIG = """
[tsa]
default_tsa = house
[house]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256, sha512
accuracy = secs:1
ordering = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass
class Authority:
    """`certificates` is what a bureau would trust; `answers` replaces the next answers' bytes."""

    folder: Path
    valid_from: datetime
    valid_for: timedelta = timedelta(days=365)
    asked: int = 0
    answers: list[bytes] = field(default_factory=list)
    address: str = ""

    def __post_init__(self) -> None:
        self.folder.mkdir()
        ca_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        ca = self.certificate("Test CA", ca_key, ca_key, "Test CA", is_ca=True)
        own = self.certificate("Test TSA", key, ca_key, "Test CA", is_ca=False)
        self.certificates = self.write("ca.pem", ca.public_bytes(Encoding.PEM))
        self.write("tsa.pem", own.public_bytes(Encoding.PEM))
        pkcs8 = PrivateFormat.PKCS8
        self.write("tsa.key", key.private_bytes(Encoding.PEM, pkcs8, NoEncryption()))
        self.write("tsa.cnf", CONFIG.format(folder=self.folder).encode())
        self.write("serial", b"01\n")

    def write(self, name: str, content: bytes) -> Path:
        (self.folder / name).write_bytes(content)
        return self.folder / name

    def certificate(self, subject, key, by, issuer, *, is_ca: bool) -> x509.Certificate:
        def named(text: str) -> x509.Name:
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

        start = self.valid_from - timedelta(days=3650 if is_ca else 0)
        end = self.valid_from + self.valid_for + timedelta(days=3650 if is_ca else 0)
        builder = (
            x509.CertificateBuilder(named(issuer), named(subject), key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(is_ca, None), critical=True)
        )
        if not is_ca:
            use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(use, critical=True)
        return builder.sign(by, hashes.SHA256())

    def answer(self, query: bytes) -> bytes:
        self.asked += 1
        if self.answers:
            return self.answers.pop(0)
        command = [
            str(OPENSSL), "ts", "-reply", "-config", "tsa.cnf", "-section", "house",
            "-queryfile", self.write("query", query), "-signer", "tsa.pem", "-inkey", "tsa.key",
            "-out", "answer",
        ]  # fmt: skip
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        return (self.folder / "answer").read_bytes()


@contextmanager
def serving(authority: Authority) -> Iterator[Authority]:
    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            content = authority.answer(query)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Door) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        authority.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield authority
        finally:
            server.shutdown()
            thread.join()


def today() -> datetime:
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
