from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal
from liuhen.regulations.errors import ByArticle


class NoSuchDuty(Refusal):
    code = "duties.no_such_duty"
    message = _("没有这项应办事项，或者您的岗位不能查看。请从应办事项列表中打开。")


class NotYours(ByArticle):
    code = "duties.not_yours"
    message = _("此事项不由您办理。请由承办人或承办岗位的人员办结。")


class AlreadyClosed(ByArticle):
    code = "duties.already_closed"
    message = _("此事项已经办结或免办，不能重复办理。请刷新页面查看办理结果。")


class ClosedByFacts(ByArticle):
    code = "duties.closed_by_facts"
    message = _("此事项在完成登记后自动办结，不能手工办结。请按事项说明办理登记。")


class DevicesOut(ByArticle):
    code = "duties.devices_out"
    message = _("还有设备没有收回：{devices}。请在“领用归还”办理归还，全部收回后再办结。")

    def __init__(self, article: int, *, devices: str) -> None:
        super().__init__(article, devices=devices)


class NoteMissing(ByArticle):
    code = "duties.note_missing"
    message = _("请填写办理情况后再办结，例如检查内容、发现的问题和处理情况。")


class ReasonMissing(ByArticle):
    code = "duties.reason_missing"
    message = _("免办须写明理由，请填写后再提交。")


class OwnDuty(ByArticle):
    code = "duties.own_duty"
    message = _("不能免办由自己承办的事项。请报上级负责人决定。")


class OutsideUnit(ByArticle):
    code = "duties.outside_unit"
    message = _("科室负责人只能免办本科室的事项。请报局领导决定。")
