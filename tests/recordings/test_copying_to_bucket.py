"""The second copy in a bucket: the same operations, and locks that are prolonged."""

import shutil

import pytest

from engines.vault.bucket import Clock, bucket
from liuhen.custody.kinds import Kind
from liuhen.recordings import (
    copying,
    integrity,
    scrubbing,
    second_copy,
    second_place,
    vault_disk,
    vaults,
)
from liuhen.recordings.models import SecondStore, StoredCopy
from recordings.copy_cast import HOUR, NOON, copy, originals, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(data, settings):
    settings.LIUHEN_SECOND_COPY = "s3://evidence/county"
    settings.LIUHEN_PROCESSES = 1
    clock = Clock()
    second_place.bucket_of.cache_clear()
    with bucket(clock=clock) as client:
        yield client, clock
    second_place.bucket_of.cache_clear()


def test_originals_are_copied_read_again_and_audited_in_a_bucket(store):
    made = originals(2)
    second_copy.begin(by="command", at=NOON)
    assert copy() == 2
    assert list(vaults.second().keys()) == [one.vault_key for one in made]
    assert scrubbing.scrub(sample=None, by="test", at=NOON).copies == 2
    assert list(integrity.audit_second()) == []


def test_a_lock_half_over_is_prolonged_for_what_is_still_kept(store):
    _client, clock = store
    originals(1)
    second_copy.begin(by="command", at=NOON)
    copy(clock())
    before = StoredCopy.objects.get().locked_until
    copy(clock())
    assert StoredCopy.objects.get().locked_until == before
    clock.ahead = 20 * 24 * HOUR
    copy(clock())
    assert StoredCopy.objects.get().locked_until > before


def test_while_the_originals_are_away_locks_are_prolonged_and_the_bucket_is_known_back(store, data):
    _client, clock = store
    vault_disk.bring_up(at=NOON)
    originals(1)
    second_copy.begin(by="command", at=NOON)
    copy(clock())
    before = StoredCopy.objects.get().locked_until
    copying.note_away(SecondStore.objects.get(), "s3_away", at=NOON)
    shutil.move(data.vault, data.root / "unplugged")
    data.vault.mkdir()
    vaults.at.cache_clear()
    clock.ahead = 20 * 24 * HOUR
    copy(clock())
    assert StoredCopy.objects.get().locked_until > before
    assert (SecondStore.objects.get().away_since, len(told(Kind.SECOND_COPY_BACK))) == (None, 1)


def test_an_original_lost_here_comes_back_from_the_bucket(store):
    [one] = originals(1)
    second_copy.begin(by="command", at=NOON)
    copy()
    vaults.path(one.vault_key).unlink()
    assert scrubbing.scrub(sample=None, by="test", at=NOON).mended == 1
    assert vaults.path(one.vault_key).read_bytes() == b"evidence 1"
