"""How a disc reads on a screen: its colour, its course, what a reading came to."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.retention.disc_reading import DIFFERS, LINK, MISSING, UNREADABLE
from liuhen.retention.models import Disc, DiscCheck, DiscLoan, DiscState, Reading
from liuhen.web.mending_text import Step, course, name
from liuhen.web.rules_text import article_title

COLOURS = {
    DiscState.MADE: "secondary",
    DiscState.WRITTEN: "azure",
    DiscState.READ_BACK: "cyan",
    DiscState.STORED: "green",
    DiscState.LENT: "orange",
    DiscState.FAULTY: "red",
    DiscState.REPLACED: "secondary",
}
FAULTS = {
    MISSING: gettext_lazy("文件缺失"),
    DIFFERS: gettext_lazy("内容不一致"),
    UNREADABLE: gettext_lazy("无法读取"),
    LINK: gettext_lazy("是指向别处的链接，不是光盘上的文件"),
}


def steps_of(disc: Disc, checks: Sequence[DiscCheck], loans: Sequence[DiscLoan]) -> list[Step]:
    """What happened, then what is still to come. The lists are newest first, as shown."""
    made = disc.image.disc_set
    steps = [Step(_("编制"), made.made_at, name(made.made_by), made.purpose)]
    if disc.written_at:
        steps.append(Step(_("写入"), disc.written_at, name(disc.written_by)))
    happened = [Step(reading_title(one), one.at, name(one.by), result_of(one)) for one in checks]
    happened += [Step(_("借出"), one.lent_at, one.to_whom, loan_words(one)) for one in loans]
    happened += [
        Step(_("归还"), one.returned_at, name(one.returned_to), one.condition)
        for one in loans
        if one.returned_at
    ]
    if disc.stored_at:
        happened.append(Step(_("存放"), disc.stored_at, "", disc.place))
    steps += sorted(happened, key=lambda one: one.at or made.made_at)
    to_come = {
        DiscState.MADE: [_("写入"), _("回读核对"), _("存放")],
        DiscState.WRITTEN: [_("回读核对"), _("存放")],
        DiscState.READ_BACK: [_("存放")],
        DiscState.STORED: [_("定期检查")],
        DiscState.LENT: [_("归还")],
        DiscState.FAULTY: [_("更换")],
    }
    return course(steps, to_come.get(DiscState(disc.state), []))


def loan_words(loan: DiscLoan) -> str:
    """What for, and what allows it."""
    basis = loan.request_no or (article_title(loan.article) if loan.article else "")
    return f"{loan.purpose}（{basis}）" if basis else loan.purpose


def reading_title(check: DiscCheck) -> str:
    return _("回读核对") if check.reading == Reading.BACK else _("检查")


def result_of(check: DiscCheck) -> str:
    read = {"read": check.read_files, "all": check.total_files, "bad": check.errors}
    if check.errors:
        return _("读取 %(read)d / %(all)d 个文件，%(bad)d 个有错误") % read
    return _("读取 %(read)d / %(all)d 个文件，全部一致") % read


def fault_text(what: str) -> str:
    return str(FAULTS.get(what, what))
