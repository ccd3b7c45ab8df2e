"""How a duty reads on a screen: what it is, whose, by when, how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.custody import log
from liuhen.custody import queries as custody
from liuhen.custody.kinds import Kind
from liuhen.duties.grounds import grounds_of
from liuhen.duties.handing_in import Basis
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.duties.overdue import is_late
from liuhen.engines.policy.vocabulary import Clock, Post
from liuhen.kernel.clock import in_china
from liuhen.regulations import wording
from liuhen.web.rules_text import article_title, numeral

COLOURS = {
    DutyState.OPEN: "azure",
    DutyState.DONE: "green",
    DutyState.DONE_LATE: "orange",
    DutyState.WAIVED: "secondary",
}
STANDS_IN: dict[str, Promise] = {
    Clock.ACTIVITY_END: gettext_lazy("活动结束时间未登记，暂以录制结束时间起算。"),
    Clock.MATTER_END: gettext_lazy("执法事项办结时间未登记，暂以录制结束时间起算。"),
    Clock.RETURN_TO_UNIT: gettext_lazy("返回单位时间未登记，暂按通常期限核算。"),
}
COUNTED_FROM: dict[int, Promise] = {
    Basis.ACTIVITY: gettext_lazy("自执法活动 %(number)s 离开现场时起算。"),
    Basis.RETURN: gettext_lazy("执法活动 %(number)s 符合延后移交的情形，自返回单位时起算。"),
}
HOW: dict[str, Promise] = {
    DutyKind.HANDOVER: gettext_lazy("资料采集入库并封存即为移交，由系统按封存时间认定。"),
    DutyKind.IDENTIFY: gettext_lazy("在该件资料页面的“归属”中确认录制人后，本事项自动办结。"),
    DutyKind.COLLECTION: gettext_lazy(
        "办理领用归还的单位，当日领出的设备全部归还后，本事项自动办结；也可在全部收回后手工办结。"
    ),
    DutyKind.SHORTFALL: gettext_lazy("登记新设备并归入该科室、达到配备标准后，本事项自动办结。"),
    DutyKind.BUDGET: gettext_lazy(
        "在“年度经费”中上报该年度或下一年度的经费计划后，本事项自动办结。"
    ),
    DutyKind.REPAIR: gettext_lazy("报修单登记为已修好或者无法修复后，本事项自动办结。"),
    DutyKind.WORK_RECORD: gettext_lazy("在登记页面补写工作记录并提交后，本事项自动办结。"),
    DutyKind.PAPER_REVIEW: gettext_lazy("在该材料页面同意、退回或者不同意后，本事项自动办结。"),
    DutyKind.STOP_REPORT: gettext_lazy("在报告页面点击“已阅知”后，本事项自动办结。"),
    DutyKind.STATEMENT: gettext_lazy("在报告页面提交书面说明后，本事项自动办结。"),
    DutyKind.DISC_CHECK: gettext_lazy(
        "在“光盘”中读取该光盘、登记检查结果后，本事项自动办结；有读取错误的，登记更换。"
    ),
    DutyKind.CORRECTION: gettext_lazy(
        "在整改页面提交整改情况，经发出人验收合格后，本事项按提交时间自动办结；验收期间不计时。"
    ),
    DutyKind.LOSS: gettext_lazy(
        "请查清设备中的音像资料是否已全部移交，填写查处情况后办结；设备找回的，自动办结。"
    ),
}
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def span_words(span: timedelta) -> str:
    """The largest whole unit: 2 天, 3 小时, 5 分钟; never less than a minute."""
    if span >= DAY:
        return _("%(n)d 天") % {"n": span // DAY}
    if span >= HOUR:
        return _("%(n)d 小时") % {"n": span // HOUR}
    return _("%(n)d 分钟") % {"n": max(span // MINUTE, 1)}


def due_words(due_at: datetime | None) -> str:
    """To the minute by China's clock; a limit at midnight is the end of the day before."""
    if due_at is None:
        return _("未规定期限")
    local = in_china(due_at)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"{local.date() - DAY} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


def period_words(duty: Duty) -> str:
    """Which day, month, quarter or year a recurring duty is for; "" for the others."""
    if "first" not in duty.facts:
        return ""
    first = date.fromisoformat(duty.facts["first"])
    said = {
        "working_day": first.isoformat(),
        "month": _("%(year)d 年 %(month)d 月"),
        "quarter": _("%(year)d 年第 %(quarter)d 季度"),
        "year": _("%(year)d 年度"),
    }[duty.facts["rhythm"]]
    quarter = (first.month + 2) // 3
    return said % {"year": first.year, "month": first.month, "quarter": quarter}


