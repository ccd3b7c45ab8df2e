"""What the system does, while recordings are watched, for articles on what is said and filmed."""

from django.utils.translation import gettext_lazy as _

from liuhen.regulations.enforcement_rows import Rows, T, built

PLAYER: tuple[Rows, ...] = (
    built(
        T.NOTICE,
        _(
            "播放时标注告知的时刻，标注即记入保管链；配置语音识别模型的，"
            "可自动查找告知用语所在位置，经人确认后标注。"
        ),
        "recordings.marks.add",
        "recordings.speech.listen",
    ),
    built(
        T.OPENING_STATEMENT,
        _("播放时列出开始记录时应当口述的各项内容，逐项标注说明的时刻，尚未标明的项数随时显示。"),
        "recordings.marks.add",
        "cases.points.standing",
    ),
    built(
        T.SHOT_LIST,
        _(
            "播放时列出应当重点摄录的内容，逐项标注画面所在时刻，缺项一目了然；可从原件截取单帧画面。"
        ),
        "recordings.marks.add",
        "recordings.snapshots.take",
        "cases.points.standing",
    ),
    built(
        T.SITE,
        _("各台设备的录像按校正后的时间同步播放，现场照片对应到同一时间轴上，点按即到拍摄时刻。"),
        "cases.timeline.of",
    ),
)
