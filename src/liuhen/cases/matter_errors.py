from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NotOurList(Refusal):
    code = "matters.not_ours"
    topic = "must_record"
    message = _("只能办理本单位的执法事项清单，未作改动。")


class NoSuchMatter(Refusal):
    code = "matters.no_such"
    topic = "must_record"
    message = _("现行清单中没有这一事项，可能已被新的清单替换，未作改动。请刷新页面后重试。")


class KindUnknown(Refusal):
    code = "matters.kind_unknown"
    topic = "must_record"
    message = _("没有选择事项归类，未作改动。请选择后重新提交。")
