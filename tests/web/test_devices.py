"""The register of devices: list, filter, export, entering one."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices import sheet
from liuhen.devices.models import Asset, Device
from liuhen.people.models import Officer

CAMERA = {"device_no": "ZF-7", "kind": "body_camera", "maker": "某厂"}


def camera(device_no: str, **more) -> Device:
    facts = {"kind": "body_camera", "registered_at": NOON} | more
    return factories.agency().devices.create(device_no=device_no, **facts)


def listed(browser, **asked) -> list[str]:
    page = browser.get("/devices/", asked).context["page"]
    return [device.device_no for device in page]


@pytest.mark.enforces("devices")
def test_a_device_is_registered_with_its_event(as_):
    kong = factories.officer("kong")
    said = {"unit": factories.unit().pk, "keeper": kong.pk, "capacity": "128", "unit_price": "9.5"}
    as_(kong).post("/devices/add/", CAMERA | said)
    device = Device.objects.get()
    assert (device.unit, device.keeper) == (factories.unit(), kong)
    assert device.capacity_bytes == 128 * 10**9
    assert CustodyEvent.objects.filter(kind=Kind.DEVICE_REGISTERED, subject="device:ZF-7").exists()


@pytest.mark.enforces("devices")
def test_a_number_is_registered_once(as_):
    browser = as_("kong")
    browser.post("/devices/add/", CAMERA)
    again = browser.post("/devices/add/", CAMERA)
    assert again.context["form"].non_field_errors()
    assert Device.objects.count() == 1


def test_an_asset_stands_in_the_list_and_is_found(as_):
    as_("kong").post("/devices/add/", CAMERA | {"asset_no": "ZC-42"})
    camera("ZF-8")
    assert Asset.objects.get().asset_no == "ZC-42"
    assert listed(as_("zhou"), words="zc-4") == ["ZF-7"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["A", "B", "C"]),
        ({"words": "sn9"}, ["B"]),
        ({"kind": "station"}, ["C"]),
        ({"state": "out"}, ["B"]),
        ({"explosion_proof": "on"}, ["A"]),
        ({"lacks_keeper": "on"}, ["B", "C"]),
        ({"words": "没有"}, []),
    ],
)
def test_the_filter_finds(as_, asked, found):
    camera("A", is_explosion_proof=True, keeper=factories.officer("kong"))
    camera("B", state="out", serial_no="SN99")
    camera("C", kind="station")
    assert listed(as_("zhou"), **asked) == found


def test_unit_and_keeper_are_filtered_by(as_):
    kong, unit = factories.officer("kong"), factories.unit("监督二科")
    camera("A", keeper=kong)
    camera("B", unit=unit)
    assert listed(as_("zhao"), keeper=kong.pk) == ["A"]
    assert listed(as_("zhao"), unit=unit.pk) == ["B"]


def test_a_head_sees_the_units_alone(as_):
    wang = factories.officer("wang")
    camera("A", unit=wang.unit)
    camera("B", unit=factories.unit("监督二科"))
    camera("C")
    assert listed(as_(wang)) == ["A"]
    assert "unit" not in as_(wang).get("/devices/").context["form"].fields


@pytest.mark.enforces("upkeep", article="neiqiu-health:9")
@pytest.mark.enforces("accountability", article="neiqiu-health:9")
def test_the_list_says_which_lack_a_keeper_and_which_article_asks(as_):
    camera("A")
    page = as_("kong").get("/devices/")
    assert page.context["unkept"] == 1
    assert 'href="/rules/articles/9/"' in page.content.decode()


@pytest.mark.enforces("collection", article="luohe-livestock:12")
def test_the_list_says_when_there_is_nothing_to_collect_with(as_):
    factories.agency().adoptions.update(pack_id="luohe-livestock")
    assert as_("kong").get("/devices/").context["lacks_collecting"]
    camera("C", kind="station")
    assert not as_("kong").get("/devices/").context["lacks_collecting"]


def test_htmx_gets_the_rows_alone(as_):
    camera("A")
    answer = as_("zhou").get("/devices/", headers={"HX-Request": "true", "HX-Target": "results"})
    assert "<html" not in answer.content.decode()


def test_the_empty_register_says_what_to_do(as_):
    assert "还没有登记设备" in as_("kong").get("/devices/").content.decode()
    assert "没有符合条件" in as_("kong").get("/devices/", {"words": "x"}).content.decode()


def test_a_number_that_was_scanned_is_offered(as_):
    page = as_("kong").get("/devices/add/", {"no": "ZF-9"})
    assert page.context["form"]["device_no"].value() == "ZF-9"


def test_an_exported_list_may_be_sent_in_again(as_):
    """Its devices are known by their numbers; what was added to it is not refused for its heads."""
    browser = as_("kong")
    factories.device()
    content = b"".join(browser.get("/devices/export/"))
    sent = {"file": SimpleUploadedFile("a.xlsx", content)}
    wrong = browser.post("/devices/import/", sent).context["wrong"]
    assert [one.row.texts[0] for one in wrong] == ["ZF-001"]


@pytest.mark.enforces("assets", article="neiqiu-health:21")
def test_the_export_has_what_the_list_finds_with_its_assets(as_):
    Asset.objects.create(
        device=camera("A", serial_no="=1+1"), asset_no="ZC-1", unit_price="2980.00"
    )
    camera("B")
    answer = as_("cai").get("/devices/export/", {"words": "zc-1"})
    rows = list(load_workbook(io.BytesIO(b"".join(answer))).active.iter_rows(values_only=True))
    assert rows[0] == (*sheet.HEADS, *sheet.MORE)
    told = dict(zip(rows[0], rows[1], strict=True))
    assert (told["设备编号"], told["序列号"], told["单价（元）"]) == ("A", "=1+1", "2980.00")
    assert len(rows) == 2


def many(n: int, keeper: Officer) -> None:
    made = Device.objects.bulk_create(
        Device(
            agency=keeper.agency,
            device_no=f"N-{i:05}",
            kind="body_camera",
            unit=factories.unit(),
            keeper=keeper if i % 2 else None,
            registered_at=NOON + timedelta(seconds=i),
        )
        for i in range(n)
    )
    Asset.objects.bulk_create(Asset(device=one, asset_no=f"Z{one.pk}") for one in made)


def test_more_devices_cost_no_more_queries(as_, django_assert_max_num_queries):
    kong = factories.officer("kong")
    browser = as_(kong)
    many(120, kong)
    with django_assert_max_num_queries(22):
        assert len(listed(browser, page="2")) == 50
    with django_assert_max_num_queries(12):
        b"".join(browser.get("/devices/export/"))
