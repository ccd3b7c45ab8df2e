"""The vocabulary of packs in the officers' words: every member of every list has one."""

from collections.abc import Iterable
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy import vocabulary as v
from liuhen.engines.policy.periods import Period

Words = dict[str, Promise]

POSTS: Words = {
    v.Post.OFFICER: _("执法人员"),
    v.Post.ON_SITE_LEADER: _("现场负责人"),
    v.Post.UNIT_HEAD: _("办案部门负责人"),
    v.Post.OFFICE_HEAD: _("资料管理部门负责人"),
    v.Post.LEADER: _("主管领导"),
    v.Post.BUREAU_HEAD: _("单位主要负责人"),
    v.Post.KEEPER: _("设备管理员"),
    v.Post.CUSTODIAN: _("资料保管员"),
    v.Post.LEGAL_OFFICE: _("法制机构"),
    v.Post.SUPERVISION: _("督查机构"),
    v.Post.FINANCE: _("财务部门"),
    v.Post.EQUIPMENT: _("装备机构"),
}

TOPICS: Words = {
    v.Topic.DEVICES: _("设备范围"),
    v.Topic.EQUIPMENT: _("设备配备"),
    v.Topic.WINDOW: _("受理窗口监控"),
    v.Topic.UPKEEP: _("设备保养"),
    v.Topic.LEDGER: _("使用台账"),
    v.Topic.ACCOUNTABILITY: _("管理责任"),
    v.Topic.PURPOSE: _("专用于执法"),
    v.Topic.MUST_RECORD: _("应当记录的事项"),
    v.Topic.NO_GAP: _("无间断记录"),
    v.Topic.EXEMPTION: _("免予记录"),
    v.Topic.INTERRUPTION: _("中止记录"),
    v.Topic.SPAN: _("记录起止"),
    v.Topic.SITE: _("现场设备"),
    v.Topic.NOTICE: _("告知当事人"),
    v.Topic.OPENING_STATEMENT: _("开场语音说明"),
    v.Topic.SHOT_LIST: _("摄录内容"),
    v.Topic.PICTURE: _("画面质量"),
    v.Topic.CONDUCT: _("执法仪容言行"),
    v.Topic.PRE_USE_CHECK: _("使用前检查"),
    v.Topic.HANDOVER: _("资料移交"),
    v.Topic.COLLECTION: _("设备收回"),
    v.Topic.ARCHIVE: _("资料归档"),
    v.Topic.STORAGE: _("资料存储"),
    v.Topic.DOSSIER: _("一户式档案"),
    v.Topic.ORIGINALS: _("原始资料不得改动"),
    v.Topic.OUTWARD: _("对外提供"),
    v.Topic.ACCESS: _("查阅审批"),
    v.Topic.PUBLICATION: _("公开使用"),
    v.Topic.EVIDENCE_NOTE: _("证据文字说明"),
    v.Topic.DISC: _("刻录光盘"),
    v.Topic.RETENTION: _("保存期限"),
    v.Topic.LONG_TERM: _("长期保存"),
    v.Topic.HOLD: _("资料保全"),
    v.Topic.SECRECY: _("保密"),
    v.Topic.INSPECTION: _("监督检查"),
    v.Topic.SAMPLING: _("抽查"),
    v.Topic.REVIEW: _("评查"),
    v.Topic.REMOTE_SUPERVISION: _("网上执法监督"),
    v.Topic.INVESTIGATION: _("违规调查"),
    v.Topic.BREACHES: _("违规行为"),
    v.Topic.SANCTIONS: _("责任追究"),
    v.Topic.COMPENSATION: _("损坏赔偿"),
    v.Topic.REPAIR: _("设备维修"),
    v.Topic.ASSETS: _("固定资产"),
    v.Topic.BUDGET: _("经费保障"),
    v.Topic.ASSESSMENT: _("工作考核"),
    v.Topic.IN_FORCE: _("施行日期"),
}

