from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NoRegulation(Refusal):
    code = "regulations.none"
    message = _("本单位尚未执行任何音像记录制度。请先完成初始设置。")
