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
    message = _("此设置码无效，或已使用、已撤回、已过期。请联系系统管理员重新生成。")


class NotAdmitted(Refusal):
    code = "people.not_admitted"
    message = _(
        "登录名或口令不正确，或账号已停用、已锁定。请核对后重试；"
        "同一登录名连续输错5次将锁定30分钟，急需使用的请联系安全管理员解除。"
    )


class WrongPassword(Refusal):
    code = "people.wrong_password"
    message = _("当前口令不正确，未办理。请核对后重试；连续输错5次将锁定30分钟。")


class SamePassword(Refusal):
    code = "people.same_password"
    message = _("新口令与当前口令相同，未修改。请换一个新口令。")


class WrongCode(Refusal):
    code = "people.wrong_code"
    message = _(
        "动态口令不正确、已过期或已使用过。请等手机上换出新的一组数字后再输入，"
        "并核对手机时间是否准确；连续输错5次将锁定30分钟。"
    )


class FactorThere(Refusal):
    code = "people.factor_there"
    message = _("您已启用动态口令，未重复启用。更换手机的，请先停用再重新启用。")


class NoFactor(Refusal):
    code = "people.no_factor"
    message = _("该账号未启用动态口令，无需办理。")


class FactorRequired(Refusal):
    code = "people.factor_required"
    message = _(
        "系统、安全、审计管理员必须使用动态口令，不能停用。更换手机的，请用“更换手机”办理。"
    )


class OwnFactor(Refusal):
    code = "people.own_factor"
    message = _("不能重置自己的动态口令。请由另一名安全管理员办理。")


class SecretUnreadable(Refusal):
    code = "people.secret_unreadable"
    message = _(
        "动态口令的密钥无法读取，可能是数据目录中的密钥文件已更换。"
        "请联系安全管理员重置动态口令后重新启用。"
    )


class SignInUnfinished(Refusal):
    code = "people.sign_in_unfinished"
    message = _("登录尚未完成，请求未执行。请先在网页上修改口令或启用动态口令。")


class SignInExpired(Refusal):
    code = "people.sign_in_expired"
    message = _("口令验证已超过5分钟，请重新输入登录名和口令。")


class NotLocked(Refusal):
    code = "people.not_locked"
    message = _("该账号未被锁定，或锁定已自动解除，无需办理。")


class SessionGone(Refusal):
    code = "people.session_gone"
    message = _("该登录已经结束，无需办理。请刷新页面查看。")


class NotOfThisAgency(Refusal):
    code = "people.not_of_this_agency"
    message = _("该人员不在本单位，不能办理。请核对后由其所在单位办理。")


class NotALeader(Refusal):
    code = "people.not_a_leader"
    message = _(
        "“{name}”没有局主管领导岗位或者账号已停用，不能设为分管局领导。"
        "请先按岗位变更办理，经两人确认后再指定，或者另选一人。"
    )


class HeadNotActive(Refusal):
    code = "people.head_not_active"
    message = _("{name} 不是本单位在用账号的人员，不能担任科室负责人。请另选一人。")


class IsHead(Refusal):
    code = "people.is_head"
    message = _("{name} 是“{unit}”的负责人，账号不能停用。请先在科室管理中更换负责人。")


class SuspensionOver(Refusal):
    code = "people.suspension_over"
    message = _("停止执法的截止日期 {until} 已过，未作登记。请填写今天或以后的日期。")


class SuspensionNeedsReason(Refusal):
    code = "people.suspension_needs_reason"
    message = _("停止执法、恢复执法应当写明原因，未作登记。请填写原因后再办理。")


class NotSuspended(Refusal):
    code = "people.not_suspended"
    message = _("{name} 目前没有停止执法，无需恢复。请刷新页面核对。")


class AccountOff(Refusal):
    code = "people.account_off"
    message = _("{name} 的账号已停用，不能授予岗位。请先启用账号。")


class OwnRoles(Refusal):
    code = "people.own_roles"
    message = _("不能办理本人的岗位调整。请由其他有权人员提出或确认。")


class OwnProposal(Refusal):
    code = "people.own_proposal"
    message = _("岗位调整须由两人办理，提出人不能自行确认。请由主要负责人或系统管理员确认。")


class NotYourProposal(Refusal):
    code = "people.not_your_proposal"
    message = _("只有提出人可以撤回。您如不同意，请由有权确认的人员填写“不同意”。")


class RoleHeld(Refusal):
    code = "people.role_held"
    message = _("{name} 已担任“{role}”，无需再次授予。请刷新页面核对。")


class RoleNotHeld(Refusal):
    code = "people.role_not_held"
    message = _("{name} 没有担任“{role}”，无从收回。请刷新页面核对。")


class RolePending(Refusal):
    code = "people.role_pending"
    message = _("{name} 的“{role}”岗位已有一项调整待确认。请等待确认，或撤回后重新提出。")


class RoleDecided(Refusal):
    code = "people.role_decided"
    message = _("这项岗位调整已经办结或撤回，本次未作改动。请刷新页面查看结果。")


class LastAdministrator(Refusal):
    code = "people.last_administrator"
    message = _(
        "{name} 是本单位最后一名在用的“{role}”，该岗位不能空缺。请先授予另一名人员该岗位，再办理。"
    )


class NoSuchAgency(Refusal):
    code = "people.no_such_agency"
    message = _("没有名为“{name}”的单位。本系统的单位有：{names}。")


class AgencyNotSaid(Refusal):
    code = "people.agency_not_said"
    message = _("本系统有多个单位（{names}），请用 --agency 指明为哪个单位办理。")


class RosterTooLarge(Refusal):
    code = "people.roster_too_large"
    message = _("文件超过 {most} MB，未导入。请使用系统提供的模板重新填写。")


class NotARoster(Refusal):
    code = "people.not_a_roster"
    message = _("文件不是可以读取的 Excel 工作簿（.xlsx），未导入。请下载模板，填写后另存再上传。")


class RosterHeads(Refusal):
    code = "people.roster_heads"
    message = _("表头与模板不一致，未导入。第一行应依次为：{heads}。请下载模板重新填写。")


class RosterMerged(Refusal):
    code = "people.roster_merged"
    message = _("表中有合并单元格，未导入。请取消合并，每人填写一行后重新上传。")


class RosterEmpty(Refusal):
    code = "people.roster_empty"
    message = _("表中没有人员，未导入。请从第二行起填写，每人一行。")


class RosterTooLong(Refusal):
    code = "people.roster_too_long"
    message = _("表中超过 {most} 人，未导入。请分成几个文件，分次导入。")


class RosterFaulty(Refusal):
    code = "people.roster_faulty"
    message = _("{all} 行中有 {wrong} 行填写有误，全部未导入。请按提示改正后重新上传。")


class StandInForOne(Refusal):
    code = "people.stand_in_for_one"
    message = _("代理须指明代理哪一位人员，或者代理哪一个岗位，二者选一，未保存。请重新选择。")


class StandInNotFit(Refusal):
    code = "people.stand_in_not_fit"
    message = _(
        "“{name}”不能作为代理人，未保存。代理人须是本单位账号启用的其他人员，且不是管理员。请另选一人。"
    )


class StandInDays(Refusal):
    code = "people.stand_in_days"
    message = _("代理的截止日期早于开始日期或者今天，未保存。请核对日期。")


class StandInThere(Refusal):
    code = "people.stand_in_there"
    message = _("{name}的同一项代理已经设置，未重复保存。请在列表中核对。")


class StandInEnded(Refusal):
    code = "people.stand_in_ended"
    message = _("这项代理已经终止，未作改动。请刷新页面核对。")
