"""The worker's round: everything together, in any order of accidents."""

import pytest
from duty_cast import DAY, NOON, TWO_DEVICES, cadence, examined, handover, rows

import factories
from liuhen.custody import queries as custody_queries
from liuhen.devices import register
from liuhen.devices.models import DeviceKind
from liuhen.duties import deriving, overdue, shortfall
from liuhen.duties.models import Duty
from liuhen.duties.rounds import Rounds

pytestmark = pytest.mark.django_db


def everything(rules):
    rules(
        handover=handover(24),
        daily_check=cadence("unit_head", "working_day"),
        equipment=TWO_DEVICES,
    )
    return examined()


def kinds() -> set[str]:
    return set(Duty.objects.values_list("kind", flat=True))


def test_a_round_makes_all_that_is_owed(rules):
    everything(rules)
    Rounds().go(at=NOON)
    assert kinds() == {"handover", "daily_check", "shortfall"}


def test_a_new_worker_changes_nothing(rules):
    everything(rules)
    Rounds().go(at=NOON)
    before = rows()
    Rounds().go(at=NOON)
    assert rows() == before


def test_an_idle_round_writes_nothing_and_asks_little(rules, django_assert_num_queries):
    everything(rules)
    going = Rounds()
    going.go(at=NOON)
    going.go(at=NOON)
    with django_assert_num_queries(4):  # the cursor, the log's size, days over, anything overdue
        going.go(at=NOON)


def test_a_new_device_is_noticed_the_same_day(rules):
    everything(rules)
    going = Rounds()
    going.go(at=NOON)
    facts = {"kind": DeviceKind.BODY_CAMERA, "unit": factories.unit(), "device_no": "ZF-002"}
    register.add(factories.agency(), **facts, by="test", at=NOON)
    going.go(at=NOON)
    assert Duty.objects.get(kind="shortfall").state == "done"


def test_a_new_day_asks_anew(rules):
    everything(rules)
    going = Rounds()
    going.go(at=NOON)
    going.go(at=NOON + DAY)
    assert Duty.objects.filter(kind="daily_check").count() == 2


def test_a_round_that_failed_is_done_again(rules, monkeypatch):
    everything(rules)
    going = Rounds()
    with monkeypatch.context() as broken, pytest.raises(OSError, match="disk full"):
        broken.setattr(shortfall, "look", fail)
        going.go(at=NOON)
    going.go(at=NOON)
    assert "shortfall" in kinds()


def test_a_change_of_the_house_is_seen_after_a_round_that_broke_off(rules, monkeypatch):
    everything(rules)
    going = Rounds()
    going.go(at=NOON)
    facts = {"kind": DeviceKind.BODY_CAMERA, "unit": factories.unit(), "device_no": "ZF-002"}
    register.add(factories.agency(), **facts, by="test", at=NOON)
    with monkeypatch.context() as broken, pytest.raises(OSError, match="disk full"):
        broken.setattr(going, "rest", fail)  # after the chunk was read and its place noted
        going.go(at=NOON)
    going.go(at=NOON)
    assert Duty.objects.get(kind="shortfall").state == "done"


def test_a_long_run_lets_others_write_after_each_part(rules, monkeypatch):
    everything(rules)
    monkeypatch.setattr(deriving, "CHUNK", 1)
    monkeypatch.setattr(overdue, "AT_ONCE", 1)
    rests = []
    Rounds(rest=lambda: rests.append(1)).go(at=NOON)
    read = custody_queries.log_size()
    assert len(rests) == read
    Rounds(rest=lambda: rests.append(1)).go(at=NOON + 2 * DAY)
    assert len(rests) == read + Duty.objects.exclude(overdue_noted_at=None).count() > read


def fail(*_args, **_more):
    raise OSError("disk full")
