import errno
import os
import subprocess

import pytest
from faulty_disk import (
    FaultyOs,
    bad_sector_after,
    fails_with,
    flips_a_bit_of,
    short_reads,
    short_writes,
)

from liuhen.engines.vault import buffers, opening, receiving
from liuhen.engines.vault.errors import SourceReason, SourceRefused, StoreFailed, StoreFull
from liuhen.engines.vault.receiving import receive

CONTENT = os.urandom((1 << 20) + 12345)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source"
    path.write_bytes(CONTENT)
    return os.fsencode(path)


@pytest.fixture
def temp(tmp_path):
    return tmp_path / "temp"


def test_short_reads_and_writes_lose_nothing(source, temp, monkeypatch):
    monkeypatch.setattr(buffers, "os", FaultyOs({"readv": short_reads}))
    monkeypatch.setattr(receiving, "os", FaultyOs({"write": short_writes}))
    receive(source, temp)
    assert temp.read_bytes() == CONTENT


def test_a_bad_sector_of_the_card_refuses_the_source(source, temp, monkeypatch):
    monkeypatch.setattr(buffers, "os", FaultyOs({"readv": bad_sector_after(4096)}))
    with pytest.raises(SourceRefused) as no:
        receive(source, temp)
    assert no.value.reason == SourceReason.IO_ERROR
    assert not temp.exists()


@pytest.mark.parametrize("call", ["open", "posix_fallocate", "write", "fsync", "fchmod"])
def test_a_fault_of_our_disk_is_not_blamed_on_the_source(source, temp, monkeypatch, call):
    monkeypatch.setattr(receiving, "os", FaultyOs({call: fails_with(errno.EIO)}))
    with pytest.raises(StoreFailed) as no:
        receive(source, temp)
    assert no.value.reason == "store_eio"
    assert not temp.exists()


def test_a_failed_fsync_is_never_tried_again(source, temp, monkeypatch):
    disk = FaultyOs({"fsync": fails_with(errno.EIO)}, watched=("fsync",))
    monkeypatch.setattr(receiving, "os", disk)
    with pytest.raises(StoreFailed):
        receive(source, temp)
    assert len(disk.log) == 1


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("call", ["posix_fallocate", "write", "fsync"])
def test_no_room_left_is_told_apart(source, temp, monkeypatch, call, number):
    monkeypatch.setattr(receiving, "os", FaultyOs({call: fails_with(number)}))
    with pytest.raises(StoreFull):
        receive(source, temp)
    assert not temp.exists()


def test_a_file_system_that_cannot_reserve_space_is_written_all_the_same(source, temp, monkeypatch):
    refusing = FaultyOs({"posix_fallocate": fails_with(errno.EOPNOTSUPP)})
    monkeypatch.setattr(receiving, "os", refusing)
    assert receive(source, temp).digests.size_bytes == len(CONTENT)


def test_a_disk_that_gives_back_another_bit_is_found_out(source, temp, monkeypatch):
    monkeypatch.setattr(buffers, "os", FaultyOs({"readv": flips_a_bit_of(temp)}))
    with pytest.raises(StoreFailed) as no:
        receive(source, temp)
    assert no.value.reason == "read_back_differs"
    assert not temp.exists()


def test_a_temp_that_exists_is_neither_written_nor_removed(source, temp):
    temp.write_bytes(b"someone else's")
    with pytest.raises(StoreFailed):
        receive(source, temp)
    assert temp.read_bytes() == b"someone else's"


def test_a_card_of_another_owner_is_read_without_noatime(source, temp, monkeypatch):
    def only_owner(real, path, flags, **keywords):
        if flags & os.O_NOATIME:
            raise PermissionError(errno.EPERM, "not the owner")
        return real(path, flags, **keywords)

    system = FaultyOs({"open": only_owner}, watched=("open",))
    monkeypatch.setattr(opening, "os", system)
    assert receive(source, temp).digests.size_bytes == len(CONTENT)
    assert len(system.log) == 2


@pytest.fixture
def tiny_disk(tmp_path):
    """A real file system of 256 KiB."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("no mount command here")
    if done.returncode:
        pytest.skip("mounting a tmpfs is not permitted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_really_full_disk_keeps_nothing_of_what_did_not_fit(source, tiny_disk):
    with pytest.raises(StoreFull):
        receive(source, tiny_disk / "temp")
    assert list(tiny_disk.iterdir()) == []
