"""What the system does for articles on who sees a recording, and what leaves the house."""

from django.utils.translation import gettext_lazy as _

from liuhen.regulations.enforcement_rows import Rows, T, built

ACCESS: tuple[Rows, ...] = (
    built(
        T.OUTWARD,
        _(
            "在本系统内播放，凭本人限时凭证打开，许可到期、收回即时失效；"
            "下载原件、导出档案须有经批准的复制许可，逐次登记，未获准的尝试记入存证日志。"
        ),
        "access.viewing.open_recording",
        "access.viewing.redeem",
        "access.taking_out.original",
        "access.taking_out.dossier",
    ),
    built(
        T.ACCESS,
        _(
            "知道有某份资料不等于可以查看：查看须有制度给予的权限或者经批准的调阅申请。"
            "申请按本条规定的岗位和次序逐步审核、批准，本人的申请和本人参与的执法活动须回避，"
            "可设代理人；外单位调取的，按制度要求出具调阅函和证件。每次打开先登记，自动形成调阅登记簿。"
        ),
        "access.requests.ask",
        "access.deciding.approve",
        "access.rights.right_to_play",
        "access.register.rows_for",
        "engines.policy.approvals.chain",
    ),
    built(
        T.PUBLICATION,
        _(
            "公开使用按本条规定的岗位审批；标注保密的资料不能申请，申请后标注的不能批准，已批准的随即失效。"
        ),
        "access.asking.check",
        "access.deciding.check_grantable",
        "access.rights.granted",
        "engines.policy.approvals.chain",
    ),
    built(
        T.SECRECY,
        _("按岗位和科室限定知悉范围，其他单位人员和三类管理员一律不能查看音像资料。"),
        "recordings.queries.visible_to",
        "people.permissions.check",
    ),
    built(
        T.SECRECY,
        _(
            "可标注国家秘密、商业秘密、个人隐私和个人信息，标注后仅录制和参与人员、资料保管员、法制机构、"
            "局领导和经批准调阅的人员知道有该资料；解除须由标注人以外的人员办理。"
        ),
        "recordings.secrecy.mark",
        "recordings.secrecy.lift",
        "recordings.queries.kept_from",
    ),
)
