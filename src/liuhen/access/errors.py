from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NoTicket(Refusal):
    code = "access.no_ticket"
    topic = "access"
    message = _("查看凭证无效或已过期。请回到资料页面重新打开，系统将登记本次查看。")


class OthersEntries(Refusal):
    code = "access.others_entries"
    message = _(
        "这一段日志含有其他单位的事项，不能提供原文。"
        "哈希值和检查点不受影响，仍可据此核对日志；本单位的事项请在“存证日志”页查阅。"
    )
