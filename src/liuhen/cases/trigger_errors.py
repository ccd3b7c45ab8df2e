"""What marks for long keeping refuse."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal
from liuhen.regulations.errors import ByArticle


class NotListed(ByArticle):
    code = "long_term.not_listed"
    topic = "long_term"
    message = _(
        "“{trigger}”不属于本单位制度规定长期保存的情形，未标注。需要防止资料被销毁的，请办理保全。"
    )


class ReasonMissing(Refusal):
    code = "long_term.reason_missing"
    message = _("请写明情况后再提交，供日后核对。")


class MarkedAlready(Refusal):
    code = "long_term.marked_already"
    message = _("已按“{trigger}”标注长期保存，未重复标注。")


class NotYoursToMark(Refusal):
    code = "long_term.not_yours"
    message = _(
        "您只能查看，不能标注或者撤销长期保存。请由办案人员、科室负责人或者资料保管员办理。"
    )


class LiftByAnother(Refusal):
    code = "long_term.lift_by_another"
    topic = "long_term"
    message = _("撤销长期保存标注须由标注人以外的人员核对后办理，未作改动。")


class NoSuchMark(Refusal):
    code = "long_term.no_such"
    message = _("没有这项标注，或者已经撤销。请刷新页面查看。")
