"""What the storage page, the first page and the state page say of the second copy."""

from pathlib import Path

import pytest

import factories
from liuhen.people.roles import Role
from liuhen.recordings import health, scrubbing
from recordings.copy_cast import NOON, begun, copy, originals, spoil

pytestmark = pytest.mark.django_db


@pytest.fixture
def disk(data, settings, tmp_path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    settings.LIUHEN_SECOND_COPY = str(folder)
    settings.LIUHEN_PROCESSES = 1
    return folder


@pytest.fixture
def zhou(client):
    client.force_login(factories.officer("zhou", Role.CUSTODIAN))
    return client


def text(client, page: str) -> str:
    return client.get(page).content.decode()


def test_without_one_the_storage_page_advises_one(data, zhou):
    assert "没有第二副本" in text(zhou, "/storage/")


def test_complete_it_is_said_and_nobody_is_warned(disk, zhou):
    originals(2)
    begun()
    copy()
    assert "完整，共 2 件" in text(zhou, "/storage/")
    assert "alert-danger" not in text(zhou, "/")


def test_behind_it_says_by_how_many(disk, data, zhou):
    _good, bad = originals(2)
    spoil(data.vault, bad.vault_key)
    begun()
    copy()
    page = text(zhou, "/storage/")
    assert "已复制 1 件，待复制 1 件" in page
    assert "1 件未能复制到第二副本" in page


def test_away_it_is_told_on_the_first_page_too(disk, zhou):
    begun()
    disk.rename(disk.with_name("unplugged"))
    copy()
    assert "磁盘未接入" in text(zhou, "/storage/")
    assert "第二副本不可用" in text(zhou, "/")


def test_damage_that_could_not_be_mended_is_told_until_it_is(disk, data, zhou):
    [one] = originals(1)
    spoil(data.vault, one.vault_key)
    scrubbing.scrub(sample=None, by="test", at=NOON)
    assert "主存储中有 1 件原件缺失或者受损" in text(zhou, "/")


def test_those_who_do_not_answer_for_the_storage_are_not_warned(disk, client):
    begun()
    disk.rename(disk.with_name("unplugged"))
    copy()
    client.force_login(factories.officer("li"))
    assert "第二副本" not in text(client, "/")


def problem() -> str:
    [fact] = [fact for fact in health.facts() if fact.name == "第二副本"]
    return fact.problem


def test_the_state_page_says_what_is_set_and_was_not_begun(disk):
    assert "liuhen second-copy --begin" in problem()
    begun()
    assert "在同一块磁盘上" in problem()
    disk.rename(disk.with_name("unplugged"))
    copy()
    assert "第二副本不可用" in problem()
