"""A finding's evidence, named in the officer's words; the values stay as they were found."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.engines.media.clocks import How
from liuhen.kernel.clock import in_china
from liuhen.recordings.models import TimeOrigin
from liuhen.web import structure_text

NAMES: dict[str, str | Promise] = {
    "part": gettext_lazy("位置"),
    "missing_bytes": gettext_lazy("缺少字节"),
    "bytes": gettext_lazy("字节"),
    "why": gettext_lazy("原因"),
    "detail": gettext_lazy("详情"),
    "limit": gettext_lazy("所超上限"),
    "how": gettext_lazy("方式"),
    "track": gettext_lazy("轨道"),
    "packets": gettext_lazy("数据包"),
    "lost_packets": gettext_lazy("丢失数据包"),
    "kept_packets": gettext_lazy("现存数据包"),
    "more": gettext_lazy("另有同类"),
    "to_seconds": gettext_lazy("跳至"),
    "suffix": gettext_lazy("扩展名"),
    "content": gettext_lazy("实际格式"),
    "header_seconds": gettext_lazy("声明时长"),
    "content_seconds": gettext_lazy("实际时长"),
    "width": gettext_lazy("宽"),
    "height": gettext_lazy("高"),
    "claim": gettext_lazy("字段"),
    "raw": gettext_lazy("原文"),
    "first": gettext_lazy("其一"),
    "second": gettext_lazy("其二"),
    "seconds": gettext_lazy("相差"),
    "name": gettext_lazy("文件名所示"),
    "given": gettext_lazy("采集时填写"),
    "holder": gettext_lazy("领用人"),
    "offset_seconds": gettext_lazy("设备时钟"),
    "uncertainty_seconds": gettext_lazy("不确定度"),
    "measured_by": gettext_lazy("依据"),
    "shown_twice": gettext_lazy("时钟回拨"),
    "returned_at": gettext_lazy("上次归还"),
    "arrived_at": gettext_lazy("到达现场"),
    "left_at": gettext_lazy("离开现场"),
    "key_frames": gettext_lazy("所查关键帧"),
    "mean_luma": gettext_lazy("平均亮度"),
    "plain_share": gettext_lazy("无细节的部分"),
    "repeating_share": gettext_lazy("与前一帧相同的画面"),
    "peak_decibel": gettext_lazy("最大音量"),
}
PARTS: dict[str, str | Promise] = {
    "picture": gettext_lazy("画面"),
    "sound": gettext_lazy("声音"),
}
MEASURED_BY: dict[str, str | Promise] = {
    How.BETWEEN: gettext_lazy("前后两次测定，其间均匀推算"),
    How.AFTER: gettext_lazy("此前最近一次测定"),
    How.BEFORE: gettext_lazy("此后最近一次测定"),
    How.STEPPED: gettext_lazy("前后两次测定相差过大，时钟可能被调过"),
    How.SKIPPED: gettext_lazy("该时间在校时时被跳过，按校时时刻"),
}
MOMENTS = ("returned_at", "arrived_at", "left_at")
SIDES = ("first", "second")
SHARES = ("plain_share", "repeating_share")
LENGTHS = ("seconds", "header_seconds", "content_seconds", "to_seconds")
DAY = 86_400


def rows_of(evidence: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(name, value) of each piece; an unknown name is shown as it is."""
    for name, value in evidence.items():
        if value in (None, "", 0):
            continue
        named = NAMES.get(name) or structure_text.NAMES.get(name, name)
        yield str(named), value_of(name, value)


def value_of(name: str, value: Any) -> str:
    if (word := structure_text.word_of(name, value)) is not None:
        return word
    if name in SIDES:
        return side(str(value))
    if name == "offset_seconds":
        return ahead(Decimal(str(value)))
    if name == "uncertainty_seconds":
        return "±" + length(float(value))
    if name == "measured_by":
        return measured_by(str(value))
    if name == "shown_twice":
        return _("同一设备时间出现两次，取入库前较近的一次")
    if name in MOMENTS:
        return f"{in_china(datetime.fromisoformat(str(value))):%Y-%m-%d %H:%M:%S}"
    if name in LENGTHS:
        return length(float(value))
    return scanned(name, value) or str(value)


def scanned(name: str, value: Any) -> str | None:
    """What the scan of pictures and sound says; None for the evidence of others."""
    if name == "part" and value in PARTS:
        return str(PARTS[value])
    if name in SHARES:
        return f"{float(value):.0%}"
    return f"{value} dB" if name == "peak_decibel" else None


def measured_by(code: str) -> str:
    return str(MEASURED_BY.get(code, code))


def ahead(offset: Decimal) -> str:
    """Of a device's clock against the server's."""
    if not offset:
        return _("准确")
    told, part = length(float(abs(offset))), f"{abs(offset) % 1:.3f}"[1:]
    if abs(offset) >= 60 and part != ".000":
        # To the millisecond: whoever takes it off the device's time must come to the same.
        told = length(float(abs(offset) // 1)) + part
    return _("快 %(n)s") % {"n": told} if offset > 0 else _("慢 %(n)s") % {"n": told}


def side(text: str) -> str:
    """`header/exif:DateTime` → 文件内部信息 exif:DateTime."""
    origin, slash, field = text.partition("/")
    known = origin in TimeOrigin.values and slash
    return f"{TimeOrigin(origin).label} {field}" if known else text


def length(seconds: float) -> str:
    """Days and a clock; short ones with their fraction."""
    if abs(seconds) < 60:
        return _("%(n)s 秒") % {"n": f"{seconds:g}"}
    days, rest = divmod(round(seconds), DAY)
    told = f"{rest // 3600}:{rest // 60 % 60:02}:{rest % 60:02}"
    return _("%(days)d 天 %(clock)s") % {"days": days, "clock": told} if days else told
