"""Web pages and background worker in one command, each a child that is started again if it ends."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

import click

from liuhen.kernel.datadir import DataDir
from liuhen.ops.shell import Answer, Say, subcommand

PAUSE_SECONDS = 1.0
"""Between the end of a child and its new start: a child that can't live must not spin."""

PATIENCE_SECONDS = 15.0
"""For a child to finish what it does after being asked to end."""


PR_SET_PDEATHSIG = 1  # linux/prctl.h
LIBC = ctypes.CDLL(None)


@dataclass
class Child:
    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        self.process = subprocess.Popen(self.arguments, preexec_fn=end_with_parent)

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None


def end_with_parent() -> None:
    """In the child: have the kernel ask it to end when its parent is gone, by kill -9 or for want
    of memory. Left behind, it would hold the port and the worker's lock against the next start.

    prctl(2), PR_SET_PDEATHSIG; where there is no such call, nothing is changed.
    """
    prctl = getattr(LIBC, "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@subcommand("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 serves the intranet.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(say: Say, folder: DataDir, host: str, port: int) -> Answer:
    """Serve the web pages and work in the background until stopped."""
    return serve(say, folder, host, port)


def serve(say: Say, folder: DataDir, host: str, port: int) -> Answer:
    if is_taken(host, port):
        message = f"{host}:{port} 已被占用。请先停止占用该端口的程序，或用 --port 换一个端口。"
        say.problem(message)
        return {"ok": False, "refused": "serve.port_taken", "message": message}
    from django.db import connections

    connections.close_all()
    os.environ["LIUHEN_DATA"] = str(folder.root)
    os.environ["LIUHEN_BIND"] = f"{host}:{port}"
    children = [
        Child("web", [sys.executable, "-m", "gunicorn", "-c", "python:liuhen.ops.web_server"]),
        Child("worker", [sys.executable, "-m", "liuhen.ops", "worker"]),
    ]
    tell_where(say, folder, host, port)
    supervise(children)
    return {"ok": True}


def tell_where(say: Say, folder: DataDir, host: str, port: int) -> None:
    shown = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 (compared, not bound)
    say(f"留痕  http://{shown}:{port}", bold=True)
    say(f"  数据目录    {folder.root}")
    say(f"  原始资料    {folder.vault}")
    say(f"  监视文件夹  {folder.watch}")
    say(f"  数据库      {folder.database}")
    say("  按 Ctrl+C 停止")


def is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def supervise(children: list[Child]) -> None:
    """Keep the children alive until SIGINT or SIGTERM, then end them."""
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    for child in children:
        child.start()
    while not stopping:
        time.sleep(PAUSE_SECONDS)
        for child in children:
            if not stopping and child.has_ended():
                click.echo(f"{child.name} ended, starting it again", err=True)
                child.start()
    end(children)


def end(children: list[Child]) -> None:
    for child in children:
        if child.process and not child.has_ended():
            child.process.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        if child.process:
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
