"""Each ground of an answer as a sentence. `{…}` are its facts, already put into words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy.answers import Why

HANDOVER: dict[Why, Promise] = {
    Why.HANDOVER_SAME_DAY: _("应在{clock}的当日移交，以当日24时为限。"),
    Why.HANDOVER_HOURS: _("应在{clock}后{hours}小时内移交，按自然小时连续计算，节假日不扣除。"),
    Why.HANDOVER_EXCUSED: _("属于{excuses}的情形，可以延后移交。"),
    Why.EXCUSE_NOT_LISTED: _("{excuses}不属于本制度可以延后移交的情形，仍按一般时限移交。"),
    Why.CLOCK_NOT_STARTED: _("尚未登记{clock}的时间，移交时限暂未起算。"),
}

KEEPING: dict[Why, Promise] = {
    Why.TERM_EXACT: _("保存期限为{period}；期满后须经人工鉴定，系统不自动删除。"),
    Why.TERM_AT_LEAST: _("至少保存{period}；这是最低期限，届满后只可提请鉴定，不等于到期。"),
    Why.TERM_CASE_FILE: _("保存期限与执法案卷的保管期限一致。"),
    Why.TERM_UNSTATED: _("制度未规定保存期限，不自动到期。"),
    Why.EVIDENCE_EXACT: _("已作为证据使用，保存期限为{period}；期满后须经人工鉴定。"),
    Why.EVIDENCE_AT_LEAST: _("已作为证据使用，至少保存{period}；这是最低期限，不等于到期。"),
    Why.EVIDENCE_CASE_FILE: _("已作为证据使用，随案卷的保存期限保存。"),
    Why.EVIDENCE_UNSTATED: _("已作为证据使用，制度未规定其保存期限，不自动到期。"),
    Why.CASE_FILE_UNKNOWN: _("案卷保管期满日尚未登记；登记前不得提请鉴定。"),
    Why.CASE_FILE_FOR_GOOD: _("所在案卷的保管期限为永久。"),
    Why.LONG_TERM: _("有下列情形，应当长期保存：{triggers}。"),
    Why.PRESERVE: _("有下列情形，应当及时收集、保存，不自动到期：{triggers}。"),
    Why.ON_HOLD: _("资料正在保全，解除保全前不得提请鉴定。"),
    Why.BEFORE_ADOPTION: _("资料形成时本单位尚未执行本制度，按本制度最早的规定保存。"),
    Why.FROM_INTAKE: _("设备时钟从未比对，录制时间未经证实，保存期限自入库之时起算。"),
    Why.LAW_TERM_SHORT: _(
        "提示：保存期限{period}可能短于行政处罚法第三十六条规定的二年期限，"
        "请结合办案需要考虑延长。本提示不影响制度执行。"
    ),
}

RECORDING: dict[Why, Promise] = {
    Why.MATTER_ALWAYS: _("“{matter}”属于制度列明的事项，应当进行音像记录。"),
    Why.MATTER_DISPUTABLE: _("“{matter}”属于制度列明的事项且可能引发争议，应当进行音像记录。"),
    Why.MATTER_NOT_DISPUTABLE: _("“{matter}”不属于可能引发争议的情形，制度未要求必须记录。"),
    Why.MATTER_DISPUTE_UNKNOWN: _(
        "“{matter}”是否可能引发争议尚未确定；可能引发争议的，应当进行音像记录。"
    ),
    Why.MATTER_LISTED: _("“{matter}”已列入本单位音像记录事项清单，应当进行音像记录。"),
    Why.MATTER_NOT_LISTED: _("“{matter}”未列入本单位音像记录事项清单，制度未要求必须记录。"),
    Why.MATTER_LIST_UNKNOWN: _(
        "“{matter}”是否应当记录，须对照本单位音像记录事项清单；目前尚未核对。"
    ),
    Why.MATTER_NOT_NAMED: _("“{matter}”不在制度列明的应当记录的事项之内。"),
    Why.NOT_YET_OWED: _("当时本单位尚未执行本制度，不作要求。"),
    Why.NO_GAP: _("直接涉及{rights}，应当进行全过程无间断音像记录。"),
    Why.FULL_COURSE: _("有下列情形，必须全程录音录像：{triggers}。"),
    Why.SPAN: _("记录自{start}时起，至{end}时止。"),
    Why.EXEMPTION_CONSENT: _("因{cause}不记录的，须事先经下列人员之一同意：{posts}。"),
    Why.EXEMPTION_AFTERWARDS: _("因{cause}可以不记录；活动结束后应及时写明原因和依据，报{posts}。"),
    Why.CAUSE_NOT_LISTED: _("“{cause}”不属于制度规定可以不记录的情形，应当进行音像记录。"),
    Why.NO_EXEMPTION: _("制度没有规定可以不记录的情形，“{cause}”不能免予记录。"),
    Why.INTERRUPTION: _("因{cause}可以中止记录。"),
    Why.INTERRUPTION_NOT_LISTED: _("“{cause}”不属于制度规定可以中止记录的情形。"),
    Why.CANNOT_GO_ON: _("确实无法继续记录的，应当立即报告{posts}。"),
}

DESCRIBING: dict[Why, Promise] = {
    Why.FIELDS_MISSING: _("归档前须补填：{fields}。"),
    Why.NOTICE_PHRASE: _("记录前应当按制度规定的用语告知当事人。"),
    Why.NOTICE_BOOK: _("记录前应当告知当事人，告知用语依照：{book}。"),
    Why.NOTICE_ONLY: _("应当告知当事人正在进行音像记录。"),
    Why.SHOT_LIST: _("制度规定了{count}项应当摄录的内容。"),
    Why.OPENING_STATEMENT: _("开始记录时应当对{count}项内容作语音说明。"),
    Why.PRE_USE_CHECK: _("使用前应当检查{count}个项目。"),
    Why.DISC_LABEL: _("刻录光盘一式{copies}份，标签载明：{fields}。"),
    Why.EVIDENCE_NOTE: _("应当制作文字说明，注明：{fields}。"),
    Why.LEDGER: _("使用台账应当载明：{fields}。"),
}

DECIDING: dict[Why, Promise] = {
    Why.CHAIN: _("“{kind}”须依次报经：{steps}。"),
    Why.NO_APPROVAL: _("“{kind}”无须审批。"),
    Why.NEVER_SECRET: _("依法应当保密的资料，不得用于“{kind}”，也不能通过审批放行。"),
    Why.ENOUGH_DEVICES: _("执法人员{people}人，应配设备{needed}台，现有{devices}台，符合标准。"),
    Why.TOO_FEW_DEVICES: _(
        "执法人员{people}人，应配设备{needed}台，现有{devices}台，缺{missing}台。"
    ),
    Why.OUTSIDE_STANDARD: _("配备标准执行：{standard}。数量要求由本单位录入后计算。"),
    Why.SAMPLING: _("由{posts}按{percent}%的比例抽查。"),
    Why.SAMPLING_UNSET: _("由{posts}按一定比例抽查；制度未写明比例，须由本单位设定。"),
    Why.CADENCE: _("由{posts}负责，{rhythm}一次：{what}。"),
    Why.CADENCE_UNSET: _("由{posts}负责：{what}。制度未写明周期，须由本单位设定。"),
    Why.BREACHES: _("制度列明了{count}种违规行为。"),
    Why.SANCTIONS: _("制度列明了{count}种责任追究方式。"),
}

USING: dict[Why, Promise] = {
    Why.CHECK_ITEM_FAILED: _("“{item}”检查不合格。"),
    Why.BATTERY_LOW: _("电量不足{needed}%，或未填写电量。"),
    Why.SPACE_LOW: _("剩余空间不足{needed}GB，或未填写剩余空间。"),
    Why.CLOCK_NOT_READ: _("未测定设备时钟；偏差须在{within}秒以内。"),
    Why.CLOCK_OFF: _("设备时钟偏差超过{within}秒，须先校时并重新测定。"),
    Why.ONE_EACH: _("谁使用、谁负责，一人同时领用多台设备的须说明理由。"),
    Why.EXPLOSION_PROOF_NEEDED: _("爆炸危险区域内应当使用防爆设备。"),
    Why.SUSPENDED: _("停止执法期间不得从事执法工作。"),
    Why.FULL_PRICE: _("故意损坏的，按设备原价赔偿。"),
    Why.BY_RULE: _("丢失、损坏的，按有关规定赔偿。"),
    Why.REPAIR_THROUGH: _("设备损坏、故障的，由{posts}安排维修。"),
    Why.USER_ANSWERS: _("谁使用、谁负责，由当时的使用人承担责任。"),
    Why.RECORDINGS_LOST: _("设备遗失，其中的音像资料未能确认已全部移交。"),
}

ANSWERING: dict[Why, Promise] = {
    Why.FIRST_RESPONSIBLE: _("{posts}为第一责任人。"),
    Why.MAINTAINED_BY: _("由{posts}负责管理维护。"),
    Why.ISSUED_BY: _("由{posts}负责登记和发放。"),
    Why.KEEPER_EACH: _("设备须明确专人管理维护。"),
    Why.COLLECTION_MEDIA: _("应配备{media}，统一采集、存储。"),
}

SENTENCES = HANDOVER | KEEPING | RECORDING | DESCRIBING | DECIDING | USING | ANSWERING
