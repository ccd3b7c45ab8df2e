"""What the system does for each thing an article can govern: built today, or planned in an issue.

The rule reader shows it beside the article; docs/reference/articles.md puts the tests beside it.
"""

from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy.pack import Article
from liuhen.engines.policy.vocabulary import Topic
from liuhen.regulations.enforced_access import ACCESS
from liuhen.regulations.enforced_devices import DEVICES
from liuhen.regulations.enforced_discs import DISCS
from liuhen.regulations.enforced_disposal import DISPOSAL
from liuhen.regulations.enforced_keeping import KEEPING
from liuhen.regulations.enforced_package import PACKAGE
from liuhen.regulations.enforced_player import PLAYER
from liuhen.regulations.enforced_supervision_breach import BREACHES
from liuhen.regulations.enforced_supervision_review import REVIEWS
from liuhen.regulations.enforced_supervision_spot import SPOT_CHECKS
from liuhen.regulations.enforcement_rows import PERIODIC, Enforcement, Rows, T, built, planned

__all__ = ["ENFORCED", "Enforcement", "of", "rows"]


def of(article: Article) -> tuple[Enforcement, ...]:
    """All rows for what the article governs, in its order; none for text alone."""
    return tuple(row for topic in article.governs for row in ENFORCED[topic])


def rows() -> tuple[Enforcement, ...]:
    return tuple(row for topic in Topic for row in ENFORCED[topic])


