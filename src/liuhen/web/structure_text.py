"""The words for signs that a file is not as its device wrote it: findings, and their evidence."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# code → (title, explanation, colour): see `findings_text.Text`.
FINDINGS: dict[str, tuple[Promise, Promise, str]] = {
    "re_encoded": (
        gettext_lazy("疑经重新编码或剪辑"),
        gettext_lazy(
            "文件中留有剪辑软件或电脑端编码程序的标识，执法记录设备一般不会写入。"
            "请与设备中的原始文件核对，并说明来源。"
        ),
        "orange",
    ),
    "rewrapped": (
        gettext_lazy("由通用程序封装"),
        gettext_lazy(
            "文件由通用封装程序写成，部分设备自身也使用此类程序，仅作提示。"
            "该设备以往文件均如此时不再提示。"
        ),
        "azure",
    ),
    "edit_list": (
        gettext_lazy("含剪辑列表"),
        gettext_lazy(
            "文件要求播放器跳过、重排或变速播放其中一段。被跳过的内容仍在原始文件中，"
            "请按时间段核对。"
        ),
        "orange",
    ),
    "saved_again": (
        gettext_lazy("疑经再次保存"),
        gettext_lazy("文件自身记载的修改时间明显晚于录制结束，录制后可能被另行保存。"),
        "orange",
    ),
    "clock_jump": (
        gettext_lazy("设备时钟疑被调整"),
        gettext_lazy("按设备时钟，起止之间的时间与实际录制时长不符，录制期间时钟可能被调整。"),
        "orange",
    ),
    "external_data": (
        gettext_lazy("内容不在本文件内"),
        gettext_lazy(
            "文件索引指向其他文件。系统不读取本文件以外的任何内容，请采集完整的原始文件。"
        ),
        "red",
    ),
    "unlike_device": (
        gettext_lazy("与该设备其他文件不同"),
        gettext_lazy(
            "文件的结构或编码方式与同一设备以往的文件不一致，可能经过转码、剪辑，"
            "或设备升级过固件。请核实来源。"
        ),
        "orange",
    ),
}

NAMES: dict[str, Promise] = {
    "confidence": gettext_lazy("把握"),
    "program": gettext_lazy("程序"),
    "nature": gettext_lazy("程序类别"),
    "field": gettext_lazy("字段"),
    "text": gettext_lazy("原文"),
    "does": gettext_lazy("表现"),
    "entries": gettext_lazy("列表条目"),
    "files": gettext_lazy("对比文件数"),
    "traits": gettext_lazy("不同之处"),
}
"""Of the evidence; what other findings name as well stands in `evidence_text`."""

WORDS: dict[str, dict[str, Promise]] = {
    "confidence": {
        "high": gettext_lazy("较高"),
        "medium": gettext_lazy("中等"),
        "low": gettext_lazy("较低"),
    },
    "nature": {
        "editor": gettext_lazy("剪辑软件"),
        "encoder": gettext_lazy("电脑端编码程序"),
        "muxer": gettext_lazy("通用封装程序"),
    },
    "does": {
        "hides": gettext_lazy("跳过一段内容"),
        "order": gettext_lazy("打乱先后次序"),
        "speed": gettext_lazy("改变播放速度"),
        "shorter": gettext_lazy("时钟走过的时间短于录制时长"),
        "changed_before_created": gettext_lazy("修改时间早于创建时间"),
    },
}

TRAITS: dict[str, Promise] = {
    "container": gettext_lazy("文件格式"),
    "brand": gettext_lazy("格式品牌"),
    "boxes": gettext_lazy("数据块次序"),
    "index": gettext_lazy("索引结构"),
    "writer": gettext_lazy("写入程序"),
    "program": gettext_lazy("软件标识"),
    "names": gettext_lazy("轨道名称"),
    "compressor": gettext_lazy("编码器名称"),
    "profile": gettext_lazy("编码规格"),
    "pix_fmt": gettext_lazy("像素格式"),
    "gop": gettext_lazy("关键帧间隔（帧）"),
    "reordered": gettext_lazy("双向预测帧"),
    "scales": gettext_lazy("时间刻度"),
    "sample_rate": gettext_lazy("采样率"),
    "channels": gettext_lazy("声道数"),
}


def word_of(name: str, value: Any) -> str | None:
    """The value of one piece of evidence in words; None if it has none of its own here."""
    if name == "traits" and isinstance(value, list):
        return _("；").join(differences(value))
    word = WORDS.get(name, {}).get(str(value))
    return None if word is None else str(word)


def differences(rows: Iterable[Any]) -> Iterable[str]:
    """Of `recordings.likeness`: rows of (trait, this file's, the others', how many)."""
    for trait, own, usual, files in rows:
        yield _("%(trait)s：本文件为“%(own)s”，其他 %(files)s 个文件为“%(usual)s”") % {
            "trait": TRAITS.get(trait, trait),
            "own": said(own),
            "usual": said(usual),
            "files": files,
        }


def said(value: str) -> str:
    return {"": _("无"), "True": _("有"), "False": _("无")}.get(value, value)
