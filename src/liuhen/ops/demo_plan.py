"""Who works in the demonstration bureau, and what lies on its cards. Data, not code."""

from dataclasses import dataclass
from datetime import timedelta

AGENCY = "示范县综合执法局（演示）"


@dataclass(frozen=True)
class Place:
    """A unit; `head` is a login."""

    name: str
    kind: str
    head: str | None = None
    is_busy: bool = False


UNITS = (
    Place("执法一中队", "enforcement", "zhongduizhang", is_busy=True),
    Place("执法二中队", "enforcement", "qian"),
    Place("法制审核股", "legal", "fazhi"),
    Place("办公室", "office", "baoguan"),
)


@dataclass(frozen=True)
class Person:
    login: str
    name: str
    role: str
    unit: str | None = None
    cert_no: str | None = None


PEOPLE = (
    Person("xitong", "许志远", "system_admin"),
    Person("anquan", "安晓岚", "security_admin"),
    Person("shenji", "沈季平", "auditor"),
    Person("baoguan", "周文保", "custodian", "办公室"),
    Person("shebei", "石培林", "keeper", "办公室"),
    Person("caiwu", "冯慧", "finance", "办公室"),
    Person("zhongduizhang", "王建国", "unit_head", "执法一中队", "13082100107"),
    Person("li", "李明", "officer", "执法一中队", "13082100123"),
    Person("zhao", "赵倩", "officer", "执法一中队", "13082100124"),
    Person("qian", "钱海涛", "officer", "执法二中队", "13082100131"),
    Person("fazhi", "郑法宁", "legal_office", "法制审核股"),
    Person("juzhang", "陈立新", "bureau_head"),
    Person("ducha", "杜明远", "supervision"),
)


@dataclass(frozen=True)
class Clip:
    """`days` before today at `clock` (China), `what`: the container, `photo`, `wav` or `amr`.

    `cut` is the part kept of a card that was pulled out; `gap` seconds without a picture.
    """

    days: int
    clock: str
    what: str
    scene: str
    seconds: int = 20
    cut: float | None = None
    gap: tuple[float, float] | None = None


@dataclass(frozen=True)
class Card:
    """`ahead`: how much the device's clock is fast; one was never set since it was bought."""

    device_no: str
    cert_no: str | None
    clips: tuple[Clip, ...]
    ahead: timedelta = timedelta(0)


TASKS = ("餐饮单位日常检查", "学校食堂专项检查", "投诉举报现场核查", "执法文书送达")


CARDS = (
    Card(
        "ZF-0007",
        "13082100123",
        (
            Clip(1, "09:30:15", "mp4", "shop", 30),
            Clip(1, "09:31:00", "mp4", "shop", 24),
            Clip(1, "09:33:10", "mp4", "shop", 30),
            Clip(1, "15:02:40", "mp4", "warehouse", 20, gap=(8.0, 13.0)),
            Clip(0, "08:50:05", "mp4", "office", 20),
        ),
    ),
    Card(
        "ZF-0008",
        "13082100124",
        (
            Clip(1, "09:30:22", "mp4", "shop", 24),
            Clip(1, "09:30:48", "mp4", "shop", 30),
            Clip(2, "10:12:00", "mov", "stable", 20),
            Clip(2, "10:40:30", "mp4", "stable", 20, cut=0.55),
        ),
        ahead=timedelta(hours=8, minutes=3),
    ),
    Card(
        "ZF-0012",
        "13082100131",
        (
            Clip(3, "14:05:00", "ts", "warehouse", 18),
            Clip(3, "14:25:10", "avi", "warehouse", 14),
            Clip(5, "11:00:00", "3gp", "office", 14),
            Clip(5, "11:20:45", "mp4", "office", 18),
        ),
    ),
    Card(
        "XJ-0003",
        "13082100123",
        (
            Clip(1, "09:35:10", "photo", "shop"),
            Clip(1, "09:36:02", "photo", "shop"),
            Clip(2, "10:20:33", "photo", "stable"),
        ),
    ),
    Card(
        "LY-0002",
        "13082100131",
        (
            Clip(3, "14:50:00", "wav", "office", 25),
            Clip(5, "11:30:00", "amr", "office", 20),
        ),
    ),
    Card(
        "SJ-0001",
        None,
        (Clip(4, "16:20:00", "mp4", "shop", 16),),
    ),
)


