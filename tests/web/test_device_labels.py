"""Labels to print, and where a scanned one leads."""

import re
from urllib.parse import quote

import pytest

import factories
from factories import NOON
from liuhen.devices.models import Device
from liuhen.web.views import device_labels
from liuhen.web.views.device_labels import ON_A_SHEET, content_of, is_known_elsewhere


def cameras(n: int, **more) -> list[Device]:
    facts = {"agency": factories.agency(), "kind": "body_camera", "registered_at": NOON} | more
    return [Device.objects.create(device_no=f"ZF {i:03}/甲", **facts) for i in range(n)]


def numbers(answer) -> list[list[str]]:
    """By sheet; "" for a place left free."""
    return [
        [label.device.device_no if label.device else "" for label in sheet]
        for sheet in answer.context["sheets"]
    ]


def test_the_devices_ticked_are_printed(as_):
    one, _two, three = cameras(3)
    answer = as_("kong").get("/devices/labels/", {"ticked": "1", "pk": [one.pk, three.pk]})
    assert numbers(answer) == [["ZF 000/甲", "ZF 002/甲"]]
    assert answer.content.decode().count("<svg") == 2


@pytest.mark.parametrize("pks", [[], ["x", "9" * 40, "²"]])
def test_none_ticked_is_none_printed(as_, pks):
    cameras(1)
    assert numbers(as_("kong").get("/devices/labels/", {"ticked": "1", "pk": pks})) == []


def test_what_the_list_finds_is_printed_but_for_what_is_gone(as_):
    cameras(2)
    Device.objects.filter(device_no="ZF 001/甲").update(state="scrapped")
    assert numbers(as_("kong").get("/devices/labels/", {"words": "zf"})) == [["ZF 000/甲"]]
    assert numbers(as_("kong").get("/devices/labels/", {"words": "没有"})) == []


def test_a_sheet_that_was_begun_is_used_up(as_):
    cameras(3)
    [sheet, rest] = numbers(as_("kong").get("/devices/labels/", {"used": "22"}))
    assert sheet == [""] * 22 + ["ZF 000/甲", "ZF 001/甲"]
    assert rest == ["ZF 002/甲"]


def test_many_come_some_sheets_at_a_time(as_, monkeypatch):
    monkeypatch.setattr(device_labels, "SHEETS", 1)
    cameras(ON_A_SHEET + 1)
    assert [len(sheet) for sheet in numbers(as_("kong").get("/devices/labels/"))] == [ON_A_SHEET]
    assert numbers(as_("kong").get("/devices/labels/", {"page": "2"})) == [["ZF 024/甲"]]


@pytest.mark.parametrize(
    ("host", "known"),
    [("localhost:8000", False), ("127.0.0.1:9", False), ("[::1]:8000", False),
     ("192.168.1.9:8000", True), ("liuhen.gov", True)],
)  # fmt: skip
def test_the_code_is_an_address_others_can_open_else_the_number(rf, settings, bureau, host, known):
    settings.ALLOWED_HOSTS = ["*"]
    request = rf.get("/", headers={"Host": host})
    assert is_known_elsewhere(request) == known
    [device] = cameras(1)
    address = f"http://{host}/devices/scan/?no=ZF+000%2F{quote('甲')}"
    assert content_of(request, device) == (address if known else "ZF 000/甲")


def test_a_scanned_label_leads_to_its_device(as_):
    [device] = cameras(1)
    for typed in ("ZF 000/甲", " zf 000/甲 ", "ＺＦ 000/甲"):
        answer = as_("kong").get("/devices/scan/", {"no": typed})
        assert answer.headers["Location"] == f"/devices/{device.pk}/"


def test_a_number_nobody_has_can_be_registered(as_):
    answer = as_("kong").get("/devices/scan/", {"no": "新/1&2"})
    assert answer.status_code == 404
    [way] = re.findall(r'href="(/devices/add/[^"]+)"', answer.content.decode())
    assert way == f"/devices/add/?no={quote('新/1&2', safe='')}"


def test_who_registers_none_is_told_without_a_way(as_):
    answer = as_("wang").get("/devices/scan/", {"no": "新1"})
    assert "/devices/add/" not in answer.content.decode()


def test_another_units_label_leads_its_head_nowhere(as_):
    cameras(1, unit=factories.unit("监督二科"))
    assert as_("wang").get("/devices/scan/", {"no": "ZF 000/甲"}).status_code == 404


def test_without_a_number_it_asks_for_one(as_):
    assert as_("kong").get("/devices/scan/").status_code == 200


@pytest.mark.parametrize("way", ["", "http://192.168.1.9:8000/devices/scan/?no="])
def test_a_scanned_label_opens_the_counter_too(as_, way):
    [device] = cameras(1)
    typed = f"{way}ZF+000%2F{quote('甲')}" if way else device.device_no
    panel = as_("kong").get("/devices/kiosk/panel/", {"no": typed})
    assert panel.context["device"] == device


def test_an_address_that_is_none_is_a_number_nobody_has(as_):
    for typed in ("http://[", "https://x/?no=", "http://x/"):
        assert as_("kong").get("/devices/scan/", {"no": typed}).status_code == 404
