"""A disposal removes from the second copy as well, or waits and says so; never from one alone."""

from pathlib import Path

import pytest

import factories
from liuhen.custody.kinds import Kind
from liuhen.engines.vault.disk import DiskVault
from liuhen.engines.vault.errors import StoreFailed
from liuhen.recordings import copying, locks, vaults
from liuhen.recordings.models import StoredCopy
from liuhen.retention import execution
from liuhen.web import disposal_papers
from recordings.copy_cast import begun, copy, in_copy, spoil, told
from retention.disposal_cast import (
    LATER,
    READY,
    executed,
    expired,
    is_kept,
    lived_through,
    run,
    under,
    witnessed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def disk(data, settings, tmp_path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    settings.LIUHEN_SECOND_COPY = str(folder)
    factories.agency()
    under("chengde-safety")
    begun()
    lived_through(LATER)
    return folder


def copied():
    one = expired()
    copy(LATER)
    return one


@pytest.mark.enforces("retention")
def test_both_copies_go_and_the_log_names_each(disk):
    one = copied()
    assert executed(one).state == "done"
    assert (is_kept(one), in_copy(disk), StoredCopy.objects.count()) == (False, {}, 0)
    assert told(Kind.RECORDING_DISPOSED)[0]["copies"] == {"first": "removed", "second": "removed"}


def test_the_certificate_names_each_copy_removed(disk):
    paper = disposal_papers.certificate_of(executed(copied()))
    lines = dict(cell for line in paper.lines for cell in line.cells)
    assert lines["存储副本"] == "主存储 1 件、第二副本 1 件"


def test_a_copy_never_made_is_not_waited_for(disk):
    one = expired()
    assert executed(one).state == "done"
    assert told(Kind.RECORDING_DISPOSED)[0]["copies"]["second"] == "not_there"


def test_while_the_second_disk_is_away_nothing_goes_and_the_register_says_why(disk):
    made = witnessed(one := copied())
    aside = disk.rename(disk.with_name("unplugged"))
    assert not run(made)
    assert (is_kept(one), made.state) == (True, "executing")
    assert "第二副本所在的磁盘未接入" in made.problem
    aside.rename(disk)
    assert run(made)
    assert (is_kept(one), in_copy(disk), made.problem) == (False, {}, "")


def test_a_disk_pulled_out_in_the_middle_of_it_is_waited_for(disk, monkeypatch):
    made = witnessed(one := copied())
    remove = DiskVault.remove_expired

    def pulled(self, key, **more):
        if self.root.is_relative_to(disk):
            raise StoreFailed("store_eio", key)
        return remove(self, key, **more)

    with monkeypatch.context() as patched:
        patched.setattr(DiskVault, "remove_expired", pulled)
        assert not run(made)
    assert vaults.path(one.vault_key).exists()
    assert run(made)
    assert (is_kept(one), in_copy(disk)) == (False, {})


@pytest.mark.parametrize("rotten", ["first", "second"])
def test_a_damaged_copy_saves_both_until_it_is_mended(disk, data, rotten):
    made = witnessed(one := copied())
    spoil(data.vault if rotten == "first" else disk / "vault", one.vault_key)
    assert run(made)
    assert (is_kept(one), len(in_copy(disk))) == (True, 1)
    assert made.items.get().why == "changed"


def test_what_comes_to_stand_against_it_saves_both(disk, monkeypatch):
    made = witnessed(one := copied())
    asked = iter(["", "held"])
    monkeypatch.setattr(execution, "why_not_now", lambda *_, **__: next(asked))
    assert run(made)
    assert (is_kept(one), len(in_copy(disk))) == (True, 1)


def test_the_last_word_is_asked_even_where_the_first_copy_is_gone_already(disk, monkeypatch):
    made = witnessed(one := copied())
    vaults.path(one.vault_key).unlink()
    asked = iter(["", "held"])
    monkeypatch.setattr(execution, "why_not_now", lambda *_, **__: next(asked))
    assert run(made)
    assert (made.items.get().state, len(in_copy(disk))) == ("spared", 1)


def test_killed_between_the_two_it_is_finished_at_the_next_start(disk, monkeypatch):
    made = witnessed(one := copied())
    remove = DiskVault.remove_expired

    def killed(self, key, **more):
        remove(self, key, **more)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(DiskVault, "remove_expired", killed)
        with pytest.raises(KeyboardInterrupt):
            run(made)
    assert (vaults.path(one.vault_key).exists(), len(in_copy(disk))) == (False, 1)
    assert run(made)
    assert (made.state, in_copy(disk)) == ("done", {})


def test_while_it_is_being_copied_it_is_not_removed(disk):
    made = witnessed(one := copied())
    with locks.held(copying.lock_of(one.vault_key)):
        assert not run(made)
    assert (vaults.path(one.vault_key).exists(), len(in_copy(disk))) == (True, 1)
    assert "正在复制" in made.problem
    assert run(made)
    assert (is_kept(one), in_copy(disk)) == (False, {})


def test_what_is_disposed_of_is_not_copied_again(disk):
    executed(copied())
    assert copy(READY) == 0
    assert in_copy(disk) == {}
