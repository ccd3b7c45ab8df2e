from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class EventTooLong(Refusal):
    code = "custody.event_too_long"
    message = _(
        "本次操作附带的说明过长（存证事件不得超过 65535 字节），未作任何改动。请缩短后重试。"
    )


class KeyMissing(Refusal):
    code = "custody.key_missing"
    message = _(
        "找不到存证日志的签名密钥 {path}，而日志已有记录，未作任何改动。"
        "请从备份恢复该文件；换用新密钥会使日志前后无法衔接。"
    )


class KeyUnreadable(Refusal):
    code = "custody.key_unreadable"
    message = _("存证日志的签名密钥 {path} 已损坏，未作任何改动。请从备份恢复该文件。")


class NoSuchEvent(Refusal):
    code = "custody.no_such_event"
    message = _("存证日志中没有该对象的记录。请核对编号后重试。")


class BadWitnessKey(Refusal):
    code = "custody.bad_witness_key"
    message = _("这不是有效的见证人公钥，未登记。请粘贴 liuhen witness 首次运行时显示的整行公钥。")


class WitnessNameTaken(Refusal):
    code = "custody.witness_name_taken"
    message = _("见证人 {name} 已登记过，未作改动。如为另一见证人，请换一个名称生成公钥。")


class WitnessUnknown(Refusal):
    code = "custody.witness_unknown"
    message = _(
        "该见证人的公钥尚未登记，见证签名未接收。请先在本单位运行 liuhen witness-add 登记其公钥。"
    )


class BadCosignature(Refusal):
    code = "custody.bad_cosignature"
    message = _("见证签名无效，或所签的不是本日志的检查点，未接收。请重新运行 liuhen witness。")


class CheckpointUnknown(Refusal):
    code = "custody.checkpoint_unknown"
    message = _(
        "见证人持有本日志密钥签署的检查点（{size} 个事件），而本日志中没有：日志可能被改写或回退，"
        "见证签名未接收。请立即运行 liuhen audit 并保全现场。"
    )
