"""Byte ranges of one recording: our own server beside nginx on the same file, same client.

Our side is everything a browser meets: gunicorn as `liuhen serve` runs it, sign-in, ticket,
permission, then sendfile. nginx serves the bare file to anybody.

    .venv/bin/python bench/stream.py
"""

import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import median

FILE_BYTES = 300 * 1024 * 1024
LONG_BYTES = 2 * 1024**3
RANGE_BYTES = 1024 * 1024
CONNECTIONS = 8
SECONDS = 3.0
PAIRS = 5
LEAST_RATIO = 0.5
MOST_GROWTH_MB = 20.0


@dataclass(frozen=True)
class Target:
    """Where the file is served; `size` in bytes."""

    port: int
    path: str
    cookie: str
    size: int

    def request(self, first: int, last: int) -> bytes:
        return (
            f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\n"
            f"Range: bytes={first}-{last}\r\n\r\n"
        ).encode()


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="liuhen-bench-") as name:
        folder = Path(name)
        film, short, long = prepare(folder)
        with nginx(folder, film) as peer, ours(folder) as (port, server):
            mine = Target(port, *short, FILE_BYTES)
            compare_bytes(film, mine, peer)
            pairs = [(throughput(mine), throughput(peer)) for _ in range(PAIRS)]
            growth_mb = growth(server, Target(port, *long, LONG_BYTES))
    ratio = median(a / b for a, b in pairs)
    good = ratio >= LEAST_RATIO and growth_mb < MOST_GROWTH_MB
    print(
        f"stream: {median(a for a, _ in pairs):.0f} MB/s, nginx {median(b for _, b in pairs):.0f}, "
        f"ratio {ratio:.2f} (>= {LEAST_RATIO:.2f}); {growth_mb:.1f} MB more memory "
        f"while 2 GB stream (< {MOST_GROWTH_MB:.0f}): {'ok' if good else 'FAILED'}"
    )
    return 0 if good else 1


def prepare(folder: Path) -> tuple[Path, tuple[str, str], tuple[str, str]]:
    """A bureau with a 300 MB recording and a sparse one of 2 GB, an officer signed in, both
    opened: the file, then (path, cookie) of each."""
    os.environ["LIUHEN_DATA"] = str(folder / "data")
    os.environ.pop("LIUHEN_ACCEL_PREFIX", None)
    from liuhen.ops import boot

    boot.start(folder / "data")
    from liuhen.recordings import vaults

    officer = someone()
    cookie = signed_in(officer)
    made = []
    for size, is_sparse in ((FILE_BYTES, False), (LONG_BYTES, True)):
        made.append(seal(officer, size, is_sparse=is_sparse))
    film = vaults.path(made[0].vault_key)
    return film, (opened(made[0], officer), cookie), (opened(made[1], officer), cookie)


def someone():  # type: ignore[no-untyped-def]
    from liuhen.kernel.clock import now
    from liuhen.people import staff
    from liuhen.people.roles import Role

    person = staff.NewOfficer("li", "李", "a long password 1", frozenset({Role.OFFICER}))
    staff.set_up(agency_name="某县", people=[person], at=now())
    from liuhen.people.models import Officer

    return Officer.objects.get(login="li")


def signed_in(officer) -> str:  # type: ignore[no-untyped-def]
    from django.test import Client

    client = Client()
    client.force_login(officer)
    return f"sessionid={client.cookies['sessionid'].value}"


def opened(recording, officer) -> str:  # type: ignore[no-untyped-def]
    from liuhen.access import viewing
    from liuhen.kernel.clock import now

    opening = viewing.open_recording(recording.number, by=officer, at=now())
    return f"/media/{opening.ticket}/original"


