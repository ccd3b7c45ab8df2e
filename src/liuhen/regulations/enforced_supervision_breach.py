"""What the system does for articles on breaches, inquiries and sanctions."""

from django.utils.translation import gettext_lazy as _

from liuhen.regulations.enforcement_rows import Rows, T, built

BREACHES: tuple[Rows, ...] = (
    built(
        T.INVESTIGATION,
        _(
            "由督查机构核实线索、立案调查，逐步登记调查情况和材料，告知本人并听取陈述申辩，"
            "未听取的不能提出处理意见；涉及本人的须回避，其他人员不能查看，也不计入其看到的数目。"
        ),
        "supervision.breaches.sifting.confirm",
        "supervision.breaches.inquiring.tell",
        "supervision.breaches.deciding.propose",
        "supervision.breaches.seeing.visible_to",
    ),
    built(
        T.BREACHES,
        _(
            "应办事项逾期、记录缺失或者间断未说明、事后补录、非执法使用、资料不符、多次未获准查看、"
            "设备遗失等，自动列为线索并标明可能属于本条所列的哪一项；举报、交办的由人登记。"
            "是否违规由有权人员确认或者写明理由排除。"
        ),
        "supervision.breaches.following.catch_up",
        "supervision.breaches.suspecting.enter",
        "supervision.breaches.sifting.confirm",
        "supervision.breaches.sifting.dismiss_all",
        "engines.policy.oversight.shown_by",
    ),
    built(
        T.SANCTIONS,
        _(
            "只能按本条所列方式提出处理意见，由提出人以外的局领导决定；停止执法的，自决定之日起"
            "不能领用设备，期满自动恢复。决定书送达本人，可申诉一次，由其他人员复核，维持或者撤销。"
        ),
        "supervision.breaches.deciding.propose",
        "supervision.breaches.deciding.decide",
        "supervision.breaches.stopping.begin",
        "supervision.breaches.correcting.begin",
        "devices.handing_out.check_user",
        "supervision.breaches.following_up.appeal",
        "supervision.breaches.following_up.revoke",
    ),
)
