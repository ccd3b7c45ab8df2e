"""How far an intake is."""

from datetime import timedelta

import pytest

import factories
from liuhen.recordings import progress
from liuhen.recordings.models import BatchState, ItemState

pytestmark = pytest.mark.usefixtures("data", "db")
HALF_WAY = {
    "state": BatchState.RUNNING,
    "finished_at": None,
    "total_files": 2,
    "total_bytes": 1000,
    "done_bytes": 500,
}
AFTER_10_S = factories.NOON + timedelta(seconds=10)


def test_speed_and_time_left_follow_from_what_is_done():
    told = progress.of(factories.batch(**HALF_WAY), at=AFTER_10_S)
    assert (told.percent, told.bytes_per_second, told.seconds_left) == (50, 50, 10)


def test_at_first_a_speed_says_nothing():
    told = progress.of(factories.batch(**HALF_WAY), at=factories.NOON)
    assert (told.bytes_per_second, told.seconds_left) == (None, None)


def test_files_left_out_are_not_counted_as_done():
    batch = factories.batch(**HALF_WAY)
    for state in (ItemState.SEALED, ItemState.PENDING, ItemState.LEFT_OUT):
        factories.item(batch, state=state)
    assert progress.of(batch, at=AFTER_10_S).done_files == 1


def test_only_a_finished_intake_is_at_a_hundred():
    almost = factories.batch("b1", **HALF_WAY | {"done_bytes": 1000})
    assert progress.of(almost, at=AFTER_10_S).percent == 99
    assert progress.of(factories.batch("b2"), at=AFTER_10_S).percent == 100


def test_what_could_not_be_taken_in_is_counted():
    batch = factories.batch()
    for state in (ItemState.UNREADABLE, ItemState.INTERRUPTED, ItemState.SEALED):
        factories.item(batch, state=state)
    assert progress.of(batch, at=AFTER_10_S).problems == 2
