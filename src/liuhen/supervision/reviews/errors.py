"""Why a review is not opened, scored, announced, objected to or closed."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal
from liuhen.regulations.errors import ByArticle


class NotAReviewer(ByArticle):
    code = "review.not_a_reviewer"
    topic = "review"
    message = _("{who}不在负责评查的岗位（{posts}），未办理。请由上述岗位的人员办理。")

    def __init__(self, article: int | None, *, who: str, posts: str) -> None:
        super().__init__(article, who=who, posts=posts)


class NoSuchReview(Refusal):
    code = "review.no_such"
    message = _("没有编号为“{number}”的评查，或者您无权查看。请从“评查”列表进入。")


class NoSuchItem(Refusal):
    code = "review.no_such_item"
    message = _("这次评查没有第 {position} 项，或者您无权查看。请从评查页面进入。")


class WrongDays(Refusal):
    code = "review.wrong_days"
    message = _("评查期间须从开始到结束，并且不晚于今天，未办理。请核对起止日期。")


class NothingToReview(Refusal):
    code = "review.nothing_to_review"
    message = _("这一期间没有可以评查的执法活动和资料，未办理。请另选期间。")


class TooMany(Refusal):
    code = "review.too_many"
    message = _("一次评查至多 {most} 项，本次为 {n} 项，未办理。请降低比例或者缩短期间。")


class NotKnown(Refusal):
    code = "review.not_known"
    message = _("没有编号为“{number}”的执法活动或者资料，未办理。请核对编号，每行一个。")


class ReasonBlank(Refusal):
    code = "review.reason_blank"
    message = _("指定评查对象的，须写明选择的理由，未办理。请填写后再提交。")


class NobodyToScore(Refusal):
    code = "review.nobody_to_score"
    message = _("{number}是所选评查人本人制作、参加的，或者评查人无权知悉，未办理。请增加评查人。")


class NobodyLeftToScore(Refusal):
    code = "review.nobody_left_to_score"
    message = _(
        "第 {n} 项是接替人本人制作、参加的，或者接替人无权知悉，其他评查人也不能评，未更换。"
        "请另选接替人。"
    )


class NotReviewing(Refusal):
    code = "review.not_reviewing"
    message = _("{who}不是本次评查的评查人，未更换。请刷新页面后重新选择。")


class ReviewsAlready(Refusal):
    code = "review.reviews_already"
    message = _("{who}已经是本次评查的评查人，未更换。请另选人员接替。")


class ScoredBefore(Refusal):
    code = "review.scored_before"
    message = _(
        "{who}已作为另一名评查人在本次评查中评过分，不能再接替他人，未更换。请另选人员接替。"
    )


class NotYoursToScore(Refusal):
    code = "review.not_yours_to_score"
    message = _("第 {position} 项不由您评分：您不是评查人，或者这是您本人制作、参加的。")


class ScoreWrong(Refusal):
    code = "review.score_wrong"
    message = _("第 {line} 项扣分须在 0 到 {points} 分之间，未保存。请核对。")


class NotAllScored(Refusal):
    code = "review.not_all_scored"
    message = _("还有 {n} 份评查表没有填写，未办理。请评查人全部评完后再通知结果。")


class WrongStep(Refusal):
    code = "review.wrong_step"
    message = _("评查当前为“{state}”，不能办理此步骤，未作改动。请刷新页面查看最新进展。")


class WordsBlank(Refusal):
    code = "review.words_blank"
    message = _("没有填写{field}，未办理。请填写后再提交。")


class ObjectingDay(Refusal):
    code = "review.objecting_day"
    message = _("异议期限须在今天或者以后，最长 60 天，未办理。请重新选择。")


class NotConcerned(Refusal):
    code = "review.not_concerned"
    message = _("只有被评查的执法人员和所在科室负责人可以提出异议，未办理。")


class ObjectingOver(Refusal):
    code = "review.objecting_over"
    message = _("异议期限（{day}）已过，不能再提出异议。请向负责评查的岗位反映。")


class ObjectedBefore(Refusal):
    code = "review.objected_before"
    message = _("对第 {position} 项已经提出过异议，不能重复提出。请查看答复。")


class NotTheDecider(Refusal):
    code = "review.not_the_decider"
    message = _("异议由评查人以外的负责评查人员或者局领导答复，当事人和评查人不能答复，未办理。")


class AnsweredBefore(Refusal):
    code = "review.answered_before"
    message = _("这一异议已经答复，未作改动。请刷新页面查看。")


class StillObjectable(Refusal):
    code = "review.still_objectable"
    message = _("异议期限到 {day} 为止，期满后才能办结，未办理。")


class ObjectionOpen(Refusal):
    code = "review.objection_open"
    message = _("还有 {n} 件异议没有答复，不能办结。请先答复。")


class FormNotWhole(Refusal):
    code = "review.form_not_whole"
    message = _("各项分值合计应为 100 分，表中为 {n} 分，全部未导入。请改正后重新导入。")
