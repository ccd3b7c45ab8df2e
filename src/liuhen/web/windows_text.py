"""What a recorder's codes and a camera's states are called on a screen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.devices.models import WindowGap
from liuhen.engines.media.streams import Lost
from liuhen.recordings.window_states import State

LOST: dict[str, Promise] = {
    Lost.UNREACHABLE: gettext_lazy("摄像机没有应答。请检查电源、网线和地址。"),
    Lost.SIGN_IN: gettext_lazy("摄像机拒绝登录。请核对摄像机的用户名和密码。"),
    Lost.NOT_FOUND: gettext_lazy("摄像机上没有该路径。请按说明书核对地址中主机之后的部分。"),
    Lost.REFUSED: gettext_lazy("摄像机拒绝提供视频，可能连接数已满。请断开其他客户端后重试。"),
    Lost.NOT_A_STREAM: gettext_lazy("该地址不是视频流。请核对主机和端口。"),
    Lost.NO_VIDEO: gettext_lazy("没有可以录制的画面。请在摄像机上将编码设为 H.264 或者 H.265。"),
    Lost.SILENT: gettext_lazy("摄像机不再发送画面。请检查网络和摄像机。"),
    Lost.ENDED: gettext_lazy("摄像机断开了连接。请检查网络和摄像机。"),
    Lost.STORE_FULL: gettext_lazy("服务器磁盘空间不足。请尽快清理或者扩充磁盘。"),
    Lost.STORE_FAILED: gettext_lazy("服务器磁盘写入失败。请检查磁盘。"),
    Lost.CRASHED: gettext_lazy("录制进程意外终止，已自动重新启动。"),
}

STATES: dict[State, tuple[str, Promise]] = {
    State.NOT_SET_UP: ("secondary", gettext_lazy("未设置")),
    State.OFF: ("secondary", gettext_lazy("已停用")),
    State.NO_WORKER: ("red", gettext_lazy("后台进程未运行")),
    State.LOST: ("red", gettext_lazy("中断")),
    State.CONNECTING: ("azure", gettext_lazy("正在连接")),
    State.RECORDING: ("green", gettext_lazy("正在录制")),
}
"""Colour and words."""


def lost_text(code: str) -> str:
    return str(LOST.get(code, code))


@dataclass(frozen=True)
class ToldGap:
    """A gap as it is read; what lasts is reckoned up to `at`."""

    gap: WindowGap
    at: datetime

    @property
    def detail(self) -> str:
        return lost_text(self.gap.detail)

    @property
    def length(self) -> str:
        return length_text((self.gap.ended_at or self.at) - self.gap.began_at)


def length_text(length: timedelta) -> str:
    """To the second; what is shorter is said to be."""
    seconds = int(length.total_seconds())
    if seconds < 1:
        return _("不足1秒")
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    if hours:
        return _("%(h)d小时%(m)d分%(s)d秒") % {"h": hours, "m": minutes, "s": rest}
    if minutes:
        return _("%(m)d分%(s)d秒") % {"m": minutes, "s": rest}
    return _("%(s)d秒") % {"s": rest}


CODECS = {"h264": "H.264", "hevc": "H.265", "mjpeg": "MJPEG", "mpeg4": "MPEG-4", "aac": "AAC",
          "pcm_alaw": "G.711A", "pcm_mulaw": "G.711U", "av1": "AV1"}  # fmt: skip


def seen_text(seen: dict[str, Any]) -> str:
    """What a probe found the camera to send."""
    said = _("画面 %(codec)s，%(width)s×%(height)s") % {
        "codec": codec(seen["video"]),
        "width": seen["width"],
        "height": seen["height"],
    }
    if seen.get("fps"):
        said += _("，每秒 %(fps)g 帧") % {"fps": seen["fps"]}
    if not seen.get("audio"):
        return said + _("；无声音")
    return said + _("；声音 %(codec)s") % {"codec": codec(seen["audio"])}


def left_out_text(seen: dict[str, Any]) -> str:
    """What will not be recorded of what the camera sends; '' for nothing."""
    left_out = "、".join(codec(one) for one in seen.get("left_out", []))
    return _("不能录制的部分：%(codecs)s") % {"codecs": left_out} if left_out else ""


def codec(name: str) -> str:
    return CODECS.get(name, name.upper())
