"""How a verdict, its gaps and what they lack read."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.cases.judging import NO_GAP_ALLOWED, NOTHING_SAID, PARTLY_SAID, Waiting
from liuhen.cases.models import Verdict
from liuhen.engines.media.continuity import Where
from liuhen.kernel.clock import in_china
from liuhen.web.rules_text import article_title
from liuhen.web.unrecorded_text import LACKS as OF_STOPS

WHERE: dict[str, Promise] = {
    Where.WHOLE: gettext_lazy("全程未记录"),
    Where.LATE_START: gettext_lazy("到达后未及时开始"),
    Where.MIDDLE: gettext_lazy("中途间断"),
    Where.EARLY_STOP: gettext_lazy("离开前已停止"),
}
LACKS: dict[str, Promise] = {
    NOTHING_SAID: gettext_lazy("没有登记中断说明"),
    PARTLY_SAID: gettext_lazy("登记的中断没有覆盖整段间断"),
    NO_GAP_ALLOWED: gettext_lazy("涉及人身自由、生命健康或者重大财产权益，全程不得间断"),
    **OF_STOPS,
}
WAITING: dict[str, Promise] = {
    Waiting.NOT_ARRIVED: gettext_lazy("尚未登记到达时间。"),
    Waiting.NOT_LEFT: gettext_lazy("尚未登记离开时间，登记后即行核对。"),
    Waiting.NOT_EXAMINED: gettext_lazy("归入的资料尚未检验完毕，检验后自动核对。"),
    Waiting.NEED_UNKNOWN: gettext_lazy(
        "尚不能确定是否应当记录，请在执法活动中核对执法事项和是否可能有争议。"
    ),
}


ASKED = (Verdict.EXPLAINED, Verdict.UNEXPLAINED, Verdict.PENDING)
"""Where it matters why there is a gap. Where nothing was recorded nothing was interrupted."""

HINTS: dict[str, Promise] = {
    Verdict.NOT_RECORDED: gettext_lazy(
        "没有本次活动期间的音像资料。已有资料的，请归入本次活动；依制度可以不记录的，请办理免予记录。"
    ),
}
"""What to do where no gap can be explained."""


def lack_text(lack: str, article: int | None) -> str:
    """没有登记中断说明（第八条）."""
    said = str(LACKS.get(lack, lack))
    return f"{said}（{article_title(article)}）" if article else said


def length_text(milliseconds: int) -> str:
    """2小时5分, 8分30秒, 25分钟, 12秒: two units at most; less than a second in tenths."""
    seconds = milliseconds // 1000
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    if hours:
        return _("%(h)d小时%(m)d分") % {"h": hours, "m": minutes}
    if minutes and not rest:
        return _("%(m)d分钟") % {"m": minutes}
    if minutes:
        return _("%(m)d分%(s)d秒") % {"m": minutes, "s": rest}
    if seconds:
        return _("%(s)d秒") % {"s": rest}
    return _("%(s)s秒") % {"s": f"{milliseconds / 1000:.1f}"}


def share_text(covered: int, whole: int) -> str:
    """Rounded down, so that 100 % means all of it; — where there is nothing to divide by."""
    return f"{covered * 100 // whole}%" if whole else "—"


def clock_text(instant: datetime) -> str:
    """To the second, by China's clock."""
    return f"{in_china(instant):%H:%M:%S}"
