"""Recordings that belong together and have no activity yet."""

import pytest

import factories
from cases.activity_cast import HOUR, MINUTE, NOON, facts, li, recorded, refused
from liuhen.cases import grouping, linking
from liuhen.cases.models import Activity

pytestmark = pytest.mark.django_db


def numbers(*recordings):
    return [[one.number[-1] for one in group.recordings] for group in grouping.groups(recordings)]


def test_files_of_one_device_with_small_gaps_belong_together():
    rows = [recorded(n, by=None, unit=None, minutes=12 * n) for n in (1, 2, 3)]
    assert numbers(*reversed(rows)) == [["1", "2", "3"]]


def test_a_long_pause_begins_another_one():
    rows = [recorded(1, minutes=0), recorded(2, minutes=10 + 31), recorded(3, minutes=51 + 30)]
    assert numbers(*rows) == [["1"], ["2", "3"]]


def test_two_devices_of_a_unit_at_the_same_time_are_one_activity():
    one = recorded(1, by="li", minutes=0)
    other = recorded(2, by="bai", minutes=4, device=factories.device("ZF-002"))
    beside = recorded(3, by="he", minutes=11, device=factories.device("ZF-003"))
    [first, second] = grouping.groups([one, other, beside])
    assert [two.login for two in first.officers] == ["li", "bai"]
    assert [two.device_no for two in first.devices] == ["ZF-001", "ZF-002"]
    assert (first.start, first.end) == (NOON, NOON + 14 * MINUTE)
    assert second.recordings == (beside,)


def test_a_second_camera_joins_two_runs_of_files():
    early = recorded(1, by="li", minutes=0)
    long = recorded(2, by="bai", minutes=5, duration_seconds=3600, device=factories.device("Z2"))
    late = recorded(3, by="li", minutes=50)
    assert numbers(early, long, late) == [["1", "2", "3"]]


def test_two_units_at_the_same_time_are_two():
    other = factories.unit("监督二科")
    one = recorded(1, minutes=0)
    two = recorded(2, by="ma", unit=other, minutes=0, device=factories.device("ZF-002"))
    assert numbers(one, two) == [["1"], ["2"]]


def test_a_photo_taken_meanwhile_belongs_to_it():
    film = recorded(1, minutes=0)
    photo = recorded(2, by="bai", minutes=3, duration_seconds=None, device=factories.device("Z2"))
    assert numbers(film, photo) == [["1", "2"]]


def test_no_group_is_longer_than_a_day_of_work():
    rows = [recorded(n, minutes=30 * n, duration_seconds=1800) for n in range(1, 31)]
    assert len(numbers(*rows)) == 2


def test_an_activity_is_registered_with_its_recordings_in_one_step():
    rows = [recorded(1), recorded(2, minutes=16)]
    made = grouping.register(facts(arrived_at=NOON), rows, by=li(), at=NOON + HOUR)
    assert list(linking.recordings_of(made)) == rows


def test_refused_it_registers_nothing():
    recording, both = recorded(), facts()
    with refused("activity.two_officers"):
        grouping.register(facts("li"), [recording], by=li(), at=NOON)
    with refused("linking.nothing_chosen"):
        grouping.register(both, [], by=li(), at=NOON)
    assert not Activity.objects.exists()
