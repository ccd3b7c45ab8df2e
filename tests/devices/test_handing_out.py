"""Who gets a device, and in what state it must be."""

from dataclasses import replace
from datetime import date

import pytest

import factories
from devices.device_cast import ALL_WELL, FULL, HOUR, follow, hand_out, take_back
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.devices import errors
from liuhen.devices.models import Checkout, Device, DeviceKind, DeviceState
from liuhen.engines.policy.values import PreUseCheck
from liuhen.people.models import Officer
from liuhen.regulations.models import Proposal, ProposalState
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("bureau")


def floors(**said: int) -> None:
    """The bureau has set what a check must at least find."""
    items = [{"code": code, "text": code} for code in ALL_WELL]
    value = PreUseCheck.model_validate({"article": 10, "items": items, **said})
    Proposal.objects.create(
        agency=factories.agency(),
        parameter="pre_use_check",
        from_date=date(2025, 6, 1),
        value=value.model_dump(mode="json", by_alias=True),
        reason="本单位掌握",
        proposed_by=factories.officer("an"),
        proposed_at=NOON,
        state=ProposalState.APPROVED,
        decided_by=factories.officer("qian"),
        decided_at=NOON,
    )


def refused(code: str, *args, **kwargs) -> errors.Refusal:
    with pytest.raises(errors.Refusal) as no:
        hand_out(*args, **kwargs)
    assert no.value.code == code
    assert not Checkout.objects.filter(handed_at=kwargs.get("when", NOON)).exists()
    return no.value


@pytest.mark.enforces("pre_use_check")
def test_a_device_is_checked_read_and_out():
    checkout = hand_out(shows="12:00:00")
    assert checkout.device.state == DeviceState.OUT
    assert checkout.pre_use_check.is_passed
    assert checkout.clock_readings.get().moment == "hand_out"
    written = [Kind.DEVICE_CLOCK_READ, Kind.DEVICE_CHECKED, Kind.DEVICE_HANDED_OUT]
    assert kinds("device:ZF-001") == written


def test_no_event_no_hand_out(log_down):
    device = factories.device()
    log_down()
    with pytest.raises(LogDown):
        hand_out(device)
    assert Device.objects.get().state == DeviceState.READY
    assert not Checkout.objects.exists()


@pytest.mark.enforces("pre_use_check", article="jiaxian-health:7")
@pytest.mark.enforces("pre_use_check", article="weidong-market:4")
@pytest.mark.enforces("pre_use_check", article="chengde-safety:10")
@pytest.mark.enforces("pre_use_check", article="neiqiu-health:10")
@pytest.mark.enforces("pre_use_check", article="luohe-livestock:5")
@pytest.mark.parametrize(
    ("pack", "item", "article"),
    [
        ("jiaxian-health", "storage", "7"),
        ("weidong-market", "works", "4"),
        ("chengde-safety", "battery", "10"),
        ("neiqiu-health", "clock", "10"),
        ("luohe-livestock", "storage", "5"),
    ],
)
def test_what_the_regulation_wants_checked_must_be_well(pack, item, article):
    follow(pack)
    no = refused("devices.check_failed", found=replace(FULL, ok=ALL_WELL | {item: False}))
    assert no.article == article
    assert hand_out().pre_use_check.article == int(article)


def test_what_the_regulation_does_not_ask_for_refuses_nobody():
    follow("neiqiu-health")
    assert hand_out(found=replace(FULL, ok={"works": True, "clock": True}))


def test_a_battery_below_the_bureaus_floor_refuses():
    floors(battery_at_least=60)
    no = refused("devices.battery_low", found=replace(FULL, battery_percent=59))
    assert no.article == "10"
    assert hand_out(found=replace(FULL, battery_percent=60))


def test_a_battery_nobody_read_is_not_enough():
    floors(battery_at_least=1)
    refused("devices.battery_low", found=replace(FULL, battery_percent=None))


def test_too_little_space_refuses():
    floors(free_at_least=8)
    refused("devices.check_failed", found=replace(FULL, free_bytes=(8 << 30) - 1))
    assert hand_out(found=replace(FULL, free_bytes=8 << 30))


def test_a_clock_further_off_than_the_bureau_allows_refuses():
    floors(clock_within=60)
    refused("devices.check_failed", shows="12:00:58")  # off by 58.5 s, give or take 2.5 s
    refused("devices.check_failed")
    assert hand_out(shows="12:00:50")


@pytest.mark.enforces("sanctions", article="chengde-safety:28")
def test_whoever_is_stopped_from_enforcing_gets_none():
    follow("chengde-safety")
    li = factories.officer("li", suspended_until=date(2026, 1, 5))
    no = refused("devices.user_suspended")
    assert no.article == "28"
    Officer.objects.filter(pk=li.pk).update(suspended_until=date(2026, 1, 4))
    assert hand_out()


@pytest.mark.enforces("accountability", article="chengde-safety:7")
@pytest.mark.enforces("accountability", article="neiqiu-health:9")
@pytest.mark.parametrize(("pack", "article"), [("chengde-safety", "7"), ("neiqiu-health", "9")])
def test_a_second_device_wants_a_reason(pack, article):
    follow(pack)
    hand_out()
    other, later = factories.device("ZF-002"), NOON + HOUR
    assert refused("devices.second_device", other, when=later).article == article
    assert hand_out(other, when=later, second_reason="同时拍摄证据照片")


def test_a_second_device_wants_none_where_the_regulation_is_silent():
    follow("luohe-livestock")
    hand_out()
    assert hand_out(factories.device("ZF-002"))


@pytest.mark.enforces("exemption", article="chengde-safety:6")
def test_an_explosive_area_wants_an_explosion_proof_device():
    follow("chengde-safety")
    assert refused("devices.not_explosion_proof", is_explosive_area=True).article == "6"
    Device.objects.update(is_explosion_proof=True)
    assert hand_out(is_explosive_area=True)


def test_what_is_out_says_who_has_it():
    hand_out()
    no = refused("devices.already_out", to=factories.officer("wang"), when=NOON + HOUR)
    assert "李执法" in no.text


@pytest.mark.parametrize("state", ["repair", "lost", "scrapped"])
def test_what_is_not_ready_stays(state):
    factories.device()
    Device.objects.update(state=state)
    refused("devices.not_ready")


def test_a_camera_at_a_window_is_not_carried():
    factories.device()
    Device.objects.update(kind=DeviceKind.FIXED_CAMERA)
    refused("devices.not_carried")


@pytest.mark.parametrize("who", ["zhou", "sun", "gone", "far"])
def test_only_those_who_enforce_here_get_one(who):
    made = {
        "gone": lambda: factories.officer("gone", is_active=False),
        "far": lambda: factories.stranger("far"),
    }.get(who, lambda: factories.officer(who))
    refused("devices.not_a_user", to=made())


def test_another_bureaus_device_is_not_there():
    refused("devices.no_such_device", by=factories.stranger("keeper"))


def test_of_two_at_the_counter_one_gets_it():
    stale = factories.device()
    hand_out(Device.objects.get(pk=stale.pk))
    refused("devices.already_out", stale, to=factories.officer("wang"), when=NOON + HOUR)
    assert Checkout.objects.count() == 1


def test_what_came_back_goes_out_again():
    take_back(hand_out())
    assert hand_out(when=NOON + 5 * HOUR)
