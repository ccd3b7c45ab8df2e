"""A device taken out of use for good."""

import pytest

import factories
from devices.mending_cast import used
from devices.registered import enter
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.devices import compensating, errors, losing, register_errors, scrapping
from liuhen.devices.losing import Loss
from liuhen.devices.models import Device, DeviceState
from liuhen.people.errors import NotOfThisAgency
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("bureau")


def scrap(device: Device) -> None:
    scrapping.scrap(device, reason="主板烧毁", by=factories.officer("kong"), at=NOON)


def in_state(state: str) -> Device:
    device = enter()
    Device.objects.filter(pk=device.pk).update(state=state)
    device.refresh_from_db()
    return device


@pytest.mark.enforces("assets", article="neiqiu-health:21")
@pytest.mark.parametrize("state", [DeviceState.READY, DeviceState.REPAIR, DeviceState.LOST])
def test_a_device_is_scrapped_with_its_event(state):
    scrap(in_state(state))
    assert Device.objects.get().state == DeviceState.SCRAPPED
    assert kinds("device:ZF-7") == [Kind.DEVICE_REGISTERED, Kind.DEVICE_SCRAPPED]


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (DeviceState.OUT, "devices.still_out"),
        (DeviceState.SCRAPPED, "devices.scrapped"),
    ],
)
def test_what_is_not_in_the_house_is_not_scrapped(state, code):
    device = in_state(state)
    with pytest.raises(scrapping.WHY_NOT[state]) as no:
        scrap(device)
    assert no.value.code == code
    assert Device.objects.get().state == state
    assert not scrapping.may_scrap(device)


def test_two_at_once_scrap_it_once():
    one, other = enter(), Device.objects.get()
    scrap(one)
    with pytest.raises(register_errors.Scrapped):
        scrap(other)
    assert kinds("device:ZF-7").count(Kind.DEVICE_SCRAPPED) == 1


def test_its_number_is_not_given_again():
    scrap(enter())
    with pytest.raises(errors.DeviceNoTaken):
        enter()


@pytest.mark.parametrize("state", ["reported", "under_way", "finished"])
def test_an_open_repair_is_seen_to_first(state):
    device, kong = enter(), factories.officer("kong")
    device.repair_tickets.create(
        agency=device.agency, state=state, fault="x", reported_at=NOON, reported_by=kong
    )
    with pytest.raises(register_errors.RepairOpen):
        scrap(device)


@pytest.mark.enforces("compensation", article="neiqiu-health:12")
def test_who_pays_for_it_is_seen_to_first():
    lost = used("li").device
    report = losing.report(
        lost, Loss(NOON, "途中遗失", True), by=factories.officer("kong"), at=NOON
    )
    lost.refresh_from_db()
    with pytest.raises(register_errors.CaseOpen):
        scrap(lost)
    zhao = factories.officer("zhao")
    compensating.waive(report.compensations.get(), reason="被盗，已报案", by=zhao, at=NOON)
    scrap(lost)
    assert Device.objects.get().state == DeviceState.SCRAPPED


def test_a_stranger_scraps_nothing():
    device = enter()
    with pytest.raises(NotOfThisAgency):
        scrapping.scrap(device, reason="x", by=factories.stranger(), at=NOON)


def test_no_event_no_scrapping(log_down):
    device = enter()
    log_down()
    with pytest.raises(LogDown):
        scrap(device)
    assert Device.objects.get().state == DeviceState.READY