def seal(officer, size: int, *, is_sparse: bool):  # type: ignore[no-untyped-def]
    from liuhen.engines.vault.keys import vault_key
    from liuhen.kernel.clock import now
    from liuhen.recordings import vaults
    from liuhen.recordings.models import MediaKind, Recording, TimeOrigin

    at = now()
    digest = sha256(str(size).encode()).hexdigest()
    key = vault_key(at=at, label="bench", sha256=digest, suffix="mp4")
    temp = vaults.current().new_temp()
    with temp.open("wb") as file:
        if is_sparse:
            file.truncate(size)
        else:
            piece = random.Random(1).randbytes(RANGE_BYTES)
            for number in range(size // RANGE_BYTES):
                file.write(number.to_bytes(8, "big") + piece[8:])
    vaults.current().put(temp, key)
    vaults.current().forget_temp(temp)
    return Recording.objects.create(
        agency=officer.agency,
        number=f"{at.year}-{size // RANGE_BYTES:06d}",
        officer=officer,
        kind=MediaKind.VIDEO,
        suffix="mp4",
        original_name=b"bench.mp4",
        size_bytes=size,
        sha256=digest,
        sm3="0" * 64,
        vault_key=key,
        file_mtime_ns=0,
        recorded_at=at,
        recorded_at_origin=TimeOrigin.INTAKE,
        sealed_at=at,
    )


@contextmanager
def ours(folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    from django.db import connections

    connections.close_all()
    port = free_port()
    environ = os.environ | {"LIUHEN_BIND": f"127.0.0.1:{port}"}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:liuhen.ops.web_server"]
    command += ["--workers", "2", "--threads", "8"]
    with running(command, port, environ) as server:
        yield port, server


@contextmanager
def nginx(folder: Path, film: Path) -> Iterator[Target]:
    port = free_port()
    home = folder / "nginx"
    home.mkdir()
    (home / "film.mp4").hardlink_to(film)
    as_user = "user root;" if os.geteuid() == 0 else ""
    temps = " ".join(
        f"{kind}_temp_path {home}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (home / "nginx.conf").write_text(
        f"daemon off; {as_user} worker_processes 2; pid {home}/pid; error_log {home}/error.log;"
        "events { worker_connections 256; }"
        f"http {{ sendfile on; tcp_nopush on; access_log off; {temps} keepalive_requests 1000000;"
        f"server {{ listen 127.0.0.1:{port}; root {home}; }} }}"
    )
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if program is None:
        raise SystemExit("stream: nginx is missing; Debian's package of that name has it")
    command = [program, "-c", f"{home}/nginx.conf", "-e", f"{home}/error.log"]
    with running(command, port, os.environ):
        yield Target(port, "/film.mp4", "", FILE_BYTES)


@contextmanager
def running(command, port, environ) -> Iterator[subprocess.Popen[bytes]]:  # type: ignore[no-untyped-def]
    server = subprocess.Popen(command, env=dict(environ))
    try:
        wait_for(port)
        yield server
    finally:
        server.terminate()
        server.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


class Connection:
    """One keep-alive connection. The body is taken in one system call outside the GIL, so eight
    threads of this cost little beside what they measure."""

    def __init__(self, target: Target, buffer_bytes: int = RANGE_BYTES) -> None:
        self.target = target
        self.socket = socket.create_connection(("127.0.0.1", target.port), timeout=60)
        self.buffer = memoryview(bytearray(buffer_bytes + 65536))

    def fetch(self, first: int, count: int) -> memoryview:
        """`count` bytes from `first`, good until the next call."""
        self.socket.sendall(self.target.request(first, first + count - 1))
        got = self.socket.recv_into(self.buffer)
        while (end := bytes(self.buffer[: min(got, 4096)]).find(b"\r\n\r\n")) < 0:
            got += self.socket.recv_into(self.buffer[got:])
        status = bytes(self.buffer[9:12])
        if status != b"206":
            raise SystemExit(f"stream: {self.target.path} answered {status.decode()}")
        whole = end + 4 + count
        while got < whole:
            some = self.socket.recv_into(self.buffer[got:whole], whole - got, socket.MSG_WAITALL)
            if not some:
                raise SystemExit("stream: the server closed the connection")
            got += some
        return self.buffer[end + 4 : whole]


def compare_bytes(film: Path, *targets: Target) -> None:
    """What is measured is also right: a few ranges, byte for byte."""
    content = film.open("rb")
    with content:
        for target in targets:
            connection = Connection(target)
            for first in (0, 12_345, FILE_BYTES - RANGE_BYTES):
                content.seek(first)
                if connection.fetch(first, RANGE_BYTES) != content.read(RANGE_BYTES):
                    raise SystemExit(f"stream: wrong bytes from {target.path}")
            connection.socket.close()


def throughput(target: Target) -> float:
    """MB/s over all connections, each at random places for the same time."""
    counts = [0] * CONNECTIONS
    until = time.perf_counter() + SECONDS

    def read(number: int) -> None:
        connection, places = Connection(target), random.Random(number)
        while time.perf_counter() < until:
            connection.fetch(places.randrange(target.size - RANGE_BYTES), RANGE_BYTES)
            counts[number] += 1
        connection.socket.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=read, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) * RANGE_BYTES / 1e6 / (time.perf_counter() - began)


def growth(server: subprocess.Popen[bytes], film: Target) -> float:
    """By how many MB the server's processes grow at most while all of `film` leaves."""
    workers = [int(pid) for pid in children(server.pid)]
    before = {pid: memory_kb(pid, "VmRSS") for pid in workers}
    if not workers or not all(before.values()):
        raise SystemExit("stream: the server's memory cannot be read")
    peaks = dict(before)
    connection = Connection(film)
    connection.socket.sendall(film.request(0, film.size - 1))
    left = film.size
    while left > 0:
        left -= connection.socket.recv_into(connection.buffer) or film.size
        for pid in workers:
            peaks[pid] = max(peaks[pid], memory_kb(pid, "VmRSS"))
    connection.socket.close()
    return sum(peaks[pid] - before[pid] for pid in workers) / 1024


def children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def memory_kb(pid: int, field: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
