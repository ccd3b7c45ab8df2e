"""What the system does for articles on checking by sample."""

from django.utils.translation import gettext_lazy as _

from liuhen.regulations.enforcement_rows import Rows, T, built

SPOT_CHECKS: tuple[Rows, ...] = (
    built(
        T.SAMPLING,
        _(
            "由制度规定的岗位按比例抽查：先把规则和名册校验值记入存证日志，再以日志的根哈希随机抽取，"
            "谁也不能预知、挑选，任何人都可以重新抽取核对；制度没有写明比例的，须写明理由。"
            "检查人逐项调看，调看无须申请但登记入簿，本人制作、参加的由他人检查；"
            "按制度的问题登记结果，按科室、人员统计，可打印登记表。"
        ),
        "engines.policy.oversight.sampling",
        "engines.drawing.choosing.draw",
        "supervision.spot_checks.announce",
        "supervision.spot_checks.draw",
        "supervision.spot_answers.answer",
        "access.assigning.assign",
    ),
    built(
        T.INSPECTION,
        _("抽查的内容、发现的问题和结论逐项登记；抽查办结时，本期的监督检查事项一并办结。"),
        "supervision.spot_answers.close",
        "supervision.spot_queries.tallies",
    ),
)
