"""Through real servers: gunicorn as `liuhen serve` runs it, and nginx as the how-to says."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from api_cast import spoken

import ready_schema

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = ROOT / "docs" / "how-to" / "nginx.md"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MB = 1024 * 1024
MAKE_BUREAU = """
import json, sys
from pathlib import Path
import stream
stream.FILE_BYTES, stream.LONG_BYTES = 3 << 20, 1 << 20
film, (path, cookie), _ = stream.prepare(Path(sys.argv[1]))
print(json.dumps([str(film), path, cookie]))
"""


@dataclass(frozen=True)
class Bureau:
    """A data directory with one recording, opened by an officer who is signed in."""

    folder: Path
    film: Path
    path: str
    cookie: str
    environ: dict[str, str]


@pytest.fixture(scope="module")
def bureau(tmp_path_factory) -> Bureau:
    folder = tmp_path_factory.mktemp("served")
    environ = {name: value for name, value in os.environ.items() if "LIUHEN" not in name}
    environ |= {"PYTHONPATH": str(ROOT / "bench"), "LIUHEN_DATA": str(folder / "data")}
    ready_schema.copy_to(folder / "data" / "liuhen.sqlite3")
    command = [sys.executable, "-c", MAKE_BUREAU, str(folder)]
    made = subprocess.run(command, env=environ, check=True, capture_output=True, text=True)
    film, path, cookie = json.loads(made.stdout)
    return Bureau(folder, Path(film), path, cookie, environ)


@contextmanager
def served(bureau: Bureau, **environ: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:liuhen.ops.web_server"]
    command += ["--workers", "1", "--no-control-socket"]
    address = {"LIUHEN_BIND": f"127.0.0.1:{port}"}
    with running(command, port, bureau.environ | address | environ) as server:
        yield port, server


@contextmanager
def running(command, port, environ) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen(command, env=environ, start_new_session=True)
    try:
        until_answering(port)
        yield server
    finally:
        if server.poll() is None:
            server.terminate()
        server.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until_answering(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise TimeoutError(f"nothing listens on {port}")


def ask(port: int, bureau: Bureau, method: str, path: str, body=None, **headers: str):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    cookie = f"{bureau.cookie}; csrftoken={'s' * 32}"
    connection.request(method, path, body, {"Cookie": cookie, "X-CSRFToken": "s" * 32} | named)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def test_ranges_leave_gunicorn_exactly(bureau):
    content = bureau.film.read_bytes()
    with served(bureau) as (port, _):
        for asked, part in [("0-9", content[:10]), ("-5", content[-5:]), ("9-", content[9:])]:
            for _again in range(3):  # the long way, then the short one
                answer, body = ask(port, bureau, "GET", bureau.path, Range=f"bytes={asked}")
                assert (answer.status, body == part) == (206, True)
        answer, body = ask(port, bureau, "GET", bureau.path)
        assert (answer.status, body == content) == (200, True)


def begin(port: int, bureau: Bureau, size: int) -> str:
    said = spoken({"Upload-Length": str(size), "Upload-Metadata": "filename YQ==,group Zw=="})
    answer, _ = ask(port, bureau, "POST", "/api/uploads/", **said)
    assert answer.status == 201
    return str(answer.headers["Location"])


def patch_headers(offset: int) -> dict[str, str]:
    kind = {"Content-Type": "application/offset+octet-stream"}
    return spoken(kind | {"Upload-Offset": str(offset)})


def test_an_upload_survives_the_server_being_killed(bureau):
    content = os.urandom(8 * MB)
    with served(bureau) as (port, server):
        url = begin(port, bureau, len(content))
        half = send_half(port, bureau, url, content)
        stored = bureau.folder / "data" / "uploads" / url.rpartition("/")[2]
        until(lambda: stored.stat().st_size >= 2 * MB)
        os.killpg(server.pid, signal.SIGKILL)
        half.close()
    with served(bureau) as (port, _):
        told, _body = ask(port, bureau, "HEAD", url, **spoken({}))
        offset = int(told.headers["Upload-Offset"])
        assert 2 * MB <= offset <= 4 * MB
        ask(port, bureau, "PATCH", url, content[offset:], **patch_headers(offset))
    assert stored.read_bytes() == content


def send_half(port: int, bureau: Bureau, url: str, content: bytes) -> http.client.HTTPConnection:
    """A PATCH that announces everything and then falls silent half-way."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest("PATCH", url)
    cookie = {"Cookie": f"{bureau.cookie}; csrftoken={'s' * 32}", "X-CSRFToken": "s" * 32}
    for name, value in (patch_headers(0) | cookie | {"Content-Length": str(len(content))}).items():
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(content[: len(content) // 2])
    return connection


def until(is_so) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline


def test_a_large_upload_does_not_fill_the_memory(bureau):
    size, piece = 192 * MB, bytes(MB)
    with served(bureau) as (port, server):
        url = begin(port, bureau, size)
        [worker] = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        before = peak_mb(worker)
        headers = patch_headers(0) | {"Content-Length": str(size)}
        pieces = (piece for _ in range(size // MB))
        answer, _ = ask(port, bureau, "PATCH", url, pieces, **headers)
        assert (answer.status, answer.headers["Upload-Offset"]) == (204, str(size))
        assert peak_mb(worker) - before < 40
        ask(port, bureau, "DELETE", url, **spoken({}))


def peak_mb(pid: str) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) // 1024


@contextmanager
def nginx_as_the_how_to_says(bureau: Bureau, behind: int) -> Iterator[int]:
    port, home = free_port(), bureau.folder / "nginx"
    home.mkdir()
    snippet = re.search("```nginx\n(.*?)```", HOW_TO.read_text(), re.DOTALL)[1]
    for said, ours in [
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("/var/lib/liuhen", str(bureau.folder / "data")),
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
    ]:
        assert said in snippet
        snippet = snippet.replace(said, ours)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temps = "".join(f"{kind}_temp_path {home}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    (home / "nginx.conf").write_text(
        f"daemon off; {user} worker_processes 1; pid {home}/pid; error_log {home}/error.log;"
        f"events {{}} http {{ access_log off; {temps} {snippet} }}"
    )
    command = [str(NGINX), "-c", f"{home}/nginx.conf", "-e", f"{home}/error.log"]
    with running(command, port, os.environ):
        yield port


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
def test_nginx_sends_what_liuhen_allows_and_nothing_else(bureau):
    content = bureau.film.read_bytes()
    inside = "/liuhen-inside/" + str(bureau.film.relative_to(bureau.folder / "data"))
    with (
        served(bureau, LIUHEN_ACCEL_PREFIX="/liuhen-inside/") as (behind, _),
        nginx_as_the_how_to_says(bureau, behind) as port,
    ):
        for asked, part in [("0-9", content[:10]), ("-5", content[-5:]), ("9-", content[9:])]:
            answer, body = ask(port, bureau, "GET", bureau.path, Range=f"bytes={asked}")
            assert (answer.status, body == part) == (206, True)
        assert answer.headers["Content-Type"] == "video/mp4"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert ask(port, bureau, "HEAD", bureau.path)[0].status == 200
        assert ask(port, bureau, "GET", bureau.path, Cookie="")[0].status == 401
        assert ask(port, bureau, "GET", quote(inside))[0].status == 404
