"""What the system does for articles on recordings taken out as evidence."""

from django.utils.translation import gettext_lazy as _

from liuhen.regulations.enforcement_rows import Rows, T, built

PACKAGE: tuple[Rows, ...] = (
    built(
        T.EVIDENCE_NOTE,
        _(
            "提取证据时填写文字说明，载明制作人、提取人（两人）、提取时间和地点、证明对象、校验值等事项，"
            "缺项不能提取；可打印签名，并随原件、存证证明打成证据包，不安装软件即可离线播放和核验；"
            "制度规定附卷的，自动存入案件的文书材料。"
        ),
        "access.extraction.make",
        "access.packages.take",
        "access.note_filing.file",
        "engines.policy.describing.evidence_note",
    ),
    built(
        T.OUTWARD,
        _(
            "作为证据提取的，按本单位制度审批或者由办案人员、资料保管员、法制机构办理，"
            "取得证据包前先记入存证日志，其他人员不能取得。"
        ),
        "access.extraction_rights.check_may_extract",
        "access.packages.take",
    ),
)
