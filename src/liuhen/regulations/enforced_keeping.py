"""What the system does for articles on how long recordings are kept, and on holding them."""

from django.utils.translation import gettext_lazy as _

from liuhen.regulations.enforcement_rows import Rows, T, built

KEEPING: tuple[Rows, ...] = (
    built(
        T.RETENTION,
        _(
            "按录制结束之日执行的制度核算每份资料的保存期限，作为证据使用或者归入案件的，随案卷保管期限；"
            "列明全部期限、依据条款和掌握口径，以最长的为准，案件结案、列为证据等变动后自动重新核算。"
        ),
        "retention.terms.keeping_of",
        "retention.facts.file_end",
        "retention.following.catch_up",
        "engines.policy.terms.keeping",
    ),
    built(
        T.LONG_TERM,
        _(
            "按本条所列情形标注资料、执法活动或者案件长期保存，登记现场情形、重大案件和投诉的自动列入，"
            "不再到期；撤销标注须由标注人以外的人员办理并写明理由。"
        ),
        "cases.triggers.mark",
        "cases.triggers.lift",
        "retention.facts.Bearing.triggers",
        "engines.policy.terms.keeping",
    ),
    built(
        T.HOLD,
        _(
            "登记投诉、信访的同时保全有关资料，以后归入同一范围的一并保全；保全期间任何人不得销毁，"
            "解除须由两人办理，涉及本人的不能办理。制度指定由谁保全的，由其办理。"
        ),
        "retention.complaints.enter",
        "retention.holds.place",
        "retention.holds.lift",
        "retention.guards.ask",
        "engines.policy.terms.keeping",
    ),
)
