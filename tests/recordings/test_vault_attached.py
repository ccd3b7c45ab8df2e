"""The vault's disk is marked once and known again; while it is away everything waits."""

import shutil

import pytest

from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.engines.vault import marker
from liuhen.engines.vault.errors import StoreFailed
from liuhen.ops import verify as verify_command
from liuhen.recordings import health, integrity, scrubbing, vault_disk, vaults
from liuhen.recordings.models import Recording
from recordings.conftest import NOON, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def marked(data):
    assert vault_disk.bring_up(at=NOON)
    return data


@pytest.fixture
def away(marked, take_in, card):
    """One recording is sealed; then the disk was unmounted."""
    put(card, "a.mp4", b"evidence" * 1000)
    take_in()
    shutil.move(marked.vault, marked.root / "disk")
    marked.vault.mkdir()
    vaults.at.cache_clear()
    return marked


def problem_of_the_disk() -> str:
    return next(fact.problem for fact in health.facts() if fact.name == "存储盘")


def test_the_mark_lies_on_the_disk_by_the_keys_and_in_the_log(marked):
    told = facts_of(CustodyEvent.objects.get(kind="vault.marked"))["mark"]
    assert {marker.found(marked.vault), vaults.mark()} == {told}
    assert problem_of_the_disk() == ""


def test_the_next_start_marks_nothing_again(marked):
    assert vault_disk.bring_up(at=NOON)
    assert CustodyEvent.objects.filter(kind="vault.marked").count() == 1


def test_a_mark_lost_by_the_keys_comes_back_from_the_log(marked):
    before = vaults.mark()
    marked.vault_mark.unlink()
    assert vault_disk.bring_up(at=NOON)
    assert vaults.mark() == before


def test_without_its_disk_a_start_says_so_and_marks_no_other(away):
    assert not vault_disk.bring_up(at=NOON)
    assert marker.found(away.vault) is None
    assert vaults.mark() in problem_of_the_disk()


def test_nor_does_an_older_installation_mark_an_empty_folder(data, take_in, card):
    put(card, "a.mp4", b"evidence" * 1000)
    take_in()
    shutil.move(data.vault, data.root / "disk")
    data.vault.mkdir()
    assert not vault_disk.bring_up(at=NOON)
    assert marker.found(data.vault) is None


def test_nothing_is_taken_in(away, take_in, card):
    put(card, "b.mp4", b"other" * 1000)
    batch = take_in()
    assert (batch.state, batch.problem) == ("stopped", "store_failed")
    assert Recording.objects.count() == 1


def test_nothing_is_said_to_be_missing(away):
    verdict = integrity.verify(Recording.objects.get(), by="test", at=NOON)
    assert verdict.problem == "not_attached"
    assert verdict.problem in verify_command.MEANING
    assert [found.code for found in integrity.audit()] == ["vault.not_attached"]


def test_a_scrub_does_not_count(away):
    with pytest.raises(StoreFailed):
        scrubbing.scrub(sample=None, by="test", at=NOON)
    assert not CustodyEvent.objects.filter(kind="vault.scrubbed").exists()
