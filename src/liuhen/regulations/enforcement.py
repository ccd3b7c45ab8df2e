"""What the system does for each thing an article can govern: built today, or planned in an issue.

The rule reader shows it beside the article; docs/reference/articles.md puts the tests beside it.
"""

from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy.pack import Article
from liuhen.engines.policy.vocabulary import Topic
from liuhen.regulations.enforced_devices import DEVICES
from liuhen.regulations.enforced_player import PLAYER
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
    # What is recorded, and how.
    planned(T.PURPOSE, 5, _("将列出不属于任何执法活动的音像资料，供核查是否用于非执法活动。")),
    planned(
        T.MUST_RECORD,
        5,
        _("将依据执法事项清单逐项核对，列出应当记录而没有音像资料的执法活动。"),
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
    planned(
        T.EXEMPTION,
        5,
        _("将办理免予记录的事前批准或事后工作记录，写明原因和依据，送规定的负责人审核后归档。"),
        "engines.policy.recording.exemption",
    ),
    planned(
        T.INTERRUPTION,
        5,
        _("将标出每处中断，要求填写原因并标注恢复记录时的语音说明；无法继续记录的，即时报告。"),
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
    planned(T.SITE, 5, _("将核对现场携带的设备数量，并把关键点照片对应到录像时间轴上。")),
    planned(
        T.NOTICE,
        5,
        _("将提供填入执法人员姓名的告知用语，并在播放时标注告知的时刻。"),
        "engines.policy.describing.notice",
    ),
    planned(
        T.OPENING_STATEMENT,
        5,
        _("将列出开始记录时应当口述的各项内容，播放时逐项标注是否已说明。"),
        "engines.policy.describing.opening_statement",
    ),
    planned(
        T.SHOT_LIST,
        5,
        _("将列出应当重点摄录的内容，播放时逐项标注，缺项一目了然。"),
        "engines.policy.describing.shot_list",
    ),
    planned(
        T.PICTURE,
        5,
        _("入库检验现已标出截断和损坏；将检查黑屏、画面静止、镜头遮挡和无声，并标出时段。"),
        "recordings.examination.examine",
    ),
    planned(T.CONDUCT, 7, _("将在评查表中设置执法行为规范项目，逐项评分。")),
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
    planned(
        T.ARCHIVE,
        5,
        _("将在归档前核对案件名称、当事人等必填信息，缺项提示补填。"),
        "engines.policy.describing.missing",
    ),
    built(
        T.STORAGE,
        _("原件集中存放在专用存储中，按年、月、日分文件夹保存，设置为只读。"),
        "engines.vault.keys.vault_key",
        "engines.vault.disk.DiskVault",
    ),
    planned(T.STORAGE, 6, _("将按案件整理导出，并刻录、登记光盘。")),
    planned(T.DOSSIER, 5, _("将以当事人为单位汇集文书和音像资料，形成一户式档案。")),
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
    # Who sees it, and what leaves the house.
    built(
        T.OUTWARD,
        _("在本系统内播放，不设下载功能；凭本人限时凭证打开，每次打开都先记入保管链。"),
        "access.viewing.open_recording",
        "access.viewing.redeem",
    ),
    planned(T.OUTWARD, 6, _("将办理对外提供的审批，未经批准不得带出。")),
    built(
        T.ACCESS,
        _(
            "执法人员只能查看本人录制和共同执法的资料，科室负责人只能查看本科室的资料；何人何时打开查看自动登记。"
        ),
        "recordings.queries.visible_to",
        "access.viewing.open_recording",
    ),
    planned(
        T.ACCESS,
        6,
        _("将按本条规定的次序办理调阅审核、批准和登记，自动形成调阅登记簿。"),
        "engines.policy.approvals.chain",
    ),
    planned(
        T.PUBLICATION,
        6,
        _("将办理公开使用审批，涉密及不宜公开的资料不得公开。"),
        "engines.policy.approvals.chain",
    ),
    planned(
        T.EVIDENCE_NOTE,
        6,
        _("将在提取证据时生成文字说明，载明制作人、提取人、提取时间等事项，随案卷保存。"),
        "engines.policy.describing.evidence_note",
    ),
    planned(
        T.DISC,
        6,
        _("将刻录光盘一式两份并打印标签，登记存放地点，定期回读检查。"),
        "engines.policy.describing.disc_label",
    ),
    built(
        T.RETENTION,
        _(
            "按录制结束之日执行的制度核算每份资料的保存期限，在资料页面列明期限、依据条款和掌握口径。"
        ),
        "retention.terms.keeping_of",
        "engines.policy.terms.keeping",
    ),
    planned(
        T.RETENTION,
        6,
        _("将对期满资料办理鉴定和销毁审批；任何资料都不会到期自动删除。"),
    ),
    planned(
        T.LONG_TERM,
        6,
        _("将按本条所列情形标注长期保存的资料，标注后不再到期。"),
        "engines.policy.terms.keeping",
    ),
    planned(
        T.HOLD,
        6,
        _("将在接到投诉、信访时立即保全有关资料，保全期间任何人不得销毁。"),
        "engines.policy.terms.keeping",
    ),
    built(
        T.SECRECY,
        _("按岗位和科室限定查看范围，其他单位人员和三类管理员一律不能查看音像资料。"),
        "recordings.queries.visible_to",
        "people.permissions.check",
    ),
    planned(T.SECRECY, 6, _("将标注国家秘密、商业秘密和个人隐私，标注后进一步限定知悉范围。")),
    # Supervision.
    built(T.INSPECTION, PERIODIC, "duties.recurring.make", "duties.closing.complete"),
    planned(T.INSPECTION, 7, _("将记录监督检查的内容、发现的问题和整改结果。")),
    planned(
        T.SAMPLING,
        7,
        _("将按规定比例随机抽取资料，逐项检查并登记结果，抽取过程可复核。"),
        "engines.policy.oversight.sampling",
    ),
    built(T.REVIEW, PERIODIC, "duties.recurring.make", "duties.closing.complete"),
    planned(T.REVIEW, 7, _("将组织评查打分，形成结果、异议和整改通知。")),
    planned(T.REMOTE_SUPERVISION, 7, _("将显示当日记录情况、设备使用情况和各科室覆盖率。")),
    planned(T.INVESTIGATION, 7, _("将办理违规线索的调查、陈述和处理决定。")),
    built(
        T.BREACHES,
        _("应办事项逾期时自动记入存证日志，并标明可能属于本条所列的哪一项；是否违规由人认定。"),
        "duties.overdue.note",
        "engines.policy.oversight.candidate",
    ),
    planned(T.BREACHES, 7, _("将由有权人员确认或排除违规线索，并按本条所列情形归类。")),
    planned(
        T.SANCTIONS,
        7,
        _("现可登记停止执法期限，停止执法期间不能领用设备；将按本条所列方式作出处理决定。"),
        "engines.policy.oversight.sanctions",
        "people.suspending.suspend",
        "devices.handing_out.check_user",
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
