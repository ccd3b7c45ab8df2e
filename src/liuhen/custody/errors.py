from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class EventTooLong(Refusal):
    code = "custody.event_too_long"
    message = _(
        "本次操作附带的说明过长（存证事件不得超过 65535 字节），未作任何改动。请缩短后重试。"
    )


class NoSuchEvent(Refusal):
    code = "custody.no_such_event"
    message = _("存证日志中没有该对象的记录。请核对编号后重试。")
