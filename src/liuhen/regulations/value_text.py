"""A parameter's value as lines to read: what an officer proposes and a head approves."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy import values as s
from liuhen.engines.policy import vocabulary as v
from liuhen.engines.policy.periods import Period
from liuhen.regulations.words import label, period_text, together

NOT_SAID = frozenset({"article", "see", "from_date", "reading", "code"})
"""Shown elsewhere (the article, the date, the reading) or by the line it belongs to (a code)."""

SAID: dict[str, Promise] = {
    "period": _("保存期限：{value}"),
    "rule": _("保存期限：{value}"),
    "triggers": _("情形：{value}"),
    "on_disc": _("采取刻录光盘等方式保存"),
    "full_course": _("此类现场必须全程录音录像"),
    "on": _("情形：{value}"),
    "by": _("由{value}负责"),
    "clock": _("自{value}起算"),
    "limit": _("时限：{value}"),
    "hours": _("{value}小时内移交"),
    "receiver": _("接收：{value}"),
    "excuses": _("适用情形：{value}"),
    "causes": _("情形："),
    "consent": _("方式：{value}"),
    "posts": _("责任岗位：{value}"),
    "work_record": _("须制作工作记录，写明原因和依据"),
    "reviewed": _("工作记录须经审核"),
    "spoken_reason": _("恢复记录时须对中断原因作语音说明"),
    "written_statement": _("事后须书面说明情况"),
    "matters": _("应当记录："),
    "listed": _("范围：{value}"),
    "rights": _("涉及：{value}"),
    "start": _("自{value}时开始"),
    "end": _("至{value}时结束"),
    "carriers": _("现场由{value}人携带设备"),
    "photos_at_key_points": _("相关证据和关键执法节点另用照相机拍照"),
    "phrase": _("告知用语：{value}"),
    "book": _("告知用语依照：{value}"),
    "tell_others": _("同时告知现场其他有关人员"),
    "items": _("项目："),
    "focus": _("重点摄录"),
    "battery_at_least": _("领用时电量不低于{value}%"),
    "free_at_least": _("领用时剩余空间不少于{value}GB"),
    "clock_within": _("领用时时钟偏差不超过{value}秒"),
    "at_least_per_unit": _("每个执法机构不少于{value}台"),
    "busy_people_per_device": _("执法任务较多的机构每{value}人至少一台"),
    "people_per_device": _("执法任务较少的机构每{value}人至少一台"),
    "standard": _("执行外部标准：{value}"),
    "window_camera": _("受理窗口安装视频监控"),
    "first_responsible": _("第一责任人：{value}"),
    "keeper_per_device": _("每台设备指定专人管理"),
    "user_answers": _("谁使用、谁负责"),
    "maintained_by": _("管理维护：{value}"),
    "issued_by": _("登记发放：{value}"),
    "supervised_by": _("监督检查：{value}"),
    "fields": _("项目：{value}"),
    "media": _("存储介质：{value}"),
    "keeper": _("保管：{value}"),
    "folder": _("文件夹：{value}"),
    "by_case": _("逐日逐案存储"),
    "party_dossier": _("同一执法对象的文字和音像记录集中存储（一户式）"),
    "steps": _("审批顺序："),
    "act": _("{value}"),
    "register_fields": _("登记：{value}"),
    "letter": _("须出具调阅函和有效证件"),
    "evidence_note": _("须附文字说明"),
    "never_secret": _("依法应当保密的一律不得公开"),
    "disc": _("复制为光盘"),
    "into_case_file": _("光盘附卷"),
    "copies": _("一式{value}份"),
    "kinds": _("保密范围：{value}"),
    "rhythm": _("周期：{value}"),
    "what": _("内容：{value}"),
    "percent": _("抽查比例：{value}%"),
    "questions": _("检查内容："),
    "number": _("第（{value}）项"),
    "text": _("{value}"),
    "duties": _("逾期未办即列为线索：{value}"),
    "signs": _("发现下列情况即列为线索：{value}"),
    "suspends": _("停止执法：{value}"),
    "no_awards": _("取消当年评优评先资格"),
    "deliberate_full_price": _("故意损坏的按原价赔偿"),
    "through": _("维修联系：{value}"),
}
"""By field. Without `{value}`: what a Yes says, or the heading of a list."""

SAID_OF: dict[tuple[type[s.Part], str], Promise] = {
    (s.Interruption, "posts"): _("工作记录报：{value}"),
    (s.CannotGoOn, "posts"): _("立即报告：{value}"),
}
"""Where a field means something else on this value."""

UNSAID: dict[str, Promise] = {
    "work_record": _("不要求制作工作记录"),
    "spoken_reason": _("不要求语音说明"),
    "written_statement": _("不要求书面说明"),
    "disc": _("不要求刻录光盘"),
}
"""What a No says, where a pack must say Yes or No."""

MISSING: dict[str, Promise] = {
    "rhythm": _("周期：制度未写明，由本单位设定"),
    "percent": _("抽查比例：制度未写明，由本单位设定"),
}
"""What an open question says, where the bureau has to answer it."""

DUTIES: dict[str, Promise] = {
    "handover": _("按时移交音像资料"),
    "identify": _("确认使用人"),
    "shortfall": _("补足设备配备"),
    "repair": _("处理设备报修"),
    "loss": _("查处设备遗失"),
    "work_record": _("补写工作记录"),
    "paper_review": _("审核未记录材料"),
    "stop_report": _("阅知无法继续记录报告"),
    "statement": _("提交书面说明"),
    "inspection": _("监督检查"),
    "review": _("音像资料评查"),
    "daily_check": _("日常检查"),
    "collection": _("收回设备"),
    "playback": _("调阅回放检查"),
    "budget": _("编列年度经费"),
    "disc_check": _("检查光盘"),
    "correction": _("整改"),
}


def describe_value(value: s.Value) -> tuple[str, ...]:
    """Its lines in the reader's language, at least one; items of a list each on their own."""
    lines = OWN[type(value)](value) if type(value) in OWN else generic(value)
    return tuple(lines) or (gettext("未作具体规定"),)


