"""Why a paper is not kept, not opened, not withdrawn."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NoSuchDocument(Refusal):
    code = "document.no_such"
    message = _("没有这份文书材料，或者您无权查看。请从案件或者当事人页面进入。")


class PaperEmpty(Refusal):
    code = "document.empty"
    message = _("文件是空的，未保存。请核对后重新上传。")


class PaperUnknown(Refusal):
    code = "document.unknown_type"
    message = _(
        "文件不是可保存的文书格式，未保存。可上传 PDF、OFD、图片（JPG、PNG、TIFF 等）、"
        "Word、Excel、PowerPoint、WPS 文档和纯文本；网页、压缩包等请转换后再上传。"
    )


class PaperMisnamed(Refusal):
    code = "document.misnamed"
    message = _("“{name}”的扩展名与文件内容不符，未保存。请改正扩展名，或者重新导出后上传。")


class PaperTooLarge(Refusal):
    code = "document.too_large"
    message = _("文件超过 {most} MB，未保存。请降低扫描分辨率，或者拆分为几个文件后上传。")


class PaperThere(Refusal):
    code = "document.there"
    message = _("同一个文件已作为“{title}”保存，未重复保存。")


class PaperBelongsNowhere(Refusal):
    code = "document.belongs_nowhere"
    message = _("没有说明材料属于哪个案件、执法活动或者当事人，未保存。请从其页面上传。")


class PaperStoreFull(Refusal):
    code = "document.store_full"
    message = _("服务器存储空间不足，文件未保存。请联系系统管理员清理或者扩充磁盘后再上传。")


class PaperNotStored(Refusal):
    code = "document.not_stored"
    message = _("存储设备出错，文件未能可靠保存（{reason}）。请勿丢弃原件，并立即报告系统管理员。")


class PaperWithdrawn(Refusal):
    code = "document.withdrawn"
    message = _("这份材料已撤回，未作改动。")


class PaperChanged(Refusal):
    code = "document.changed"
    message = _(
        "“{title}”的文件缺失或者与保存时不一致，已停止办理。请保护现场，立即报告审计管理员。"
    )
