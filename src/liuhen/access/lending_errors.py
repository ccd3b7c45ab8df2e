"""Why a disc is not lent."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NotForLending(Refusal):
    code = "lending.request_does_not_allow"
    topic = "outward"
    message = _(
        "调阅申请 {request} 不能作为借出的依据，未借出：申请须是复制、提取证据或者单位外人员调阅，"
        "已经批准复制，并且没有到期或者被收回；提取证据的申请只能借出本案的证据包光盘。"
    )


class NotCovered(Refusal):
    code = "lending.not_covered"
    topic = "outward"
    message = _(
        "调阅申请 {request} 没有批准光盘中的资料 {recordings}，未借出。"
        "请就光盘中的全部资料申请复制，经批准后再借出。"
    )


class LoanNeedsApproval(Refusal):
    code = "lending.needs_approval"
    topic = "outward"
    message = _(
        "没有填写调阅申请编号，未借出。按本单位现行规定，这张光盘须凭已批准的复制申请借出。"
    )
