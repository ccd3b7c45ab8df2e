import hashlib
import os
import subprocess
import sys

import deadly_verbs
import pytest

from liuhen.engines.vault import pool
from liuhen.engines.vault.errors import SourceRefused, WorkerDied
from liuhen.engines.vault.pool import Job, receive_many
from liuhen.engines.vault.receiving import Received


@pytest.fixture
def card(tmp_path):
    """A card of files of 0 to 11 times 100 kB, and one FIFO."""
    folder = tmp_path / "card"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02d}").write_bytes(os.urandom(100_000 * number))
    os.mkfifo(folder / "pipe")
    return folder


@pytest.fixture
def incoming(tmp_path):
    folder = tmp_path / "incoming"
    folder.mkdir()
    return folder


def jobs(card, incoming):
    return [Job(path.name, os.fsencode(path), incoming / path.name) for path in card.iterdir()]


def test_a_card_is_received_whole_and_its_refusals_named(card, incoming):
    got = dict(receive_many(jobs(card, incoming), processes=2))
    assert got.pop("pipe").reason == "fifo"
    for name, received in got.items():
        content = (card / name).read_bytes()
        assert received.digests.sha256 == hashlib.sha256(content).hexdigest()
        assert (incoming / name).read_bytes() == content
    assert len(got) == 12


def test_the_largest_comes_first(card, incoming):
    order = [key for key, _ in receive_many(jobs(card, incoming), processes=1)]
    assert order[:11] == [f"{number:02d}" for number in range(11, 0, -1)]


def test_a_temp_that_was_there_before_is_never_removed(card, incoming):
    (incoming / "05").write_bytes(b"someone else's")
    got = dict(receive_many(jobs(card, incoming), processes=2))
    assert got["05"].reason == "store_eexist"
    assert (incoming / "05").read_bytes() == b"someone else's"


def test_nothing_to_receive_is_no_fault():
    assert list(receive_many([])) == []


def test_progress_ends_at_the_sum_of_all_sizes(card, incoming):
    told = []
    list(receive_many(jobs(card, incoming), processes=2, on_progress=told.append))
    assert told[-1].done_bytes == 100_000 * sum(range(12))
    assert [p.done_bytes for p in told] == sorted(p.done_bytes for p in told)


def test_a_worker_killed_at_one_file_leaves_no_temp_and_the_rest_goes_on(
    card, incoming, monkeypatch
):
    (card / "heavy").write_bytes(b"x" * 600_000)
    monkeypatch.setattr(pool, "receive_task", deadly_verbs.receive_killed)
    got = dict(receive_many(jobs(card, incoming), processes=2))
    assert isinstance(got.pop("heavy"), WorkerDied)
    assert isinstance(got.pop("pipe"), SourceRefused)
    assert all(isinstance(answer, Received) for answer in got.values())
    assert not (incoming / "heavy").exists()


def test_a_caller_that_stops_keeps_what_it_was_handed_and_nothing_else(card, incoming):
    receiving = receive_many(jobs(card, incoming), processes=2)
    handed = [next(receiving)[0], next(receiving)[0]]
    receiving.close()
    assert sorted(path.name for path in incoming.iterdir()) == sorted(handed)


def test_ctrl_c_ends_the_workers_and_leaves_no_temp(card, incoming):
    def interrupt(_progress):
        raise KeyboardInterrupt

    os.truncate(card / "11", 64 << 20)
    only = [job for job in jobs(card, incoming) if job.key == "11"]
    with pytest.raises(KeyboardInterrupt):
        list(receive_many(only, processes=1, on_progress=interrupt))
    assert list(incoming.iterdir()) == []


DIES_AT_WORK = """
import os, signal, sys
from pathlib import Path
from liuhen.engines.vault.pool import Job, receive_many
kill = lambda progress: progress.done_bytes and os.kill(os.getpid(), signal.SIGKILL)
job = Job("big", os.fsencode(sys.argv[1]), Path(sys.argv[2]))
list(receive_many([job], processes=1, on_progress=kill))
"""


def test_workers_of_a_killed_parent_end_and_remove_their_temps(card, incoming):
    os.truncate(card / "11", 1 << 30)  # a hole: much to read, nothing stored
    command = [sys.executable, "-c", DIES_AT_WORK, card / "11", incoming / "temp"]
    done = subprocess.run(
        command, capture_output=True, check=False
    )  # waits for the worker's stderr
    assert done.returncode == -9
    assert list(incoming.iterdir()) == []
