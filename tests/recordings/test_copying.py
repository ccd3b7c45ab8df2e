"""The second copy: begun on a disk of its own, filled, waited for, retired."""

import shutil
from pathlib import Path

import pytest

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.vault.errors import StoreFailed
from liuhen.kernel.refusal import Refusal
from liuhen.recordings import copying, second_copy, vault_disk, vaults
from liuhen.recordings.models import SecondStore, Store, StoredCopy
from recordings.copy_cast import HOUR, NOON, begun, copy, in_copy, originals, spoil, told, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def disk(data, settings, tmp_path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    settings.LIUHEN_SECOND_COPY = str(folder)
    return folder


def untried() -> int:
    return StoredCopy.objects.filter(copied_at=None, tried_at=None, problem="").count()


def refused(**more) -> str:
    with pytest.raises(Refusal) as no:
        second_copy.begin(by="command", at=NOON, **more)
    return no.value.code


@pytest.mark.enforces("originals")
def test_every_original_is_copied_and_the_log_says_so(disk):
    made = originals()
    begun()
    assert copy() == 3
    assert in_copy(disk) == {one.vault_key: b"evidence %d" % n for n, one in enumerate(made, 1)}
    [facts] = told(Kind.SECOND_COPY_MADE)
    assert facts["copies"] == [[f"recording:{one.number}", one.sha256] for one in made]


def test_nothing_is_copied_before_it_is_begun(disk):
    originals()
    assert copy() == 0
    assert list(disk.iterdir()) == []
    assert second_copy.standing() is None


def test_what_is_sealed_later_is_copied_in_a_later_round(disk):
    begun()
    originals(1)
    assert copy() == 1
    originals(2)
    assert (copy(), copy()) == (1, 0)
    assert waiting() == 0


def test_an_unmounted_disk_is_waited_for_and_nothing_is_written_to_its_empty_folder(disk):
    begun()
    aside = disk.rename(disk.with_name("unplugged"))
    disk.mkdir()
    originals(2)
    assert copy() == 0
    assert list(disk.iterdir()) == []
    assert waiting() == 2
    disk.rmdir()
    aside.rename(disk)
    assert copy(NOON + HOUR) == 2
    assert [facts["problem"] for facts in told(Kind.SECOND_COPY_AWAY)] == ["second_copy_away"]
    assert len(told(Kind.SECOND_COPY_BACK)) == 1
    assert second_copy.standing().store.away_since is None


def unplugged(data) -> Path:
    """The originals' disk; an empty folder stays where it was."""
    aside = data.vault.rename(data.root / "unplugged")
    data.vault.mkdir()
    return aside


def plugged_in(aside: Path, data) -> None:
    data.vault.rmdir()
    aside.rename(data.vault)


@pytest.mark.enforces("originals")
def test_while_the_originals_disk_is_away_none_of_them_is_noted_as_missing(disk, data):
    originals(2)
    vault_disk.bring_up(at=NOON)
    begun()
    aside = unplugged(data)
    assert copy() == 0
    assert untried() == 2
    plugged_in(aside, data)
    assert copy() == 2, "at once, not after an hour"
    assert told(Kind.SECOND_COPY_AWAY) == []


@pytest.mark.enforces("originals")
def test_an_originals_disk_that_goes_away_meanwhile_ends_the_round(disk, data, monkeypatch):
    originals(3)
    vault_disk.bring_up(at=NOON)
    begun()
    read, aside = copying.receive, []

    def pulled_at_the_second(source, temp):
        if list(in_copy(disk)):
            aside.append(unplugged(data))
        return read(source, temp)

    with monkeypatch.context() as patched:
        patched.setattr(copying, "receive", pulled_at_the_second)
        copy()
    assert (waiting(), untried(), len(told(Kind.SECOND_COPY_MADE))) == (2, 2, 1)
    plugged_in(*aside, data)
    assert (copy(), waiting(), told(Kind.SECOND_COPY_AWAY)) == (2, 0, [])


def test_an_original_that_lacks_on_its_disk_is_noted_and_the_others_go_on(disk, data):
    one, _other = originals(2)
    vault_disk.bring_up(at=NOON)
    begun()
    vaults.path(one.vault_key).unlink()
    assert copy() == 1
    assert StoredCopy.objects.get(copied_at=None).problem.startswith("original_")


def test_a_disk_that_stays_away_is_told_once(disk):
    begun()
    shutil.rmtree(disk)
    for n in range(3):
        copy(NOON + n * HOUR)
    assert len(told(Kind.SECOND_COPY_AWAY)) == 1
    assert second_copy.standing().store.away_since == NOON


def test_another_houses_disk_is_not_written_to(disk):
    begun()
    originals(1)
    SecondStore.objects.update(uid="another")
    assert copy() == 0
    assert second_copy.standing().store.problem == "second_copy_other"


def test_a_full_disk_stops_the_round_and_says_so(disk, monkeypatch):
    from liuhen.engines.vault.errors import StoreFull

    def full(*_):
        raise StoreFull("store_full", "")

    begun()
    originals(2)
    with monkeypatch.context() as patched:
        patched.setattr(copying, "receive", full)
        assert copy() == 0
    assert second_copy.standing().store.problem == "store_full"
    assert copy(NOON + HOUR) == 2


def test_killed_between_copy_and_row_it_goes_on_without_a_second_copy(disk, monkeypatch):
    begun()
    originals(2)

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(copying, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            copy()
    assert (len(in_copy(disk)), waiting(), told(Kind.SECOND_COPY_MADE)) == (2, 2, [])
    assert copy() == 2
    assert len(in_copy(disk)) == 2


def test_without_the_event_no_copy_counts(disk, monkeypatch):
    begun()
    originals(1)

    def broken(*_, **__):
        raise OSError("the log's disk")

    monkeypatch.setattr(log, "record", broken)
    with pytest.raises(OSError, match="log's disk"):
        copy()
    assert waiting() == 1


def test_a_damaged_original_is_not_copied_and_the_others_are(disk, data):
    begun()
    bad, _good = originals(2)
    spoil(data.vault, bad.vault_key)
    assert copy() == 1
    row = StoredCopy.objects.get(key=bad.vault_key)
    assert (row.copied_at, row.problem) == (None, "original_changed")
    assert bad.vault_key not in in_copy(disk)
    assert second_copy.standing().failed == 1


def test_what_failed_is_tried_again_after_an_hour_and_not_before(disk, data):
    begun()
    [one] = originals(1)
    path = vaults.path(one.vault_key)
    content = path.read_bytes()
    path.unlink()
    assert copy() == 0
    path.write_bytes(content)
    assert copy(NOON + HOUR / 2) == 0
    assert copy(NOON + HOUR) == 1


def test_another_content_under_the_key_is_left_as_it_is(disk):
    begun()
    [one] = originals(1)
    alien = disk / "vault" / one.vault_key
    alien.parent.mkdir(parents=True)
    alien.write_bytes(b"alien")
    assert copy() == 0
    assert alien.read_bytes() == b"alien"
    assert StoredCopy.objects.get().problem == "copy_differs"


def test_what_was_disposed_of_meanwhile_is_not_copied(disk, monkeypatch):
    begun()
    originals(1)
    copying.enlist(second_copy.in_use(), at=NOON)
    monkeypatch.setattr(copying, "is_kept", lambda subject: False)
    assert copying.copy_all(second_copy.in_use(), clock=lambda: NOON) == 0
    assert (in_copy(disk), StoredCopy.objects.count()) == ({}, 0)


def test_what_another_process_works_on_is_left_to_it(disk):
    from liuhen.recordings import locks

    begun()
    [one] = originals(1)
    with locks.held(copying.lock_of(one.vault_key)):
        assert copy() == 0
    assert (in_copy(disk), StoredCopy.objects.get().problem) == ({}, "busy")


def test_the_place_must_be_set_be_there_and_be_on_another_disk(disk, settings):
    assert refused() == "second_copy.same_disk"
    settings.LIUHEN_SECOND_COPY = str(disk / "missing")
    assert refused() == "second_copy.no_folder"
    settings.LIUHEN_SECOND_COPY = ""
    assert refused() == "second_copy.not_set"


def test_another_installations_place_is_refused(disk):
    (disk / "liuhen-second-copy.txt").write_text("0" * 32)
    assert refused(same_disk=True) == "second_copy.others"
    assert SecondStore.objects.count() == 0


def test_begun_twice_is_refused_and_after_a_crash_before_the_row_it_is_not(disk):
    begun()
    assert refused(same_disk=True) == "second_copy.begun"
    SecondStore.objects.all().delete()  # as if killed between marker and row
    begun()
    assert vaults.second() is not None


def test_a_setting_taken_away_is_not_taken_for_no_second_copy(disk, settings):
    begun()
    settings.LIUHEN_SECOND_COPY = ""
    with pytest.raises(StoreFailed, match="second_copy_unset"):
        vaults.every()


def test_retired_it_is_waited_for_no_more_and_the_log_says_why(disk):
    originals(2)
    begun()
    copy()
    second_copy.retire("硬盘损坏，已交保密部门销毁", by="command", at=NOON)
    assert (second_copy.standing(), list(vaults.every())) == (None, [Store.FIRST])
    [facts] = told(Kind.SECOND_COPY_RETIRED)
    assert (facts["copies"], facts["reason"]) == (2, "硬盘损坏，已交保密部门销毁")
    assert len(in_copy(disk)) == 2


def test_retiring_asks_for_a_reason_and_for_something_to_retire(disk):
    for reason in ("停用", " "):
        with pytest.raises(Refusal):
            second_copy.retire(reason, by="command", at=NOON)
        begun() if reason == "停用" else None


def test_looking_takes_a_twentieth_of_the_time(disk):
    seconds = iter([0, 0, 2, 39, 41, 41.5])
    rounds = copying.Rounds(seconds=lambda: next(seconds))
    begun()
    for _ in range(2):
        originals(1)
        rounds.go(clock=lambda: NOON)
    assert rounds.next_look == 40
    factories.recording("2026-000009", b"more")
    assert rounds.go(clock=lambda: NOON) == 1