CLOCKS: Words = {
    v.Clock.RECORDING_END: _("录制结束"),
    v.Clock.ACTIVITY_END: _("执法活动结束"),
    v.Clock.MATTER_END: _("执法事项结束"),
    v.Clock.RETURN_TO_UNIT: _("返回单位"),
}

LIMITS: Words = {v.Limit.SAME_DAY: _("当日"), v.Limit.HOURS: _("规定小时数内")}

EXCUSES: Words = {
    v.Excuse.REMOTE: _("偏远地区执法"),
    v.Excuse.ON_WATER: _("水上执法"),
    v.Excuse.POOR_TRANSPORT: _("交通不便地区执法"),
    v.Excuse.AWAY: _("异地执法"),
    v.Excuse.CONTINUOUS: _("连续执法"),
    v.Excuse.REMOTE_TOWNSHIP: _("偏远乡镇执法"),
}

TERM_RULES: Words = {
    v.TermRule.EXACT: _("规定期限"),
    v.TermRule.AT_LEAST: _("最低期限"),
    v.TermRule.CASE_FILE: _("与案卷保管期限一致"),
    v.TermRule.UNSTATED: _("未规定期限，不自动到期"),
}

TRIGGERS: Words = {
    v.Trigger.OBJECTION: _("当事人有异议"),
    v.Trigger.COMPLAINT: _("投诉"),
    v.Trigger.PETITION: _("信访、上访"),
    v.Trigger.EVASION: _("逃避、拒绝执法"),
    v.Trigger.OBSTRUCTION: _("阻碍执法"),
    v.Trigger.ABUSE: _("谩骂、侮辱、殴打执法人员"),
    v.Trigger.MASS_INCIDENT: _("群体性事件"),
    v.Trigger.SUDDEN_INCIDENT: _("突发事件"),
    v.Trigger.MAJOR_CASE: _("重大、复杂案件"),
    v.Trigger.SENSITIVE: _("敏感情况"),
}

MATTERS: Words = {
    v.Matter.ON_SITE: _("现场执法"),
    v.Matter.INSPECTION: _("日常执法检查"),
    v.Matter.COMPLAINT_CALL: _("处置投诉举报"),
    v.Matter.INVESTIGATION: _("调查取证"),
    v.Matter.REGISTRATION: _("先行登记保存"),
    v.Matter.SERVICE: _("执法文书送达"),
    v.Matter.SERVICE_BY_LEAVING: _("留置送达"),
    v.Matter.SERVICE_BY_NOTICE: _("公告送达"),
    v.Matter.COERCIVE_MEASURE: _("实施行政强制措施"),
    v.Matter.HEARING: _("举行听证"),
    v.Matter.OTHER: _("其他执法活动"),
}

LISTED: Words = {
    v.Listed.ALWAYS: _("列明的事项一律记录"),
    v.Listed.IF_DISPUTABLE: _("列明的事项中可能引发争议的应当记录"),
    v.Listed.BY_MATTER_LIST: _("按音像记录事项清单确定"),
}

RIGHTS: Words = {
    v.Right.PERSONAL_FREEDOM: _("人身自由"),
    v.Right.LIFE_AND_HEALTH: _("生命健康"),
    v.Right.MAJOR_PROPERTY: _("重大财产权益"),
}

CAUSES: Words = {
    v.Cause.DEVICE_FAILURE: _("设备故障、损坏"),
    v.Cause.BATTERY: _("电量不足"),
    v.Cause.STORAGE: _("存储空间不足"),
    v.Cause.WEATHER: _("天气情况恶劣"),
    v.Cause.OBSTRUCTION: _("现场有关人员阻挠"),
    v.Cause.FORCE_MAJEURE: _("不可抗力"),
    v.Cause.CHANGE_OF_PLACE: _("检查场所变化"),
    v.Cause.EXPLOSIVE_AREA: _("爆炸危险区域且未配备防爆设备"),
    v.Cause.SECRECY: _("涉及秘密或者隐私"),
    v.Cause.URGENT: _("情况紧急"),
    v.Cause.OBJECTIVE: _("其他客观原因"),
    v.Cause.EVIDENCE_NEEDS: _("取证需要"),
}

