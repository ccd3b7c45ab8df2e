"""The menu of who watches over enforcement: checks, reviews, breaches, figures."""

from django.utils.translation import gettext_lazy as _

from liuhen.people.permissions import Permission as P
from liuhen.supervision.breaches.seeing import WORKING
from liuhen.supervision.corrections.seeing import LOOKING as OF_CORRECTIONS
from liuhen.supervision.reviews.seeing import LOOKING as OF_REVIEWS
from liuhen.web.doors import SEEING
from liuhen.web.menu_entries import entry, section

WATCHING = section(
    _("监督"),
    entry(
        "spot_checks",
        _("抽查"),
        "dice-5",
        _("按比例随机抽取执法活动和资料逐项检查，抽取过程任何人都可以复核。"),
        P.SEE_SPOT_CHECKS,
        P.TAKE_SPOT_CHECKS,
        names="new_spot_check spot_check spot_work abandon_spot_check close_spot_check"
        " give_spot_item",
    ),
    entry(
        "reviews",
        _("评查"),
        "clipboard-check",
        _("按评查表打分，通知结果，受理异议。"),
        *OF_REVIEWS,
        names="new_review review review_item review_form import_review_form"
        " announce_review close_review abandon_review score_review_item object_review_item"
        " answer_review_objection",
    ),
    entry(
        "daily_check",
        _("日常检查"),
        "checklist",
        _("科室负责人每天核对设备、资料和问题并登记。"),
        P.ORDER_CORRECTIONS,
        names="enter_daily_check",
    ),
    entry(
        "remote_supervision",
        _("远程督查"),
        "broadcast",
        _("当日资料录制、设备领用和各科室记录完整情况。"),
        P.WATCH_REMOTELY,
    ),
    entry(
        "playback",
        _("调阅回放"),
        "player-play",
        _("定期回放资料，登记是否全程记录、执法是否规范。"),
        P.LOOK_BACK,
        names="enter_playback",
    ),
    entry(
        "corrections",
        _("整改"),
        "tools",
        _("检查发现的问题：发出整改通知，提交整改情况，验收。"),
        *OF_CORRECTIONS,
        names="order_correction correction submit_correction accept_correction"
        " return_correction withdraw_correction add_correction_proof",
    ),
    entry(
        "breaches",
        _("违规线索"),
        "alert-octagon",
        _("核实违规线索，立案调查，听取陈述申辩，提出处理意见。"),
        *WORKING,
        names="enter_breach breach",
    ),
    entry(
        "breach_decisions",
        _("责任追究"),
        "gavel",
        _("责任追究决定的登记簿：送达、执行和申诉情况。"),
        *WORKING,
    ),
    entry(
        "statistics",
        _("统计分析"),
        "chart-histogram",
        _("资料、移交、完整性和设备使用的统计、比较和月报，每个数字可查看明细。"),
        *SEEING,
        names="statistics_list monthly_report",
    ),
    entry(
        "assessment",
        _("考核"),
        "clipboard-data",
        _("按科室和人员汇总考核数据，可导出、打印。"),
        *SEEING,
    ),
)
