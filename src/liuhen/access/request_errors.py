"""What asking for a recording, deciding on it and taking it back refuse."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal
from liuhen.regulations.errors import ByArticle


class NoSuchRequest(Refusal):
    code = "access.no_such_request"
    topic = "access"
    message = _("没有这份调阅申请，或者您无权查看。请从“调阅申请”列表进入。")


class PurposeBlank(Refusal):
    code = "access.purpose_blank"
    topic = "access"
    message = _("没有写明调阅事由，未提交。请写明为何需要查看或者复制。")


class NothingAsked(Refusal):
    code = "access.nothing_asked"
    topic = "access"
    message = _(
        "没有指明调阅哪些资料，未提交。请选择资料、案件或者执法活动；不知道编号的，写明要查找的内容。"
    )


class TooManyAsked(Refusal):
    code = "access.too_many_asked"
    topic = "access"
    message = _("一次申请最多 {most} 份资料，所选有 {count} 份，未提交。请按案件或者时间分次申请。")


class NotYourWork(ByArticle):
    code = "access.not_your_work"
    topic = "access"
    message = _(
        "{number} 不是您承办或者参与的，不能按“查阅本人承办案件的资料”申请，未提交。"
        "请改按“因工作需要查阅”申请。"
    )


class NoNeedToAsk(ByArticle):
    code = "access.no_need_to_ask"
    topic = "access"
    message = _(
        "按本单位执行的制度，查看本人承办案件的资料无需申请，未提交。请在资料页面直接打开查看。"
    )


class CopyAskedApart(Refusal):
    code = "access.copy_asked_apart"
    topic = "outward"
    message = _("“{kind}”只能查看，不能复制，未提交。需要复制的，请按“复制”申请。")


class OutsiderUnknown(ByArticle):
    code = "access.outsider_unknown"
    topic = "access"
    message = _("没有填写“{field}”，未提交。外单位人员和当事人调阅的，须登记后报批。请补填后提交。")


class CaseNeeded(Refusal):
    code = "access.case_needed"
    topic = "evidence_note"
    message = _("提取证据须指明用于哪个案件，且资料须已归入该案，未提交。请从案件页面申请。")


class NotYoursToExtract(Refusal):
    code = "access.not_yours_to_extract"
    topic = "evidence_note"
    message = _(
        "您不是该案件的承办人员，不能提取证据，未提交。请由承办人员、资料保管员或者法制机构办理。"
    )


class UntilOutside(Refusal):
    code = "access.until_outside"
    topic = "access"
    message = _("期限须在今天至 {latest} 之间，未办理。请重新选择截止日期。")


class NeverPublished(ByArticle):
    code = "access.never_published"
    topic = "publication"
    message = _("所选资料中有标注保密的，不得公开使用，未办理。请移出保密资料后重新申请。")


class NobodyDecides(ByArticle):
    code = "access.nobody_decides"
    topic = "access"
    message = _(
        "这份申请须由{posts}办理，但目前没有可以办理的人员（本人的申请和本人参与的执法活动须回避），未提交。"
        "请由主要负责人在“代理设置”中指定代理人后再申请。"
    )


class AskedAlready(Refusal):
    code = "access.asked_already"
    topic = "access"
    message = _("同样的申请已经提交（{number}），目前为“{state}”，未重复提交。请在原申请中办理。")


class NotYourRequest(Refusal):
    code = "access.not_your_request"
    topic = "access"
    message = _("这份申请由 {officer} 提出，您不能撤回或者修改，未作改动。请由申请人办理。")


class RequestMoved(Refusal):
    code = "access.request_moved"
    topic = "access"
    message = _("这份申请目前为“{state}”，不能再这样办理，未作改动。请刷新页面核对。")


class OwnRequest(ByArticle):
    code = "access.own_request"
    topic = "access"
    message = _("不能审批本人提出的申请，未作改动。请由其他有权人员或者代理人办理。")


class AboutYourself(ByArticle):
    code = "access.about_yourself"
    topic = "access"
    message = _(
        "这份申请涉及您本人录制或者参与的执法活动，您应当回避，未作改动。"
        "将转由代理人或者主要负责人办理。"
    )


class NotYoursToDecide(ByArticle):
    code = "access.not_yours_to_decide"
    topic = "access"
    message = _("这一步须由{posts}办理，您不能办理，未作改动。")


class NotYourTurn(ByArticle):
    code = "access.not_your_turn"
    topic = "access"
    message = _("前一步（{posts}）尚未办理，还没有轮到这一步，未作改动。请待前一步办结。")


class AlreadyDecided(Refusal):
    code = "access.already_decided"
    topic = "access"
    message = _("这一步已经由他人办理，您的意见未计入。请刷新页面查看结果。")


class CommentBlank(Refusal):
    code = "access.comment_blank"
    topic = "access"
    message = _("没有写明意见，未办理。退回或者不同意的，须写明理由，以便申请人补正。")


class NotFoundYet(Refusal):
    code = "access.not_found_yet"
    topic = "access"
    message = _(
        "这份申请还没有查到对应的资料，不能批准。请先由资料保管员查找并列入，或者答复查无此资料。"
    )


class LetterMissing(ByArticle):
    code = "access.letter_missing"
    topic = "access"
    message = _(
        "还没有上传{papers}的扫描件，不能批准。外单位人员、当事人调阅的，须核验证件；"
        "制度要求的，还须出具调阅函。请由资料保管员补传后再办理。"
    )


class PapersDecidedOn(Refusal):
    code = "access.papers_decided_on"
    topic = "access"
    message = _(
        "这份申请已经有人审批，不能再补传材料，未保存。"
        "需要更换、补充的，请由下一步审批人退回补正，重新提交后再上传。"
    )


class SearchBlank(Refusal):
    code = "access.search_blank"
    topic = "access"
    message = _("没有写明怎样查找，未答复。请写明按什么条件、在什么范围查找。")


class FoundAlready(Refusal):
    code = "access.found_already"
    topic = "access"
    message = _("这份申请已经列明资料，不能答复查无此资料，未作改动。")


class NotYoursToRevoke(Refusal):
    code = "access.not_yours_to_revoke"
    topic = "access"
    message = _("您不能收回这项许可，未作改动。请由审批人、资料保管员或者主要负责人办理。")


class RevokedAlready(Refusal):
    code = "access.revoked_already"
    topic = "access"
    message = _("这项许可已经收回，本次未作改动。请刷新页面核对。")


class GrantOver(Refusal):
    code = "access.grant_over"
    topic = "access"
    message = _("这项许可已于{until}到期，无需收回。")


class RevokeReasonBlank(Refusal):
    code = "access.revoke_reason_blank"
    topic = "access"
    message = _("没有写明收回的理由，未办理。请写明后再收回。")


class NothingToRevoke(Refusal):
    code = "access.nothing_to_revoke"
    topic = "access"
    message = _("没有勾选仍然有效的许可，未作改动。请勾选要收回的许可。")
