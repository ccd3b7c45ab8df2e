"""What the player says by itself, and the marks that have a number key."""

from django.utils.translation import gettext as _

from liuhen.recordings.models import MarkKind

QUICK_KINDS = (
    MarkKind.NOTICE,
    MarkKind.CREDENTIALS,
    MarkKind.PURPOSE,
    MarkKind.INTERRUPTION,
    MarkKind.KEY_OBJECT,
    MarkKind.SIGNATURE,
    MarkKind.OTHER,
)
"""By their number keys, 1 to 7."""


def words() -> dict[str, str]:
    """Names in braces are filled in by the script."""
    return of_the_picture() | of_what_stands_beside_it()


def of_the_picture() -> dict[str, str]:
    return {
        "nothing": _("此时段无录像"),
        "opening": _("正在打开……"),
        "locked": _("无权查看该资料"),
        "noGrant": _("没有查看许可，请在资料页面申请调阅"),
        "examining": _("正在检验，完成后即可查看"),
        "rendering": _("正在生成可播放版本"),
        "notPlayable": _("浏览器无法播放该文件，原始文件已原样封存"),
        "disposed": _("原件已期满销毁，不能查看"),
        "failed": _("播放中断，请重试。"),
        "ask": _("申请调阅"),
        "noAnswer": _("服务器没有响应，未作改动。请检查网络后重试。"),
        "skipped": _("已跳过无录像时段 {length}"),
        "sound": _("录音"),
    }


def of_what_stands_beside_it() -> dict[str, str]:
    return {
        "marked": _("已标记：{kind} {at}"),
        "unmarked": _("标记已撤销，保管链中仍可查到。"),
        "unmark": _("撤销标记“{kind}”？标记和撤销都会记入保管链。"),
        "noFilm": _("此刻没有可标记的录像。"),
        "snapped": _("已截取画面并记入保管链。"),
        "snapping": _("正在从原始文件截取……"),
        "lost": _("截图文件已不在，可重新截取"),
        "loopFrom": _("循环起点 {at}"),
        "loop": _("循环 {from} – {until}"),
        "loopOff": _("已取消循环"),
        "end": _("已到末尾"),
        "noMarks": _("还没有标记。播放到要点时按 M 键。"),
        "noSnapshots": _("还没有截图。"),
        "noTrack": _("当前画面的文件没有定位信息。"),
        "onePlace": _("文件只记载了一处位置"),
        "shownBy": _("{by} 标记于 {at}"),
        "tickedBy": _("已由 {by} 确认"),
        "arrived": _("到达"),
        "ended": _("检查结束"),
        "left": _("离开"),
        "reverse": _("倒放 {rate}×"),
        "notListened": _("尚未对当前画面的资料进行识别。"),
        "listening": _("正在识别，长录像需要几分钟，可先继续查看……"),
        "heardNothing": _("没有听到告知用语和说明。识别可能有误，请以录像为准。"),
        "metres": _("{n} 米"),
        "kilometres": _("{n} 公里"),
    }
