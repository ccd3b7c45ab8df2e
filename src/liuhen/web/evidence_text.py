"""A finding's evidence, named in the officer's words; the values stay as they were found."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.recordings.models import TimeOrigin

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
}
SIDES = ("first", "second")
LENGTHS = ("seconds", "header_seconds", "content_seconds", "to_seconds")
DAY = 86_400


def rows_of(evidence: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(name, value) of each piece; an unknown name is shown as it is."""
    for name, value in evidence.items():
        if value in (None, "", 0):
            continue
        yield str(NAMES.get(name, name)), value_of(name, value)


def value_of(name: str, value: Any) -> str:
    if name in SIDES:
        return side(str(value))
    if name in LENGTHS:
        return length(float(value))
    return str(value)


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
