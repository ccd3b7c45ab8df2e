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


class CaseNoBlank(Refusal):
    code = "case.no_blank"
    message = _("案号为空，未保存。请按立案审批表填写案号。")


class CaseNoTaken(Refusal):
    code = "case.no_taken"
    message = _(
        "案号“{case_no}”已登记为“{name}”（{opened}立案，{unit}），未重复登记。"
        "请核对案号；确属同一案件的，直接在该案件中办理。"
    )


class TooFewOfficers(Refusal):
    code = "case.too_few_officers"
    message = _(
        "办案人员不足两人，未保存。依照《行政处罚法》第四十二条，行政处罚应当由具有行政执法资格的执法人员实施，"
        "执法人员不得少于两人。请补选办案人员。"
    )


class NoLead(Refusal):
    code = "case.no_lead"
    message = _("主办人员须是所选办案人员之一，未保存。请重新选择主办人员。")


class OfficerNotFit(Refusal):
    code = "case.officer_not_fit"
    message = _("“{name}”不能作为办案人员，未保存。须为本单位账号启用的执法人员，请另选一人。")


class OpenedLater(Refusal):
    code = "case.opened_later"
    message = _("立案日期不能晚于今天，未保存。请核对日期。")


class ClosedBeforeOpened(Refusal):
    code = "case.closed_before_opened"
    message = _("结案日期{closed}早于立案日期{opened}，未办理。请核对日期。")


class ClosedLater(Refusal):
    code = "case.closed_later"
    message = _("结案日期不能晚于今天，未办理。请在结案后登记。")


class CaseClosed(Refusal):
    code = "case.closed"
    message = _("案件已于{closed}结案，未作改动。确需修改的，先撤销结案并写明理由。")


class CaseOpen(Refusal):
    code = "case.open"
    message = _("案件尚未结案，无需撤销结案。")


class TermUnknown(Refusal):
    code = "case.term_unknown"
    message = _("案卷保管期限“{term}”无法识别，未保存。请选择永久、30年、10年等期限。")


class TermBlank(Refusal):
    code = "case.term_blank"
    message = _("未填写案卷保管期限，不能结案。音像资料随案卷保存的，期限以此为准，请先选择。")


class ReasonBlank(Refusal):
    code = "case.reason_blank"
    message = _("请写明理由，未办理。")


class NotYourCase(Refusal):
    code = "case.not_yours"
    message = _(
        "您不是该案件的办案人员，只能查看，不能办理。"
        "请由办案人员、科室负责人、资料保管员或者法制机构办理。"
    )


class PartyNotInCase(Refusal):
    code = "case.party_not_in_case"
    message = _("该当事人不在本案中，未作改动。请刷新页面后重试。")


class PartyInCase(Refusal):
    code = "case.party_in_case"
    message = _("“{name}”已在本案中，未重复添加。")


class NothingToFill(Refusal):
    code = "case.nothing_to_fill"
    message = _("没有选择案件或者当事人，未作改动。请至少选择一项后再补填。")


class MarkExplains(Refusal):
    code = "activity.mark_explains"
    topic = "interruption"
    message = _(
        "一处中断的说明以这个标记为依据，不能撤销，未作改动。请先在执法活动页面为该处中断另选标记。"
    )
