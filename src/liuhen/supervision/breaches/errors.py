"""What breaches refuse."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NoSuchBreach(Refusal):
    code = "breach.no_such"
    message = _("没有这条违规线索，或者您无权查看。请从“违规线索”列表中打开。")


class Concerned(Refusal):
    code = "breach.concerned"
    message = _("此事涉及您本人或者您参加的活动，须回避。请由其他有权人员办理。")


class BreachMoved(Refusal):
    code = "breach.moved"
    message = _("{number} 目前为“{state}”，不能办理此步骤，可能刚由他人办理。请刷新页面查看。")


class WordsMissing(Refusal):
    code = "breach.words_missing"
    topic = "breaches"
    message = _("请填写{field}后再提交，供核对和日后查阅。")


class AlreadyEntered(Refusal):
    code = "breach.entered"
    message = _("内容相同的线索已经登记，编号 {number}，未重复登记。请打开该线索办理。")


class HappensLater(Refusal):
    code = "breach.happens_later"
    message = _("发生时间晚于现在，未登记。请核对时间。")


class NotOfThisBureau(Refusal):
    code = "breach.not_of_this_bureau"
    message = _("所选人员不是本单位人员，未办理。请重新选择。")


class NoSuchItem(Refusal):
    code = "breach.no_such_item"
    topic = "breaches"
    message = _("当时执行的制度没有列出第 {item} 项违规行为，未办理。请从列表中选择。")


class NothingChosen(Refusal):
    code = "breach.nothing_chosen"
    message = _("没有选定线索，未办理。请勾选后再提交。")


class NotAlike(Refusal):
    code = "breach.not_alike"
    message = _(
        "所选线索的来源不同，不能用同一理由一并排除，未办理。请按来源筛选后分批办理，"
        "一次最多 {most} 条。"
    )


class DayPassed(Refusal):
    code = "breach.day_passed"
    message = _("期限 {day} 已过，未办理。请填写今天或者以后的日期。")


class NotConcerned(Refusal):
    code = "breach.not_concerned"
    message = _("陈述申辩、签收和申诉由被调查人本人办理。您可以代为登记其意见或者送达情况。")


class NotTold(Refusal):
    code = "breach.not_told"
    topic = "breaches"
    message = _("还没有告知本人，不能登记陈述申辩情况。请先告知，写明陈述申辩的期限。")


class NotHeard(Refusal):
    code = "breach.not_heard"
    topic = "breaches"
    message = _(
        "尚未听取本人的陈述申辩，不能提出处理意见。请先告知本人，"
        "待其陈述、表示不陈述或者期限届满后再提出。"
    )


class NotConsulted(Refusal):
    code = "breach.not_consulted"
    message = _("此案没有征求法制机构意见，无须提出。请与督查机构联系。")


class NoSuchSanction(Refusal):
    code = "breach.no_such_sanction"
    topic = "sanctions"
    message = _("当时执行的制度没有列出所选的处理方式，未办理。请从列表中选择。")


class CorrectByPassed(Refusal):
    code = "breach.correct_by_passed"
    message = _("处理意见中的整改期限 {day} 已过，未作出决定。请退回补充调查，由提出人另定期限。")


class NobodyToCorrect(Refusal):
    code = "breach.nobody_to_correct"
    message = _(
        "{who}的账号已停用，不能提交整改情况，未作出决定。"
        "请退回补充调查，由提出人去掉限期整改后重新提出。"
    )


class NothingToCorrectBy(Refusal):
    code = "breach.nothing_to_correct_by"
    topic = "sanctions"
    message = _("当时执行的制度没有列出违规行为和处理方式，限期整改没有依据，未办理。")


class OwnProposal(Refusal):
    code = "breach.own_proposal"
    message = _("处理意见由您提出，须由另一名有决定权的人员决定。请报其他局领导办理。")


class OwnDecision(Refusal):
    code = "breach.own_decision"
    message = _("原决定由您提出或者作出，申诉须由其他有决定权的人员复核。")


class AlreadyDelivered(Refusal):
    code = "breach.delivered"
    message = _("决定已于 {at} 送达，不必重复登记。请刷新页面查看。")


class AlreadyCarriedOut(Refusal):
    code = "breach.carried_out"
    message = _("这项处理的执行情况已经登记。请刷新页面查看。")


class NoDevice(Refusal):
    code = "breach.no_device"
    topic = "compensation"
    message = _("此案没有涉及设备，不能在这里赔偿立案。请在设备或者报修页面办理。")
