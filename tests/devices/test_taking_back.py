"""A device comes back: how it is, its clock, what was recorded."""

import pytest

import factories
from devices.device_cast import HOUR, MINUTE, hand_out, take_back
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.devices import errors, signing, taking_back
from liuhen.devices.models import Checkout, Condition, Device, DeviceState
from liuhen.devices.taking_back import Return
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("bureau")

HALF_A_MINUTE = MINUTE / 2


@pytest.mark.enforces("ledger", article="jiaxian-health:4")
def test_the_use_ends_and_the_ledger_knows_what_was_recorded():
    ended = take_back(hand_out(task="餐饮检查"), content="现场检查三家餐饮店", card_handed=True)
    assert ended.returned_at == NOON + 4 * HOUR
    assert (ended.task, ended.content) == ("餐饮检查", "现场检查三家餐饮店")
    assert Device.objects.get().state == DeviceState.READY
    assert kinds("device:ZF-001")[-1] == Kind.DEVICE_RETURNED


def test_no_event_no_return(log_down):
    checkout = hand_out()
    log_down()
    with pytest.raises(LogDown):
        take_back(checkout)
    assert Checkout.objects.get().returned_at is None
    assert Device.objects.get().state == DeviceState.OUT


def test_its_clock_is_read_again():
    ended = take_back(hand_out(shows="12:00:00"), shows="16:00:04")
    offsets = [str(row.offset_seconds) for row in ended.clock_readings.order_by("read_at")]
    assert offsets == ["0.500", "4.500"]


def test_returned_once():
    checkout = hand_out()
    take_back(checkout)
    with pytest.raises(errors.AlreadyReturned) as no:
        take_back(checkout, when=NOON + 5 * HOUR)
    assert "2026-01-05 16:00" in no.value.text


@pytest.mark.parametrize("condition", [Condition.FAULTY, Condition.DAMAGED])
def test_what_is_wrong_with_it_must_be_said(condition):
    checkout = hand_out()
    with pytest.raises(errors.ConditionNeedsNote):
        take_back(checkout, condition=condition)
    take_back(checkout, condition=condition, condition_note="屏幕碎裂")
    assert Device.objects.get().state == DeviceState.REPAIR


def test_times_on_site_lie_within_the_use():
    checkout = hand_out()
    for arrived, left in ((NOON - MINUTE, None), (None, NOON + 5 * HOUR), (NOON + HOUR, NOON)):
        with pytest.raises(errors.TimesTurned):
            take_back(checkout, arrived_at=arrived, left_at=left)
    assert take_back(checkout, arrived_at=NOON + MINUTE, left_at=NOON + HOUR).left_at


def test_on_site_in_the_very_minute_of_the_hand_out():
    checkout = hand_out(when=NOON + HALF_A_MINUTE)
    assert take_back(checkout, arrived_at=NOON).arrived_at == NOON


def test_what_is_back_does_not_wait_for_a_clock_that_was_set_back():
    ended = take_back(hand_out(), when=NOON - HOUR)
    assert ended.returned_at == NOON
    assert Device.objects.get().state == DeviceState.READY


def test_another_bureau_takes_nothing_back():
    checkout = hand_out()
    with pytest.raises(errors.NotOut):
        taking_back.take_back(checkout, Return(), by=factories.stranger("k"), at=NOON + HOUR)


def test_the_user_signs_for_both():
    checkout = hand_out()
    li = factories.officer("li")
    signing.sign(checkout, by=li, at=NOON + MINUTE)
    take_back(checkout)
    signed = signing.sign(checkout, by=li, at=NOON + 5 * HOUR)
    assert signed.user_signed_at == NOON + MINUTE
    assert signed.return_signed_at == NOON + 5 * HOUR
    with pytest.raises(errors.SignedAlready):
        signing.sign(checkout, by=li, at=NOON + 6 * HOUR)


def test_nobody_signs_for_another():
    with pytest.raises(errors.NotTheUser):
        signing.sign(hand_out(), by=factories.officer("wang"), at=NOON + MINUTE)


def test_no_event_no_signature(log_down, monkeypatch):
    checkout = hand_out()
    log_down()
    with pytest.raises(LogDown):
        signing.sign(checkout, by=factories.officer("li"), at=NOON + MINUTE)
    assert Checkout.objects.get().user_signed_at is None
