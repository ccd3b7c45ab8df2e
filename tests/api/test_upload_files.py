"""The bytes of uploads: killed, raced, full disks, failing disks."""

import errno
import os
import signal
import threading

import pytest

from liuhen.recordings import upload_files, uploads
from liuhen.recordings.errors import StoreFull
from liuhen.recordings.models import Upload
from liuhen.recordings.upload_files import MoreThanDeclared, OffsetMoved, length_of, path_of

NS = 10**9


@pytest.fixture
def upload(li, data) -> Upload:
    from api_cast import NOON

    return uploads.create(
        by=li, at=NOON, size_bytes=10_000, name=b"a.mp4", group="g", mtime_ns=None
    )


def test_a_killed_upload_goes_on_where_it_stopped(upload):
    def until_killed():
        yield b"a" * 300
        yield b"b" * 200
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        upload_files.append(upload, until_killed(), offset=0)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert upload_files.durable_length_of(upload) == 500
    assert upload_files.append(upload, [b"c" * 9500], offset=500) == 10_000
    assert path_of(upload).read_bytes() == b"a" * 300 + b"b" * 200 + b"c" * 9500


def test_what_came_before_a_broken_connection_stays(upload):
    def breaking():
        yield b"a" * 300
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        upload_files.append(upload, breaking(), offset=0)
    assert upload_files.durable_length_of(upload) == 300


def test_of_two_senders_one_wins(upload):
    both_are_in = threading.Barrier(2)
    ends: list[object] = []

    def send(letter: bytes) -> None:
        def chunks():
            both_are_in.wait(timeout=30)
            yield letter * 100

        try:
            ends.append(upload_files.append(upload, chunks(), offset=0))
        except OffsetMoved as moved:
            ends.append(moved.code)

    threads = [threading.Thread(target=send, args=(letter,)) for letter in (b"a", b"b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, ends)) == ["100", "upload.offset_moved"]
    assert path_of(upload).read_bytes() in (b"a" * 100, b"b" * 100)


def test_a_silent_connection_keeps_nobody_out(upload):
    def stalled():
        yield b"a" * 100
        # Meanwhile the client comes back by another connection and goes on.
        assert upload_files.append(upload, [b"b" * 100], offset=100) == 200
        yield b"late" * 100

    with pytest.raises(OffsetMoved):
        upload_files.append(upload, stalled(), offset=0)
    assert path_of(upload).read_bytes() == b"a" * 100 + b"b" * 100


def test_a_sender_cannot_pass_the_announced_size(upload):
    with pytest.raises(MoreThanDeclared):
        upload_files.append(upload, [b"a" * 9_000, b"b" * 1_001], offset=0)
    assert length_of(upload) == 9_000


def test_a_full_disk_keeps_what_fitted(upload, monkeypatch):
    real = os.pwrite

    def until_full(fd, data, position):
        if position >= 150:
            raise OSError(errno.ENOSPC, "no space")
        return real(fd, data[: 150 - position], position)

    monkeypatch.setattr(os, "pwrite", until_full)
    with pytest.raises(StoreFull):
        upload_files.append(upload, [b"a" * 400], offset=0)
    assert length_of(upload) == 150


def test_after_a_failed_fsync_only_what_was_acknowledged_counts(upload, monkeypatch):
    upload_files.append(upload, [b"a" * 100], offset=0)

    def failing(_fd):
        raise OSError(errno.EIO, "lost")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fdatasync", failing)
        with pytest.raises(OSError, match="lost"):
            upload_files.append(upload, [b"b" * 100], offset=100)
    assert upload_files.append(upload, [b"c"], offset=100) == 101


def test_an_offset_is_durable_before_it_is_told(upload, monkeypatch):
    lengths = []
    monkeypatch.setattr(os, "fdatasync", lambda fd: lengths.append(os.fstat(fd).st_size))
    told = upload_files.append(upload, [b"a" * 100, b"b" * 100], offset=0)
    assert lengths == [told] == [200]
