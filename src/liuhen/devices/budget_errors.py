from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy.vocabulary import Topic
from liuhen.kernel.refusal import Refusal


class BudgetNotOurs(Refusal):
    code = "devices.budget_not_ours"
    message = _("这不是本单位的经费计划，不能办理。请从本单位的“年度经费”中打开。")


class YearOutOfRange(Refusal):
    code = "devices.year_out_of_range"
    message = _("年度应在 {first} 至 {last} 年之间，未办理。请核对年度。")


class PlanSubmitted(Refusal):
    code = "devices.plan_submitted"
    topic = Topic.BUDGET
    message = _("{year} 年度经费计划已上报，计划项目不能再改。实际支出可以继续登记。")


class PlanEmpty(Refusal):
    code = "devices.plan_empty"
    topic = Topic.BUDGET
    message = _("计划中没有任何项目，未上报。请先添加或导入计划项目。")


class NoSuchLine(Refusal):
    code = "devices.no_such_line"
    message = _("该计划项目已被删除，本次未作改动。请刷新页面查看。")


class AmountOutOfRange(Refusal):
    code = "devices.amount_out_of_range"
    message = _("数量或金额超出范围，未保存。请核对后重新填写。")


class AmountZero(Refusal):
    code = "devices.amount_zero"
    message = _("支出金额不能为零，未登记。更正此前多记的支出，请填写负数。")


class CorrectionNoteMissing(Refusal):
    code = "devices.correction_note_missing"
    message = _("负数表示更正，须在说明中写明更正哪一笔、为什么。请填写后再登记。")


class DateOutOfYear(Refusal):
    code = "devices.date_out_of_year"
    message = _("支出日期应在 {year} 年内，且不晚于今天，未登记。请核对日期或年度。")


class NotOfThisPlan(Refusal):
    code = "devices.not_of_this_plan"
    message = _("所选项目不在本年度已上报的计划内，未登记。请重新选择，或登记为计划外支出。")
