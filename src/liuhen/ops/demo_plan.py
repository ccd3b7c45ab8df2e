"""Who works in the demonstration bureau, and what lies on its cards. Data, not code."""

from dataclasses import dataclass

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
    device_no: str
    kind: str
    unit: str
    cert_no: str | None
    clips: tuple[Clip, ...]


CARDS = (
    Card(
        "ZF-0007",
        "body_camera",
        "执法一中队",
        "13082100123",
        (
            Clip(1, "09:30:15", "mp4", "shop", 30),
            Clip(1, "09:31:00", "mp4", "shop", 24),
            Clip(1, "15:02:40", "mp4", "warehouse", 20, gap=(8.0, 13.0)),
            Clip(0, "08:50:05", "mp4", "office", 20),
        ),
    ),
    Card(
        "ZF-0008",
        "body_camera",
        "执法一中队",
        "13082100124",
        (
            Clip(1, "09:30:22", "mp4", "shop", 24),
            Clip(2, "10:12:00", "mov", "stable", 20),
            Clip(2, "10:40:30", "mp4", "stable", 20, cut=0.55),
        ),
    ),
    Card(
        "ZF-0012",
        "body_camera",
        "执法二中队",
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
        "camera",
        "执法一中队",
        "13082100123",
        (
            Clip(1, "09:35:10", "photo", "shop"),
            Clip(1, "09:36:02", "photo", "shop"),
            Clip(2, "10:20:33", "photo", "stable"),
        ),
    ),
    Card(
        "LY-0002",
        "voice_recorder",
        "执法二中队",
        "13082100131",
        (
            Clip(3, "14:50:00", "wav", "office", 25),
            Clip(5, "11:30:00", "amr", "office", 20),
        ),
    ),
    Card(
        "SJ-0001",
        "handheld_terminal",
        "执法二中队",
        None,
        (Clip(4, "16:20:00", "mp4", "shop", 16),),
    ),
)
