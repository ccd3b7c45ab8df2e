"""A list of devices taken in: all of it, or nothing."""

from datetime import date
from decimal import Decimal

import pytest

import factories
from devices.registered import enter
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices import importing, sheet, table_errors
from liuhen.devices.models import Asset, Device
from liuhen.engines.paper import tables
from liuhen.people.filled import Row
from liuhen.people.permissions import NotPermitted
from liuhen.people.roles import Role
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("bureau")

ZF = {sheet.NUMBER: "ZF-1", sheet.KIND: "执法记录仪"}
WHOLE = ZF | {
    sheet.UNIT: "监督一科", sheet.MAKER: "某厂", sheet.KEEPER: "孔管设备（kong）",
    sheet.FIRST: "王科长", sheet.PROOF: "是", sheet.CAPACITY: "128", sheet.ASSET_NO: "ZC-1",
    sheet.PRICE: "2980.5", sheet.ACQUIRED: "2026-01-04",
}  # fmt: skip


def rows(*said: dict[str, str]) -> list[Row]:
    """As they come out of a file."""
    texts = [[one.get(head, "") for head in sheet.HEADS] for one in said]
    return sheet.read(tables.saved(tables.book_of(sheet.TABLE, texts)))


def take_in(*said: dict[str, str], by: str = "kong") -> list[Device]:
    cast()
    return importing.take_in(factories.agency(), rows(*said), by=factories.officer(by), at=NOON)


def cast() -> None:
    factories.unit()
    for login in ("kong", "wang"):
        factories.officer(login)


def faults(*said: dict[str, str]) -> list[tuple[int, str, str]]:
    """Row, column and words of all that is wrong."""
    cast()
    checked = importing.check(factories.agency(), rows(*said))
    return [(one.row.number, fault.column, fault.said) for one in checked for fault in one.faults]


@pytest.mark.enforces("assets", article="neiqiu-health:21")
def test_a_whole_row_is_a_device_with_its_asset():
    [device] = take_in(WHOLE)
    asset = Asset.objects.get(device=device)
    assert (device.unit.name, device.keeper.login) == ("监督一科", "kong")
    assert (device.first_responsible.login, device.is_explosion_proof) == ("wang", True)
    assert device.capacity_bytes == 128 * 10**9
    assert (asset.asset_no, asset.unit_price) == ("ZC-1", Decimal("2980.5"))
    assert asset.acquired_date == date(2026, 1, 4)


def test_a_bare_row_is_a_device_without():
    take_in(ZF)
    assert not Asset.objects.exists()


def test_each_device_has_its_event_and_the_list_one():
    take_in(ZF, ZF | {sheet.NUMBER: "ZF-2"})
    assert kinds("device:ZF-1") == kinds("device:ZF-2") == [Kind.DEVICE_REGISTERED]
    assert CustodyEvent.objects.filter(kind=Kind.DEVICES_IMPORTED).count() == 1


def test_one_wrong_row_and_nothing_is_taken_in():
    with pytest.raises(table_errors.TableFaulty, match="2 行中有 1 行"):
        take_in(ZF, {sheet.NUMBER: "ZF-2"})
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        (sheet.NUMBER, "", "不能为空"),
        (sheet.NUMBER, "x" * 51, "不能超过 50"),
        (sheet.NUMBER, "zf-0", "已登记"),
        (sheet.KIND, "", "不能为空"),
        (sheet.KIND, "无人机", "无人机"),
        (sheet.UNIT, "没有科", "没有科"),
        (sheet.KEEPER, "王科长", "不是本单位在岗的设备管理员"),
        (sheet.FIRST, "沈审计", "没有可担任第一责任人"),
        (sheet.PROOF, "有", "“是”或“否”"),
        (sheet.CAPACITY, "0", "大于 0"),
        (sheet.CAPACITY, "128GB", "大于 0"),
        (sheet.PRICE, "1.234", "至多两位小数"),
        (sheet.QUANTITY, "0", "整数"),
        (sheet.ACQUIRED, "2026年", "日期"),
        (sheet.PLACE, "x" * 101, "不能超过 100"),
    ],
)
def test_what_is_wrong_is_said_with_row_and_column(column, text, words):
    enter("ZF-0"), factories.officer("shen")
    [(number, found, said)] = faults(ZF | {sheet.NUMBER: "ZF-9"}, ZF | {column: text})
    assert (number, found) == (3, column)
    assert words in said