@dataclass(frozen=True)
class Told:
    """A duty as it stands `at` this instant."""

    duty: Duty
    at: datetime

    @property
    def is_open(self) -> bool:
        return self.duty.state == DutyState.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and is_late(self.duty.due_at, self.at)

    @property
    def title(self) -> str:
        duty = self.duty
        if duty.recording:
            return f"{duty.get_kind_display()} {duty.recording.number}"
        if duty.device:
            return f"{duty.get_kind_display()} {duty.device.device_no}"
        if "disc_no" in duty.facts:
            return f"{duty.get_kind_display()} {duty.facts['disc_no']}"
        if "correction" in duty.facts:
            return f"{duty.get_kind_display()} {duty.facts['correction']}"
        if "activity" in duty.facts:
            return f"{duty.get_kind_display()} {duty.facts['activity']}"
        return duty.facts.get("what") or str(duty.get_kind_display())

    @property
    def under_title(self) -> str:
        """What kind a recurring task is, and for which period."""
        if "what" not in self.duty.facts:
            return ""
        return f"{self.duty.get_kind_display()} · {period_words(self.duty)}"

    @property
    def whose(self) -> str:
        duty = self.duty
        if duty.owner:
            return duty.owner.name
        if duty.post == Post.OFFICER:
            return _("未确认归属")
        return str(wording.label(Post(duty.post)))

    @property
    def state(self) -> str:
        return _("已逾期") if self.is_overdue else str(self.duty.get_state_display())

    @property
    def colour(self) -> str:
        return "red" if self.is_overdue else COLOURS[DutyState(self.duty.state)]

    @property
    def due(self) -> str:
        if self.is_open and "handed_in_at" in self.duty.facts:
            return _("已提交，待验收")
        return due_words(self.duty.due_at)

    @property
    def left(self) -> str:
        """还剩 3 小时, 逾期 2 天; of one that is done, how late it was."""
        due_at, until = self.duty.due_at, self.duty.closed_at or self.at
        if due_at is None or self.duty.state in (DutyState.DONE, DutyState.WAIVED):
            return ""
        if is_late(due_at, until):
            return _("逾期 %(span)s") % {"span": span_words(until - due_at)}
        return _("还剩 %(span)s") % {"span": span_words(due_at - until)}

    @property
    def is_soon(self) -> bool:
        due_at = self.duty.due_at
        return self.is_open and due_at is not None and timedelta(0) < due_at - self.at < DAY

    @property
    def article(self) -> str:
        return article_title(self.duty.article)

    @property
    def why(self) -> list[tuple[str, str]]:
        """Each ground in words, with the pack's own reading where the article is open."""
        return [(wording.text_of(one), one.reading or "") for one in grounds_of(self.duty)]

    @property
    def stands_in(self) -> str | Promise:
        return STANDS_IN.get(self.duty.facts.get("stands_in", ""), "")

    @property
    def counted_from(self) -> str:
        """Of a handover: the activity whose end or return the time runs from."""
        said = COUNTED_FROM.get(self.duty.facts.get("basis", Basis.OWN))
        return str(said) % {"number": self.duty.facts["activity"]} if said else ""

    @property
    def how(self) -> str | Promise:
        return HOW.get(self.duty.kind, "")

    @property
    def breach(self) -> str:
        """Which breach the lateness may be; whether it is one, people decide."""
        if self.duty.breach_article is None or self.duty.breach_no is None:
            return ""
        return _("可能构成%(article)s第（%(no)s）项所列情形，须经人工认定。") % {
            "article": article_title(self.duty.breach_article),
            "no": numeral(self.duty.breach_no),
        }


@dataclass(frozen=True)
class Step:
    title: str
    at: datetime
    who: str = ""
    words: str = ""


def steps_of(duty: Duty, events: Iterable[custody.Told]) -> list[Step]:
    """What happened to it, oldest first. Where a record discharged it, that is a step as well."""
    steps = [Step(_("起算"), duty.started_at)]
    by_record = {
        DutyKind.HANDOVER: _("封存入库"),
        DutyKind.IDENTIFY: _("确认归属"),
        DutyKind.BUDGET: _("上报经费计划"),
        DutyKind.REPAIR: _("维修登记完毕"),
        DutyKind.WORK_RECORD: _("提交工作记录"),
        DutyKind.PAPER_REVIEW: _("作出审核意见"),
        DutyKind.STOP_REPORT: _("阅知报告"),
        DutyKind.STATEMENT: _("提交书面说明"),
        DutyKind.DISC_CHECK: _("读取光盘"),
        DutyKind.CORRECTION: _("整改验收合格"),
    }
    if duty.kind == DutyKind.LOSS and not duty.reason:
        by_record[DutyKind.LOSS] = _("设备找回")
    if duty.closed_at and duty.kind in by_record and duty.state != DutyState.WAIVED:
        who = duty.closed_by.name if duty.closed_by else ""
        steps.append(Step(by_record[DutyKind(duty.kind)], duty.closed_at, who))
    for told in events:
        who = "" if told.who == log.SYSTEM else told.who
        words = told.facts.get("note") or told.facts.get("reason") or ""
        if told.event.kind == Kind.DUTY_OVERDUE:
            # The event is from when it was noted, which a worker that was off may do days later.
            words = _("期限") + " " + due_words(duty.due_at)
        if told.event.kind == Kind.DUTY_REDATED:
            before = told.facts["before"]["due_at"]
            words = _("原期限") + " " + due_words(datetime.fromisoformat(before))
        steps.append(Step(told.event.get_kind_display(), told.event.at, who, words))
    return sorted(steps, key=lambda step: step.at)
