"""The register as an Excel file: what is filled in, what is read of it, what is handed out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import translation

from liuhen.devices.facts import GB
from liuhen.devices.models import Asset, Device, DeviceKind, DeviceState
from liuhen.devices.tables import read as read_table
from liuhen.engines.paper import tables
from liuhen.engines.paper.tables import EXAMPLE, Table
from liuhen.kernel.clock import in_china
from liuhen.people.filled import Row
from liuhen.people.models import Officer

NUMBER, KIND, UNIT, MAKER, MODEL, SERIAL = (
    "设备编号", "设备类型", "使用科室", "品牌（制造商）", "型号", "序列号",
)  # fmt: skip
KEEPER, FIRST, PROOF, CAPACITY, REMARKS = (
    "设备管理员", "第一责任人", "是否防爆", "存储容量（GB）", "备注",
)  # fmt: skip
ASSET_NO, ASSET_NAME, CATEGORY, SPECIFICATION, PRICE, QUANTITY = (
    "资产编号", "资产名称", "分类代码", "规格", "单价（元）", "数量",
)  # fmt: skip
INVOICE, FUNDS, FORM, MANAGING, PLACE, ACQUIRED = (
    "发票号", "经费来源", "采购组织形式", "管理部门", "存放地点", "购置日期",
)  # fmt: skip
HEADS = (
    NUMBER, KIND, UNIT, MAKER, MODEL, SERIAL, KEEPER, FIRST, PROOF, CAPACITY, REMARKS,
    ASSET_NO, ASSET_NAME, CATEGORY, SPECIFICATION, PRICE, QUANTITY, INVOICE, FUNDS, FORM,
    MANAGING, PLACE, ACQUIRED,
)  # fmt: skip
WIDTHS = (16, 14, 18, 16, 16, 20, 18, 18, 10, 14, 24, 18, 18, 14, 16, 12, 8, 18, 14, 14, 18, 18, 14)
YES, NO = "是", "否"
MOST_DEVICES = 2000
MORE = ("状态", "登记日期")
"""What an export tells beyond what an import takes."""

TABLE = Table(
    "设备",
    HEADS,
    WIDTHS,
    most=MOST_DEVICES,
    decimals=frozenset({CAPACITY, PRICE}),
    dates=frozenset({ACQUIRED}),
    beside=MORE,
)
NOTES = (
    "一、在“设备”表中填写，每台一行，不要改动第一行的表头，不要合并单元格，不要填写公式。",
    "二、设备编号、设备类型必填。编号按机身或资产标签填写，本单位内不得重复，登记后不能修改，报废后也不再使用。",
    "三、设备类型、使用科室、设备管理员从下拉列表中选择；科室须先在“科室管理”中添加。",
    "四、设备管理员须为担任“设备管理员”岗位的人员；第一责任人不填的，按制度规定确定。"
    "填写姓名即可，重名的写作“姓名（登录名）”。",
    "五、采集站、采集器、专用电脑登记为“采集设备”，移动硬盘登记为“存储设备”，须填写使用科室和存放地点。",
    "六、分类代码按《固定资产等资产基础分类与代码》（GB/T 14885）填写。单价单位为元，至多两位小数。"
    "购置日期写作 2026-01-05。",
    "七、固定资产各栏没有的不填；数量不填的按 1 计。",
    f"八、一次至多导入 {MOST_DEVICES} 台。编号以“{EXAMPLE}”开头的行不导入。",
    "九、设备口令不在表中填写，登记后在设备页面单独设置。",
)


def read(content: bytes) -> list[Row]:
    """The file's devices. Refuses: as `devices.tables.read`."""
    return read_table(TABLE, content)


def kinds() -> dict[str, DeviceKind]:
    """By the file's own words."""
    with translation.override("zh-hans"):
        return {str(kind.label): kind for kind in DeviceKind}


def name_of(officer: Officer | None) -> str:
    """As the drop-down writes it; two may have one name."""
    return f"{officer.name}（{officer.login}）" if officer else ""


def template(units: Sequence[str], keepers: Iterable[Officer]) -> bytes:
    kept_by = [name_of(officer) for officer in keepers]
    example = (
        *("ZF-0001", next(iter(kinds())), units[0] if units else "", "某厂", "DSJ-1", "SN0001"),
        *(kept_by[0] if kept_by else "", "", NO, "128", ""),
        *("ZC-2026-0001", "执法记录仪", "", "1080P", "2980.00", "1", "", "财政拨款", "政府采购"),
        *("办公室", "装备室", "2026-01-05"),
    )
    offered = {KIND: list(kinds()), UNIT: units, KEEPER: kept_by, PROOF: (YES, NO)}
    return tables.template(TABLE, example=example, offered=offered, notes=NOTES)


def with_faults(rows: Iterable[tuple[Row, str]]) -> bytes:
    """The same rows again, each with what is wrong with it; may be put right and sent in."""
    return tables.with_faults(TABLE, ((row.texts, said) for row, said in rows))


def exported(devices: Iterable[Device]) -> Iterator[tuple[Any, ...]]:
    """A row each, as HEADS and MORE. Never the password, nor whether there is one."""
    with translation.override("zh-hans"):
        words = {str(one): str(one.label) for one in (*DeviceKind, *DeviceState)}
    for device in devices:
        asset = getattr(device, "asset", None) or Asset()
        yield (
            *(device.device_no, words[device.kind], str(device.unit or "")),
            *(device.maker, device.model, device.serial_no),
            *(name_of(device.keeper), name_of(device.first_responsible)),
            *(YES if device.is_explosion_proof else NO, gb_text(device.capacity_bytes)),
            *(device.remarks, asset.asset_no, asset.asset_name, asset.category_code),
            *(asset.specification, plain(asset.unit_price), str(asset.quantity)),
            *(asset.invoice_no, asset.funds, asset.procurement_form, asset.managing_unit),
            *(asset.place, plain(asset.acquired_date), words[device.state]),
            f"{in_china(device.registered_at):%Y-%m-%d}",
        )


def plain(value: Any) -> str:
    return "" if value is None else str(value)


def gb_text(capacity_bytes: int | None) -> str:
    """128, or 0.5; nothing where it is unknown."""
    return "" if capacity_bytes is None else f"{capacity_bytes / GB:.15g}"
