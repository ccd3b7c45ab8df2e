"""`liuhen witness` and `liuhen witness-add`, over HTTP and from a folder."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.faulty import COMMAND, Bureau, with_schema

SET_UP = """
from liuhen.ops import boot; boot.start(None)
from liuhen.people import staff; from liuhen.kernel.clock import now
staff.set_up(agency_name="某局", people=[], at=now())
"""
GROW = """
from liuhen.ops import boot; boot.start(None)
from django.db import transaction
from liuhen.custody import log; from liuhen.custody.kinds import Kind
from liuhen.kernel.clock import now
acts = [log.Act(Kind.RECORDING_OPENED, f"recording:{n}", "li", now()) for n in range(600)]
with transaction.atomic(): log.record_all(acts)
"""


@pytest.fixture(scope="module")
def bureau(tmp_path_factory) -> Bureau:
    folder = tmp_path_factory.mktemp("bureau")
    made = with_schema(folder / "data", folder)
    inside(made, SET_UP)
    return made


def inside(bureau: Bureau, script: str) -> None:
    subprocess.run([sys.executable, "-c", script], env=bureau.environment, check=True)


@pytest.fixture(scope="module")
def address(bureau: Bureau) -> Iterator[str]:
    """The bureau's own web server, as `liuhen serve` starts it."""
    yield from serve(bureau)


def serve(bureau: Bureau) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "python:liuhen.ops.web_server"]
    command += ["--workers", "1", "--no-control-socket"]
    environment = bureau.environment | {"LIUHEN_BIND": f"127.0.0.1:{port}"}
    server = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        until_answering(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def until_answering(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise TimeoutError(f"nothing listens on {port}")


def watch(place: str, state: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """As on another office's PC: a home of its own, in which nothing may appear."""
    home = state.parent / "home"
    home.mkdir(exist_ok=True)
    kept = {k: v for k, v in os.environ.items() if k not in ("LIUHEN_DATA", "LIUHEN_DATABASE_URL")}
    done = subprocess.run(
        [*COMMAND, "witness", place, "--state", str(state), *more],
        env=kept | {"HOME": str(home), "NO_PROXY": "127.0.0.1,localhost"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert list(home.iterdir()) == []
    return done


def answer(place: str, state: Path, *more: str) -> dict:
    done = watch(place, state, "--json", *more)
    assert done.stdout, done.stderr
    return json.loads(done.stdout) | {"status": done.returncode}


def test_at_first_use_key_and_pin_are_said_loudly(address, tmp_path):
    done = watch(address, tmp_path / "state", "--name", "witness/法制科")
    assert done.returncode == 1
    assert "liuhen witness-add witness/法制科+" in done.stdout
    assert "首次见证" in done.stdout
    assert "尚未登记" in done.stderr


def test_a_registered_witness_hands_over_as_the_log_grows(bureau, address, tmp_path):
    assert answer(address, tmp_path / "state")["refused"] == "witness.not_taken"
    vkey = (tmp_path / "state" / "witness.vkey").read_text()
    assert bureau.answer("witness-add", vkey)["ok"]
    inside(bureau, GROW)
    found = answer(address, tmp_path / "state")
    assert (found["ok"], found["size"] - found["seen_before"]) == (True, 601)
    assert bureau.answer("audit")["ok"]


def test_what_is_no_log_is_refused_in_words(address, tmp_path):
    found = answer(f"{address}/nothing", tmp_path / "state")
    assert (found["status"], found["refused"]) == (1, "witness.no_log_there")
    found = answer("http://127.0.0.1:9", tmp_path / "state")
    assert found["refused"] == "witness.no_log_there"
    assert not (tmp_path / "state").exists()


def test_before_set_up_there_is_no_log(tmp_path):
    bare = with_schema(tmp_path / "data", tmp_path)
    assert bare.answer("audit")["ok"]
    for address in serve(bare):
        assert answer(address, tmp_path / "state")["refused"] == "witness.no_log_there"


def test_a_folder_without_a_log_is_refused_and_stays_empty(tmp_path):
    (tmp_path / "empty").mkdir()
    found = answer(str(tmp_path / "empty"), tmp_path / "state")
    assert found["refused"] == "witness.no_log_there"
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_witness_keeps_its_name(address, tmp_path):
    answer(address, tmp_path / "state", "--name", "witness/a")
    found = answer(address, tmp_path / "state", "--name", "witness/b")
    assert found["refused"] == "witness.other_name"
    assert watch(address, tmp_path / "state", "--name", "a b").returncode == 2


def test_a_key_that_is_none_is_refused(bureau):
    assert bureau.answer("witness-add", "nonsense")["refused"] == "custody.bad_witness_key"
