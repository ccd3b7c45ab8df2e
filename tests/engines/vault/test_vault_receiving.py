import hashlib
import os
import socket
import stat
from pathlib import Path

import pytest

from liuhen.engines.vault.errors import SourceReason, SourceRefused
from liuhen.engines.vault.receiving import HEAD_BYTES, receive

CONTENT = os.urandom(1 << 20) + b"the end" * 1000


@pytest.fixture
def card(tmp_path):
    folder = tmp_path / "card"
    folder.mkdir()
    (folder / "video").write_bytes(CONTENT)
    return folder


@pytest.fixture
def temp(tmp_path):
    return tmp_path / "temp"


def refusal(source, temp, **keywords):
    """The reason `receive` gives, and the certainty that it left nothing."""
    with pytest.raises(SourceRefused) as no:
        receive(os.fsencode(source), temp, **keywords)
    assert not temp.exists()
    return no.value.reason


def test_a_source_is_copied_and_known_by_both_digests(card, temp):
    received = receive(os.fsencode(card / "video"), temp)
    assert temp.read_bytes() == CONTENT
    assert received.digests.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert received.digests.sm3 == hashlib.new("sm3", CONTENT).hexdigest()
    assert received.head == CONTENT[:HEAD_BYTES]


def test_the_facts_of_the_source_come_raw(card, temp):
    os.utime(card / "video", ns=(0, 1234567891234567891))
    received = receive(os.fsencode(card / "video"), temp)
    source = (card / "video").stat()
    assert received.source_mtime_ns == 1234567891234567891
    assert received.source_size_bytes == received.digests.size_bytes == len(CONTENT)
    assert (received.source_dev, received.source_ino) == (source.st_dev, source.st_ino)


def test_the_temp_is_read_only_from_the_first_moment_it_is_whole(card, temp):
    receive(os.fsencode(card / "video"), temp)
    assert stat.S_IMODE(temp.stat().st_mode) == 0o444


def test_the_card_keeps_its_access_times(card, temp):
    os.utime(card / "video", ns=(7, 7))
    receive(os.fsencode(card / "video"), temp)
    assert (card / "video").stat().st_atime_ns == 7


def test_an_empty_source_is_taken_in_too(card, temp):
    (card / "empty").touch()
    received = receive(os.fsencode(card / "empty"), temp)
    assert (received.digests.size_bytes, received.head) == (0, b"")


def test_a_name_is_a_name_byte_for_byte(card, temp):
    name = os.fsencode(card) + b"/\xca\xd3\xc6\xb5\n$(reboot).mp4"
    Path(os.fsdecode(name)).write_bytes(b"x")
    assert receive(name, temp).digests.size_bytes == 1


def test_progress_is_told_in_bytes_copied(card, temp):
    told = []
    receive(os.fsencode(card / "video"), temp, progress=told.append)
    assert told == sorted(told)
    assert told[0] < told[-1] == len(CONTENT)


def test_a_symlink_is_refused(card, temp):
    (card / "link").symlink_to(card / "video")
    assert refusal(card / "link", temp) == SourceReason.SYMLINK


def test_a_fifo_is_refused_without_waiting_for_its_writer(card, temp):
    os.mkfifo(card / "pipe")
    assert refusal(card / "pipe", temp) == SourceReason.FIFO


def test_a_folder_is_refused(card, temp):
    assert refusal(card, temp) == SourceReason.NOT_REGULAR


def test_a_socket_is_refused(card, temp, monkeypatch):
    monkeypatch.chdir(card)  # a socket's path is at most 107 bytes
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("sock")
        assert refusal("sock", temp) == SourceReason.NOT_REGULAR


def test_a_device_is_refused(temp):
    assert refusal("/dev/null", temp) == SourceReason.NOT_REGULAR


def test_a_source_gone_since_the_scan_is_refused(card, temp):
    assert refusal(card / "gone", temp) == SourceReason.VANISHED


def test_a_name_the_system_cannot_hold_is_refused(card, temp):
    assert refusal(card / ("x" * 300), temp) == SourceReason.NAME_TOO_LONG


@pytest.fixture
def ordinary_user():
    """Root may read all; the test is about those who may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_a_source_that_may_not_be_read_is_refused(card, temp, request):
    (card / "video").chmod(0)
    request.getfixturevalue("ordinary_user")
    with pytest.raises(SourceRefused) as no:
        receive(os.fsencode(card / "video"), temp)
    assert no.value.reason == SourceReason.PERMISSION


@pytest.mark.parametrize("new_bytes", [len(CONTENT) + 1, len(CONTENT) - 1, 0])
def test_a_source_that_grows_or_shrinks_while_read_is_refused(card, temp, new_bytes):
    def change(_done_bytes):
        os.truncate(card / "video", new_bytes)

    reason = refusal(card / "video", temp, progress=change)
    assert reason == SourceReason.CHANGED_WHILE_READING


def test_a_source_rewritten_in_place_while_read_is_refused(card, temp):
    def change(_done_bytes):
        os.utime(card / "video", ns=(1, 1))

    reason = refusal(card / "video", temp, progress=change)
    assert reason == SourceReason.CHANGED_WHILE_READING


def test_an_interrupt_leaves_no_partial_temp(card, temp):
    def interrupt(_done_bytes):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        receive(os.fsencode(card / "video"), temp, progress=interrupt)
    assert not temp.exists()


def test_it_works_where_the_system_cannot_reserve_space(card, temp, monkeypatch):
    monkeypatch.delattr(os, "posix_fallocate")
    assert receive(os.fsencode(card / "video"), temp).digests.size_bytes == len(CONTENT)
