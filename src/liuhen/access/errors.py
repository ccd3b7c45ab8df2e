from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NoTicket(Refusal):
    code = "access.no_ticket"
    message = _("查看凭证无效或已过期。请回到资料页面重新打开，系统将登记本次查看。")
