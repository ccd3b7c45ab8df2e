from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class WallClosed(Refusal):
    code = "statistics.wall_closed"
    message = _("大屏地址已失效，没有显示。请由能查看全局数据的人员在“统计分析”中重新开启大屏。")
