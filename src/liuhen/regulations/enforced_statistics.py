"""What the system does for articles that have recording counted in the bureau's assessment."""

from django.utils.translation import gettext_lazy as _

from liuhen.regulations.enforcement_rows import Rows, T, built

STATISTICS: tuple[Rows, ...] = (
    built(
        T.ASSESSMENT,
        _(
            "按科室和人员汇总应当记录、已记录、记录完整、按时移交、信息完整、逾期事项、"
            "抽查结果和认定的违规等考核数据，"
            "随业务办理自动统计，每个数字均可打开明细；"
            "只能看到本人有权查看的范围，可导出 Excel、打印 PDF。"
        ),
        "statistics.assessment.assessment",
        "statistics.tallying.catch_up",
        "statistics.breach_counts.by",
        "statistics.listing.listed",
        "statistics.scopes.widest",
    ),
)