@dataclass(frozen=True)
class Registered:
    """A device of the register; `price` in yuan, `keeper` a login, `gb` as its maker counts."""

    device_no: str
    kind: str
    unit: str
    maker: str
    model: str
    serial_no: str
    asset_no: str
    price: str
    place: str
    keeper: str | None = "shebei"
    gb: int | None = None
    is_explosion_proof: bool = False
    acquired: str = "2025-03-18"
    remarks: str = ""


FIRST, SECOND, OFFICE = "执法一中队", "执法二中队", "办公室"
DEVICES = (
    Registered("ZF-0007", "body_camera", FIRST, "海鹰", "DSJ-V9", "HY25030007",
               "ZC-2025-0107", "2980.00", "一中队装备柜", gb=64),
    Registered("ZF-0008", "body_camera", FIRST, "海鹰", "DSJ-V9", "HY25030008",
               "ZC-2025-0108", "2980.00", "一中队装备柜", gb=64),
    Registered("ZF-0009", "body_camera", FIRST, "海鹰", "DSJ-V9EX", "HY25030009",
               "ZC-2025-0109", "6800.00", "一中队装备柜", gb=64, is_explosion_proof=True,
               remarks="防爆合格证号见装备档案"),
    Registered("ZF-0012", "body_camera", SECOND, "海鹰", "DSJ-V9", "HY25030012",
               "ZC-2025-0112", "2980.00", "二中队装备柜", gb=64),
    Registered("XJ-0003", "camera", FIRST, "佳影", "C-200", "JY1190033",
               "ZC-2024-0031", "4599.00", "一中队装备柜", gb=32, acquired="2024-06-05"),
    Registered("LY-0002", "voice_recorder", SECOND, "清音", "R-16", "QY880002",
               "ZC-2024-0042", "698.00", "二中队装备柜", keeper=None, gb=16,
               acquired="2024-06-05"),
    Registered("SJ-0001", "handheld_terminal", SECOND, "讯通", "T50", "XT50-0001",
               "ZC-2025-0120", "3200.00", "二中队装备柜", gb=128),
    Registered("GD-0001", "fixed_camera", OFFICE, "海鹰", "IPC-4K", "HYIPC0001",
               "ZC-2025-0131", "1260.00", "一楼受理窗口"),
    Registered("CJ-0001", "station", OFFICE, "海鹰", "CJZ-20", "HYCJZ0001",
               "ZC-2025-0140", "18600.00", "办公室资料间", gb=4000, remarks="20 口采集站"),
    Registered("CC-0001", "storage", OFFICE, "磐石", "MD-8T", "PS8T0001",
               "ZC-2025-0141", "1899.00", "办公室资料间铁皮柜", gb=8000, remarks="离线备份盘"),
)  # fmt: skip


@dataclass(frozen=True)
class Early:
    """A day half a year ago: one device's card, all of it about one visit. `second`: a login."""

    card: Card
    place: str
    party: str
    second: str

    @property
    def days(self) -> int:
        return self.card.clips[0].days


def early(
    device_no: str, cert_no: str, days: int, clocks: tuple[str, ...], what: str, scene: str
) -> Card:
    return Card(device_no, cert_no, tuple(Clip(days, clock, what, scene, 6) for clock in clocks))


EARLY = (
    Early(
        early("ZF-0007", "13082100123", 212, ("09:12:00", "09:20:00", "09:31:00", "09:44:00"),
              "mp4", "shop"),
        "人民路21号", "某便利店", "zhao",
    ),
    Early(
        early("ZF-0009", "13082100124", 209, ("15:05:00", "15:16:00", "15:27:00", "15:39:00"),
              "mp4", "warehouse"),
        "工业园区1号仓库", "某商贸有限公司", "li",
    ),
    Early(
        early("ZF-0012", "13082100131", 206, ("10:10:00", "10:22:00", "10:35:00", "10:48:00"),
              "mp4", "stable"),
        "城关镇西街", "某养殖场", "li",
    ),
    Early(
        early("XJ-0003", "13082100123", 203, ("16:11:00", "16:19:00", "16:28:00"),
              "photo", "office"),
        "解放路8号", "某餐饮店", "zhao",
    ),
)  # fmt: skip
