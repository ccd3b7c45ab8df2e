"""Entering a device, putting its facts right."""

import json
from datetime import date
from decimal import Decimal

import pytest

import factories
from devices.registered import PLACED, change, enter, facts
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices import errors, register, register_errors
from liuhen.devices.facts import GB, AssetFacts, asset_of
from liuhen.devices.models import Asset, Device, DeviceKind, DeviceState
from liuhen.people.errors import NotOfThisAgency
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("bureau")

BOUGHT = AssetFacts(
    "ZC-1", "执法记录仪", "A02091107", Decimal("2980.00"), invoice_no="F1", funds="财政拨款",
    procurement_form="政府采购", managing_unit="办公室", specification="1080P", place="装备室",
    acquired_date=date(2026, 1, 4),
)  # fmt: skip


def told(kind: Kind) -> dict:
    """What the newest event of this kind says."""
    event = CustodyEvent.objects.filter(kind=kind).latest("index")
    return json.loads(bytes(event.entry))["facts"]


@pytest.mark.enforces("devices", article="jiaxian-health:2")
@pytest.mark.enforces("devices", article="weidong-market:2")
@pytest.mark.parametrize("kind", DeviceKind)
def test_every_kind_of_device_is_registered(kind):
    device = enter(kind=kind, unit=factories.unit(), asset=PLACED)
    assert Device.objects.get(kind=kind) == device
    assert kinds("device:ZF-7") == [Kind.DEVICE_REGISTERED]


@pytest.mark.enforces("devices", article="neiqiu-health:14")
def test_a_device_has_a_number_once_however_it_is_typed():
    enter("ZF-7")
    for typed in ("ZF-7", "zf-7", " ＺＦ-７​"):
        with pytest.raises(errors.DeviceNoTaken):
            enter(typed)
    assert Device.objects.count() == 1


def test_a_number_is_not_blank():
    with pytest.raises(register_errors.NumberBlank):
        enter(" ​")


def test_another_bureau_may_have_the_same_number():
    enter()
    far = factories.stranger()
    register.add(far.agency, device_no="ZF-7", kind=DeviceKind.CAMERA, by=far, at=NOON)
    assert Device.objects.filter(device_no="ZF-7").count() == 2


@pytest.mark.enforces("assets", article="neiqiu-health:21")
def test_a_device_is_entered_as_a_fixed_asset():
    device = enter(asset=BOUGHT)
    assert asset_of(device) == BOUGHT
    said = told(Kind.DEVICE_REGISTERED)
    assert (said["unit_price"], said["acquired_date"]) == ("2980.00", "2026-01-04")


def test_what_is_not_known_is_no_asset():
    enter()
    assert not Asset.objects.exists()


def test_a_change_says_what_was_and_what_is():
    device, kong = enter(maker="某厂"), factories.officer("kong")
    change(device, maker="某厂", keeper=kong, is_explosion_proof=True, capacity_bytes=128 * GB)
    assert (device.keeper, device.is_explosion_proof) == (kong, True)
    said = told(Kind.DEVICE_CHANGED)
    assert said["before"] == {
        "keeper": None, "is_explosion_proof": False, "capacity_bytes": None,
    }  # fmt: skip
    assert said["after"]["keeper"] == "kong"


def test_the_assets_facts_are_changed_and_emptied():
    device = enter(asset=BOUGHT)
    change(device)
    assert asset_of(device) == AssetFacts()
    assert told(Kind.DEVICE_CHANGED)["before"]["asset_no"] == "ZC-1"


def test_nothing_changed_is_no_event():
    device = enter(asset=BOUGHT)
    change(device, asset=BOUGHT)
    assert kinds("device:ZF-7") == [Kind.DEVICE_REGISTERED]


def test_a_price_written_without_its_cents_is_the_same_price():
    device = enter(asset=AssetFacts(unit_price=Decimal("2980.00")))
    change(device, asset=AssetFacts(unit_price=Decimal("2980")))
    assert kinds("device:ZF-7") == [Kind.DEVICE_REGISTERED]


@pytest.mark.parametrize("login", ["li", "gone", "far"])
def test_who_is_no_keeper_here_keeps_nothing(login):
    factories.officer("gone", is_active=False), factories.stranger()
    with pytest.raises(register_errors.KeeperNotFit):
        enter(keeper=factories.officer(login))
    assert not Device.objects.exists()


@pytest.mark.parametrize("login", ["an", "gone", "far"])
def test_who_can_not_be_asked_answers_for_nothing(login):
    factories.officer("gone", is_active=False), factories.stranger()
    with pytest.raises(register_errors.ResponsibleNotFit):
        enter(first_responsible=factories.officer(login))


def test_a_keeper_who_has_left_stands_in_no_other_changes_way():
    kong = factories.officer("kong")
    device = enter(keeper=kong)
    kong.role_holdings.all().delete()
    change(device, keeper=kong, maker="某厂")
    assert device.maker == "某厂"


@pytest.mark.enforces("collection", article="luohe-livestock:12")
@pytest.mark.enforces("storage", article="luohe-livestock:12")
@pytest.mark.parametrize("kind", [DeviceKind.STATION, DeviceKind.STORAGE])
def test_collecting_equipment_has_its_unit_and_its_place(kind):
    for lacking in ({"asset": PLACED}, {"unit": factories.unit()}):
        with pytest.raises(register_errors.PlaceNeeded):
            enter(kind=kind, **lacking)
    device = enter(kind=kind, unit=factories.unit(), asset=PLACED)
    with pytest.raises(register_errors.PlaceNeeded):
        change(device, kind)


def test_what_is_scrapped_is_changed_no_more():
    device = enter()
    Device.objects.update(state=DeviceState.SCRAPPED)
    with pytest.raises(register_errors.Scrapped):
        change(device, maker="某厂")


def test_nothing_of_another_bureau_is_named():
    far = factories.stranger()
    with pytest.raises(NotOfThisAgency):
        enter(unit=factories.unit(of=far.agency))
    with pytest.raises(NotOfThisAgency):
        register.enter(far.agency, "X", facts(), by=factories.officer("kong"), at=NOON)
    with pytest.raises(NotOfThisAgency):
        register.change(enter(), facts(maker="x"), by=far, at=NOON)


def test_no_event_no_device(log_down):
    factories.officer("kong"), log_down()
    with pytest.raises(LogDown):
        enter(asset=BOUGHT)
    assert not Device.objects.exists()
    assert not Asset.objects.exists()


def test_no_event_no_change(log_down):
    device = enter()
    log_down()
    with pytest.raises(LogDown):
        change(device, maker="某厂", asset=BOUGHT)
    assert Device.objects.get().maker == ""
    assert not Asset.objects.exists()