ALL: tuple[Rows, ...] = (
    *DEVICES,
    *PLAYER,
    *DISPOSAL,
    *KEEPING,
    *PACKAGE,
    *DISCS,
    *ACCESS,
    *BREACHES,
    *SPOT_CHECKS,
    *REVIEWS,
    # What is recorded, and how.
    built(
        T.PURPOSE,
        _(
            "不属于任何执法活动的音像资料逐份列出，须归入执法活动，或者写明原因列为不属于执法活动；"
            "非执法使用的，在清单中标红供督查核实。"
        ),
        "cases.belonging.worklist",
        "cases.asides.set_aside",
    ),
    built(
        T.MUST_RECORD,
        _(
            "导入执法事项清单，登记执法活动时选定事项；按本条和清单逐次判断是否应当录音录像，"
            "应当记录而没有资料的逐一列出。"
        ),
        "cases.matters.take_in",
        "cases.activities.requirement_of",
        "engines.policy.recording.required",
    ),
    built(
        T.NO_GAP,
        _(
            "涉及人身自由、生命健康、重大财产权益的活动，核查全程有无间断；有间断的，"
            "登记了中断原因也不视为已说明，并注明依据的条款。"
        ),
        "cases.coverage.refresh",
        "cases.judging.judge",
        "engines.policy.recording.required",
    ),
    built(
        T.EXEMPTION,
        _(
            "只能按制度所列情形办理免予记录：须事前同意的，到达现场后不能补办；事后写工作记录的，"
            "写明原因和依据，列为应办事项。由规定的负责人同意、退回或者不同意，本人不能审核，"
            "同意后归档，可打印、下载 PDF。"
        ),
        "cases.exemptions.ask",
        "cases.exemptions.approve",
        "cases.explaining.standing",
        "duties.unrecorded.owed_by",
        "engines.policy.recording.exemption",
    ),
    built(
        T.INTERRUPTION,
        _(
            "逐段登记中断的起止、事由和原因，对应恢复记录时的口述标记，制度要求工作记录的送审归档；"
            "制度未列的情形如实登记并注明。无法继续记录的，即时报告规定的负责人并留下阅知时间，"
            "书面说明列为报告人的应办事项。"
        ),
        "cases.interruptions.enter",
        "cases.explaining.explains",
        "cases.stops.report",
        "cases.stops.see",
        "duties.unrecorded.owed_by",
        "engines.policy.recording.interruption",
        "engines.policy.recording.cannot_go_on",
    ),
    built(
        T.SPAN,
        _(
            "按校正后的时间核对执法活动自规定起点至终点是否全程有录音录像，"
            "逐台设备标出未及时开始、中途间断、提前停止和事后补录，并列出须说明的间断。"
        ),
        "engines.media.continuity.continuity",
        "cases.coverage.refresh",
        "cases.following.catch_up",
    ),
    built(
        T.SITE,
        _(
            "按执法活动登记的设备和资料的来源核对现场携带的设备数量，不足的在活动页面标出；"
            "要求拍照的，核对有无照片归入，照片按时刻排在资料时间轴上。"
        ),
        "cases.sites.of",
    ),
    built(
        T.NOTICE,
        _("现场页面用大字显示填入执法人员姓名的告知用语供宣读，已告知的当场确认，播放时标注时刻。"),
        "cases.points.notice_phrase",
        "cases.on_site.say",
    ),
    built(
        T.OPENING_STATEMENT,
        _("现场页面逐项列出开始记录时应当口述的内容，当场确认；播放时逐项标注，缺项一目了然。"),
        "cases.points.standing",
        "cases.on_site.say",
    ),
    built(
        T.SHOT_LIST,
        _("现场页面逐项列出应当摄录的内容并注明重点，当场确认；播放时逐项标注，缺项一目了然。"),
        "cases.points.standing",
        "cases.on_site.say",
    ),
    built(
        T.PICTURE,
        _(
            "入库检验标出截断、损坏、录制间断、画面全黑、静止、遮挡和静音的时段；归入执法活动的，"
            "在活动页面列出有异常标记、需要查看的资料，并与执法时间逐段核对。"
        ),
        "recordings.examination.examine",
        "cases.coverage.refresh",
    ),
    # Taking in and keeping.
    built(
        T.HANDOVER,
        _(
            "本单位启用本系统后录制的资料，检验后逐份按本条核算移交期限，与实际入库时间比对，"
            "逾期的记为逾期并提示可能的违规情形；归入执法活动的，自活动结束或者返回单位时起算，"
            "并核对延后移交的情形是否符合规定；活动时间尚未登记的，暂以录制结束时间起算并注明。"
        ),
        "duties.handing_in.handover_of",
        "duties.redating.redate",
        "engines.policy.handover.due",
    ),
    built(
        T.ARCHIVE,
        _("音像资料采集时逐份计算校验值、回读核对后封存入库，并记入保管链；未能读取的逐一列明。"),
        "recordings.intake.run",
        "recordings.sealing.seal",
    ),
    built(
        T.ARCHIVE,
        _(
            "按录制之日执行的制度核对归档必填信息，从执法活动、案件和当事人取得，不重复填写；"
            "缺项在资料页面提示，按科室、项目统计，可批量补填。"
        ),
        "cases.required.missing_in",
        "cases.required.figures",
        "cases.filling.fill",
        "engines.policy.describing.missing",
    ),
    built(
        T.STORAGE,
        _("原件集中存放在专用存储中，按年、月、日分文件夹保存，设置为只读。"),
        "engines.vault.keys.vault_key",
        "engines.vault.disk.DiskVault",
    ),
    built(
        T.DOSSIER,
        _(
            "以当事人为单位，把各案件的文书材料和音像资料按时间汇集为一户式档案；"
            "文书与音像资料同样封存、核验；可打印目录，可按当事人、案件、活动分文件夹导出，附校验清单。"
        ),
        "cases.dossier.timeline",
        "cases.documents.add",
        "cases.dossier_export.for_officer",
    ),
    built(
        T.ORIGINALS,
        _(
            "原件封存后只读，系统不提供删改、剪辑的途径；可随时核验是否与封存时一致，"
            "改动在核验、巡检和审计中会被发现。"
        ),
        "engines.vault.disk.DiskVault.put",
        "recordings.integrity.verify",
        "recordings.integrity.audit",
    ),
    built(
        T.RETENTION,
        _(
            "按录制结束之日执行的制度核算每份资料的保存期限，在资料页面列明期限、依据条款和掌握口径。"
        ),
        "retention.terms.keeping_of",
        "engines.policy.terms.keeping",
    ),
    # Supervision.
    built(T.INSPECTION, PERIODIC, "duties.recurring.make", "duties.closing.complete"),
    built(T.REVIEW, PERIODIC, "duties.recurring.make", "duties.closing.complete"),
    built(
        T.BREACHES,
        _("应办事项逾期时自动记入存证日志，并标明可能属于本条所列的哪一项；是否违规由人认定。"),
        "duties.overdue.note",
        "engines.policy.oversight.candidate",
    ),
    planned(T.ASSESSMENT, 7, _("将按人员和科室汇总考核数据，每个数字均可查看明细。")),
    built(
        T.IN_FORCE,
        _("自本单位开始执行之日起适用本制度；参数调整另行注明生效日期，不追溯既往。"),
        "regulations.setting_up.adopt",
        "regulations.proposing.approve",
        "engines.policy.pack.Rulebook.on",
    ),
)

ENFORCED: dict[Topic, Rows] = {
    topic: tuple(row for part in ALL for row in part if row.topic == topic) for topic in Topic
}
"""Every topic's rows: what is built, then what is planned."""
