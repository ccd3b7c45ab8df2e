"""An unmounted disk leaves an empty folder: nothing is said to be missing, nothing is stored."""

import shutil

import pytest

from liuhen.engines.vault import marker
from liuhen.engines.vault.contract import Removal
from liuhen.engines.vault.disk import DiskVault
from liuhen.engines.vault.errors import NotThere, StoreFailed
from liuhen.engines.vault.leave import Leave
from liuhen.engines.vault.sha256 import sha256_file

KEY, LOST = "现场/2026/11/22/a.mp4", "现场/2026/11/22/b.mp4"


@pytest.fixture
def vault(tmp_path):
    root = tmp_path / "vault"
    root.mkdir()
    made = DiskVault(root, mark=marker.put(root, marker.new()))
    temp = made.new_temp()
    temp.write_bytes(b"evidence")
    made.put(temp, KEY)
    made.forget_temp(temp)
    return made


def unmount(vault):
    """What is left is the folder it was mounted on."""
    shutil.move(vault.root, vault.root.with_name("disk"))
    vault.incoming.mkdir(parents=True)


def remove(vault, key):
    sha256 = sha256_file(vault.root.with_name("disk") / KEY)
    return vault.remove_expired(key, sha256=sha256, leave=Leave(key, sha256, 1))


@pytest.mark.parametrize(
    "verb",
    [
        lambda vault: vault.open(KEY),
        lambda vault: vault.stat(KEY),
        lambda vault: vault.new_temp(),
        lambda vault: list(vault.temps()),
        lambda vault: vault.put(vault.incoming / "x.part", KEY),
        lambda vault: list(vault.keys()),
        lambda vault: remove(vault, KEY),
    ],
)
def test_every_verb_says_that_the_disk_is_away(vault, verb):
    unmount(vault)
    with pytest.raises(StoreFailed) as failed:
        verb(vault)
    assert failed.value.reason == marker.NOT_ATTACHED


def test_attached_again_it_goes_on(vault):
    unmount(vault)
    shutil.rmtree(vault.root)
    shutil.move(vault.root.with_name("disk"), vault.root)
    with vault.open(KEY) as original:
        assert original.read() == b"evidence"


def test_another_disk_in_its_place_is_not_taken_for_it(vault):
    unmount(vault)
    marker.put(vault.root, marker.new())
    with pytest.raises(StoreFailed):
        vault.stat(KEY)


def test_with_its_disk_what_is_missing_is_missing(vault):
    with pytest.raises(NotThere):
        vault.open(LOST)
    sha256 = sha256_file(vault.root / KEY)
    leave = Leave(LOST, sha256, 1)
    assert vault.remove_expired(LOST, sha256=sha256, leave=leave) == Removal.NOT_THERE


def test_the_mark_is_no_original(vault):
    assert list(vault.keys()) == [KEY]


def test_a_disk_is_marked_once(vault):
    first = marker.found(vault.root)
    assert marker.put(vault.root, marker.new()) == first
