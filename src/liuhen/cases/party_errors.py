"""Why a party is not entered, not changed, not merged; and what is wrong with a number."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal

OLD_RESIDENT = _("这是15位的旧身份证号码，已停止使用，请按现行居民身份证填写18位号码")
RESIDENT_LENGTH = _("居民身份证号码应为18位，现填写了{n}位")
RESIDENT_SHAPE = _("居民身份证号码前17位应为数字，最后一位为数字或者字母X")
BIRTH_DATE = _("第7至14位“{said}”不是有效的出生日期")
PLACE = _("前6位“{said}”不是有效的地区代码")
RESIDENT_DIGIT = _("最后一位校验码与前17位不符，可能有数字输错或者颠倒")
OLD_LICENCE = _(
    "这是{n}位的旧营业执照注册号，请按现行营业执照填写18位统一社会信用代码；"
    "确实没有的，证件类型选“其他证件”"
)
USCC_LENGTH = _("统一社会信用代码应为18位，现填写了{n}位")
USCC_LETTERS = _("统一社会信用代码不使用字母{found}，请核对是否为形近的数字")
USCC_SHAPE = _("统一社会信用代码第1至8位应为数字，其余为数字或者大写字母")
USCC_DIGIT = _("最后一位校验码与前17位不符，可能有字符输错或者颠倒")
PASSPORT_SHAPE = _("护照号码应为5至20位字母和数字")
TOO_LONG = _("证件号码不能为空，最多{most}个字符")


class IdInvalid(Refusal):
    code = "party.id_invalid"
    message = _("{why}，未保存。请对照证件核对后重新填写。")


class IdNotOfThisKind(Refusal):
    code = "party.id_not_of_this_kind"
    message = _(
        "法人或者其他组织不能用居民身份证登记，未保存。"
        "请填写统一社会信用代码；登记的是个人的，请把类别改为“公民”。"
    )


class IdTaken(Refusal):
    code = "party.id_taken"
    message = _(
        "该证件号码已登记在当事人“{name}”名下，未重复登记。请按证件号码查找后直接选用；"
        "名称有误的，修改该当事人。"
    )


class NameBlank(Refusal):
    code = "party.name_blank"
    message = _("当事人名称为空，未保存。请填写姓名或者单位全称。")


class Merged(Refusal):
    code = "party.merged"
    message = _("该当事人已合并到“{name}”，未作改动。请在“{name}”名下办理。")


class SameParty(Refusal):
    code = "party.same_party"
    message = _("所选是同一个当事人，无需合并。请另选一个。")


class PartiesDiffer(Refusal):
    code = "party.parties_differ"
    message = _(
        "“{kept}”和“{dropped}”登记了两个不同的证件号码，是两个当事人，不能合并。"
        "其中一个号码登记有误的，请先修改。"
    )


class KindsDiffer(Refusal):
    code = "party.kinds_differ"
    message = _(
        "“{kept}”和“{dropped}”一个是公民，一个是法人或者其他组织，不能合并。"
        "类别登记有误的，请先修改。"
    )


class MergePending(Refusal):
    code = "party.merge_pending"
    message = _("“{name}”已有待决定的合并，未再次提出。请先办理完该项合并。")


class MergeReasonBlank(Refusal):
    code = "party.merge_reason_blank"
    message = _("请写明理由，以便另一人核对后决定。")


class OwnMerge(Refusal):
    code = "party.own_merge"
    message = _("合并须由提出人以外的另一人决定。请由科室负责人、资料保管员或者法制机构办理。")


class MergeDecided(Refusal):
    code = "party.merge_decided"
    message = _("这项合并已有结果，未作改动。请刷新页面查看。")


class NotYourMerge(Refusal):
    code = "party.not_your_merge"
    message = _("只有提出人可以撤回这项合并。")


class NoSuchMerge(Refusal):
    code = "party.no_such_merge"
    message = _("没有这项合并，或者您无权查看。请从“疑似重复当事人”进入。")


class SeveralParties(Refusal):
    code = "party.several"
    message = _("名为“{name}”的当事人不止一个，请改用完整的证件号码。")
