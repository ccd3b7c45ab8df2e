"""Removing from the card what is verified in the vault."""

import os

import pytest

from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.recordings import clearing, vaults
from liuhen.recordings.models import IntakeItem, Recording
from recordings.conftest import put

pytestmark = pytest.mark.django_db


def test_only_what_was_sealed_leaves_the_card(take_in, card):
    put(card, "a.mp4")
    put(card, "notes.txt")
    take_in(clear_source=True)
    assert os.listdir(card) == ["notes.txt"]
    assert CustodyEvent.objects.filter(kind=Kind.SOURCE_CLEARED).count() == 1


def test_without_the_wish_nothing_leaves_the_card(take_in, card):
    put(card, "a.mp4")
    take_in()
    assert os.listdir(card) == ["a.mp4"]


def test_a_file_known_before_leaves_the_card_too(take_in, card):
    put(card, "a.mp4")
    take_in()
    take_in(clear_source=True)
    assert os.listdir(card) == []


def test_a_card_file_that_changed_since_stays(take_in, card, clock):
    path = put(card, "a.mp4")
    batch = take_in()
    put(card, "a.mp4", b"other bytes")
    item = IntakeItem.objects.get(batch=batch)
    assert not clearing.clear(item, path, by="test", at=clock())
    assert (os.listdir(card), item.reason) == (["a.mp4"], "source_changed")


def test_nothing_leaves_the_card_when_the_vault_differs(take_in, card, clock):
    path = put(card, "a.mp4")
    batch = take_in()
    stored = vaults.path(Recording.objects.get().vault_key)
    stored.chmod(0o644)
    stored.write_bytes(b"evidencE")
    item = IntakeItem.objects.get(batch=batch)
    assert not clearing.clear(item, path, by="test", at=clock())
    assert (os.listdir(card), item.reason) == (["a.mp4"], "vault_differs")


def test_no_event_no_removal(take_in, card, clock, monkeypatch):
    path = put(card, "a.mp4")
    item = IntakeItem.objects.get(batch=take_in())
    record = "liuhen.recordings.clearing.log.record"
    monkeypatch.setattr(record, lambda *_, **__: (_ for _ in ()).throw(RuntimeError("log is down")))
    with pytest.raises(RuntimeError):
        clearing.clear(item, path, by="test", at=clock())
    assert os.listdir(card) == ["a.mp4"]


def test_the_vault_cleared_through_another_name_stays(take_in, card, data):
    path = put(card, "a.mp4")
    take_in()
    stored = vaults.path(Recording.objects.get().vault_key)
    os.unlink(path)
    os.link(stored, path)  # what a bind mount of the vault looks like: the same file
    batch = take_in(clear_source=True)
    assert (os.listdir(card), stored.exists()) == (["a.mp4"], True)
    assert batch.items.get().reason == "source_is_original"


def test_a_file_still_being_written_stays(take_in, card):
    with open(put(card, "a.mp4"), "ab"):
        batch = take_in(clear_source=True)
    assert (os.listdir(card), batch.items.get().reason) == (["a.mp4"], "source_in_use")


def test_a_folder_that_became_a_link_since_is_not_followed(take_in, card, clock, tmp_path):
    path = put(card, "DCIM/a.mp4")
    item = IntakeItem.objects.get(batch=take_in())
    os.rename(card / "DCIM", tmp_path / "elsewhere")
    os.symlink(tmp_path / "elsewhere", card / "DCIM")
    assert not clearing.clear(item, path, by="test", at=clock())
    assert os.listdir(tmp_path / "elsewhere") == ["a.mp4"]


def test_a_removal_that_fails_is_told_and_the_file_stays(take_in, card, clock, monkeypatch):
    path = put(card, "a.mp4")
    item = IntakeItem.objects.get(batch=take_in())

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("liuhen.recordings.clearing.os.unlink", refuse)
    assert not clearing.clear(item, path, by="test", at=clock())
    assert (os.listdir(card), item.reason) == (["a.mp4"], "source_not_removable")
    told = CustodyEvent.objects.filter(kind__startswith="source.").order_by("index")
    assert [event.kind for event in told] == [Kind.SOURCE_CLEARED, Kind.SOURCE_KEPT]


def test_the_event_is_durable_before_the_file_goes(take_in, card, clock, monkeypatch):
    path = put(card, "a.mp4")
    item = IntakeItem.objects.get(batch=take_in())
    told_before = []
    real = os.unlink

    def look(name: bytes, *, dir_fd: int) -> None:
        told_before.append(CustodyEvent.objects.filter(kind=Kind.SOURCE_CLEARED).count())
        real(name, dir_fd=dir_fd)

    monkeypatch.setattr("liuhen.recordings.clearing.os.unlink", look)
    assert clearing.clear(item, path, by="test", at=clock())
    assert told_before == [1]
