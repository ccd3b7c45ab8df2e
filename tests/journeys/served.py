"""The product as `liuhen serve` runs it, and a browser in front of it."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import ready_schema

SERVE = [sys.executable, "-m", "liuhen.ops", "serve", "--port"]
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Served:
    url: str
    data: Path
    process: subprocess.Popen[bytes]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(data: Path, **more: str) -> Iterator[Served]:
    """`liuhen serve` on a free port with a worker, until the block ends."""
    port = free_port()
    if not (data / "liuhen.sqlite3").exists():
        ready_schema.copy_to(data / "liuhen.sqlite3")
    kept = {k: v for k, v in os.environ.items() if k != "LIUHEN_DATABASE_URL"}
    environment = kept | {"LIUHEN_DATA": str(data)} | more
    process = subprocess.Popen([*SERVE, str(port)], env=environment, stdout=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(url, process)
        yield Served(url, data, process)
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def run_inside(house: Served, program: str) -> None:
    """Python with the product's settings, on the served installation's data."""
    settings = {"LIUHEN_DATA": str(house.data), "DJANGO_SETTINGS_MODULE": "liuhen.config.settings"}
    kept = {k: v for k, v in os.environ.items() if k != "LIUHEN_DATABASE_URL"}
    subprocess.run([sys.executable, "-c", program], env=kept | settings, check=True)


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until the first page answers; each attempt blocks in the kernel, nothing sleeps."""
    for _ in range(PATIENCE_SECONDS * 20):
        if process.poll() is not None:
            raise RuntimeError(f"liuhen serve ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS):
                return
        except OSError:
            try:
                process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
    raise RuntimeError("liuhen serve did not answer")
