"""Why a spot check is not announced, drawn, answered or closed."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal
from liuhen.regulations.errors import ByArticle


class NotAChecker(ByArticle):
    code = "spot_check.not_a_checker"
    topic = "sampling"
    message = _("{who}不在负责抽查的岗位（{posts}），未办理。请由上述岗位的人员办理。")

    def __init__(self, article: int | None, *, who: str, posts: str) -> None:
        super().__init__(article, who=who, posts=posts)


class NoSuchCheck(Refusal):
    code = "spot_check.no_such"
    message = _("没有编号为“{number}”的抽查，或者您无权查看。请从“抽查”列表进入。")


class WrongDays(Refusal):
    code = "spot_check.wrong_days"
    message = _("抽查期间须从开始到结束，并且不晚于今天，未公布。请核对起止日期。")


class LookingOver(Refusal):
    code = "spot_check.looking_over"
    message = _("检查截止日期须在今天或者以后，最长一年，未公布。请重新选择。")


class LooksEnded(Refusal):
    code = "spot_check.looks_ended"
    message = _("检查截止日期 {day} 已过，未办理。请放弃本次抽查后重新公布。")


class RatioUnset(ByArticle):
    code = "spot_check.ratio_unset"
    topic = "sampling"
    message = _(
        "制度没有写明抽查比例，本单位也没有设定，未公布。"
        "请在“制度参数”中设定，或者为本次抽查写明采用这一比例的理由。"
    )


class OtherRatio(ByArticle):
    code = "spot_check.other_ratio"
    topic = "sampling"
    message = _(
        "本次比例 {percent}% 与制度规定的 {rule}% 不同，未公布。请写明理由，或者按规定比例抽查。"
    )

    def __init__(self, article: int | None, *, percent: int, rule: int) -> None:
        super().__init__(article, percent=percent, rule=rule)


class ReasonToRepeat(Refusal):
    code = "spot_check.reason_to_repeat"
    message = _(
        "这一期间已经公布过抽查：{numbers}，未公布。确需再次抽查的，请写明理由；"
        "理由和此前的抽查都将印在登记表上。"
    )


class NothingToDraw(Refusal):
    code = "spot_check.nothing_to_draw"
    message = _("这一期间没有可以抽查的执法活动和资料，未公布。请另选期间。")


class FrameTooLong(Refusal):
    code = "spot_check.frame_too_long"
    message = _("名册超过 {most} 项，未公布。请缩短抽查期间，分几次抽查。")


class TooManyDrawn(Refusal):
    code = "spot_check.too_many_drawn"
    message = _(
        "按此规则将抽取 {n} 项，超过一次抽查的上限 {most} 项，未公布。请降低比例或者缩短期间。"
    )


class NoCheckers(Refusal):
    code = "spot_check.no_checkers"
    message = _("没有选择检查人，未办理。请至少选择一名检查人。")


class CheckerSeesNoSecrets(Refusal):
    code = "spot_check.checker_sees_no_secrets"
    topic = "secrecy"
    message = _("名册中有标注保密的资料，{who}无权知悉，不能检查，未办理。请另选检查人。")


class WrongStep(Refusal):
    code = "spot_check.wrong_step"
    message = _("抽查当前为“{state}”，不能办理此步骤，未作改动。请刷新页面查看最新进展。")


class NotYourItem(Refusal):
    code = "spot_check.not_your_item"
    message = _("第 {position} 项由{who}检查，您不能登记，未作改动。")


class OwnWork(Refusal):
    code = "spot_check.own_work"
    message = _("第 {position} 项是{who}本人制作或者参加的，不能由本人检查，未安排。请另选检查人。")


class NoSuchItem(Refusal):
    code = "spot_check.no_such_item"
    message = _("这次抽查没有第 {position} 项。请从抽查页面进入。")


class NoSuchQuestion(Refusal):
    code = "spot_check.no_such_question"
    message = _("这次抽查没有这一检查项目或者答案，未作改动。请刷新页面后重试。")


class NotAllAnswered(Refusal):
    code = "spot_check.not_all_answered"
    message = _("还有 {n} 项没有检查完，不能办结。请检查完，或者为没有检查人的项目安排检查人。")


class WordsBlank(Refusal):
    code = "spot_check.words_blank"
    message = _("没有填写{field}，未办理。请填写后再提交。")


class FrameChanged(Refusal):
    """Of the audit's kind: the stored list no longer is what was announced."""

    code = "spot_check.frame_changed"
    message = _("名册与公布时的校验值不一致，未抽取。请系统管理员执行审计（liuhen audit）。")
