"""Why a secrecy mark is not set or not lifted."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NotYoursToMarkSecret(Refusal):
    code = "secrecy.not_yours_to_mark"
    topic = "secrecy"
    message = _(
        "您不能为 {number} 标注保密，未作改动。"
        "请由参与执法的人员、所在科室负责人、资料保管员或者法制机构办理。"
    )


class SecrecyReasonBlank(Refusal):
    code = "secrecy.reason_blank"
    topic = "secrecy"
    message = _("没有写明理由，未作改动。请写明涉及什么秘密或者为何解除。")


class MarkedSecretAlready(Refusal):
    code = "secrecy.marked_already"
    topic = "secrecy"
    message = _("{number} 已标注“{kind}”，未重复标注。")


class NotYoursToLift(Refusal):
    code = "secrecy.not_yours_to_lift"
    topic = "secrecy"
    message = _("您不能解除保密标记，未作改动。请由资料保管员、法制机构或者局领导办理。")


class OwnSecrecyMark(Refusal):
    code = "secrecy.own_mark"
    topic = "secrecy"
    message = _(
        "{number} 的保密标记由您本人标注，不能由您解除，未作改动。"
        "请由资料保管员、法制机构或者局领导中的其他人办理。"
    )


class SecrecyLifted(Refusal):
    code = "secrecy.lifted"
    topic = "secrecy"
    message = _("这个保密标记已经解除，未作改动。请刷新页面核对。")
