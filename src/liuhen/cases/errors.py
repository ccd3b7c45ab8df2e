from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NoSuchActivity(Refusal):
    code = "activity.no_such"
    message = _("没有编号为“{number}”的执法活动，或者您无权查看。请核对编号。")


class NoSuchCase(Refusal):
    code = "case.no_such"
    message = _("没有这个案件，或者您无权查看。请从案件列表进入。")


class NoSuchParty(Refusal):
    code = "party.no_such"
    message = _("没有这个当事人，或者您无权查看。请从当事人列表进入。")


class MarkExplains(Refusal):
    code = "activity.mark_explains"
    topic = "interruption"
    message = _(
        "一处中断的说明以这个标记为依据，不能撤销，未作改动。请先在执法活动页面为该处中断另选标记。"
    )
