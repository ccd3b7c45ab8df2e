"""Why a daily check, or looking back, is not entered."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal
from liuhen.regulations.errors import ByArticle


class NotHead(ByArticle):
    code = "daily_check.not_head"
    message = _("日常检查由科室负责人办理，您不是该科室负责人，未登记。")


class CheckedToday(Refusal):
    code = "daily_check.checked_today"
    message = _("{unit}今天的日常检查已经登记，不能重复登记。请在列表中查看。")


class NoSuchPoint(Refusal):
    code = "daily_check.no_such_point"
    message = _("没有这一检查内容，未登记。请刷新页面后重试。")


class WrongUnsaid(Refusal):
    code = "daily_check.wrong_unsaid"
    message = _("勾选了有问题的项目，请写明问题和处理情况后再提交。")


class NotALookerBack(ByArticle):
    code = "playback.not_your_post"
    topic = "review"
    message = _("调阅回放检查由{posts}办理，您不在上述岗位，未登记。")

    def __init__(self, article: int | None, *, posts: str) -> None:
        super().__init__(article, posts=posts)


class NotLookedAt(Refusal):
    code = "playback.not_looked_at"
    message = _("您还没有播放过资料 {number}，未登记。请先打开播放，再登记看到的情况。")


class OwnRecording(Refusal):
    code = "playback.own_recording"
    message = _("资料 {number} 是您本人制作或者参加的，不能由您回放检查，未登记。请另选资料。")


class SeenUnsaid(Refusal):
    code = "playback.seen_unsaid"
    message = _("没有填写回放情况，未登记。请写明看到的情况后再提交。")
