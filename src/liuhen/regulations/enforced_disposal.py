"""What the system does for articles on what becomes of a recording at the end of its term."""

from django.utils.translation import gettext_lazy as _

from liuhen.regulations.enforcement_rows import Rows, T, built

DISPOSAL: tuple[Rows, ...] = (
    built(
        T.RETENTION,
        _(
            "期满资料列出由保管员鉴定，任何资料都不会到期自动销毁；无保存价值的编制销毁清册，"
            "经法制机构审核、主要负责人批准，等待期满后由两名监销人确认方予销毁。"
            "保全的、案件未结的自动留下；期限以服务器时钟和存证日志时间中较早的为准。"
        ),
        "retention.appraisal.appraise",
        "retention.disposal.approve",
        "retention.execution.witness",
        "retention.guards.ask",
        "retention.log_time.clocks",
    ),
)