CONSENTS: Words = {v.Consent.BEFORE: _("事先同意"), v.Consent.AFTER: _("事后报告")}

MOMENTS: Words = {
    v.Moment.ARRIVAL: _("到达现场"),
    v.Moment.LEAVING: _("离开现场"),
    v.Moment.INSPECTION_END: _("执法检查（办案）结束"),
    v.Moment.CASE_START: _("执法办案开始"),
    v.Moment.CASE_END: _("执法办案结束"),
}

FIELDS: Words = {
    v.Field.CASE_NAME: _("案件名称"),
    v.Field.CASE_NO: _("案号"),
    v.Field.PARTY: _("当事人"),
    v.Field.OFFICER: _("使用人员"),
    v.Field.CONTENT: _("记录内容"),
    v.Field.RECORDED_DATE: _("记录日期"),
    v.Field.STORED_DATE: _("存储日期"),
    v.Field.MAKER_UNIT: _("制作单位"),
    v.Field.MAKER: _("制作人"),
    v.Field.MADE_TIME: _("制作时间"),
    v.Field.EXTRACTOR: _("提取人"),
    v.Field.EXTRACTED_TIME: _("提取时间"),
    v.Field.LABEL_NO: _("标号"),
    v.Field.VIEWER: _("查阅人"),
    v.Field.PURPOSE: _("查阅事由"),
    v.Field.VIEWED_TIME: _("查阅时间"),
    v.Field.HANDED_TIME: _("交接时间"),
}

SECRETS: Words = {
    v.Secret.STATE: _("国家秘密"),
    v.Secret.TRADE: _("商业秘密"),
    v.Secret.PRIVACY: _("个人隐私"),
    v.Secret.PERSONAL: _("个人信息"),
}

REQUESTS: Words = {
    v.RequestKind.OWN_CASE: _("查阅本人承办案件的资料"),
    v.RequestKind.VIEW: _("因工作需要查阅"),
    v.RequestKind.CASE_WORK: _("涉法涉诉、执法监督、案情研判调取"),
    v.RequestKind.COPY: _("复制"),
    v.RequestKind.EVIDENCE: _("作为证据提取"),
    v.RequestKind.OFFICIAL: _("司法机关等部门调取"),
    v.RequestKind.PARTY: _("当事人、代理人查阅"),
    v.RequestKind.PUBLICATION: _("公开使用"),
}

ACTS: Words = {v.Act.REVIEW: _("审核"), v.Act.APPROVE: _("批准")}

RHYTHMS: Words = {
    v.Rhythm.WORKING_DAY: _("每个工作日"),
    v.Rhythm.MONTH: _("每月"),
    v.Rhythm.QUARTER: _("每季度"),
    v.Rhythm.YEAR: _("每年"),
}

MEDIA: Words = {
    v.Medium.ARCHIVE_SYSTEM: _("档案管理系统"),
    v.Medium.DEDICATED_PC: _("专用电脑"),
    v.Medium.MOBILE_DISK: _("移动硬盘"),
    v.Medium.STATION: _("采集器"),
    v.Medium.DATABASE: _("数据库"),
    v.Medium.DISC: _("光盘"),
}

SIGNS: Words = {
    v.Sign.NOT_RECORDED: _("应当记录而没有记录"),
    v.Sign.GAP: _("记录间断而未说明"),
    v.Sign.LATE_RECORDING: _("事后补录"),
    v.Sign.MISUSE: _("非执法使用"),
    v.Sign.TAMPERED: _("资料与封存时不符或者有编辑痕迹"),
    v.Sign.DENIED: _("多次尝试查看、取得未获准的资料"),
    v.Sign.LOST: _("设备遗失"),
    v.Sign.SPOT_CHECK: _("抽查不合格"),
}

