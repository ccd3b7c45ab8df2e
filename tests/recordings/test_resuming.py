"""A batch whose process was killed, given to the next worker."""

import os

import pytest

from liuhen.recordings import batches, intake, recovery, sealing
from liuhen.recordings.intake import counts_of
from liuhen.recordings.models import IntakeBatch, ItemState, Recording
from recordings.conftest import NOON, put

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """No handler of ours catches it, as none hears a kill -9."""


@pytest.fixture
def stopped(card, data, clock, monkeypatch, settings) -> IntakeBatch:
    """Three files, one of them sealed when the process was gone; then the next start."""
    settings.LIUHEN_PROCESSES = 1  # so that they come in the order of their size
    for n in range(3):
        put(card, f"{n}.mp4", bytes(9 - n))  # the largest goes first
    batch = batches.ask([os.fsencode(card)], by="test", at=NOON, clear_source=True)
    seal, sealed = sealing.seal, []

    def seal_one(item, received, **more):
        if sealed:
            raise Killed
        sealed.append(item)
        return seal(item, received, **more)

    monkeypatch.setattr(sealing, "seal", seal_one)
    with pytest.raises(Killed):
        intake.run(batch, clock=clock)
    monkeypatch.undo()
    return batch


@pytest.fixture
def next_start(stopped, data, settings) -> IntakeBatch:
    settings.DATA = data
    recovery.recover(at=NOON)
    stopped.refresh_from_db()
    return stopped


def test_a_stopped_batch_goes_on_to_the_end(next_start, card, clock):
    assert next_start.state == "stopped"
    done = intake.run(next_start, clock=clock)
    assert (done.state, done.problem, os.listdir(card)) == ("done", "", [])
    assert counts_of(done)["sealed"] == done.items.count() == 3
    assert Recording.objects.count() == 3


def test_what_is_gone_from_the_card_keeps_its_row(next_start, card, clock):
    os.unlink(card / "2.mp4")
    done = intake.run(next_start, clock=clock)
    assert {bytes(i.name): i.state for i in done.items.all()}[b"2.mp4"] == ItemState.INTERRUPTED


def test_a_file_sealed_but_not_cleared_yet_is_cleared(next_start, card, clock):
    next_start.items.filter(state="sealed").update(cleared=False)
    put(card, "0.mp4", bytes(9))  # as if the kill had come before the removal
    done = intake.run(next_start, clock=clock)
    assert (os.listdir(card), done.items.count()) == ([], 3)


def test_a_batch_that_met_a_full_disk_is_not_begun_again(next_start, clock):
    IntakeBatch.objects.update(problem="store_full")
    assert intake.run(next_start, clock=clock).state == "stopped"
    assert Recording.objects.count() == 1
