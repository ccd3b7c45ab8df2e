import errno
import os
import shutil
import subprocess

import pytest
from faulty_disk import FaultyOs, fails_with

from liuhen.engines.vault import disk, immutable, receiving
from liuhen.engines.vault.contract import Put
from liuhen.engines.vault.disk import DiskVault
from liuhen.engines.vault.errors import KeyTaken, NotThere, StoreFailed, StoreFull

KEY = "现场/2026/11/22/a.mp4"


@pytest.fixture
def vault(tmp_path):
    return DiskVault(tmp_path / "vault")


def temp_of(vault, content=b"evidence"):
    temp = vault.new_temp()
    temp.write_bytes(content)
    return temp


@pytest.mark.enforces("storage", "originals")
def test_an_original_lies_where_a_person_looks_for_it_and_is_read_only(vault):
    vault.put(temp_of(vault), KEY)
    path = vault.root / KEY
    assert path.read_bytes() == b"evidence"
    assert path.stat().st_mode & 0o777 == 0o444


def test_durable_first_then_visible_then_the_folder_durable(vault, monkeypatch):
    watched = FaultyOs(watched=("fchmod", "fsync", "link"))
    temp = temp_of(vault)
    vault.put(temp_of(vault), "现场/2026/11/22/first.mp4")  # its folders are durable now
    monkeypatch.setattr(disk, "os", watched)
    vault.put(temp, KEY)
    assert [name for name, _ in watched.log] == ["fchmod", "fsync", "link", "fsync"]


def test_each_new_folder_is_made_durable_in_its_parent(vault, monkeypatch):
    watched = FaultyOs(watched=("mkdir", "fsync"))
    temp = temp_of(vault)
    temp.chmod(0o444)
    monkeypatch.setattr(disk, "os", watched)
    vault.put(temp, KEY)
    assert [name for name, _ in watched.log] == ["mkdir", "fsync"] * 4 + ["fsync"]


def test_a_folder_left_by_a_crash_is_not_taken_for_durable(vault, monkeypatch):
    (vault.root / KEY).parent.mkdir(parents=True)
    watched = FaultyOs(watched=("fsync",))
    temp = temp_of(vault)
    temp.chmod(0o444)
    monkeypatch.setattr(disk, "os", watched)
    vault.put(temp, KEY)
    assert len(watched.log) == 4 + 1


@pytest.mark.parametrize(
    ("call", "number", "expected"),
    [
        ("link", errno.EIO, StoreFailed),
        ("fsync", errno.EIO, StoreFailed),
        ("mkdir", errno.ENOSPC, StoreFull),
        ("link", errno.EMLINK, StoreFailed),
    ],
)
def test_a_failing_disk_keeps_the_temp(vault, monkeypatch, call, number, expected):
    temp = temp_of(vault)
    monkeypatch.setattr(disk, "os", FaultyOs({call: fails_with(number)}))
    with pytest.raises(expected):
        vault.put(temp, KEY)
    assert temp.read_bytes() == b"evidence"


def test_after_a_crash_before_the_commit_the_same_put_finds_its_own_link(vault):
    temp = temp_of(vault)
    vault.put(temp, KEY)
    reopened = DiskVault(vault.root)
    assert list(reopened.temps()) == [temp]
    assert reopened.put(temp, KEY) == Put.ALREADY_THERE


@pytest.mark.parametrize("make", ["symlink", "folder"])
def test_what_is_no_file_under_the_key_is_not_touched(vault, make):
    path = vault.root / KEY
    path.parent.mkdir(parents=True)
    path.symlink_to("/etc/passwd") if make == "symlink" else path.mkdir()
    with pytest.raises(KeyTaken):
        vault.put(temp_of(vault), KEY)
    with pytest.raises(StoreFailed):
        vault.open(KEY)


def test_a_folder_replaced_by_a_symlink_leads_nowhere(vault, tmp_path):
    vault.put(temp_of(vault), KEY)
    shutil.move(vault.root / "现场", tmp_path / "elsewhere")
    (vault.root / "现场").symlink_to(tmp_path / "elsewhere")
    with pytest.raises((NotThere, StoreFailed)):
        vault.open(KEY)
    with pytest.raises(StoreFailed):
        vault.put(temp_of(vault), "现场/b.mp4")


def test_a_symlink_is_no_temp(vault):
    temp = vault.new_temp()
    temp.symlink_to("/etc/passwd")
    with pytest.raises(StoreFailed):
        vault.put(temp, KEY)


def test_strays_are_listed_whatever_their_name(vault):
    vault.put(temp_of(vault), KEY)
    (vault.root / "坏\n名").touch()
    (vault.root / "现场" / "link").symlink_to("nowhere")
    assert sorted(vault.keys()) == sorted([KEY, "坏\n名", "现场/link"])


def test_only_temps_are_forgotten(vault):
    vault.put(temp_of(vault), KEY)
    with pytest.raises(ValueError, match="no temp"):
        vault.forget_temp(vault.root / KEY)


@pytest.mark.parametrize("name", ["stray.mp4", "坏\n名", "长" * 80])
def test_a_stray_is_moved_aside_with_its_reason(vault, name):
    stray = vault.root / name
    stray.write_bytes(b"who put this here?")
    moved = vault.quarantine(stray, "not in the database")
    assert moved.read_bytes() == b"who put this here?"
    assert not stray.exists()
    assert "not in the database" in (moved.parent / "reason.txt").read_text()


def test_two_strays_of_one_name_are_both_kept(vault):
    moved = []
    for content in (b"one", b"two"):
        (vault.root / "stray").write_bytes(content)
        moved.append(vault.quarantine(vault.root / "stray", "again"))
    assert [path.read_bytes() for path in moved] == [b"one", b"two"]


def test_nothing_outside_the_vault_is_moved(vault, tmp_path):
    for path in (tmp_path / "other", vault.root / ".." / "other"):
        with pytest.raises(ValueError, match="in this vault"):
            vault.quarantine(path, "stray")


def can_freeze(folder):
    probe = folder / "probe"
    probe.touch()
    done = subprocess.run(["chattr", "+i", probe], capture_output=True, check=False)
    subprocess.run(["chattr", "-i", probe], capture_output=True, check=False)
    return done.returncode == 0


def test_where_asked_and_permitted_even_root_cannot_write(tmp_path):
    if shutil.which("chattr") is None or not can_freeze(tmp_path):
        pytest.skip("chattr +i is not permitted here")
    vault = DiskVault(tmp_path / "vault", immutable=True)
    temp = temp_of(vault)
    vault.put(temp, KEY)
    vault.forget_temp(temp)
    with pytest.raises(PermissionError):
        (vault.root / KEY).open("ab")
    assert vault.quarantine(vault.root / KEY, "test's end").exists()


def test_where_the_flag_is_not_to_be_had_0444_holds(tmp_path, monkeypatch):
    monkeypatch.setattr(immutable, "set_flag", lambda fd: False)
    vault = DiskVault(tmp_path / "vault", immutable=True)
    temp = temp_of(vault)
    vault.put(temp, KEY)
    vault.forget_temp(temp)
    assert vault.stat(KEY).read_only


def test_a_received_source_needs_no_second_sealing(vault, tmp_path, monkeypatch):
    (tmp_path / "source").write_bytes(b"evidence")
    temp = vault.new_temp()
    receiving.receive(os.fsencode(tmp_path / "source"), temp)
    watched = FaultyOs(watched=("fchmod",))
    monkeypatch.setattr(disk, "os", watched)
    assert vault.put(temp, KEY) == Put.STORED
    assert watched.log == []