VOCABULARY: dict[type[StrEnum], Words] = {
    v.Post: POSTS,
    v.Topic: TOPICS,
    v.Clock: CLOCKS,
    v.Limit: LIMITS,
    v.Excuse: EXCUSES,
    v.TermRule: TERM_RULES,
    v.Trigger: TRIGGERS,
    v.Matter: MATTERS,
    v.Listed: LISTED,
    v.Right: RIGHTS,
    v.Cause: CAUSES,
    v.Consent: CONSENTS,
    v.Moment: MOMENTS,
    v.Field: FIELDS,
    v.Secret: SECRETS,
    v.RequestKind: REQUESTS,
    v.Act: ACTS,
    v.Rhythm: RHYTHMS,
    v.Medium: MEDIA,
    v.Sign: SIGNS,
}
"""By list first: members of different lists may be spelt alike, hence be equal as text."""

PARAMETER_WORDS: Words = {
    "retention": _("保存期限"),
    "retention_as_evidence": _("作为证据使用的保存期限"),
    "long_term": _("长期保存的情形"),
    "preserve": _("应当及时收集、保存的情形"),
    "handover": _("资料移交时限"),
    "handover_excused": _("可以延后移交的情形和时限"),
    "exemption": _("可以不记录的情形"),
    "interruption": _("可以中止记录的情形"),
    "cannot_go_on": _("无法继续记录的处理"),
    "must_record": _("应当记录的事项"),
    "no_gap": _("必须无间断记录的情形"),
    "span": _("记录的起止"),
    "site": _("现场设备要求"),
    "notice": _("告知当事人"),
    "opening_statement": _("语音说明内容"),
    "shot_list": _("摄录内容"),
    "pre_use_check": _("使用前检查项目"),
    "equipment": _("设备配备标准"),
    "accountability": _("设备管理责任"),
    "ledger": _("使用台账项目"),
    "archive_fields": _("归档必填项目"),
    "storage": _("存储方式"),
    "access_own_case": _("查阅本人承办案件资料的审批"),
    "access_view": _("因工作需要查阅的审批"),
    "access_case_work": _("涉法涉诉、执法监督、案情研判调取的审批"),
    "access_copy": _("复制资料的审批"),
    "access_evidence": _("作为证据提取的审批"),
    "access_official": _("司法机关等部门调取的审批"),
    "access_party": _("当事人、代理人查阅的审批"),
    "access_publication": _("公开使用的审批"),
    "evidence_note": _("证据文字说明"),
    "disc_label": _("光盘标签"),
    "secrecy": _("保密范围"),
    "sampling": _("抽查"),
    "inspection": _("监督检查"),
    "review": _("音像资料评查"),
    "daily_check": _("日常检查"),
    "collection": _("收回设备"),
    "playback": _("调阅回放检查"),
    "budget": _("年度经费"),
    "breaches": _("违规行为"),
    "sanctions": _("责任追究方式"),
    "compensation": _("损坏赔偿"),
    "repair": _("设备维修"),
}


def label(member: StrEnum) -> Promise:
    """A member of any list in `engines.policy.vocabulary`. Raises KeyError: of another list."""
    return VOCABULARY[type(member)][member]


def parameter_label(name: str) -> Promise:
    """What a parameter of a pack is called on screen."""
    return PARAMETER_WORDS[name]


def together(texts: Iterable[str]) -> str:
    """Several in one line; where one holds a 、 itself, a ； parts them."""
    held = list(texts)
    stop = gettext("；") if any("、" in text for text in held) else gettext("、")
    return stop.join(held)


def period_text(period: Period) -> str:
    """As the regulation says it: 2年, 12个月, 30日, 2年又15日."""
    said = [
        gettext("{n}年").format(n=period.years) if period.years else "",
        gettext("{n}个月").format(n=period.months) if period.months else "",
        gettext("{n}日").format(n=period.days) if period.days else "",
    ]
    longest, *rest = [part for part in said if part]
    for part in rest:
        longest = gettext("{longer}又{days}").format(longer=longest, days=part)
    return longest