def test_twice_in_the_file_is_wrong_in_both_rows():
    found = faults(ZF, ZF | {sheet.NUMBER: "zf-1"})
    assert [(number, column) for number, column, _said in found] == [
        (2, "设备编号"),
        (3, "设备编号"),
    ]


def test_two_of_one_name_are_told_apart_by_login():
    factories.officer("kong2", Role.KEEPER, unit=None)
    other = factories.officer("kong2")
    other.name = "孔管设备"
    other.save()
    [(_row, _column, said)] = faults(ZF | {sheet.KEEPER: "孔管设备"})
    assert "多人" in said
    assert take_in(ZF | {sheet.KEEPER: "孔管设备（kong2）"})[0].keeper == other


@pytest.mark.enforces("storage", article="luohe-livestock:12")
def test_collecting_equipment_wants_unit_and_place():
    found = faults(ZF | {sheet.KIND: "采集设备"})
    assert [column for _row, column, _said in found] == [sheet.UNIT, sheet.PLACE]


def test_another_bureaus_numbers_are_free_and_its_people_and_units_unknown():
    far = factories.stranger("far", Role.KEEPER)
    factories.unit("别处科", of=far.agency)
    far.agency.devices.create(device_no="ZF-1", kind="camera", registered_at=NOON)
    found = faults(ZF | {sheet.UNIT: "别处科", sheet.KEEPER: "far"})
    assert [column for _row, column, _said in found] == [sheet.UNIT, sheet.KEEPER]


def test_who_manages_no_devices_imports_none():
    with pytest.raises(NotPermitted):
        take_in(ZF, by="cai")


def test_no_event_no_devices(log_down):
    cast()
    log_down()
    with pytest.raises(LogDown):
        take_in(WHOLE)
    assert not Device.objects.exists()


def test_many_rows_cost_no_more_queries(django_assert_max_num_queries):
    cast()
    many = [ZF | {sheet.NUMBER: f"N-{n}", sheet.ASSET_NO: f"Z{n}"} for n in range(150)]
    with django_assert_max_num_queries(40):
        assert len(take_in(*many)) == 150


def test_the_template_offers_what_there_is_and_is_read_as_empty():
    factories.unit(), factories.officer("kong")
    made = sheet.template(["监督一科"], [factories.officer("kong")])
    with pytest.raises(table_errors.TableEmpty):
        sheet.read(made)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"no workbook", table_errors.NotATable), (None, table_errors.TableHeads)],
)
def test_what_is_no_list_of_devices_is_refused(content, refusal):
    other = tables.Table("别表", ("甲", "乙"), (10, 10), most=5)
    with pytest.raises(refusal):
        sheet.read(content or tables.saved(tables.book_of(other, [["1", "2"]])))


def test_what_is_exported_can_be_taken_in_again():
    [device] = take_in(WHOLE)
    rows = Device.objects.select_related("unit", "keeper", "first_responsible", "asset")
    [said] = sheet.exported(rows)
    assert said[: len(sheet.HEADS)] == tuple(
        (WHOLE | {sheet.QUANTITY: "1", sheet.FIRST: "王科长（wang）", sheet.PRICE: "2980.50"}).get(
            head, ""
        )
        for head in sheet.HEADS
    )
    assert len(said) == len(sheet.HEADS) + len(sheet.MORE)
    assert device.device_no == said[0]
