"""The register of devices."""

import pytest

import factories
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices.models import Device

CAMERA = {"device_no": "ZF-7", "kind": "body_camera", "maker": "某厂"}


@pytest.mark.enforces("devices")
def test_a_device_is_registered_with_its_event(as_):
    as_("kong").post("/devices/add/", CAMERA | {"unit": factories.unit().pk})
    assert Device.objects.get().unit == factories.unit()
    assert CustodyEvent.objects.filter(kind=Kind.DEVICE_REGISTERED, subject="device:ZF-7").exists()


@pytest.mark.enforces("devices")
def test_a_number_is_registered_once(as_):
    browser = as_("kong")
    browser.post("/devices/add/", CAMERA)
    again = browser.post("/devices/add/", CAMERA)
    assert again.context["form"].non_field_errors()
    assert Device.objects.count() == 1


def test_devices_are_listed(as_):
    factories.device("ZF-8")
    assert "ZF-8" in as_("zhou").get("/devices/").content.decode()