def generic(value: s.Part, *, but: frozenset[str] = NOT_SAID) -> Iterator[str]:
    for name, field in type(value).model_fields.items():
        if name not in but:
            said = SAID_OF.get((type(value), name))
            yield from field_lines(
                name, getattr(value, name), must_say=field.is_required(), said=said
            )


def field_lines(
    name: str, held: Any, *, must_say: bool = False, said: Promise | None = None
) -> Iterator[str]:
    """Nothing for what is left out, unless leaving it out says something."""
    if isinstance(held, bool):
        if held or must_say:
            yield str(SAID[name] if held else UNSAID[name])
    elif held is None:
        if name in MISSING:
            yield str(MISSING[name])
    elif isinstance(held, tuple) and held and isinstance(held[0], s.Part):
        yield str(SAID[name])
        yield from (f"{n}. {item_text(item)}" for n, item in enumerate(held, start=1))
    elif held != ():
        yield str(said or SAID[name]).format(value=in_words(name, held))


def in_words(name: str, held: Any) -> str:
    """A code, a period, a number or a text as words; several of them in one line."""
    if isinstance(held, tuple):
        return together(in_words(name, one) for one in held)
    if isinstance(held, StrEnum):
        return str(label(held))
    if isinstance(held, Period):
        return period_text(held)
    if name == "duties":
        return str(DUTIES.get(held, held))
    return str(held)


def item_text(item: s.Part) -> str:
    """One line of a list: its text, then in brackets what else it says."""
    if isinstance(item, s.Step):
        posts = gettext("或者").join(str(label(post)) for post in item.posts)
        return gettext("{posts}{act}").format(posts=posts, act=label(item.act))
    code = getattr(item, "code", None)
    said = str(getattr(item, "text", ""))
    more = list(generic(item, but=NOT_SAID | {"text", "number"}))
    if isinstance(code, StrEnum) and plain(str(label(code))) != plain(said):
        more.insert(0, gettext("归入：{kind}").format(kind=label(code)))
    more = [one for one in more if one != said]
    if not more:
        return said
    return gettext("{text}（{more}）").format(text=said, more=gettext("；").join(more))


def plain(text: str) -> str:
    """Without what parts words, so that only another meaning is said twice."""
    return text.replace("、", "").replace("或者", "")


def retention(value: s.Retention) -> Iterator[str]:
    """A floor is never printed as a bare term."""
    text = period_text(value.period) if value.period else str(label(value.rule))
    if value.rule == v.TermRule.AT_LEAST:
        text = gettext("至少{period}").format(period=text)
    yield str(SAID["period"]).format(value=text)


def handover(value: s.Handover) -> Iterator[str]:
    """移交：执法活动结束当日，交资料管理部门负责人."""
    if value.limit == v.Limit.SAME_DAY:
        limit = gettext("{clock}当日").format(clock=label(value.clock))
    else:
        limit = gettext("{clock}后{hours}小时内").format(
            clock=label(value.clock), hours=value.hours
        )
    yield gettext("移交：{limit}，交{receiver}").format(limit=limit, receiver=label(value.receiver))
    if isinstance(value, s.HandoverExcused):
        yield from field_lines("excuses", value.excuses)


def exemption(value: s.Exemption) -> Iterator[str]:
    yield from field_lines("causes", value.causes)
    posts = together(in_words("posts", post) for post in value.posts)
    if value.consent == v.Consent.BEFORE:
        yield gettext("须事先经其中一人同意：{posts}").format(posts=posts)
    else:
        yield gettext("事后报：{posts}").format(posts=posts)
    yield from field_lines("work_record", value.work_record, must_say=True)
    yield from field_lines("reviewed", value.reviewed)


def must_record(value: s.MustRecord) -> Iterator[str]:
    yield from field_lines("matters", value.matters)
    others = value.matters and value.listed == v.Listed.BY_MATTER_LIST
    if others:
        yield gettext("其他事项：{listed}").format(listed=label(value.listed))
    else:
        yield from field_lines("listed", value.listed)


def notice(value: s.Notice) -> Iterator[str]:
    if not (value.phrase or value.book):
        yield gettext("告知当事人正在进行音像记录")
    phrase = value.phrase and value.phrase.replace("{names}", gettext("（执法人员姓名）"))
    yield from field_lines("phrase", phrase)
    yield from generic(value, but=NOT_SAID | {"phrase"})


def chain(value: s.Chain) -> Iterator[str]:
    if not value.steps:
        yield gettext("无须审批")
    yield from generic(value)


def breaches(value: s.Breaches) -> Iterator[str]:
    """By the number the article gives, which need not be the place in the list."""
    for line in value.items:
        yield gettext("（{n}）").format(n=line.number) + item_text(line)


OWN: dict[type[s.Value], Callable[[Any], Iterator[str]]] = {
    s.Retention: retention,
    s.RetentionAsEvidence: retention,
    s.Handover: handover,
    s.HandoverExcused: handover,
    s.Exemption: exemption,
    s.MustRecord: must_record,
    s.Notice: notice,
    s.Chain: chain,
    s.Breaches: breaches,
}
