"""What a finding means, in the words of an officer: a fact to look at, no verdict on anyone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuhen.recordings.models import Recording
from liuhen.web import structure_text
from liuhen.web.evidence_text import rows_of


@dataclass(frozen=True)
class Text:
    """`colour` is how much it matters: red harms the evidence, orange wants a look, azure tells."""

    title: str | Promise
    explanation: str | Promise
    colour: str


TEXTS: dict[str, Text] = {
    "unreadable": Text(
        _("无法解析"), _("没有任何解码器能读出其内容。原始文件照样封存，可送专业机构恢复。"), "red"
    ),
    "examiner_crashed": Text(
        _("检验程序异常退出"),
        _("解析该文件时检验进程意外退出，文件可能已损坏或结构异常。原始文件未受影响。"),
        "red",
    ),
    "examiner_limit": Text(
        _("检验超出限制"),
        _("解析该文件所需的时间、内存、画面尺寸或输出超出上限，检验中止。原始文件未受影响。"),
        "orange",
    ),
    "empty": Text(
        _("空文件"), _("文件长度为零，设备可能在写入前断电。照样留存，以备查证。"), "red"
    ),
    "zeroed": Text(
        _("内容有一段全为零"),
        _("文件开头或结尾有一段从未写入数据，常见于录制中断电或存储卡故障。"),
        "red",
    ),
    "truncated": Text(
        _("文件不完整"),
        _("文件在其自身结构所示的结尾之前中断，常见于断电或拔卡过早。已有部分照样封存。"),
        "red",
    ),
    "index_missing": Text(
        _("索引缺失"),
        _("文件没有写入画面索引，通常是录制未正常结束。内容可能需要专门工具恢复。"),
        "orange",
    ),
    "checksum_mismatch": Text(
        _("自带校验值不符"),
        _("文件某一部分与文件自身记载的校验值不符，可能写入出错或在入库前被改动。"),
        "orange",
    ),
    "no_streams": Text(_("没有音视频内容"), _("文件外壳完整，但其中没有画面也没有声音。"), "red"),
    "decode_error": Text(
        _("解码出错"), _("首个画面或首段声音无法解码，内容可能已损坏。"), "orange"
    ),
    "timestamp_gap": Text(_("录制间断"), _("这段时间没有录到内容，请核实中断原因。"), "orange"),
    "timestamp_jump": Text(
        _("时间跳变"), _("时间戳倒退或大幅跳跃，可能是设备故障或文件经过拼接。"), "orange"
    ),
    "duration_mismatch": Text(_("时长不一致"), _("文件声明的时长与实际内容的时长不符。"), "orange"),
    "black": Text(
        _("画面全黑"),
        _(
            "这段时间画面为黑色，没有拍到内容，可能是镜头被盖住、完全没有光线或摄像头故障，"
            "请核实原因。"
        ),
        "orange",
    ),
    "covered": Text(
        _("画面疑似被遮挡"),
        _(
            "这段时间画面不黑，但看不出任何细节，镜头可能被衣物、手掌等遮挡，或画面完全模糊，"
            "请回看核实。"
        ),
        "orange",
    ),
    "frozen": Text(
        _("画面静止不动"),
        _(
            "这段时间画面停在同一帧，而时间仍在走，画面上的时钟可能照常跳动。可能是设备卡顿，"
            "请回看核实。"
        ),
        "orange",
    ),
    "silent": Text(
        _("静音"),
        _("这段时间有音轨，但没有录到任何声音，麦克风可能被关闭、堵住或损坏，请核实原因。"),
        "orange",
    ),
    "no_sound": Text(
        _("没有音轨"),
        _("该视频只有画面，没有录音。设备本应同步录音的，请核实录音功能是否被关闭。"),
        "azure",
    ),
    "scan_incomplete": Text(
        _("画面或声音未全部检查"),
        _("检查用时已到上限，黑屏、遮挡、静止、静音等情形没有全部查找。已查到的照常列出。"),
        "azure",
    ),
    "extension_mismatch": Text(
        _("扩展名不符"), _("文件扩展名与实际格式不一致，按实际格式处理。"), "azure"
    ),
    "metadata_damaged": Text(
        _("附加信息损坏"), _("画面可以显示，但拍摄参数等附加信息无法读取。"), "azure"
    ),
    "time_implausible": Text(
        _("时间不可信"),
        _("该来源的时间早于 2000 年或晚于入库时间，设备时钟可能未校准，排序时不采用。"),
        "orange",
    ),
    "time_zone_shift": Text(
        _("时间相差八小时"),
        _("两处时间恰好相差八小时，通常是设备把北京时间写成了世界时，并非录制时间不同。"),
        "azure",
    ),
    "time_disagreement": Text(
        _("时间来源不一致"), _("两处记载的时间相差超过两分钟，请核对设备时钟。"), "orange"
    ),
    "time_of_copy": Text(
        _("文件时间晚于录制时间"),
        _("文件系统记载的时间晚于录制结束，文件可能经过复制或中转。仅作提示。"),
        "azure",
    ),
    "device_disagreement": Text(
        _("设备编号不一致"),
        _("文件名所示的设备编号与采集时填写的不同，请核实设备。两者均照原样保留。"),
        "orange",
    ),
    "clock_corrected": Text(
        _("已校正设备时钟"),
        _(
            "设备时钟经测定与系统时间不一致，录制时间已扣除偏差。"
            "设备记载的时间照原样保留在时间来源中。"
        ),
        "azure",
    ),
    "not_checked_out": Text(
        _("录制时设备无人领用"),
        _("校正后的录制时间不在任何一次领用期间，请核实当时由何人使用，领用、归还是否漏登。"),
        "orange",
    ),
    "before_activity": Text(
        _("早于到达现场"),
        _("录制在使用人登记的到达现场时间之前已经结束，请核实是否属于该次执法活动。"),
        "orange",
    ),
    "after_activity": Text(
        _("晚于离开现场"),
        _("录制在使用人登记的离开现场时间之后才开始，请核实是否属于事后补录。"),
        "orange",
    ),
    "holder_disagreement": Text(
        _("领用人与采集时填写的不一致"),
        _("录制时设备由他人领用，录制人已按领用登记确定。如有误，请在“归属”中更正。"),
        "orange",
    ),
}
TEXTS |= {code: Text(*words) for code, words in structure_text.FINDINGS.items()}
SEVERITY = ("red", "orange", "azure")


def text_of(code: str) -> Text:
    """The words for `code`; one that has none yet is shown as it is."""
    return TEXTS.get(code) or Text(code, "", "orange")


@dataclass(frozen=True)
class Shown:
    """A finding with its words; `start` and `end` in seconds, None where it is about the whole."""

    code: str
    text: Text
    start: float | None
    end: float | None
    evidence: list[tuple[str, str]]


def findings_of(recording: Recording) -> list[Shown]:
    """A recording's findings: the gravest first, then by place."""
    shown = [
        Shown(
            row.code,
            text_of(row.code),
            None if row.start_seconds is None else float(row.start_seconds),
            None if row.end_seconds is None else float(row.end_seconds),
            list(rows_of(row.evidence)),
        )
        for row in recording.findings.all()
    ]
    return sorted(shown, key=lambda one: (SEVERITY.index(one.text.colour), one.start or 0.0))
