from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class SecondCopyNotSet(Refusal):
    code = "second_copy.not_set"
    message = _(
        "没有设置第二副本的位置。请先在 LIUHEN_SECOND_COPY 中写明另一块磁盘上的文件夹，再执行。"
    )


class SecondCopyBegun(Refusal):
    code = "second_copy.begun"
    message = _("第二副本已经启用（{place}）。更换位置须先停用原来的。")


class SecondCopyNone(Refusal):
    code = "second_copy.none"
    message = _("没有启用第二副本，无可停用。")


class SecondCopyNoFolder(Refusal):
    code = "second_copy.no_folder"
    message = _("“{place}”不是已有的文件夹，未启用。请接好磁盘并建立文件夹后再执行。")


class SecondCopySameDisk(Refusal):
    code = "second_copy.same_disk"
    message = _(
        "“{place}”与主存储在同一块磁盘上，磁盘损坏时两份都会丢失，未启用。请改用另一块磁盘；"
        "磁盘尚未挂载时也会出现本提示。"
    )


class SecondCopyOthers(Refusal):
    code = "second_copy.others"
    message = _("“{place}”已是另一套系统的第二副本，未启用。请改用另外的文件夹或者存储桶。")


class SecondCopyUnusable(Refusal):
    code = "second_copy.unusable"
    message = _("“{place}”不能用作第二副本，未启用：{reason}。请检查磁盘或者存储服务。")


class SecondCopyNoReason(Refusal):
    code = "second_copy.no_reason"
    message = _("停用第二副本须写明原因和副本的去向，未停用。")
