"""What the system does for articles on reviews, conduct, corrections, and daily watching."""

from django.utils.translation import gettext_lazy as _

from liuhen.regulations.enforcement_rows import Rows, T, built

REVIEWS: tuple[Rows, ...] = (
    built(
        T.REVIEW,
        _(
            "由制度规定的岗位组织评查：每个科室随机抽取，或者写明理由指定；按评查表逐项打分，"
            "不评本人的，一票否决项单列；结果通知被评查的人员和科室，异议由评查人以外的人员答复；"
            "办结时本期的评查事项一并办结。评查表可导入，评查表、评查结果可打印。"
        ),
        "packs.review_forms.offered",
        "supervision.reviews.form_table.take_in",
        "supervision.reviews.opening.open",
        "supervision.reviews.scoring.score",
        "supervision.reviews.replacing.replace",
        "supervision.reviews.finishing.answer_objection",
        "supervision.reviews.finishing.close",
    ),
    built(
        T.REVIEW,
        _("法制机构定期回放资料，登记是否全程记录、执法是否规范；没有播放过的不能登记。"),
        "supervision.watching.lookbacks.offered",
        "supervision.watching.lookbacks.enter",
    ),
    built(
        T.CONDUCT,
        _("执法人员仪容、用语和行为是评查表的专项，每件评查对象都要打分。"),
        "packs.review_forms.FormLine",
        "supervision.reviews.scoring.score",
    ),
    built(
        T.INSPECTION,
        _(
            "检查发现的问题发出整改通知书，写明责任人、要求、期限和依据，列为应办事项；"
            "整改情况和材料由发出人验收，未改好的退回，逾期不改的列为线索。"
        ),
        "supervision.corrections.ordering.order",
        "supervision.corrections.ordering.accept",
        "supervision.corrections.proof.add",
        "duties.corrections.owed_by",
    ),
    built(
        T.INSPECTION,
        _("科室负责人每天核对本科室的活动、资料、设备和逾期情况，登记问题，当日检查事项随即办结。"),
        "supervision.watching.daily.seen",
        "supervision.watching.daily.enter",
    ),
    built(
        T.REMOTE_SUPERVISION,
        _("显示今天录制的资料、带设备在外的人员、窗口监控和各科室记录完整情况，自动更新。"),
        "supervision.watching.remote.today",
    ),
)
