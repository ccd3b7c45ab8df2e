from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class AlreadySetUp(Refusal):
    code = "people.already_set_up"
    message = _("本单位已完成初始设置，不能重复设置。请直接登录。")


class LoginTaken(Refusal):
    code = "people.login_taken"
    message = _("登录名“{login}”已被使用，请换一个。")


class CertTaken(Refusal):
    code = "people.cert_taken"
    message = _("执法证号“{cert_no}”已登记在其他人员名下，请核对。")


class AdministratorsApart(Refusal):
    code = "people.administrators_apart"
    message = _("系统、安全、审计三类管理员必须由不同人员担任，且不得兼任业务岗位。")


class OwnAccount(Refusal):
    code = "people.own_account"
    message = _("不能停用自己的账号。请由另一名安全管理员办理。")


class UnitTaken(Refusal):
    code = "people.unit_taken"
    message = _("已有名为“{name}”的科室，请勿重复添加。")


class AgencyTaken(Refusal):
    code = "people.agency_taken"
    message = _("已有名为“{name}”的单位。请核对单位全称。")


class InvitationUsed(Refusal):
    code = "people.invitation_used"
    message = _("此设置码已使用、已撤回或已过期。请联系系统管理员重新开具。")
