"""A scrub reads both stores and mends the one from the other; the damaged one is kept aside."""

from pathlib import Path

import pytest

from liuhen.custody.kinds import Kind
from liuhen.recordings import locks, mending, quarantined, recovery, scrubbing, vaults
from liuhen.recordings.copying import lock_of
from liuhen.recordings.models import Damage
from recordings.copy_cast import HOUR, NOON, begun, copy, first_of, in_copy, originals, spoil, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def disk(data, settings, tmp_path) -> Path:
    """With two originals on it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    settings.LIUHEN_SECOND_COPY = str(folder)
    settings.LIUHEN_PROCESSES = 1
    originals(2)
    begun()
    copy()
    return folder


def scrub(at=NOON) -> scrubbing.Scrubbed:
    return scrubbing.scrub(sample=None, by="test", at=at)


def one():
    return originals(1)[0]


def test_both_stores_are_read(disk):
    found = scrub()
    assert (found.checked, found.copies, found.problems, found.away) == (2, 2, [], "")
    assert told(Kind.SCRUB_FINISHED)[0]["copies"] == 2


@pytest.mark.enforces("originals")
def test_a_damaged_original_is_mended_from_the_copy_and_kept_aside(disk, data):
    spoil(data.vault, one().vault_key)
    found = scrub()
    assert (found.mended, found.problems[0]["problem"]) == (1, "changed")
    assert first_of(one()) == b"evidence 1"
    [aside] = data.quarantine.rglob("*.mp4")
    assert aside.read_bytes().startswith(b"rotten")
    assert (len(told(Kind.DAMAGE_FOUND)), told(Kind.DAMAGE_MENDED)[0]["store"]) == (1, "first")
    assert scrub(NOON + HOUR).problems == []


@pytest.mark.enforces("originals")
def test_a_missing_original_comes_back_from_the_copy(disk):
    vaults.path(one().vault_key).unlink()
    assert scrub().mended == 1
    assert first_of(one()) == b"evidence 1"
    assert vaults.current().stat(one().vault_key).read_only


def test_a_damaged_copy_is_mended_from_the_original_and_kept_aside(disk):
    spoil(disk / "vault", one().vault_key)
    found = scrub()
    assert (found.mended, found.problems[0]["store"]) == (1, "second")
    assert in_copy(disk)[one().vault_key] == b"evidence 1"
    assert len(list((disk / "quarantine").rglob("*.mp4"))) == 1


@pytest.mark.enforces("originals")
def test_where_both_are_damaged_nothing_is_touched_and_it_stays_open(disk, data):
    spoil(data.vault, one().vault_key)
    spoil(disk / "vault", one().vault_key)
    found = scrub()
    assert (found.mended, len(found.problems)) == (0, 2)
    assert first_of(one()).startswith(b"rotten")
    scrub(NOON + HOUR)
    assert (len(told(Kind.DAMAGE_FOUND)), Damage.objects.filter(mended_at=None).count()) == (2, 2)


def test_a_row_changed_in_the_database_mends_nothing(disk):
    from liuhen.recordings import holdings

    held = [mending.Held("recording:2026-000001", one().vault_key, "0" * 64, 10)]
    holdings.register("test", lambda: iter(held))
    try:
        found = scrub()
    finally:
        holdings.register("test", lambda: iter(()))
    assert (found.mended, first_of(one())) == (0, b"evidence 1")


def test_a_disk_that_is_away_is_not_taken_for_missing_copies(disk, data):
    disk.rename(disk.with_name("unplugged"))
    spoil(data.vault, one().vault_key)
    found = scrub()
    assert (found.away, found.copies, found.mended) == ("second_copy_away", None, 0)
    assert [problem.get("store") for problem in found.problems] == [None]


def test_a_disk_pulled_out_while_it_is_read_is_not_taken_for_missing_copies(disk, monkeypatch):
    read = scrubbing.read

    def pulled(reading, tell):
        if reading.store == "second":
            disk.rename(disk.with_name("unplugged"))
        return read(reading, tell)

    monkeypatch.setattr(scrubbing, "read", pulled)
    found = scrub()
    assert (found.away, found.problems, told(Kind.DAMAGE_FOUND)) == ("second_copy_away", [], [])


@pytest.mark.parametrize("step", ["set_aside", "put"])
def test_killed_while_mending_the_next_scrub_finishes_it(disk, data, monkeypatch, step):
    def killed(*_, **__):
        raise KeyboardInterrupt

    spoil(data.vault, one().vault_key)
    with monkeypatch.context() as patched:
        patched.setattr(type(vaults.current()), step, killed)
        with pytest.raises(KeyboardInterrupt):
            scrub()
    assert Damage.objects.get().mended_at is None
    assert scrub(NOON + HOUR).mended == 1
    assert first_of(one()) == b"evidence 1"


def test_killed_after_mending_the_next_scrub_says_that_it_is_whole(disk, data, monkeypatch):
    def killed(*_, **__):
        raise KeyboardInterrupt

    spoil(data.vault, one().vault_key)
    with monkeypatch.context() as patched:
        patched.setattr(mending, "close", killed)
        with pytest.raises(KeyboardInterrupt):
            scrub()
    assert scrub(NOON + HOUR).problems == []
    [closed] = told(Kind.DAMAGE_MENDED)
    assert closed["how"] == "found_whole"
    [aside] = quarantined.of([f"recording:{one().number}"])
    [file] = Path(aside.place).glob("*.mp4")
    assert file.read_bytes().startswith(b"rotten")


def test_damaged_a_second_time_what_was_laid_aside_before_is_not_told_again(disk, data):
    for n in range(2):
        spoil(data.vault, one().vault_key)
        assert scrub(NOON + n * HOUR).mended == 1
    places = {aside.place for aside in quarantined.of([f"recording:{one().number}"])}
    assert len(places) == len(told(Kind.DAMAGE_MENDED)) == 2


def test_another_start_meanwhile_leaves_the_fresh_copy_alone(disk, data, monkeypatch):
    mend = mending.put_in_place

    def beside(*args, **more):
        recovery.recover(at=NOON)
        mend(*args, **more)

    spoil(data.vault, one().vault_key)
    monkeypatch.setattr(mending, "put_in_place", beside)
    assert scrub().mended == 1
    assert first_of(one()) == b"evidence 1"


def test_what_is_being_copied_or_removed_is_mended_another_time(disk, data):
    spoil(data.vault, one().vault_key)
    with locks.held(lock_of(one().vault_key)):
        assert scrub().mended == 0
    assert first_of(one()).startswith(b"rotten")
    assert scrub(NOON + HOUR).mended == 1
