"""A device's own password: sealed, shown to its keeper, every look told."""

import pytest

import factories
from devices.registered import enter
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices import passwords, register_errors
from liuhen.devices.models import Device, DeviceState
from liuhen.people.errors import NotOfThisAgency
from liuhen.people.permissions import NotPermitted
from liuhen.people.roles import Role
from people.told import LogDown, kinds

pytestmark = [
    pytest.mark.usefixtures("bureau"),
    pytest.mark.enforces("devices", article="neiqiu-health:14"),
]
SECRET = "记录仪-8642"


def locked(**more) -> Device:
    device = enter(**more)
    passwords.keep(device, SECRET, by=factories.officer("zhou"), at=NOON)
    return device


def show(device: Device, login: str = "kong") -> str:
    return passwords.show(device, by=factories.officer(login), at=NOON)


def test_its_keeper_reads_it_and_the_log_tells():
    device = locked(keeper=factories.officer("kong"))
    assert show(device) == SECRET
    assert kinds("device:ZF-7")[1:] == [Kind.DEVICE_PASSWORD_SET, Kind.DEVICE_PASSWORD_SHOWN]


def test_it_lies_sealed_and_is_in_no_event():
    device = locked()
    show(device)
    device.refresh_from_db()
    entries = b"".join(bytes(event.entry) for event in CustodyEvent.objects.all())
    assert SECRET.encode() not in entries
    assert SECRET not in device.sealed_password
    assert SECRET.encode().hex() not in device.sealed_password


def test_another_keeper_reads_it_only_where_nobody_keeps_it():
    other = factories.officer("other", Role.KEEPER)
    mine, nobodys = locked(keeper=factories.officer("kong")), locked(device_no="ZF-8")
    assert passwords.show(nobodys, by=other, at=NOON) == SECRET
    with pytest.raises(register_errors.NotItsKeeper):
        passwords.show(mine, by=other, at=NOON)
    assert Kind.DEVICE_PASSWORD_SHOWN not in kinds("device:ZF-7")


def test_a_keeper_who_left_the_post_leaves_it_to_the_others():
    gone = factories.officer("gone", Role.KEEPER)
    device = locked(keeper=gone)
    gone.role_holdings.all().delete()
    assert show(device) == SECRET


@pytest.mark.parametrize("login", ["zhou", "wang", "zhao", "sun", "shen"])
def test_nobody_else_reads_it(login):
    device = locked()
    with pytest.raises(NotPermitted):
        show(device, login)


def test_the_look_is_told_before_anything_is_shown(monkeypatch, log_down):
    device = locked()
    monkeypatch.setattr(passwords, "unsealed", lambda device: pytest.fail("shown untold"))
    log_down()
    with pytest.raises(LogDown):
        show(device)


def test_what_fails_after_the_look_leaves_it_in_the_log():
    device = locked()
    Device.objects.update(sealed_password="00" * 40)
    with pytest.raises(register_errors.PasswordUnreadable):
        show(device)
    assert kinds("device:ZF-7")[-1] == Kind.DEVICE_PASSWORD_SHOWN


def test_it_opens_in_no_other_devices_row():
    device, other = locked(), enter("ZF-8")
    sealed = Device.objects.get(pk=device.pk).sealed_password
    Device.objects.filter(pk=other.pk).update(sealed_password=sealed)
    with pytest.raises(register_errors.PasswordUnreadable):
        show(other)


def test_where_none_is_kept_none_is_shown():
    device = locked()
    passwords.keep(device, "", by=factories.officer("kong"), at=NOON)
    with pytest.raises(register_errors.NoPassword):
        show(device)
    assert Kind.DEVICE_PASSWORD_SHOWN not in kinds("device:ZF-7")


def test_who_manages_no_devices_sets_none():
    for login in ("li", "wang", "cai"):
        with pytest.raises(NotPermitted):
            passwords.keep(enter(login), "x", by=factories.officer(login), at=NOON)


def test_a_stranger_neither_sets_nor_reads_one():
    device, far = locked(), factories.stranger("far", Role.KEEPER)
    with pytest.raises(NotOfThisAgency):
        passwords.keep(device, "x", by=far, at=NOON)
    with pytest.raises(NotOfThisAgency):
        passwords.show(device, by=far, at=NOON)


def test_what_is_scrapped_gets_none():
    device = enter()
    Device.objects.update(state=DeviceState.SCRAPPED)
    with pytest.raises(register_errors.Scrapped):
        passwords.keep(device, "x", by=factories.officer("kong"), at=NOON)


def test_no_event_no_password(log_down):
    device, kong = enter(), factories.officer("kong")
    log_down()
    with pytest.raises(LogDown):
        passwords.keep(device, SECRET, by=kong, at=NOON)
    assert Device.objects.get().sealed_password == ""


def test_the_longest_fits_its_column():
    device = enter()
    passwords.keep(device, "😀" * passwords.LONGEST, by=factories.officer("kong"), at=NOON)
    assert len(Device.objects.get().sealed_password) <= 600
